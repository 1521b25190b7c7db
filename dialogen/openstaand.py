"""What is open: the conversation that still runs, the invitations that wait; and a remark that leaves it open."""

from __future__ import annotations

from datetime import timedelta

from dialogen import motor
from dialogen.basis import Bericht, Invoer, Stand, Tekst, Uitkomst, Uitnodiging, Wereld, Wie
from dialogen.flows import FLOWS
from dialogen.flows.uitnodiging import OPEN
from dialogen.stappen import Kies, Stap

RUST = timedelta(hours=12)
"""Words that come so long after the last turn begin something new, unless they name a choice."""


def zeg(stand: Stand | None, *sleutels: str) -> Uitkomst:
    """Say these keys and change nothing."""
    return Uitkomst(stand, (Bericht(tuple(Tekst(s) for s in sleutels)),))


def opmerking(stand: Stand | None, wereld: Wereld, sleutel: str) -> Uitkomst:
    """Something we do not read: say so, and repeat the question that is open. It is no miss."""
    if stand is not None and stand.flow in FLOWS and FLOWS[stand.flow].stap(stand.stap):
        return motor.herhaal(FLOWS, stand, wereld, Tekst(sleutel))
    return zeg(stand, sleutel if wereld.wie is not Wie.ONBEKEND else "algemeen.zonder_code")


def stap_van(stand: Stand) -> Stap | None:
    """The step where a conversation stands; None for one that is not there (any more)."""
    flow = FLOWS.get(stand.flow)
    return flow.stap(stand.stap) if flow else None


def loopt_nog(stand: Stand, invoer: Invoer, wereld: Wereld) -> bool:
    """Whether words belong to the conversation that is open: the menu is a place of rest, and so is yesterday's
    question. Becoming acquainted goes on until it is done.
    """
    if wereld.wie is Wie.ONBEKEND or stand.flow == "kennismaken" or stand.stap == "naam":
        return True
    if motor.gekozen(FLOWS, stand, invoer, wereld) is not None:
        return True
    return stand.flow != "menu" and (wereld.vorige_op is None or wereld.nu - wereld.vorige_op < RUST)


def gaat_voor(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> bool:
    """Whether what came goes before the conversation that is open: when that rests, or asks for a button and was
    there before.
    """
    if stand is None or not loopt_nog(stand, invoer, wereld):
        return True
    stap = FLOWS[stand.flow].stap(stand.stap) if stand.flow in FLOWS else None
    nieuwer = wereld.gevraagd is not None and wereld.vorige_op is not None and wereld.gevraagd.op > wereld.vorige_op
    return nieuwer and isinstance(stap, Kies) and motor.gekozen(FLOWS, stand, invoer, wereld) is None


def wachtend(wereld: Wereld) -> list[Uitnodiging]:
    """The invitations that lie ahead and wait for an answer; when none waits, the one that was answered last."""
    return onbeantwoord(wereld) or [u for u in wereld.uitnodigingen if u.begin > wereld.nu and not u.afgelast]


def onbeantwoord(wereld: Wereld) -> list[Uitnodiging]:
    """The invitations that lie ahead and wait for an answer, or hold a place."""
    komend = (u for u in wereld.uitnodigingen if u.begin > wereld.nu and not u.afgelast)
    return [u for u in komend if u.antwoord in OPEN or u.plek_tot]
