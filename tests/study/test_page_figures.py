"""What the overview shows of a study as a whole: networks, and how sure the numbers are."""

from __future__ import annotations

from compliance.records.study import CaseValue, Estimate, Study, StudyFinding, StudyInfo
from compliance.study.page.figures import collect_statistics, list_networks

INFO = StudyInfo("run", "2024-01-01", "korpus", "", "2024-01-01T00:00:00", "0.1.0")
FINDING = StudyFinding("structures", "funn4", "Har struktur", "Én av tre.", "Definisjon", 1, 3, 1, 1, "", None)


def estimate(measure: str, grouping: str, group: str, low: float, high: float) -> Estimate:
    return Estimate(measure, grouping, group, 3, (low + high) / 2, low, high, "bootstrap")


def test_networks_tell_who_names_and_who_reflects_them() -> None:
    values = (
        CaseValue("Askevik", "regional_networks", "Digi Kysten", "mentioned"),
        CaseValue("Askevik", "strategy_older_than_network", "Digi Kysten", "Strategien begynte 2017."),
        CaseValue("Bregnes", "regional_networks", "Digi Kysten", "reflected"),
        CaseValue("Bregnes", "regional_networks", "IKT Sør", "mentioned"),
    )
    first, second = list_networks(Study(INFO, case_values=values))
    assert (first.name, first.mentioned, first.reflected, first.older) == (
        "Digi Kysten",
        ("Askevik",),
        ("Bregnes",),
        ("Askevik",),
    )
    assert (second.name, second.mentioned, second.reflected) == ("IKT Sør", ("Bregnes",), ())


def test_intervals_are_those_of_all_and_tell_where_all_are_alike() -> None:
    study = Study(
        INFO,
        findings=(FINDING,),
        estimates=(
            estimate("structures", "all", "alle", 0.0, 0.67),
            estimate("structures", "county", "Agder", 0.0, 1.0),
            estimate("rank_stability", "threshold", "konkret", 1.0, 1.0),
            estimate("enighet_kappa", "kontroll", "alle", 0.5, 0.9),
        ),
    )
    shown = collect_statistics(study)
    assert [(each.name, each.low, each.high, each.spread) for each in shown.findings] == [
        ("Har struktur", "0 %", "67 %", True)
    ]
    assert [(each.name, each.value, each.spread) for each in shown.stability] == [("konkret", "1,00", False)]
    assert [each.name for each in shown.agreement] == ["Vektet kappa, kontroll: alle"]
    assert shown.least == 3
