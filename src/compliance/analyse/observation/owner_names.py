"""Roles and units that no list names, told by how their names end and by what they do: «HR-avdelingen skal lage»."""

from __future__ import annotations

import re
from collections.abc import Iterator

# «Havnesjefen», «Plan- og byggesjefen», «Controllar i økonomiavdelinga».
_ROLE = (
    r"(?<![\w-])(?:\w+- og )?(?:\w{2,}(?:ansvarlig|ansvarleg|forvalter|forvaltar)|\w*(?:sjef|leder|leiar|koordinator"
    r"|rådgiver|rådgjevar|ombud|ombod|direktør|mester|meister|arkivar|bibliotekar|rektor|advokat|controller|controllar))"
    r"(?:en|n|et|ane|ene|ne|a)?"
    r"(?: (?-i:[A-ZÆØÅ]{2,})| for [\w-]+(?: og [\w-]+)?| i [\w-]{4,}(?:avdeling|enhet|eining)\w*)?"
)
# «HR-avdelingen», «Biblioteket», «Kvar eining»: one unit, by a name of its own. «Tjenesten» and «skolene» name nobody.
_UNIT = (
    r"(?<![\w-])(?:(?!(?:hjemmek|heimek|åp|eg|for)(?:ontoret|enheten|eininga))[\w-]{2,}(?:avdelingen|avdelinga|enheten"
    r"|eininga|seksjonen|kontoret|torget|teamet|staben|etaten|sentralen)|biblioteket|legevakten|legevakta|sykehjemmet"
    r"|sjukeheimen|kulturskolen|kulturskulen|(?:hjemme|heime|helse|arkiv|skolehelse|skulehelse|barnevern)\w{0,4}tjenesten"
    r"|(?:heime|helse|arkiv|skulehelse|barnevern)\w{0,4}tenesta"
    r"|e(?:n|i|in|it|t) (?:\w+ )?(?:arbeids|prosjekt|fag)?gruppe"
    r"|(?:hver|kvar|den enkelte) (?:enhet|eining|avdeling|seksjon|sektor|etat|virksomhet|verksemd))"
)
# «Helse og mestring skal tilby …», «Sektor for oppvekst lager …»: a sector by its
# name. «Barn og unge» are whom it is for.
_SECTOR = (
    r"(?<![\w-])(?-i:(?:Helse|Oppvekst|Kultur|Skole|Skule|Teknisk|Samfunn|Plan|Eiendom|Eigedom|Økonomi|Areal|Velferd"
    r"|Læring)(?:, \w+)? og (?:omsorg|mestring|velferd|meistring|utdanning|kultur|opplæring|miljø|utvikling|drift"
    r"|næring|samfunn|bygg|oppvekst|teknikk|inkludering|barnehage|byggesak|idrett|finans|forvaltning)"
    r"|(?:Sektor|Kommunalområde|Tjenesteområde|Tenesteområde|Virksomhet|Verksemd|Enhet|Eining|Etat)(?:en|et|a)?"
    r" (?:for )?[a-zæøå-]{3,}(?: og [a-zæøå-]+)?)"
)
_CHARGED = r"har ansvar\w*|er (?:ansvarl\w+|(?:prosjekt|tiltaks)(?:eier|eigar|leder|leiar))"
_ACTS = (
    r"holder|held|legger|legg|rapporterer|setter|set|sørger|syter|leder|leier|koordinerer|samordner|samordnar"
    r"|(?:følger|følgjer) opp|utarbeider|gjennomfører|forvalter|forvaltar|tilbyr|arrangerer|oppdaterer|kartlegger"
    r"|kartlegg|overvåker|overvakar|bestiller|kurser|kursar|lager|lagar|etablerer|innfører|utvikler|utviklar|tester|testar|fastsetter|fastset|evaluerer|reviderer"
    r"|anskaffer|skaffar|veileder|rettleier|kontrollerer|drifter|driftar"
)
# What a unit is to become or to be given, it does not do: «skal være», «skal få», «skal styrkes», «skal pusses opp».
_UNDERGOES = (
    r"(?:også |òg |fortsatt |framleis )?(?:være|vere|bli|verte|få|ha|kunne|oppleve|ikke|ikkje)\b"
    r"|(?:\w+\s+){0,3}?\w{2,}(?:es|ast)\b"
)
_DOES = rf"(?:skal|må|vil)\s+(?!{_UNDERGOES})\w"
_ACTING = re.compile(
    rf"{_ROLE}(?=\s+(?:skal|må|{_CHARGED}|{_ACTS})\b)"
    rf"|(?:{_UNIT}|{_SECTOR})(?=\s+(?:{_DOES}|(?:{_CHARGED}|{_ACTS})\b))"
    # «I 2027 skal biblioteket tilby»
    rf"|\bskal (?P<inverted>{_ROLE}(?=\s+\w)|{_UNIT}(?=\s+(?!{_UNDERGOES})\w))"
    # «forberedes av innkjøpssjefen», «blir gjort av teknisk sjef», «Ansvarlig er byggesakskontoret»
    r"|(?:(?:\w{3,}(?:es|ås|ast)|(?:blir|vert) \w+)(?: opp| ut| inn| ned)? av"
    r"|\bansvarl[ei]g er|\bansvaret (?:for \w+ )?ligge?r? (?:hos|til))"
    rf" (?P<agent>{_ROLE}|{_UNIT})",
    re.IGNORECASE,
)


def find_acting(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a role or a unit is named that does something, or by which it is done."""
    for match in _ACTING.finditer(text):
        yield match.span("agent" if match["agent"] else "inverted" if match["inverted"] else 0)
