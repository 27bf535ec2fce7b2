import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.records import Language
from compliance.text.sentences import split_sentences

# Each case is one text written with «|» where a sentence must end; nothing else may be a boundary.
CASES = {
    "names and captions": "Kontoret er i Chr. Krohgs gate 2. |F.v. Kari og Ola. |Dette følger av kgl. res. Nr. 4.",
    "two plain sentences": "Kommunen vokser.|Innbyggerne blir eldre.",
    "question and exclamation": "Hvem skal gjøre det?|Vi skal!|Nå begynner arbeidet.",
    "kap. and decimals": "Planen bygger på kap. 4.2 i økonomiplanen.|Den gjelder fra nyttår.",
    "kap. before a capital": "Se kap. Digitalisering for mer.|Der står tiltakene.",
    "jf. § and ledd": "Dette følger av jf. pbl. § 11-1 3. ledd.|Kommunestyret vedtar planen.",
    "f.eks. before a name": "Vi samarbeider med flere, f.eks. Kongsberg og Numedal.|Avtalen er god.",
    "bl.a. spaced": "Vi bruker bl. a. Helsenorge i dag.|Flere kommer.",
    "mill. inside": "Rammen er kr 1,5 mill. i året.|Den økes i 2026.",
    "mill. before a capital ends": "Tiltaket koster 12 mill.|Kommunen søker om støtte.",
    "mill. before a currency": "Kostnaden er 12 mill. NOK i perioden.",
    "mill. before a parenthesis": "Avviket er 12 mill.kr. (Gol) og 9 mill.kr. (Ål) i år.|Det er lite.",
    "a word with nr.": "Se sambandsnr. 15 og kol. 3 i tabellen.|Der står alt.",
    "mrd. before a number": "Budsjettet er 1,2 mrd. 2025-kroner.",
    "nr. with a number": "Vedtaket er gjort i sak nr. 45 i går.|Det står fast.",
    "osv. ends before a capital": "Vi trenger nett, skjermer osv.|Opplæring kommer i tillegg.",
    "osv. goes on before a small letter": "Nett, skjermer osv. skal være på plass.",
    "m.m. in parentheses": "Fellestjenester (IKT, arkiv m.m.) er samlet.|Det sparer tid.",
    "mv. before a capital": "Dette gjelder utstyr mv.|Resten er drift.",
    "dvs. before a capital": "Alle skal med, dvs. Ungdomsrådet også.",
    "pr. and pst.": "Det er 14,2 pst. pr. innbygger.|Landet har 12.",
    "ifm. and ift.": "Tiltak ifm. Helseplattformen vurderes ift. Digihelse.",
    "Meld. St. with number": "Regjeringen la fram Meld. St. 27 (2015–2016).|Den gjelder fortsatt.",
    "St.meld. nr.": "I St.meld. nr. 17 står dette omtalt.|Vi følger den.",
    "Prop. 1 S": "Midlene står i Prop. 1 S (2024–2025) til Stortinget.",
    "Prop. 1 S ends": "Midlene står i Prop. 1 S.|Kommunen får sin del.",
    "quarter": "Rapporten kommer i 3. kvartal.|Da vet vi mer.",
    "quarter with capital": "Rapport etter 2. Kvartal legges fram.",
    "1. januar": "Ordningen gjelder fra 1. januar 2026.|Den er varig.",
    "17. mai": "Barna feirer 17. mai i parken.",
    "numeric date": "Fristen er 31.12.2025.|Deretter evalueres planen.",
    "spaced numeric date": "Møtet var 12. 6. 2019 i rådhuset.",
    "year ends": "Planen gjelder til 2030.|15 tiltak er satt i gang.",
    "year then capital": "Vi startet i 2019.|Siden har mye skjedd.",
    "kl. and tlf.": "Møt opp kl. 18.00 eller ring tlf. 32 00 00 00 i dag.",
    "s. with page": "Figuren er hentet fra rettleiaren, s. 12 og s. 14.|Den er forenklet.",
    "initials": "Strategien er skrevet av J. K. Hansen og A. Moen.|Den er vedtatt.",
    "a word of one letter ends": "Det er noe å tro på og leve i.|Vi begynner her.",
    "initials of a state": "Boka er gitt ut av U.S. Department of Plans i fjor.",
    "lettered alternative ends": "Vi anbefaler alternativ B.|Kommunen sparer mest.",
    "quote after full stop": "«Vi skal lykkes.»|Slik lyder visjonen.",
    "quote inside a sentence": "Spørsmålet «Hva er viktig for deg?» skal stilles til alle.",
    "parenthesis closes the sentence": "Vi har mye å lære. (Se vedlegg 2.)|Arbeidet fortsetter.".replace(
        ". (Se", ".|(Se"
    ),
    "ellipsis inside": "Kapitlet «… med omgivelsene våre» er en arealstrategi.",
    "ellipsis ends": "Vi venter …|Så skjer det noe.",
    "ellipsis of full stops": "Så kom regnet...|Etterpå ble det stille.",
    "colon ends nothing": "Vi har tre mål: Flere skal klare seg selv.",
    "semicolon ends nothing": "Vi skal kartlegge behov; velge løsninger; måle gevinster.",
    "inline bullets": "Vi skal:|• kartlegge behov|• velge løsninger",
    "list item lines": "Vi skal:|\n- kartlegge behov|\n- velge løsninger",
    "empty line": "Digitale tjenester|\n\nKommunen skal lytte.",
    "wrapped line": "Kommunen skal\nlytte til innbyggerne.|Det er viktig.",
    "web address": "Les mer på www.eksempel.no/plan.pdf og søk.|Der ligger alt.",
    "address ends": "Les mer på eksempel.no.|Der ligger alt.",
    "chapter number is a label": "4.2. Digitale tjenester",
    "numbered sentence": "1. Kommunen skal digitalisere arkivet.|2. Arbeidet er ferdig i 2027.",
    "figure label": "Figur 3. Utgifter per tjeneste",
    "goal label": "Satsingsområde 2. Gode tjenester der folk bor",
    "section label": "§ 3. Formålet med ordningen",
    "footnote number": "Dette er vist i en rapport.3|Kommunen følger opp.",
    "e-helse opens": "Hva er nytt i år.|e-helse er digitalisering i helsetjenesten.",
    "dash after full stop": "Ordføreren er klar.|– Vi må tørre mer.",
    "contents dots": "1 Innledning ........ 3 Mål ........ 4",
    "red. in parentheses": "Boka (Lie m.fl., red. Olsen) er nyttig.",
    "number ends": "Antallet er 15.|Dette er for få.",
    "roman label": "IV. Oppfølging av planen",
    "nn m.a.": "Vi har m.a. Gol og Ål som partnarar.|Det går godt.",
    "nn t.d.": "Nokre tenester, t.d. Digihelse, er i bruk.",
    "nn osb.": "Vi treng nett, skjermar osb.|Opplæring kjem i tillegg.",
    "nn date": "Planen vart vedteken 21. mai 2019.|Han gjeld til 2030.",
    "o.l. before a capital": "Sensorer o.l.|Andre tiltak er opplæring.",
    "inkl. before a name": "Alle kommuner, inkl. Nes, er med.",
    "per domain abbreviation a.s.": "Avtalen er med Eksempel a.s. og gjelder i år.",
}


