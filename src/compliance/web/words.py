"""What the page calls the states of a draft and the kinds of remark, in Norwegian."""

from __future__ import annotations

from typing import Final

from compliance.web.jobs import JobState

STATES: Final = {
    JobState.WAITING: "Venter",
    JobState.READING: "Leser filen",
    JobState.ANALYSING: "Analyserer",
    JobState.DONE: "Ferdig",
    JobState.FAILED: "Kan ikke leses",
}
VERDICTS: Final = {
    "no_owner": "Uten navn eller frist",
    "past_deadline": "Fristen er passert",
    "no_source": "Andres ord uten kilde",
    "name_left": "Navn eller tall fra en annen tekst",
}
