"""Trained judgement: which goals, elements and level a passage has, and whether it is local (docs/judgement.md).

A document passes three steps. `observations` collects what the rules see, `readout` what the trained encoder reads,
and a head for each kind of label (`heads`) weighs both into probabilities.
"""
