"""What to know of how a file was read."""

from dataclasses import replace

from compliance.records import ReadingQuality, ReadingWarning, ReadingWarningCode


def test_recognised_pages_and_warnings_are_told_shortly(make_report, results, granvik):
    warnings = tuple(
        ReadingWarning(ReadingWarningCode.HIDDEN_TEXT, page, "Skjult tekst er utelatt.") for page in (4, 6)
    )
    document = replace(granvik.document, quality=ReadingQuality(warnings=warnings))
    readings = (replace(granvik, document=document), *results.readings[1:])
    reading = make_report(replace(results, readings=readings))[0].reading
    assert reading.warnings == (
        "Side 2–3, 5 er lest fra bilde. Ord kan være lest feil.",
        "Skjult tekst er utelatt. (side 4, 6)",
    )
    assert reading.measured


def test_what_was_left_out_is_counted(make_report):
    reading = make_report()[0].reading
    assert reading.left_out == "Én topptekst, 2 sidetall. 13 avsnitt er lest."
    assert not reading.measured


def test_a_file_of_which_nothing_was_left_out_says_so(make_report, results, granvik):
    readings = (replace(granvik, document=replace(granvik.document, furniture=())), *results.readings[1:])
    reading = make_report(replace(results, readings=readings))[0].reading
    assert reading.left_out == "ingenting. 13 avsnitt er lest."
