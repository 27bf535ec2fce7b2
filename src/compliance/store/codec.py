"""Records to database values and back: a table's columns are the fields of its record.

Enums become their values, tuples lists, nested records structs, and pairs structs with the names below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from operator import attrgetter
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


def encode_records(record: type[T], values: Sequence[T]) -> list[tuple[Any, ...]]:
    """Return records of one type as rows, column by column: what the database takes as it is costs no call."""
    columns = ((codec.encode, map(attrgetter(name), values)) for name, codec in field_codecs(record).items())
    return list(zip(*[_convert(encode, column) for encode, column in columns], strict=True))


def decode_records(record: type[T], rows: Sequence[Sequence[Any]]) -> list[T]:
    """Return the records whose fields, in order, are the rows; column by column, as they are encoded."""
    if not rows:
        return []
    columns = zip(field_codecs(record).values(), zip(*rows, strict=True), strict=True)
    return list(map(record, *[_convert(codec.decode, column) for codec, column in columns]))


def decode_record(record: type[T], row: Sequence[Any]) -> T:
    """Return the record whose fields, in order, are `row`."""
    return decode_records(record, [row])[0]


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


def _convert(convert: Callable[[Any], Any], values: Iterable[Any]) -> Iterable[Any]:
    return values if convert is _same else map(convert, values)


def _share(text: str) -> str:
    """Return the one copy of a short text: ids and names stand in thousands of records each."""
    return intern(text) if len(text) <= SHARED_CHARACTERS else text


def _optional_codec(hint: Any) -> Codec:
    (inner,) = [make_codec(option) for option in get_args(hint) if option is not NoneType]
    return Codec(_keep_none(inner.encode), _keep_none(inner.decode))


def _keep_none(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return _same if convert is _same else lambda value: None if value is None else convert(value)


def _tuple_codec(parts: tuple[Any, ...]) -> Codec:
    if parts in PAIR_NAMES:
        first, second = PAIR_NAMES[parts]
        return Codec(
            lambda pair: {first: pair[0], second: pair[1]}, lambda struct: (_share(struct[first]), struct[second])
        )
    item = make_codec(parts[0])
    return Codec(
        lambda values: list(_convert(item.encode, values)),
        lambda values: tuple(_convert(item.decode, values)),
    )


def _struct_codec(record: type) -> Codec:
    names, codecs = field_names(record), field_codecs(record).items()
    encoded = [(name, codec.encode) for name, codec in codecs if codec.encode is not _same]
    decoded = [(place, codec.decode) for place, (_, codec) in enumerate(codecs) if codec.decode is not _same]

    def encode(value: Any) -> dict[str, Any]:
        struct = {name: getattr(value, name) for name in names}
        for name, convert in encoded:
            struct[name] = convert(struct[name])
        return struct

    def decode(struct: Any) -> Any:
        values = [struct[name] for name in names]
        for place, convert in decoded:
            values[place] = convert(values[place])
        return record(*values)

    return Codec(encode, decode)
