"""What words a document calls for."""

from dataclasses import replace

import pytest

from compliance.report.document_results import collect_results
from compliance.report.views.voice import Genre, Status, choose_voice
from report_records import change_profile


@pytest.mark.parametrize(
    ("title", "adopted", "status"),
    [
        pytest.param("Strategi 2022–2026", "2022-06-16", Status.ADOPTED, id="adopted"),
        pytest.param("Strategi 2022–2026, utkast", "2022-06-16", Status.DRAFT, id="draft that names the old adoption"),
        pytest.param("Høringsutkast: strategi", None, Status.DRAFT, id="heard"),
        pytest.param("Strategi 2022–2026", None, Status.UNKNOWN, id="neither"),
        pytest.param("Strategi mot forslagskassen", None, Status.UNKNOWN, id="part of another word"),
    ],
)
def test_status_is_read_from_title_and_adoption(results, granvik, title, adopted, status):
    reading = change_profile(granvik, adopted=adopted)
    reading = replace(reading, document=replace(reading.document, title=title))
    plan = collect_results(replace(results, readings=(reading,)))[0]
    assert choose_voice(plan).status is status


@pytest.mark.parametrize(
    ("kind", "genre"),
    [
        ("planprogram", Genre.PROGRAMME),
        ("arsbudsjett", Genre.BUDGET),
        ("okonomiplan", Genre.BUDGET),
        ("temaplan", Genre.PLAN),
    ],
)
def test_genre_follows_document_type(results, granvik, kind, genre):
    plan = collect_results(replace(results, readings=(change_profile(granvik, document_type=kind),)))[0]
    assert choose_voice(plan).genre is genre
