"""One draft, checked before political review: a report, remarks in the draft itself, and what its other plans say."""

AUTHOR = "compliance"  # the name that remarks carry in Word and in the PDF reader
INITIALS = "co"
