"""The sixty invitations of ``uitnodigingen.toml`` as values, and what the hints make of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dialogen.hints import Hint, alle
from dialogen.kantoor import Activiteit, Telling

ZONE = "Europe/Amsterdam"
NU = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)  # a Tuesday


@dataclass(frozen=True)
class Geval:
    """One invitation: what it is, what a person found wrong with it, and what the hints find."""

    activiteit: Activiteit
    fout: frozenset[str]
    gevonden: tuple[Hint, ...]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(h.code for h in self.gevonden)


def gevallen() -> list[Geval]:
    """In the order of the file."""
    inhoud = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return [_geval(nummer, rij) for nummer, rij in enumerate(inhoud["uitnodiging"], 1)]


def _geval(nummer: int, rij: Mapping[str, Any]) -> Geval:
    uur, minuut = (int(deel) for deel in rij.get("uur", "09:30").split(":"))
    dag = NU + timedelta(days=rij.get("dagen", 21))
    activiteit = Activiteit(
        nummer,
        1,
        rij["titel"],
        "koffieochtend",
        rij.get("doel", "Ouders leren elkaar kennen"),
        dag.astimezone(ZoneInfo(ZONE)).replace(hour=uur, minute=minuut).astimezone(UTC),
        90,
        "de hal",
        titel_vaders=rij.get("titel_vaders", ""),
        gevraagd=rij.get("gevraagd", "Je hoeft niets mee te nemen."),
        groepen=(1,),
    )
    tellingen = [t for rol in ("vader", "moeder") for t in tellen(rol, **rij.get(f"{rol}s", {}))]
    return Geval(activiteit, frozenset(rij["fout"]), alle(activiteit, tellingen, NU, ZONE))


def tellen(rol: str, **vrij: int) -> list[Telling]:
    """So many caregivers per part of the day, each free at only that one; ``nooit`` said nothing about it."""
    return [
        Telling(
            frozenset({1}), rol, "nl", frozenset() if deel == "nooit" else frozenset({deel}), "bot", False, False, n
        )
        for deel, n in vrij.items()
    ]
