"""Text reuse between any texts: folding, n-grams, seeds, chains, alignment, clusters. It knows no municipality."""
