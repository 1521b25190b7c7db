"""A conversation that stays: a colleague who is filling something in may look at something else and go on afterwards.

What was left stands among the answers of what came in between, under ``APART``, one deep.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from dialogen import motor
from dialogen.basis import Stand, Tekst, Uitkomst, Wereld
from dialogen.stappen import Flow

APART = "apart"


def apart(flows: Mapping[str, Flow], stand: Stand | None) -> dict[str, str]:
    """What to take along when another conversation begins: the one that stays, or the one that was left before."""
    if stand is None:
        return {}
    flow = flows.get(stand.flow)
    if flow is not None and flow.blijft:
        return {APART: json.dumps([stand.flow, stand.stap, dict(stand.antwoorden)], ensure_ascii=False)}
    return {k: w for k, w in stand.antwoorden.items() if k == APART}


def geparkeerd(stand: Stand | None) -> Stand | None:
    """The conversation that was left, or None."""
    inhoud = stand.antwoorden.get(APART) if stand else None
    return Stand(*json.loads(inhoud)) if inhoud else None


def neem_mee(flows: Mapping[str, Flow], stand: Stand | None, uit: Uitkomst, wereld: Wereld) -> Uitkomst:
    """``uit`` came in between: what was left goes along, and comes back as soon as ``uit`` is at its end."""
    mee = apart(flows, stand)
    if not mee:
        return uit
    was = geparkeerd(Stand("", "", mee))
    if was is None or was.flow not in flows:
        return uit
    if uit.stand is not None and uit.stand.flow == was.flow:  # one at a time: first this
        return motor.herhaal(flows, was, wereld, Tekst("algemeen.verder"))
    if uit.stand is not None:
        return replace(uit, stand=replace(uit.stand, antwoorden={**uit.stand.antwoorden, **mee}))
    weer = motor.herhaal(flows, was, wereld, Tekst("algemeen.verder"))
    return replace(uit, stand=was, berichten=uit.berichten + weer.berichten)
