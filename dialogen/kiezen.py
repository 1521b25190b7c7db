"""What was done → which conversation. STOP, the menu and a person work in the middle of anything, and a button
does what it says whenever it is pressed.
"""

from __future__ import annotations

from dataclasses import replace

from dialogen import begrijpen, motor, parkeren, verstaan, wisselen
from dialogen.basis import DUBBEL, Bericht, Invoer, Soort, Stand, Tekst, Uitkomst, Wereld, Wie
from dialogen.effecten import Aansluiten
from dialogen.flows import FLOWS
from dialogen.gesproken import na_horen, op_stem
from dialogen.getypt import op_woorden
from dialogen.hardop import HOOR, TAAL, stem_van, taal_van
from dialogen.opdrachten import opgedragen
from dialogen.openstaand import loopt_nog, opmerking, zeg
from dialogen.stappen import Kies, Vraag
from dialogen.teksten import TALEN
from dialogen.tik import Tik, lees_tik


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
            return (uit.stand is None and not loopt_nog(stand, invoer, wereld)) or opgedragen(
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
            return op_woorden(stand, replace(invoer, waarde=begrijpen.schoon(invoer.waarde)), wereld)
        case Soort.SPRAAK | Soort.GEHOORD | Soort.ONHOORBAAR:
            return op_stem(stand, invoer, wereld)
        case Soort.FOTO if stand is not None and wereld.wie is Wie.MEDEWERKER and _gevraagd_om(stand, invoer):
            return motor.vervolg(FLOWS, stand, invoer, wereld)
        case Soort.GEWIJZIGD:
            return opmerking(stand, wereld, "algemeen.gewijzigd")
        case _:
            return opmerking(stand, wereld, _niet_te_lezen(stand))


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
        return zeg(stand, "algemeen.hoor_hoe")
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


def _start(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    code = wereld.start
    if code is None:
        if wereld.wie is Wie.ONBEKEND:
            return opmerking(stand, wereld, "algemeen.zonder_code")
        return motor.begin(FLOWS, "menu", wereld)
    if code.bezwaar == "gebruikt" and wereld.wie is not Wie.ONBEKEND:  # most likely their own, opened again
        return motor.begin(FLOWS, "menu", wereld)
    if code.bezwaar:
        return zeg(stand, f"algemeen.code_{code.bezwaar}")
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
    return zeg(stand, "algemeen.deur_team" if wereld.wie is Wie.MEDEWERKER else "algemeen.deur_onbekend")


def _tik(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    tik = lees_tik(invoer.waarde)
    if _is_dubbel(invoer, wereld):
        return Uitkomst(stand)
    flow = FLOWS.get(tik.flow) if tik else None
    stap = flow.stap(tik.stap) if flow and tik else None
    if tik is None or flow is None or stap is None:
        return _oude_knop(stand, wereld)
    if flow.van_team and wereld.wie is Wie.OUDER:
        return zeg(stand, "team.geen_team")
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
        return na_horen(doel, tik.keuze, wereld)
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
        return zeg(None, "algemeen.zonder_code")
    return opmerking(stand, wereld, "algemeen.oude_knop")
