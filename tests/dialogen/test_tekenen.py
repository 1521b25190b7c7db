"""Every flow draws, with each of its steps once."""

from __future__ import annotations

import re

import pytest

from dialogen.flows import FLOWS
from dialogen.stappen import Klaar, uitgangen
from dialogen.tekenen import mermaid

DOOS = re.compile(r"^    (\w+)(\[\"|\[/\"|\(\[\"|\{\{\").*(\"\]|\"/\]|\"\]\)|\"\}\})$")
PIJL = re.compile(r"^    (\w+) -->(?:\|\"([^\"|]*)\"\|)? (\w+)$")


@pytest.mark.parametrize("naam", FLOWS)
def test_elke_stap_een_keer(naam: str) -> None:
    regels = mermaid(FLOWS[naam]).splitlines()
    assert regels[:3] == [f"%% {naam}", "flowchart TD", f"    begin(( )) --> {FLOWS[naam].begin}"]
    dozen = [m[1] for regel in regels if (m := DOOS.match(regel))]
    assert sorted(dozen) == sorted(stap.id for stap in FLOWS[naam].stappen)


@pytest.mark.parametrize("naam", FLOWS)
def test_elke_weg_heeft_een_pijl(naam: str) -> None:
    flow = FLOWS[naam]
    pijlen = [m.groups() for regel in mermaid(flow).splitlines()[3:] if (m := PIJL.match(regel))]
    for stap in flow.stappen:
        doelen = {doel.replace(".", "__") for doel, _ in uitgangen(stap)}
        assert {naar for van, _, naar in pijlen if van == stap.id} == doelen
        assert isinstance(stap, Klaar) is not bool(doelen)


@pytest.mark.parametrize("naam", FLOWS)
def test_elke_regel_is_mermaid(naam: str) -> None:
    """No bracket or quote of our words ends a box too soon; other flows are drawn as rounded boxes, once."""
    ronde = re.compile(r"^    \w+\(\[\w+\.\w+\]\)$")
    for regel in mermaid(FLOWS[naam]).splitlines()[3:]:
        assert DOOS.match(regel) or PIJL.match(regel) or ronde.match(regel), regel
        assert regel.count('"') in (0, 2)
        assert len(regel) < 160


def test_wat_er_op_de_pijl_staat() -> None:
    beeld = mermaid(FLOWS["uitnodiging"])
    assert '    kom -->|"✅ Ik kom: vol"| vol' in beeld
    assert "    volgende --> kom" in beeld
    assert "    afmelden__groep([afmelden.groep])" in beeld
