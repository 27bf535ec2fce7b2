"""Corpora of fictional municipalities for the study's tests, and where the solved cases lie."""

from __future__ import annotations

from pathlib import Path

THESIS = Path(__file__).parents[3] / "shared" / "reference" / "thesis"

# What is told of three municipalities, as a researcher's notes would tell it.
NOTES = {
    "nordvik.txt": """Nordvik kommune

Nordvik kommune har ikke digitaliserings- eller IKT-strategi på det tidspunktet vi spurte. Kommunen opplyser at en slik
strategi er under utarbeidelse. Kommuneplanens samfunnsdel for Nordvik gjelder for perioden 2015 – 2027.

I Nordvik kommunes temaplan for helse og omsorg 2018-2021 finnes det mål for velferdsteknologi og digitalisering.

Nordvik kommune deltar i Digi Rogaland, som arbeider med digitalisering.
""",
    "sundet.txt": """Sundet kommune

Kommunen har en digitaliseringsstrategi for perioden 2018-2020 med følgende visjon;
«Sundet kommune skal være enkel å nå for alle som bor her. Vi bygger på løsninger som varer» (Sundet kommune, 2018).

Digitaliseringsstrategiens mål handler om å sette brukeren i sentrum, å bruke digitalisering som drivkraft for
innovasjon, styrke digital kompetanse og deltakelse og sikre informasjonssikkerhet og personvern.

Det er mye som tyder på at fagområdene innenfor skole og helse har digitale løsninger som en del av sine sektorplaner.
""",
    "myra.txt": """Myra kommune

Kommunen har en digitaliseringsstrategi for perioden 2018 – 2021.

Kommunen har etablert et tverrfaglig samarbeid om digitalisering som heter DigiForum. Forumet er et strategiorgan for
digitalisering og har deltakere fra alle sektorer og de hovedtillitsvalgte. Tiltaksplanene følges opp av DigiForum.
""",
}


def write_notes(folder: Path) -> Path:
    """Write the notes as a corpus and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in NOTES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


_HAS = "{name} kommune har en digitaliseringsstrategi for perioden 2019-2022."
_LISTS = (
    "Digitaliseringsstrategiens mål handler om å sette brukeren i sentrum, å bruke digitalisering som drivkraft for "
    "innovasjon, styrke digital kompetanse og deltakelse og sikre informasjonssikkerhet og personvern."
)
_MAKES = "{name} kommune opplyser at en digitaliseringsstrategi er under utarbeidelse."

# Ten municipalities as a study found ten: five have a strategy, three are making one, two have none. Of the two one had
# a strategy that has ended, and the other has a programme that is like one. Two have a structure.
TEN = {
    "Askevik": f"{_HAS} {_LISTS}",
    "Bregnes": f"{_HAS} {_LISTS}",
    "Dyrfjord": f"{_HAS} {_LISTS}",
    "Elgdal": f"{_HAS}\n\nEt digitaliseringsråd prioriterer hvilke digitale prosjekter som settes i gang.",
    "Fugløy": _HAS,
    "Gressnes": _MAKES,
    "Heiberg": f"{_MAKES}\n\nEnhetene søker om midler til digitale prosjekter fra digitaliseringsfondet.",
    "Isvik": _MAKES,
    "Jordnes": "{name} kommune har en digitaliseringsstrategi for perioden 2015-2018.",
    "Klovdal": "{name} kommune har ingen digitaliseringsstrategi.",
}
PROGRAMME = """# Program for smart kommune i Klovdal kommune 2018–2022

Vedtatt av kommunestyret 14. juni 2018.

Kommunen skal ta i bruk sensorer og digitale skjemaer.
"""


def write_ten(folder: Path) -> Path:
    """Write the ten as a corpus and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in TEN.items():
        told = text.format(name=name)
        (folder / f"{name.lower()}.txt").write_text(f"{name} kommune\n\n{told}\n", encoding="utf-8")
    (folder / "program for smart kommune klovdal.md").write_text(PROGRAMME, encoding="utf-8")
    return folder
