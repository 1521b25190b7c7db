"""The glossary is complete: every table, view, effect, reason and command stands in ``docs/begrippen.md``."""

from __future__ import annotations

import re
import typing
from pathlib import Path

import pytest

from bot.__main__ import inloop
from dialogen.effecten import Effect
from dialogen.redenen import REDENEN
from opslag.tabellen import HUIDIG, metadata

PAGINA = (Path(__file__).parents[2] / "docs" / "begrippen.md").read_text("utf-8")
ALS_CODE = frozenset(re.findall(r"`([A-Za-z_]+)`", PAGINA))

NAMEN = {
    "tabel": tuple(metadata.tables),
    "weergave van de laatste": tuple(HUIDIG),
    "effect": tuple(soort.__name__ for soort in typing.get_args(Effect)),
    "reden": tuple(REDENEN),
}


@pytest.mark.parametrize("soort", NAMEN)
def test_elke_naam_staat_erin(soort: str) -> None:
    assert NAMEN[soort], soort
    assert sorted(set(NAMEN[soort]) - ALS_CODE) == []


def test_elke_opdracht_staat_erin() -> None:
    namen = [c.name or c.callback.__name__ for c in inloop.registered_commands if c.callback]
    namen += [str(groep.name) for groep in inloop.registered_groups]
    assert len(namen) > 5
    assert [naam for naam in namen if f"`inloop {naam}" not in PAGINA] == []


def test_elk_aanbod_staat_bij_zijn_reden() -> None:
    regels = {code: regel for regel in PAGINA.splitlines() if (code := regel.strip("| ").split("|")[0].strip(" `"))}
    for code, reden in REDENEN.items():
        assert f"| {reden.aanbod}:" in regels[code], code
