"""Words: a command, an answer to what came by itself, to the question that is open, or something new."""

from __future__ import annotations

from dialogen import begrijpen, motor
from dialogen.basis import Gevraagd, Invoer, Soort, Stand, Uitkomst, Wereld, Wie
from dialogen.flows import FLOWS
from dialogen.flows.afmelden import lees_woorden
from dialogen.flows.tip import GETYPT
from dialogen.flows.uitnodiging import OPEN
from dialogen.opdrachten import opgedragen, voer_uit
from dialogen.openstaand import gaat_voor, loopt_nog, wachtend, zeg
from dialogen.stappen import Kies


def op_woorden(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    """What words lead to; a voice note that is own words counts as such."""
    opdracht = opgedragen(invoer, wereld)
    if opdracht is not None:
        return voer_uit(opdracht, stand, wereld)
    gekomen = _op_wat_kwam(stand, invoer, wereld) or _gelukt(stand, invoer, wereld)
    if gekomen is not None:
        return gekomen
    if stand is not None and loopt_nog(stand, invoer, wereld):
        return _beleefd(stand, invoer, wereld) or motor.vervolg(FLOWS, stand, invoer, wereld)
    if wereld.wie is Wie.ONBEKEND:
        return zeg(None, "algemeen.zonder_code")
    return _in_rust(invoer, wereld)


def _op_wat_kwam(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst | None:
    """Words that answer what the bot or the team sent by itself; None when they are about something else."""
    g = wereld.gevraagd
    if g is None or wereld.wie is not Wie.OUDER or not gaat_voor(stand, invoer, wereld):
        return None
    bedoeld = begrijpen.bedoeling(invoer.waarde) if invoer.soort is Soort.TEKST else None
    if bedoeld == "bedankt":
        return None
    return _reageer(invoer, wereld) if g.door else _beantwoord(g, invoer, bedoeld, wereld)


def _gelukt(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst | None:
    """ "Gedaan", typed about the last tip without being asked."""
    if wereld.tip is None or invoer.soort is not Soort.TEKST or wereld.wie is not Wie.OUDER:
        return None
    vrij = stand is None or not loopt_nog(stand, invoer, wereld)
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
        return zeg(None, "algemeen.goed")
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


def _beleefd(stand: Stand, invoer: Invoer, wereld: Wereld) -> Uitkomst | None:
    """A thank-you or an "ok" among choices is no miss, and no reason in own words either."""
    stap = FLOWS[stand.flow].stap(stand.stap) if stand.flow in FLOWS else None
    bedoeld = begrijpen.bedoeling(invoer.waarde) if invoer.soort is Soort.TEKST else None
    if not isinstance(stap, Kies) or bedoeld is None or motor.gekozen(FLOWS, stand, invoer, wereld) is not None:
        return None
    if bedoeld == "bedankt":
        return zeg(stand, "algemeen.graag_gedaan")
    return zeg(stand, "algemeen.goed") if stap.vrij is not None else None


def _in_rust(invoer: Invoer, wereld: Wereld) -> Uitkomst:
    """No conversation is open: an answer to the one invitation that waits, a thank-you, or a question."""
    bedoeld = begrijpen.bedoeling(invoer.waarde) if invoer.soort is Soort.TEKST else None
    open_ = wachtend(wereld)
    if len(open_) == 1 and bedoeld == open_[0].antwoord.value:
        return zeg(None, "algemeen.goed")
    if bedoeld in {"ja", "nee", "misschien"} and len(open_) == 1:
        return motor.kies(FLOWS, Stand("uitnodiging", "kom", {"over": str(open_[0].nummer)}), str(bedoeld), wereld)
    if bedoeld in {"ja", "nee", "misschien"} and open_:
        return motor.begin(FLOWS, "menu", wereld, stap="activiteiten")
    if bedoeld is not None:
        return zeg(None, "algemeen.graag_gedaan" if bedoeld == "bedankt" else "algemeen.goed")
    woorden = lees_woorden(invoer)
    if wereld.wie is Wie.MEDEWERKER or woorden is None:
        return motor.begin(FLOWS, "menu", wereld)
    return motor.begin(FLOWS, "vraag", wereld, {"vraag": woorden}, "direct")
