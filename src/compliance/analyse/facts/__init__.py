"""Facts that a document states: its period, status, sector plans, money, structures and networks (stage 3)."""
