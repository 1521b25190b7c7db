"""Another language in the middle of anything: what was asked is asked again in it, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from dialogen import motor
from dialogen.basis import Antwoord, Bericht, Invoer, Stand, Tekst, Uitkomst, Wereld, Wie
from dialogen.effecten import Instellen
from dialogen.flows import FLOWS
from dialogen.stappen import Kies, Stap, Vraag
from dialogen.taalnamen import WELKE, gevraagd
from dialogen.teksten import GESPROKEN, TALEN, schrijftaal

KEUZE = Stand("instellingen", "taal")
"""Where a person who is known chooses a language."""
_KEUZEN = {
    ("kennismaken", "taal"),
    ("kennismaken", "schrijftaal"),
    ("instellingen", "taal"),
    ("instellingen", "schrijftaal"),
}


def andere_taal(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst | None:
    """The answer to a message that is the name of a language or a flag; None when it is something else, or means
    something else here.
    """
    taal = gevraagd(invoer.waarde)
    if taal is None or (wereld.wie is Wie.ONBEKEND and (stand is None or stand.flow != "kennismaken")):
        return None
    if stand is not None and _betekent_iets(stand, invoer, taal, wereld):
        return None
    return vraag(stand, wereld, "taal.welke") if taal == WELKE else zet(stand, taal, wereld)


def _betekent_iets(stand: Stand, invoer: Invoer, taal: str, wereld: Wereld) -> bool:
    """A button that says so goes first. Where words are asked for, a colleague's are words, and so is a name that may
    be somebody's ("Frans").
    """
    stap = _stap(stand)
    if (stand.flow, stand.stap) not in _KEUZEN and motor.gekozen(FLOWS, stand, invoer, wereld) is not None:
        return True
    vrij = isinstance(stap, Vraag) or (isinstance(stap, Kies) and stap.vrij is not None)
    return vrij and (wereld.wie is Wie.MEDEWERKER or taal == WELKE)


def _stap(stand: Stand) -> Stap | None:
    flow = FLOWS.get(stand.flow)
    return flow.stap(stand.stap) if flow else None


def tussendoor(stand: Stand | None, flow: str, stap: str) -> bool:
    """Whether a button of the list of languages was pressed while another conversation is open."""
    return (flow, stap) == (KEUZE.flow, KEUZE.stap) and stand is not None and stand.flow not in {"menu", KEUZE.flow}


def zet(stand: Stand | None, taal: str, wereld: Wereld) -> Uitkomst:
    """From now on in this language, and the question that is open once more. Of a language that is only spoken the
    words stay as they were.
    """
    if taal not in TALEN:
        return vraag(stand, wereld, "taal.welke")
    if stand is not None and (stand.flow, stand.stap) in _KEUZEN:
        return motor.kies(FLOWS, stand, taal, wereld)
    tweede = wereld.taal if taal in GESPROKEN else None
    nieuw = replace(wereld, taal=schrijftaal(taal, tweede), spreektaal=taal if tweede else "")
    gezegd = Tekst("taal.nu_gesproken", {"taalnaam": TALEN[taal]}) if tweede else Tekst("taal.nu")
    if wereld.wie is Wie.ONBEKEND:
        assert stand is not None
        return motor.herhaal(FLOWS, stand.met({"taal": taal, "schrijftaal": tweede or ""}), nieuw, gezegd)
    open_ = _open(stand, wereld)
    uit = motor.herhaal(FLOWS, open_, nieuw, gezegd) if open_ else Uitkomst(None, (Bericht((gezegd,)),))
    return replace(uit, stand=stand, effecten=(Instellen(taal=taal, tweede_taal=tweede),))


def _open(stand: Stand | None, wereld: Wereld) -> Stand | None:
    """The question that this person has not answered yet: what the bot asked last by itself, where the conversation
    stands, or at rest the newest invitation without an answer.
    """
    g = wereld.gevraagd
    if g is not None and g.stap and (stand is None or wereld.vorige_op is None or g.op > wereld.vorige_op):
        flow, _, stap = g.stap.partition(".")
        doel = Stand(flow, stap, {"over": str(g.over)})
        if wereld.uitnodiging(g.over) is not None and not _geweerd(doel, wereld):
            return doel
    if stand is not None:
        return stand if _stap(stand) is not None else None
    stil = [u.nummer for u in wereld.uitnodigingen if u.antwoord is Antwoord.GEEN]
    kom = [d for d in (Stand("uitnodiging", "kom", {"over": str(n)}) for n in stil) if not _geweerd(d, wereld)]
    return max(kom, key=lambda d: d.over, default=None)


def _geweerd(doel: Stand, wereld: Wereld) -> bool:
    wacht = FLOWS[doel.flow].wacht
    return wacht is not None and wacht(wereld, doel) is not None


def vraag(stand: Stand | None, wereld: Wereld, *waarom: str) -> Uitkomst:
    """Ask which language; the conversation that is open stays where it is; before consent the choice is part of it."""
    if wereld.wie is Wie.ONBEKEND and stand is not None:
        return motor.herhaal(FLOWS, stand.bij("taal"), wereld, *map(Tekst, waarom))
    uit = motor.herhaal(FLOWS, KEUZE, wereld, *map(Tekst, waarom))
    return replace(uit, stand=stand) if stand is not None and stand.flow != "menu" else uit
