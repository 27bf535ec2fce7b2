"""The only part that knows HTTP: it fetches the official documents that a user asks for, and nothing else."""
