"""The corpus of a study: a folder of documents with a manifest that a person corrects."""
