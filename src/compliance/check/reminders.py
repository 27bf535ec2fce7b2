"""The paragraphs of law that a draft of this kind is held against, where its text does not speak of them."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.guidelines.reminders import Reminder
from compliance.records import DocumentType, Reading


def find_reminders(reading: Reading, reminders: Sequence[Reminder]) -> tuple[Reminder, ...]:
    """Return the reminders for a document of this kind whose matter its text is silent about, in the file's order."""
    kind = DocumentType(reading.profile.document_type.value)
    asked = (each for each in reminders if kind in each.documents)
    return tuple(each for each in asked if not each.is_met_by(reading.document.text))
