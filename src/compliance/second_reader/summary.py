"""What a run says of its second reader: what was asked, what was not, and where text was sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from compliance.config import SecondReaderConfig
from compliance.records import ReaderOutcome, SecondReading
from compliance.second_reader.address import describe_address
from compliance.second_reader.measurement import Measurement


def describe_readings(
    readings: Sequence[SecondReading], *, config: SecondReaderConfig, measured: Measurement | None
) -> Iterator[str]:
    """Yield the lines of the run's summary, in Norwegian."""
    answered = sum(each.outcome is ReaderOutcome.ANSWERED for each in readings)
    yield f"En annen leser («{config.model}») uttalte seg om {answered} av {len(readings)} tvilsomme avsnitt."
    for address in sorted({each.address for each in readings if each.address}):
        yield f"Avsnittene, med overskrift og innledning, er sendt til {describe_address(address)}."
    silent = Counter(each.detail for each in readings if each.outcome is not ReaderOutcome.ANSWERED)
    for detail, count in silent.most_common():
        yield f"{count} avsnitt uten uttalelse: {detail}"
    yield (
        measured.describe()
        if measured
        else (f"«{config.model}» er ikke målt her. Mål den først: compliance evaluate MAPPE --second-reader.")
    )
