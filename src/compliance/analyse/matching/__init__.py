"""Finding terms, cues and names in a text."""
