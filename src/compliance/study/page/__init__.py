"""The study as pages: an overview, the rows behind each number, and a page a municipality."""
