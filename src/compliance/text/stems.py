"""Words by what they say: stop words out, inflection off, nynorsk and bokmål spelt alike."""

from __future__ import annotations

import re
from functools import lru_cache

from compliance.text.normalise import fold_text

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_MIN_STEM = 3  # letters left of a word when an ending is taken off
_FUNCTION_WORDS = """
    alle allerede alt andre annen annet at av bare ble bli blir blitt både da de deg dei dem den denne der dere
    deres derfor dermed det dette disse dit du då eg ei ein eit eitt eller ellers elles en enda ene enn er et ett
    etter for fordi fra fram frem frå få får før gjennom gjer gjere gjort gjør gjøre ha hadde han hans har hatt
    hun hva hvem hver hverandre hvert hvilke hvilken hvis hvor hvordan hvorfor i ifølge igjen ikke ikkje ingen
    inkje inn innan innen ja jeg jo kan kommunal kommunale kommunalt kommunane kommunar kommune kommunen kommunene
    kommunens kommuner kor korleis kunne kva kvar kvarandre kvart kven litt man mange med medan meg meir mellom
    men mens mer mest min mot mye mykje må måtte ned nei no noe noen noko nokon nokre nå når og også om opp oss
    over på sa samt seg selv sett si sia sidan siden sin sine sist sitt sjølv skal skje skulle slik slike slikt
    som så til tillegg under ut utan uten var vart ved vel vere vert verte vi via vil ville vore vår våre vårt
    være vært òg
"""  # and what every plan speaks of: the municipality
_STOP_WORDS = frozenset(_FUNCTION_WORDS.split())
# Spelling that differs between the written languages, nynorsk first: what the endings below do not even out. A form
# without its ending stands for the word with any ending.
_SPELLINGS = (
    ("innbyggj", "innbygg"),
    ("tryggleik", "sikkerhet"),
    ("sikkerheit", "sikkerhet"),
    ("tenest", "tjenest"),
    ("verksemd", "virksomhet"),
    ("mogleg", "mulig"),
    ("offentleg", "offentlig"),
    ("leiing", "ledelse"),
    ("leiar", "leder"),
    ("tilset", "ansat"),
    ("medverk", "medvirk"),
    ("verknad", "virkning"),
    ("verke", "virke"),
    ("heilskap", "helhet"),
    ("heil", "hel"),
    ("eining", "enhet"),
    ("rettlei", "veiled"),
    ("heim", "hjem"),
    ("skule", "skole"),
    ("veke", "uke"),
    ("saman", "sammen"),
    ("undervegs", "underveis"),
    ("auk", "øk"),
    ("løys", "løs"),
    ("løsn", "løs"),
    ("betre", "bedre"),
    ("høyr", "hør"),
    ("kvardag", "hverdag"),
    ("opne", "åpne"),
    ("open", "åpen"),
    ("namn", "navn"),
    ("veg", "vei"),
    ("fremm", "fram"),
    ("frem", "fram"),
    ("teikn", "tegn"),
    ("oppgåv", "oppgav"),
    ("utgåv", "utgav"),
    ("utgrei", "utred"),
    ("sjuk", "syk"),
    ("låg", "lav"),
    ("røynsl", "erfaring"),
    ("born", "barn"),
    ("deltaking", "deltakelse"),
    ("samanlikn", "sammenlign"),
    ("skuld", "skyld"),
    ("stad", "sted"),
    ("marknad", "marked"),
    ("utan", "uten"),
    ("held", "hold"),
    ("hald", "hold"),
    ("innspel", "innspill"),
    ("utslepp", "utslipp"),
    ("straum", "strøm"),
    ("skild", "skriv"),
    ("beskriv", "skriv"),
    ("arkitekturval", "arkitekturvalg"),
    ("førehand", "forhånd"),
    ("omsyn", "hensyn"),
    ("partnar", "partner"),
    ("dugleik", "ferdighet"),
    ("avgjerd", "beslutning"),
    ("kj", "k"),
    ("gj", "g"),
    ("ei", "e"),
    ("øy", "ø"),
)
# Taken off while any fits, so that no two forms of a word keep different ends.
_INFLECTION = (
    *("elsane", "elsene", "elsar", "elser", "elsen", "else", "ingane", "ingene", "ingar", "inger", "ingen", "inga"),
    *("ning", "ing", "leggj", "hetene", "hetane", "heten", "heter", "hetar", "heta", "het", "leg", "lig"),
    *("arane", "erane", "erne", "ane", "ene", "ande", "ende", "ast", "est", "are", "ere", "ar", "er", "en", "et"),
    *("te", "de", "st", "a", "e", "t", "s", "j", "r"),
)


def find_stems(text: str) -> list[tuple[str, int, int]]:
    """Return the content words of a text as stems, with the offsets of the words; numbers are no content words."""
    return [
        (stem, word.start(), word.end())
        for word in _WORD.finditer(fold_text(text))
        if (stem := stem_word(word.group())) is not None
    ]


def find_numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text as written, «1,7» being two of them."""
    return frozenset(re.findall(r"\d+", text))


@lru_cache(maxsize=200_000)
def stem_word(word: str) -> str | None:
    """Return what a word is counted as, the same in nynorsk and bokmål; None for stop words and numbers.

    «tenestene» and «tjenester» give the same stem. Stems are for comparing and are seldom words.
    """
    folded = fold_text(word)
    if folded in _STOP_WORDS or len(folded) < _MIN_STEM or folded[0].isdigit():
        return None
    return _cut_endings(_spell_alike(folded)) if folded.isalpha() else folded


def _spell_alike(form: str) -> str:
    for nynorsk, bokmal in _SPELLINGS:
        if nynorsk in form:
            form = form.replace(nynorsk, bokmal)
    return form


def _cut_endings(form: str) -> str:
    for _ in range(2):  # «kommunikasjon-en-e», «bruk-er-ne»
        for ending in _INFLECTION:
            if form.endswith(ending) and len(form) >= len(ending) + _MIN_STEM:
                form = form.removesuffix(ending)
                break
    return form[:-1] if form[-2:-1] == form[-1] and len(form) > _MIN_STEM else form
