"""What pydantic finds wrong with a file, in words that a planner who edits it understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

# By pydantic's error type; {…} is filled from the error's own context.
MESSAGES = {
    "missing": "feltet mangler",
    "extra_forbidden": "ukjent felt",
    "string_too_short": "er tom",
    "too_short": "er tom",
    "string_too_long": "er lengre enn {max_length} tegn",
    "string_type": "skal være tekst",
    "path_type": "skal være en sti",
    "tuple_type": "skal være en liste",
    "list_type": "skal være en liste",
    "model_type": "skal ha navngitte felt under seg",
    "dataclass_type": "skal ha navngitte felt under seg",
    "dict_type": "skal ha navngitte felt under seg",
    "bool_type": "skal være true eller false",
    "bool_parsing": "skal være true eller false",
    "int_type": "skal være et helt tall",
    "int_parsing": "skal være et helt tall",
    "int_from_float": "skal være et helt tall",
    "float_type": "skal være et tall",
    "float_parsing": "skal være et tall",
    "greater_than": "skal være større enn {gt}",
    "greater_than_equal": "skal være minst {ge}",
    "less_than": "skal være mindre enn {lt}",
    "less_than_equal": "skal være høyst {le}",
    "json_invalid": "ikke gyldig JSON",
}


def describe_validation(error: ErrorDetails) -> str:
    """Return one of pydantic's errors in plain Norwegian, without the name of the field."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind.startswith("date"):
        return f"«{value}» er ikke en dato som finnes; skriv år-måned-dag, for eksempel 2019-06-11"
    if kind in {"enum", "literal_error"}:
        return f"«{value}» er ikke en av {context['expected'].replace(' or ', ' eller ')}"
    if kind == "string_pattern_mismatch":
        return f"«{value}» har feil form; skal passe til {context['pattern']}"
    if kind == "value_error":
        return str(context["error"])
    return MESSAGES[kind].format(**context) if kind in MESSAGES else error["msg"]
