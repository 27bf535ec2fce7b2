"""How the pipeline is run over many files: what changed, worker processes, the store, the result."""
