"""What was done → which conversation. STOP, the menu and a person work in the middle of anything, and a button
does what it says whenever it is pressed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from dialogen import begrijpen, motor, parkeren, verstaan, wisselen
from dialogen.basis import (
    DUBBEL,
    TE_LANG,
    Bericht,
    Gevraagd,
    Invoer,
    Soort,
    Stand,
    Tekst,
    Uitkomst,
    Uitnodiging,
    Wereld,
    Wie,
)
from dialogen.effecten import Aansluiten, Beluisteren
from dialogen.flows import FLOWS
from dialogen.flows.afmelden import lees_woorden
from dialogen.flows.tip import GETYPT
from dialogen.flows.uitnodiging import OPEN
from dialogen.hardop import HOOR, TAAL, stem_van, taal_van
from dialogen.stappen import Kies, Stap, Vraag
from dialogen.teksten import TALEN

RUST = timedelta(hours=12)
"""Words that come so long after the last turn begin something new, unless they name a choice."""
TEAMOPDRACHTEN: Mapping[str, str] = {
    "nieuw": "maken",
    "activiteiten": "activiteiten",
    "presentie": "presentie",
    "deur": "presentie",
    "bureau": "bureau",
    "weekbericht": "weekbericht",
}
"""What a colleague can type, with a slash, and the conversation that it begins."""
NUMMER = 2**63 - 1
"""The largest number of a row (a signed 64-bit integer)."""


@dataclass(frozen=True, slots=True)
class Tik:
    """A button's data, taken apart: ``flow.stap:keuze[:over]``."""

    flow: str
    stap: str
    keuze: str
    over: int = 0


@lru_cache(maxsize=64)
def lees_tik(data: str) -> Tik | None:
    """The parts of a button's data, or None for anything that cannot be ours."""
    kop, _, rest = data.partition(":")
    flow, punt, stap = kop.partition(".")
    keuze, _, over = rest.partition(":")
    nummer = int(over) if over.isascii() and over.isdigit() and len(over) < 20 else 0
    if not (flow and punt and stap and keuze) or nummer > NUMMER or (over and not nummer):
        return None
    return Tik(flow, stap, keuze, nummer)


def onderwerp(stand: Stand | None, invoer: Invoer) -> int:
    """What a turn is about before it is handled (an invitation's number), 0 for nothing."""
    tik = lees_tik(invoer.waarde) if invoer.soort is Soort.KNOP else None
    if tik is not None:
        return tik.over
    return stand.over if stand else 0


def met_kantoor(stand: Stand | None, invoer: Invoer) -> bool:
    """Whether this turn, if a colleague does it, needs what staff work with: by its button's flow; words and codes may
    lead anywhere.
    """
    tik = lees_tik(invoer.waarde) if invoer.soort is Soort.KNOP else None
    if tik is None:
        return invoer.soort is not Soort.KNOP
    flow = FLOWS.get(tik.flow)
    return (flow is not None and flow.kantoor) or parkeren.geparkeerd(stand) is not None


def waar(stand: Stand | None, invoer: Invoer) -> Tik:
    """The conversation and step a turn belongs to before it is handled: the button's, else where one stands."""
    tik = lees_tik(invoer.waarde) if invoer.soort is Soort.KNOP else None
    return tik or (Tik(stand.flow, stand.stap, "", stand.over) if stand else Tik("", "", ""))


