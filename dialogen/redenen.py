"""The code list of reasons, read from ``teksten/redenen.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Reden:
    """A reason: its code, the button group it hangs under, and what the bot offers after it."""

    code: str
    groep: str
    aanbod: str


def _lees() -> tuple[tuple[str, ...], dict[str, Reden]]:
    inhoud = tomllib.loads(resources.files("dialogen.teksten").joinpath("redenen.toml").read_text("utf-8"))
    redenen = {code: Reden(code, r["groep"], r["aanbod"]) for code, r in inhoud["redenen"].items()}
    return tuple(inhoud["groepen"]), redenen


GROEPEN: tuple[str, ...]
REDENEN: Mapping[str, Reden]
GROEPEN, REDENEN = _lees()

TAKEN = (
    "avond_of_zaterdag", "dagdeel_vragen", "meerijden_of_op_afstand", "tolk_of_maatje", "prive_contact",
    "gesproken_uitleg", "maatje", "praten",
)  # fmt: skip
"""The offers that a person of the team has to make true; the others are done at once."""
TAKEN_VERTROUWELIJK = frozenset({"praten"})
"""Seen by coordinators only."""
VERTROUWELIJK = frozenset({"WELKOM"})
"""Counted and seen by the coordinator, never exported with a name."""