@pytest.mark.parametrize("marked", [pytest.param(text, id=name) for name, text in CASES.items()])
@pytest.mark.parametrize("language", [Language.NB, Language.NN])
def test_sentences_end_where_a_reader_would_end_them(marked: str, language: Language) -> None:
    expected = [part.strip() for part in marked.split("|")]
    text = " ".join(marked.split("|")).replace(" \n", "\n")
    assert [text[start:end] for start, end in split_sentences(text)] == expected


def test_sentences_glued_together_are_parted() -> None:
    text = "Vi satser på gode tjenester.Kommunen har begynt."
    spans = split_sentences(text)
    assert [text[start:end] for start, end in spans] == ["Vi satser på gode tjenester.", "Kommunen har begynt."]


@pytest.mark.parametrize("text", [pytest.param("", id="empty"), pytest.param(" \n\t ", id="white space")])
def test_text_without_words_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


_PIECES = st.lists(
    st.sampled_from(
        ["Kap. 4", "kr 1,5 mill.", "jf.", "Vi", "«Nå.»", "\n\n", "•", "- a", " ", "3.", "…", "(s. 2)", "Og!"]
    )
    | st.text(max_size=8),
    max_size=30,
).map("".join)


@given(_PIECES)
def test_spans_are_ordered_and_cover_all_but_white_space(text: str) -> None:
    position = 0
    for start, end in split_sentences(text):
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()
