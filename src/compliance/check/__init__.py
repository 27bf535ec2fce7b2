"""One draft, checked before political review: a report, remarks in the draft itself, and what its other plans say."""
