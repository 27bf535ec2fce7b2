"""Facts with their places."""

from dataclasses import replace


def texts(report):
    return {view.name: [(value.text, value.places) for value in view.values] for view in report.facts}


def test_facts_stand_with_the_page_they_were_read_on(make_report):
    facts = texts(make_report()[0])
    assert facts["Vedtatt"] == [("16. juni 2022", ("s. 1",))]
    assert facts["Gjelder"] == [("2022–2026", ("s. 1",))]
    assert facts["Status for digitaliseringsstrategi"] == [("Vedtatt", ("s. 1",))]


def test_fact_written_with_and_without_a_capital_is_told_once(make_report, results):
    fact = replace(results.facts[0], field="prioritisation_structure", value="Porteføljestyret")
    facts = (fact, replace(fact, value="porteføljestyret"))
    assert [value for value, _ in texts(make_report(replace(results, facts=facts))[0])["Organ som prioriterer"]] == [
        "Porteføljestyret"
    ]


def test_body_named_with_and_without_its_article_is_told_once(make_report, results):
    fact = replace(results.facts[0], field="prioritisation_structure", value="porteføljestyre")
    facts = (fact, replace(fact, value="Porteføljestyret"), replace(fact, value="Digitaliseringsrådet"))
    assert [value for value, _ in texts(make_report(replace(results, facts=facts))[0])["Organ som prioriterer"]] == [
        "Porteføljestyre",
        "Digitaliseringsrådet",
    ]


def test_many_values_are_counted(make_report, results):
    many = tuple(replace(results.facts[0], field="regional_networks", value=f"Nett {n}") for n in range(7))
    view = make_report(replace(results, facts=many))[0].facts[-1]
    assert (len(view.values), view.left_out) == (4, 3)


def test_sum_is_written_as_a_reader_writes_it(make_report, results):
    fact = replace(results.facts[0], field="funding_sum", value="1200000")
    assert texts(make_report(replace(results, facts=(fact,)))[0])["Beløp til digitalisering"][0][0] == "1,2 mill. kr"
