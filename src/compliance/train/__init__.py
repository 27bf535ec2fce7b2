"""Training of the judgement model from labelled documents (docs/judgement.md)."""
