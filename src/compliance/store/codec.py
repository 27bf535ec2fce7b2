"""Records to database values and back: a table's columns are the fields of its record.

Enums become their values, tuples lists, nested records structs, and pairs structs with the names below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from sys import intern
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from compliance.records import Span

T = TypeVar("T")

SHARED_CHARACTERS = 64  # of a text that may be an id, a name or a label; the longest id of a passage has about 60
PAIR_NAMES = {(str, float): ("name", "value")}


@dataclass(frozen=True, slots=True)
class Codec:
    """How values of one type are written to and read from the database."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


_codecs: dict[type, dict[str, Codec]] = {}


def field_names(record: type) -> tuple[str, ...]:
    """Return the record's fields in order, as the database names them."""
    return tuple(field.name for field in fields(record))


def encode_record(value: Any, names: Sequence[str]) -> list[Any]:
    """Return the named fields of a record as database values."""
    codecs = field_codecs(type(value))
    return [codecs[name].encode(getattr(value, name)) for name in names]


def decode_record(record: type[T], row: Sequence[Any]) -> T:
    """Return the record whose fields, in order, are `row`."""
    return record(*[codec.decode(value) for codec, value in zip(field_codecs(record).values(), row, strict=True)])


def field_codecs(record: type) -> dict[str, Codec]:
    """Return a codec for each field of the record, built on the first call."""
    if record not in _codecs:
        hints = get_type_hints(record)
        _codecs[record] = {name: make_codec(hints[name]) for name in field_names(record)}
    return _codecs[record]


def make_codec(hint: Any) -> Codec:
    """Return the codec for a field's type; raises TypeError for a type that no record uses."""
    if hint in (str, int, float, bool):
        return Codec(_same, _share if hint is str else _same)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Codec(lambda member: member.value, {member.value: member for member in hint}.__getitem__)
    if get_origin(hint) is UnionType:
        return _optional_codec(hint)
    if get_origin(hint) is tuple:
        return _tuple_codec(get_args(hint))
    if isinstance(hint, type) and is_dataclass(hint):
        return _struct_codec(hint)
    if hint is Span:
        return Codec(lambda span: {"start": span[0], "end": span[1]}, lambda pair: Span(pair["start"], pair["end"]))
    raise TypeError(f"no database value for {hint}")


def _same(value: Any) -> Any:
    return value


def _share(text: str) -> str:
    """Return the one copy of a short text: ids and names stand in thousands of records each."""
    return intern(text) if len(text) <= SHARED_CHARACTERS else text


def _optional_codec(hint: Any) -> Codec:
    (inner,) = [make_codec(option) for option in get_args(hint) if option is not NoneType]
    return Codec(
        lambda value: None if value is None else inner.encode(value),
        lambda value: None if value is None else inner.decode(value),
    )


def _tuple_codec(parts: tuple[Any, ...]) -> Codec:
    if parts in PAIR_NAMES:
        first, second = PAIR_NAMES[parts]
        return Codec(
            lambda pair: {first: pair[0], second: pair[1]}, lambda struct: (_share(struct[first]), struct[second])
        )
    item = make_codec(parts[0])
    return Codec(
        lambda values: [item.encode(value) for value in values],
        lambda values: tuple([item.decode(value) for value in values]),
    )


def _struct_codec(record: type) -> Codec:
    codecs = list(field_codecs(record).items())
    return Codec(
        lambda value: {name: codec.encode(getattr(value, name)) for name, codec in codecs},
        lambda struct: record(*[codec.decode(struct[name]) for name, codec in codecs]),
    )