def antwoord(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    """One turn: never raises for what a person can send, and never answers with another's data."""
    if stand is not None and not _van_nu(stand, wereld):
        stand = None  # of somebody who was erased, or who left the team
    uit = _antwoord(stand, invoer, wereld)
    return parkeren.neem_mee(FLOWS, stand, uit, wereld) if _ertussen(stand, invoer, uit, wereld) else uit


def _van_nu(stand: Stand, wereld: Wereld) -> bool:
    """Whether this conversation can be of who is there now."""
    flow = FLOWS.get(stand.flow)
    if flow is not None and flow.van_team:
        return wereld.wie is Wie.MEDEWERKER
    return wereld.wie is not Wie.ONBEKEND or stand.flow == "kennismaken"


def _ertussen(stand: Stand | None, invoer: Invoer, uit: Uitkomst, wereld: Wereld) -> bool:
    """Whether this turn was about something else than the conversation that stays."""
    flow = FLOWS.get(stand.flow) if stand else None
    if stand is None or flow is None or wereld.wie is not Wie.MEDEWERKER:
        return False
    if not flow.blijft or (uit.stand is not None and uit.stand.flow != stand.flow):
        return True
    match invoer.soort:
        case Soort.KNOP:
            tik = lees_tik(invoer.waarde)
            return tik is not None and tik.flow != stand.flow and uit.stand != stand
        case Soort.TEKST | Soort.SPRAAK:
            return (uit.stand is None and not _loopt_nog(stand, invoer, wereld)) or _opgedragen(
                invoer, wereld
            ) is not None
        case _:
            return uit.stand is None


def _antwoord(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    match invoer.soort:
        case Soort.START:
            return _start(stand, invoer, wereld)
        case Soort.KNOP | Soort.TEKST if (te_horen := _te_horen(stand, invoer, wereld)) is not None:
            return te_horen
        case Soort.KNOP:
            return _tik(stand, invoer, wereld)
        case Soort.TEKST if (anders := wisselen.andere_taal(stand, invoer, wereld)) is not None:
            return anders
        case Soort.TEKST if not begrijpen.alleen_beeld(invoer.waarde) or _bedoeld(stand, invoer, wereld):
            return _woorden(stand, replace(invoer, waarde=begrijpen.schoon(invoer.waarde)), wereld)
        case Soort.SPRAAK | Soort.GEHOORD | Soort.ONHOORBAAR:
            return _stem(stand, invoer, wereld)
        case Soort.FOTO if stand is not None and wereld.wie is Wie.MEDEWERKER and _gevraagd_om(stand, invoer):
            return motor.vervolg(FLOWS, stand, invoer, wereld)
        case Soort.GEWIJZIGD:
            return _opmerking(stand, wereld, "algemeen.gewijzigd")
        case _:
            return _opmerking(stand, wereld, _niet_te_lezen(stand))


def _gevraagd_om(stand: Stand, invoer: Invoer) -> bool:
    """Whether the open question takes this: a photo is read nowhere else."""
    flow = FLOWS.get(stand.flow)
    stap = flow.stap(stand.stap) if flow else None
    return isinstance(stap, Vraag) and stap.lees(invoer) is not None


def _te_horen(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst | None:
    """🔊: the message that it was pressed under or that it answers, a language, or the question that is open. It
    changes nothing, and pressing it again is asking again.
    """
    if invoer.soort is Soort.KNOP and (taal := taal_van(invoer.waarde)) is not None:
        return Uitkomst(stand, (Bericht((Tekst(TAAL),), hardop=True, taal=taal if taal in TALEN else ""),))
    getypt = invoer.soort is Soort.TEKST and invoer.waarde.strip().replace("\ufe0f", "") == HOOR
    if not getypt and (invoer.soort is Soort.TEKST or stem_van(invoer.waarde) is None):
        return None
    if wereld.te_horen is not None:
        return Uitkomst(stand, (wereld.te_horen,))
    if not getypt or stand is None or stand.flow not in FLOWS:
        return _zeg(stand, "algemeen.hoor_hoe")
    if motor.gekozen(FLOWS, stand, invoer, wereld) is not None:
        return None
    return replace(uit := motor.herhaal(FLOWS, stand, wereld), berichten=tuple(_hardop(b) for b in uit.berichten))


def _hardop(bericht: Bericht) -> Bericht:
    return replace(bericht, hardop=True)


def _bedoeld(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> bool:
    """An emoji that is an answer: 👍, ✅, or the pictogram of a button."""
    if begrijpen.bedoeling(invoer.waarde) is not None:
        return True
    return _door_broadcast(invoer, wereld) or (
        stand is not None and motor.gekozen(FLOWS, stand, invoer, wereld) is not None
    )


def _door_broadcast(invoer: Invoer, wereld: Wereld) -> bool:
    """The pictogram of a button under what the bot sent by itself."""
    g = wereld.gevraagd
    if g is None or not g.stap:
        return False
    flow, _, stap = g.stap.partition(".")
    return motor.gekozen(FLOWS, Stand(flow, stap, {"over": str(g.over)}), invoer, wereld) is not None


def _niet_te_lezen(stand: Stand | None) -> str:
    """Where only buttons count, do not ask to type or speak."""
    flow = FLOWS.get(stand.flow) if stand else None
    stap = flow.stap(stand.stap) if flow and stand else None
    alleen_knoppen = isinstance(stap, Kies) and stap.vrij is None and flow is not FLOWS["menu"]
    return "algemeen.misser" if alleen_knoppen else "algemeen.anders"


def _stem(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    """Something that was spoken: as it came, written out, or not to be used."""
    match invoer.soort:
        case Soort.GEHOORD:
            return _gehoord(stand, invoer, wereld)
        case Soort.ONHOORBAAR if wereld.wie is not Wie.ONBEKEND or invoer.waarde == TE_LANG:
            return _opmerking(stand, wereld, "spraak.te_lang" if invoer.waarde == TE_LANG else "spraak.onhoorbaar")
        case Soort.ONHOORBAAR:
            return _opmerking(stand, wereld, "spraak.eerst_kiezen")
        case _:
            return _gesproken(stand, invoer, wereld)


def _gesproken(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    """A voice note: own words, or, where only buttons count, to be listened to first. Before consent neither."""
    if wereld.wie is Wie.ONBEKEND:
        return _opmerking(stand, wereld, "spraak.eerst_kiezen")
    doel = _te_beluisteren(stand, invoer, wereld) if wereld.luistert else None
    if doel is None:
        return _woorden(stand, invoer, wereld)
    over = f":{doel.over}" if doel.over else ""
    uit = _zeg(stand, "spraak.ik_luister")
    return replace(uit, effecten=(Beluisteren(invoer.waarde, f"{doel.flow}.{doel.stap}{over}"),))


def _te_beluisteren(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Stand | None:
    """The question with buttons that a voice note answers; None where it is own words or a new subject."""
    g = wereld.gevraagd
    if g is not None and g.stap and wereld.wie is Wie.OUDER and _gaat_voor(stand, invoer, wereld):
        flow, _, stap = g.stap.partition(".")
        gevraagd = Stand(flow, stap, {"over": str(g.over)})
        wacht = FLOWS[flow].wacht
        past = wereld.uitnodiging(g.over) is not None and not (wacht and wacht(wereld, gevraagd))
        return gevraagd if past and verstaan.past(_stap(gevraagd), invoer) else None
    if stand is None or stand.flow == "menu" or not _loopt_nog(stand, invoer, wereld):
        wacht_nog = _onbeantwoord(wereld)
        return Stand("uitnodiging", "kom", {"over": str(wacht_nog[0].nummer)}) if len(wacht_nog) == 1 else None
    return stand if verstaan.past(_stap(stand), invoer) else None


def _gehoord(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    """What was spoken, in words: asked back, because only a button counts."""
    doel = _gezegd_bij(stand, invoer.bericht, wereld)
    if doel is None:  # the conversation went on meanwhile
        return _opmerking(stand, wereld, "spraak.te_laat")
    gekozen = verstaan.keuze(FLOWS, doel, invoer.gehoord, wereld) if invoer.gehoord else None
    if gekozen is not None:
        return Uitkomst(stand, (verstaan.vraag_na(FLOWS, doel, gekozen, invoer.gehoord, wereld),))
    stap = _stap(doel)
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
    stap, wacht = _stap(doel), FLOWS[tik.flow].wacht
    overal = isinstance(stap, Kies) and stap.overal
    return doel if overal and not (wacht and wacht(wereld, doel)) else None


def _stap(stand: Stand) -> Stap | None:
    flow = FLOWS.get(stand.flow)
    return flow.stap(stand.stap) if flow else None


def _na_horen(doel: Stand, keuze: str, wereld: Wereld) -> Uitkomst:
    """The answer to "did I hear that right?" that is no choice of the step itself."""
    gehoord = doel.antwoorden.get(verstaan.GEHOORD, "")
    doel = replace(doel, antwoorden={k: w for k, w in doel.antwoorden.items() if k != verstaan.GEHOORD})
    if keuze == verstaan.KLOPT and gehoord:
        return motor.vervolg(FLOWS, doel, Invoer(Soort.TEKST, gehoord), wereld)
    return motor.herhaal(FLOWS, doel, wereld)


def _zeg(stand: Stand | None, *sleutels: str) -> Uitkomst:
    return Uitkomst(stand, (Bericht(tuple(Tekst(s) for s in sleutels)),))


def _opmerking(stand: Stand | None, wereld: Wereld, sleutel: str) -> Uitkomst:
    """Something we do not read: say so, and repeat the question that is open. It is no miss."""
    if stand is not None and stand.flow in FLOWS and FLOWS[stand.flow].stap(stand.stap):
        return motor.herhaal(FLOWS, stand, wereld, Tekst(sleutel))
    return _zeg(stand, sleutel if wereld.wie is not Wie.ONBEKEND else "algemeen.zonder_code")


def _start(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    code = wereld.start
    if code is None:
        if wereld.wie is Wie.ONBEKEND:
            return _opmerking(stand, wereld, "algemeen.zonder_code")
        return motor.begin(FLOWS, "menu", wereld)
    if code.bezwaar == "gebruikt" and wereld.wie is not Wie.ONBEKEND:  # most likely their own, opened again
        return motor.begin(FLOWS, "menu", wereld)
    if code.bezwaar:
        return _zeg(stand, f"algemeen.code_{code.bezwaar}")
    if code.doel == "deur":
        return _bij_de_deur(stand, code.code, wereld)
    if code.doel == "team":
        return motor.begin(FLOWS, "team", wereld, {"code": code.code})
    if wereld.wie is Wie.OUDER:
        uit = motor.begin(FLOWS, "menu", wereld, {"al_bij_ons": "1"})
        return replace(uit, effecten=(Aansluiten(code.code),))
    return motor.begin(FLOWS, "kennismaken", wereld, {"code": code.code})


def _bij_de_deur(stand: Stand | None, code: str, wereld: Wereld) -> Uitkomst:
    """A parent says "I am here" by the code on the screen; the conversation that was open stays open."""
    if wereld.wie is Wie.OUDER or wereld.ook_ouder:
        return replace(motor.begin(FLOWS, "erbij", wereld, {"code": code}, "deur"), stand=stand)
    return _zeg(stand, "algemeen.deur_team" if wereld.wie is Wie.MEDEWERKER else "algemeen.deur_onbekend")


def _tik(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    tik = lees_tik(invoer.waarde)
    if _is_dubbel(invoer, wereld):
        return Uitkomst(stand)
    flow = FLOWS.get(tik.flow) if tik else None
    stap = flow.stap(tik.stap) if flow and tik else None
    if tik is None or flow is None or stap is None:
        return _oude_knop(stand, wereld)
    if flow.van_team and wereld.wie is Wie.OUDER:
        return _zeg(stand, "team.geen_team")
    if wisselen.tussendoor(stand, tik.flow, tik.stap):
        return wisselen.zet(stand, tik.keuze, wereld)
    hier = _stand_van(stand, tik)
    if hier is None and not (isinstance(stap, Kies) and stap.overal and wereld.wie is not Wie.ONBEKEND):
        return _oude_knop(stand, wereld)
    doel = hier or Stand(tik.flow, tik.stap, {"over": str(tik.over)} if tik.over else {})
    anders = flow.wacht(wereld, doel) if flow.wacht else None
    if anders is not None:
        uit = motor.begin(FLOWS, tik.flow, wereld, doel.antwoorden, anders)
        return uit if uit.stand else replace(uit, stand=stand)
    if tik.keuze in {verstaan.ANDERS, verstaan.KLOPT}:
        return _na_horen(doel, tik.keuze, wereld)
    return motor.kies(FLOWS, doel, tik.keuze, wereld)


def _stand_van(stand: Stand | None, tik: Tik) -> Stand | None:
    """The running conversation, when the button belongs to it: its step, or an earlier one to choose again."""
    if stand is None or stand.flow != tik.flow or stand.over != tik.over:
        return None
    if stand.stap == tik.stap or tik.stap in stand.antwoorden:
        return stand.bij(tik.stap)
    return None


def _is_dubbel(invoer: Invoer, wereld: Wereld) -> bool:
    """The same button again within a minute: it was answered, and one answer is enough."""
    return wereld.vorige == invoer.waarde and wereld.vorige_op is not None and wereld.nu - wereld.vorige_op < DUBBEL


def _oude_knop(stand: Stand | None, wereld: Wereld) -> Uitkomst:
    if stand is None and wereld.wie is Wie.ONBEKEND:
        return _zeg(None, "algemeen.zonder_code")
    return _opmerking(stand, wereld, "algemeen.oude_knop")


def _opgedragen(invoer: Invoer, wereld: Wereld) -> str | None:
    """The command that these words are, also one for the team (``/nieuw``)."""
    if invoer.soort is not Soort.TEKST:
        return None
    taal = "" if wereld.wie is Wie.ONBEKEND else wereld.taal
    return begrijpen.opdracht(invoer.waarde, taal) or begrijpen.met_streep(invoer.waarde, TEAMOPDRACHTEN)


def _woorden(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    opdracht = _opgedragen(invoer, wereld)
    if opdracht is not None:
        return _opdracht(opdracht, stand, wereld)
    gekomen = _op_wat_kwam(stand, invoer, wereld) or _gelukt(stand, invoer, wereld)
    if gekomen is not None:
        return gekomen
    if stand is not None and _loopt_nog(stand, invoer, wereld):
        return _beleefd(stand, invoer, wereld) or motor.vervolg(FLOWS, stand, invoer, wereld)
    if wereld.wie is Wie.ONBEKEND:
        return _zeg(None, "algemeen.zonder_code")
    return _in_rust(invoer, wereld)


def _op_wat_kwam(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst | None:
    """Words that answer what the bot or the team sent by itself; None when they are about something else."""
    g = wereld.gevraagd
    if g is None or wereld.wie is not Wie.OUDER or not _gaat_voor(stand, invoer, wereld):
        return None
    bedoeld = begrijpen.bedoeling(invoer.waarde) if invoer.soort is Soort.TEKST else None
    if bedoeld == "bedankt":
        return None
    return _reageer(invoer, wereld) if g.door else _beantwoord(g, invoer, bedoeld, wereld)


def _gaat_voor(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> bool:
    """Whether what came goes before the conversation that is open: when that rests, or asks for a button and was
    there before.
    """
    if stand is None or not _loopt_nog(stand, invoer, wereld):
        return True
    stap = FLOWS[stand.flow].stap(stand.stap) if stand.flow in FLOWS else None
    nieuwer = wereld.gevraagd is not None and wereld.vorige_op is not None and wereld.gevraagd.op > wereld.vorige_op
    return nieuwer and isinstance(stap, Kies) and motor.gekozen(FLOWS, stand, invoer, wereld) is None


def _gelukt(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst | None:
    """ "Gedaan", typed about the last tip without being asked."""
    if wereld.tip is None or invoer.soort is not Soort.TEKST or wereld.wie is not Wie.OUDER:
        return None
    vrij = stand is None or not _loopt_nog(stand, invoer, wereld)
    if begrijpen.bedoeling(invoer.waarde) not in {"gelukt", "klaar"} or not vrij:
        return None
    return motor.kies(FLOWS, Stand("tip", "gelukt", {"over": str(wereld.tip.nummer)}), "gedaan", wereld)


def _op_gelukt(doel: Stand, invoer: Invoer, bedoeld: str | None, wereld: Wereld) -> Uitkomst | None:
    """ "Gelukt?" answered in words. A bare yes or no is for an invitation that waits, when there is one."""
    if wereld.tip is None or wereld.tip.nummer != doel.over:
        return None
    keuze = motor.gekozen(FLOWS, doel, invoer, wereld) or GETYPT.get(bedoeld or "")
    wacht = any(u.antwoord in OPEN and u.begin > wereld.nu and not u.afgelast for u in wereld.uitnodigingen)
    if keuze is None or (bedoeld in {"ja", "nee", "misschien"} and wacht):
        return None
    return motor.kies(FLOWS, doel, keuze, wereld)


def _reageer(invoer: Invoer, wereld: Wereld) -> Uitkomst | None:
    """A reply to the team's answer goes back to the team; a thumb needs no answer."""
    if invoer.soort is Soort.TEKST and begrijpen.alleen_beeld(invoer.waarde):
        return _zeg(None, "algemeen.goed")
    woorden = lees_woorden(invoer)
    return motor.begin(FLOWS, "vraag", wereld, {"vraag": woorden}, "vervolg") if woorden else None


def _beantwoord(g: Gevraagd, invoer: Invoer, bedoeld: str | None, wereld: Wereld) -> Uitkomst | None:
    """The question of a broadcast answered in words: its buttons by name, else own words where it takes them."""
    flow, _, stap = g.stap.partition(".")
    doel = Stand(flow, stap, {"over": str(g.over)})
    hier = FLOWS[flow].stap(stap)
    wacht = FLOWS[flow].wacht
    if flow == "tip":
        return _op_gelukt(doel, invoer, bedoeld, wereld)
    if wereld.uitnodiging(g.over) is None or (wacht and wacht(wereld, doel)):
        return None
    gekozen = motor.gekozen(FLOWS, doel, invoer, wereld)
    if gekozen is not None:
        return motor.kies(FLOWS, doel, gekozen, wereld)
    if not (isinstance(hier, Kies) and hier.vrij) or (invoer.soort is Soort.TEKST and set(invoer.waarde) & set("?؟")):
        return None
    if bedoeld in {"ja", "nee", "misschien"} and stap == "gemist":
        return motor.herhaal(FLOWS, doel, wereld)
    return motor.vervolg(FLOWS, doel, invoer, wereld) if lees_woorden(invoer) else None


def _loopt_nog(stand: Stand, invoer: Invoer, wereld: Wereld) -> bool:
    """Whether words belong to the conversation that is open: the menu is a place of rest, and so is yesterday's
    question. Becoming acquainted goes on until it is done.
    """
    if wereld.wie is Wie.ONBEKEND or stand.flow == "kennismaken" or stand.stap == "naam":
        return True
    if motor.gekozen(FLOWS, stand, invoer, wereld) is not None:
        return True
    return stand.flow != "menu" and (wereld.vorige_op is None or wereld.nu - wereld.vorige_op < RUST)


def _beleefd(stand: Stand, invoer: Invoer, wereld: Wereld) -> Uitkomst | None:
    """A thank-you or an "ok" among choices is no miss, and no reason in own words either."""
    stap = FLOWS[stand.flow].stap(stand.stap) if stand.flow in FLOWS else None
    bedoeld = begrijpen.bedoeling(invoer.waarde) if invoer.soort is Soort.TEKST else None
    if not isinstance(stap, Kies) or bedoeld is None or motor.gekozen(FLOWS, stand, invoer, wereld) is not None:
        return None
    if bedoeld == "bedankt":
        return _zeg(stand, "algemeen.graag_gedaan")
    return _zeg(stand, "algemeen.goed") if stap.vrij is not None else None


def _opdracht(opdracht: str, stand: Stand | None, wereld: Wereld) -> Uitkomst:
    if opdracht == "stop":
        return motor.begin(FLOWS, "stoppen", wereld)
    if opdracht == "mens" and wereld.wie is not Wie.MEDEWERKER:
        uit = motor.begin(FLOWS, "mens", wereld)
        return replace(uit, stand=stand) if wereld.wie is Wie.ONBEKEND else uit
    if wereld.wie is Wie.ONBEKEND:
        return _voor_toestemming(opdracht, stand, wereld)
    if opdracht == "taal":
        return wisselen.vraag(stand, wereld)
    if opdracht == "tip":
        if wereld.wie is Wie.MEDEWERKER:
            return motor.begin(FLOWS, "tips", wereld)
        return motor.begin(FLOWS, "tip", wereld, stap="vraag_om")
    if opdracht in TEAMOPDRACHTEN:
        return _teamopdracht(opdracht, stand, wereld)
    erbij = {"help": "1"} if opdracht == "help" else {}
    return motor.begin(FLOWS, "menu", wereld, {**erbij, **parkeren.apart(FLOWS, stand)})


def _teamopdracht(opdracht: str, stand: Stand | None, wereld: Wereld) -> Uitkomst:
    if wereld.wie is Wie.MEDEWERKER:
        return motor.begin(FLOWS, TEAMOPDRACHTEN[opdracht], wereld)
    return _zeg(stand, "team.geen_team")


def _voor_toestemming(opdracht: str, stand: Stand | None, wereld: Wereld) -> Uitkomst:
    if stand is None or stand.flow != "kennismaken":
        return _zeg(stand, "algemeen.zonder_code")
    if opdracht == "taal":
        return motor.begin(FLOWS, "kennismaken", wereld, {"code": stand.antwoorden.get("code", "")})
    return motor.herhaal(FLOWS, stand, wereld, Tekst("algemeen.help_voor_toestemming"))


def _in_rust(invoer: Invoer, wereld: Wereld) -> Uitkomst:
    """No conversation is open: an answer to the one invitation that waits, a thank-you, or a question."""
    bedoeld = begrijpen.bedoeling(invoer.waarde) if invoer.soort is Soort.TEKST else None
    open_ = _wachtend(wereld)
    if len(open_) == 1 and bedoeld == open_[0].antwoord.value:
        return _zeg(None, "algemeen.goed")
    if bedoeld in {"ja", "nee", "misschien"} and len(open_) == 1:
        return motor.kies(FLOWS, Stand("uitnodiging", "kom", {"over": str(open_[0].nummer)}), str(bedoeld), wereld)
    if bedoeld in {"ja", "nee", "misschien"} and open_:
        return motor.begin(FLOWS, "menu", wereld, stap="activiteiten")
    if bedoeld is not None:
        return _zeg(None, "algemeen.graag_gedaan" if bedoeld == "bedankt" else "algemeen.goed")
    woorden = lees_woorden(invoer)
    if wereld.wie is Wie.MEDEWERKER or woorden is None:
        return motor.begin(FLOWS, "menu", wereld)
    return motor.begin(FLOWS, "vraag", wereld, {"vraag": woorden}, "direct")


def _wachtend(wereld: Wereld) -> list[Uitnodiging]:
    """The invitations that lie ahead and wait for an answer; when none waits, the one that was answered last."""
    return _onbeantwoord(wereld) or [u for u in wereld.uitnodigingen if u.begin > wereld.nu and not u.afgelast]


def _onbeantwoord(wereld: Wereld) -> list[Uitnodiging]:
    komend = (u for u in wereld.uitnodigingen if u.begin > wereld.nu and not u.afgelast)
    return [u for u in komend if u.antwoord in OPEN or u.plek_tot]
