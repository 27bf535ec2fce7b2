"""What the rules observe in a passage: goals, elements, level of commitment, local anchoring (stage 3)."""
