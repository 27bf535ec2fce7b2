"""The eGovWSF picture."""

from dataclasses import replace

from compliance.report.views.elements import show_elements


def test_twelve_elements_stand_in_their_places(make_report):
    picture = make_report()[0].elements
    assert [place.id for place in picture.places] == ["frame", "system", "core"]
    ids = [element.id for place in picture.places for element in place.elements]
    assert sorted(ids, key=lambda each: int(each[1:])) == [f"W{number}" for number in range(1, 13)]


def test_summary_says_where_the_weight_is_and_what_is_absent(make_report):
    summary = make_report()[0].elements.summary
    assert summary.startswith("Tyngden ligger i tjenester, brukere og verdi: 5 av 10 funn. Ikke funnet: ")
    assert "digitale tjenester" not in summary.partition("Ikke funnet")[2]


def test_answers_to_the_questions_are_told_where_they_are_known(make_report):
    _, plan, context = make_report()
    asked = show_elements(plan, context=replace(context, criteria={"W7.a": "Navngir tjenester"})).asked
    assert [(each.id, each.criteria[0].text, each.criteria[0].answer) for each in asked] == [
        ("W7", "Navngir tjenester", "Svart")
    ]


def test_document_on_something_else_says_so(make_report, results):
    report, _, _ = make_report(replace(results, scores=()))
    assert report.elements.summary == "Vi fant ikke noe om digitalisering i planen."
