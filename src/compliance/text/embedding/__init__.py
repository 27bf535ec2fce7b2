"""What texts mean, as vectors: the default model unpacked and run here, any other through sentence-transformers.

Importing this package loads no numeric library, so that a process that has asked about it can still be copied.
"""
