"""The files of a study that a person may open: beside the documents, and in the folder of the results."""

from __future__ import annotations

from typing import Final

MANIFEST_NAME: Final = "manifest.csv"  # in the corpus; in the results' folder where the corpus can only be read
STATE_NAME: Final = ".manifest.json"  # beside it: what was read when it was last written
FORM_NAME: Final = "kontroll.csv"  # in the results' folder: the control sample that a person fills in
SCORES_PATTERN: Final = "*.scores.json"  # in the corpus: readers' scores
ROWS: Final = "rader"  # in the report: the rows behind the numbers
PLACES: Final = "kommuner"  # in the report: the municipalities' pages
