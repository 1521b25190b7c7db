"""The conversations, one per file. ``FLOWS`` holds them all; a step that leads to another flow must exist."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dialogen.flows.activiteiten import ACTIVITEITEN
from dialogen.flows.afmelden import AFMELDEN
from dialogen.flows.brieven import BRIEVEN
from dialogen.flows.bureau import BUREAU
from dialogen.flows.erbij import ERBIJ
from dialogen.flows.inspreken import INSPREKEN
from dialogen.flows.kennismaken import KENNISMAKEN
from dialogen.flows.lezen import LEZEN
from dialogen.flows.maken import MAKEN
from dialogen.flows.menu import INSTELLINGEN, MENU
from dialogen.flows.opkomst import OPKOMST
from dialogen.flows.presentie import PRESENTIE
from dialogen.flows.stoppen import STOPPEN
from dialogen.flows.taken import TAKEN
from dialogen.flows.team import TEAM
from dialogen.flows.tip import TIP
from dialogen.flows.tips import TIPS
from dialogen.flows.uitnodiging import UITNODIGING
from dialogen.flows.uitvoer import UITVOER
from dialogen.flows.versturen import VERSTUREN
from dialogen.flows.vragen import MENS, VRAAG
from dialogen.flows.weekbericht import WEEKBERICHT
from dialogen.stappen import Flow, FlowFout, uitgangen

_ALLE = (
    *(KENNISMAKEN, UITNODIGING, AFMELDEN, ERBIJ, VRAAG, MENS, STOPPEN, MENU, INSTELLINGEN),
    *(TEAM, MAKEN, ACTIVITEITEN, VERSTUREN, OPKOMST, PRESENTIE, BRIEVEN, TAKEN, LEZEN, INSPREKEN),
    *(TIP, TIPS, WEEKBERICHT, BUREAU, UITVOER),
)
FLOWS: Mapping[str, Flow] = MappingProxyType({flow.id: flow for flow in _ALLE})


def controleer_overgangen(flows: Mapping[str, Flow]) -> None:
    """Raises ``FlowFout`` when a step leads to a flow or a step of one that is not there."""
    for flow in flows.values():
        for stap in flow.stappen:
            for doel, _ in uitgangen(stap):
                naar, punt, naar_stap = doel.rpartition(".")
                if punt and (naar not in flows or flows[naar].stap(naar_stap) is None):
                    raise FlowFout(f"flow {flow.id}, stap {stap.id}: gaat naar {doel!r}, en die is er niet")


controleer_overgangen(FLOWS)
