"""Words that are written with a full stop without ending a sentence, in bokmål and nynorsk, case folded."""

from __future__ import annotations


def _read_words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


# What follows belongs to the abbreviation, so a sentence never ends with one: «jf. kap. 4», «Meld. St. 27», «dr. Ås».
# A word that is also an ordinary word («post», «min», «alt») must not stand here.
LEADING = _read_words(
    """
    adm afd ang anm ansv art.nr avd avs bl bl.a bnr bygn ca cf chr d.v.s dir dok dr dvs eg eks ekskl eksp ev evt f.eks
    f.h f.v fg fig fnr forf frk fv fvl gnr gt henh hhv hr i.e i.f.m i.f.t i.h.t ifb ifm ift iht inkl innst int jf jfr
    jmf jr.nr kap kgl kgl.res kl kol koml komm kst ktr kv m.a maks medl meld mht mtp nr nyn off offl omg omr opplæringsl
    ordf org.nr ot ot.prp p.g.a pbl pga pkt plu pr prof prop prp res resp rådm s.k saksnr sekr siv skr sml spes spm spr
    st st.meld st.prp str stud t.d th tidl tilh tilsv tlf tn utg utv vedk vedl vgl viz vs årg økon
    """
)

# What may close a sentence: it does where a capital follows, never before a digit.
CLOSING = _read_words(
    """
    al dgl eff el etc fl flg fork innb kg km kr kvm m/s m/v mfl mill mm mnd mod mrd mv mva moh ol osb osv pers pst pt
    red ref rep rev sek sign stk tils tom tot uts v/s årl jan feb febr mar apr jun jul aug sep sept okt nov des
    """
)

# After these a single letter is a name of its own and may end the sentence: «alternativ B. Kommunen …».
LETTERED = _read_words(
    """
    alternativ alternativet bokstav bygg del delen fase figur gruppe hepatitt kategori klasse linje litra modell nivå
    plan planen punkt sone tabell trinn type vedlegg vitamin
    """
)

# After a number with a full stop these make an ordinal even when written with a capital: «1. Januar», «3. Kvartal».
ORDERED = _read_words(
    """
    januar februar mars april mai juni juli august september oktober november desember kvartal tertial halvår årgang
    verdenskrig verdskrig klasse trinn etasje ledd punktum opplag utgave utgåve
    """
)

CURRENCIES = _read_words("nok eur euro usd sek dkk kr")  # «12 mill. NOK»
