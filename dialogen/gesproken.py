"""What was spoken: own words, or, where only buttons count, listened to and asked back."""

from __future__ import annotations

from dataclasses import replace

from dialogen import motor, verstaan
from dialogen.basis import TE_LANG, Invoer, Soort, Stand, Uitkomst, Wereld, Wie
from dialogen.effecten import Beluisteren
from dialogen.flows import FLOWS
from dialogen.flows.afmelden import lees_woorden
from dialogen.getypt import op_woorden
from dialogen.openstaand import gaat_voor, loopt_nog, onbeantwoord, opmerking, stap_van, zeg
from dialogen.stappen import Kies, Vraag
from dialogen.tik import lees_tik


def op_stem(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    """Something that was spoken: as it came, written out, or not to be used."""
    match invoer.soort:
        case Soort.GEHOORD:
            return _gehoord(stand, invoer, wereld)
        case Soort.ONHOORBAAR if wereld.wie is not Wie.ONBEKEND or invoer.waarde == TE_LANG:
            return opmerking(stand, wereld, "spraak.te_lang" if invoer.waarde == TE_LANG else "spraak.onhoorbaar")
        case Soort.ONHOORBAAR:
            return opmerking(stand, wereld, "spraak.eerst_kiezen")
        case _:
            return _gesproken(stand, invoer, wereld)


def _gesproken(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    """A voice note: own words, or, where only buttons count, to be listened to first. Before consent neither."""
    if wereld.wie is Wie.ONBEKEND:
        return opmerking(stand, wereld, "spraak.eerst_kiezen")
    doel = _te_beluisteren(stand, invoer, wereld) if wereld.luistert else None
    if doel is None:
        return op_woorden(stand, invoer, wereld)
    over = f":{doel.over}" if doel.over else ""
    uit = zeg(stand, "spraak.ik_luister")
    return replace(uit, effecten=(Beluisteren(invoer.waarde, f"{doel.flow}.{doel.stap}{over}"),))


def _te_beluisteren(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Stand | None:
    """The question with buttons that a voice note answers; None where it is own words or a new subject."""
    g = wereld.gevraagd
    if g is not None and g.stap and wereld.wie is Wie.OUDER and gaat_voor(stand, invoer, wereld):
        flow, _, stap = g.stap.partition(".")
        gevraagd = Stand(flow, stap, {"over": str(g.over)})
        wacht = FLOWS[flow].wacht
        past = wereld.uitnodiging(g.over) is not None and not (wacht and wacht(wereld, gevraagd))
        return gevraagd if past and verstaan.past(stap_van(gevraagd), invoer) else None
    if stand is None or stand.flow == "menu" or not loopt_nog(stand, invoer, wereld):
        wacht_nog = onbeantwoord(wereld)
        return Stand("uitnodiging", "kom", {"over": str(wacht_nog[0].nummer)}) if len(wacht_nog) == 1 else None
    return stand if verstaan.past(stap_van(stand), invoer) else None


def _gehoord(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    """What was spoken, in words: asked back, because only a button counts."""
    doel = _gezegd_bij(stand, invoer.bericht, wereld)
    if doel is None:  # the conversation went on meanwhile
        return opmerking(stand, wereld, "spraak.te_laat")
    gekozen = verstaan.keuze(FLOWS, doel, invoer.gehoord, wereld) if invoer.gehoord else None
    if gekozen is not None:
        return Uitkomst(stand, (verstaan.vraag_na(FLOWS, doel, gekozen, invoer.gehoord, wereld),))
    stap = stap_van(doel)
    if isinstance(stap, Vraag) and invoer.gehoord and stap.lees(Invoer(Soort.TEKST, invoer.gehoord)) is not None:
        onthouden = doel.met({verstaan.GEHOORD: invoer.gehoord})
        return Uitkomst(onthouden, (verstaan.vraag_woorden_na(doel, invoer.gehoord),))
    if doel is not stand:  # said to what the bot sent by itself: then it is a question
        woorden = lees_woorden(Invoer(Soort.SPRAAK, invoer.waarde)) or ""
        return motor.begin(FLOWS, "vraag", wereld, {"vraag": woorden}, "direct")
    return motor.niet_begrepen(FLOWS, doel, wereld, "algemeen.misser" if invoer.gehoord else "spraak.onhoorbaar")


def _gezegd_bij(stand: Stand | None, bij: str, wereld: Wereld) -> Stand | None:
    """Where it was said, if that question can still be answered."""
    tik = lees_tik(f"{bij.partition(':')[0]}:{verstaan.ANDERS}:{bij.partition(':')[2]}".rstrip(":"))
    if tik is None or tik.flow not in FLOWS or wereld.wie is Wie.ONBEKEND:
        return None
    if stand is not None and (stand.flow, stand.stap, stand.over) == (tik.flow, tik.stap, tik.over):
        return stand
    doel = Stand(tik.flow, tik.stap, {"over": str(tik.over)} if tik.over else {})
    stap, wacht = stap_van(doel), FLOWS[tik.flow].wacht
    overal = isinstance(stap, Kies) and stap.overal
    return doel if overal and not (wacht and wacht(wereld, doel)) else None


def na_horen(doel: Stand, keuze: str, wereld: Wereld) -> Uitkomst:
    """The answer to "did I hear that right?" that is no choice of the step itself."""
    gehoord = doel.antwoorden.get(verstaan.GEHOORD, "")
    doel = replace(doel, antwoorden={k: w for k, w in doel.antwoorden.items() if k != verstaan.GEHOORD})
    if keuze == verstaan.KLOPT and gehoord:
        return motor.vervolg(FLOWS, doel, Invoer(Soort.TEKST, gehoord), wereld)
    return motor.herhaal(FLOWS, doel, wereld)
