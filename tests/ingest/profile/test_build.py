from collections.abc import Callable

import pytest

from compliance.config import IngestConfig
from compliance.errors import SettingsError
from compliance.ingest.profile import profile_document
from compliance.records import Attribute, AttributeSource, Document


def test_a_profile_tells_all(make_document: Callable[..., Document]) -> None:
    document = make_document(
        "Hemsedal kommune",
        "# Digitaliseringsstrategi 2024–2027",
        "Vedteken av kommunestyret 15. februar 2024",
        "# Innleiing",
        "Vi skal gje innbyggjarane gode tenester, og dei skal sleppe å seie frå to gonger. Det er ikkje lett.",
    )
    profile = profile_document(document, config=IngestConfig())
    assert profile.language.value == "nn"
    assert profile.document_type.value == "digitaliseringsstrategi"
    assert profile.municipality is not None
    assert (profile.municipality.value, profile.municipality_number, profile.county) == ("Hemsedal", "3326", "Buskerud")
    assert profile.period is not None
    assert profile.period.value == "2024-2027"
    assert profile.adopted is not None
    assert profile.adopted.value == "2024-02-15"
    for attribute in (profile.language, profile.document_type, profile.municipality, profile.period, profile.adopted):
        assert isinstance(attribute, Attribute)
        assert document.text[attribute.start : attribute.end] == attribute.quote


def test_what_nothing_says_is_none(make_document: Callable[..., Document]) -> None:
    profile = profile_document(make_document("Kommunen skal bli bedre."), config=IngestConfig())
    assert (profile.municipality, profile.municipality_number, profile.period, profile.adopted) == (None,) * 4


def test_an_empty_document_has_a_profile(make_document: Callable[..., Document]) -> None:
    profile = profile_document(make_document(), config=IngestConfig())
    assert (profile.language.value, profile.document_type.value) == ("other", "other")


def test_the_user_decides_the_type(make_document: Callable[..., Document]) -> None:
    profile = profile_document(make_document("# Temaplan"), config=IngestConfig(document_type="IKT_strategi"))
    assert (profile.document_type.value, profile.document_type.source) == ("ikt_strategi", AttributeSource.OVERRIDE)


def test_unknown_type_lists_the_known(make_document: Callable[..., Document]) -> None:
    with pytest.raises(SettingsError, match="samfunnsdel"):
        profile_document(make_document("Plan"), config=IngestConfig(document_type="romferge"))
