"""A flow that cannot work fails the moment it is made, and says which flow and which step."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from types import MappingProxyType

import pytest

from dialogen import flows, stappen, teksten
from dialogen.basis import Stand, Wereld
from dialogen.stappen import (
    Flow,
    FlowFout,
    Keuze,
    Kies,
    Klaar,
    Stap,
    Tak,
    Vraag,
    Wissel,
    Zeg,
    Zin,
    keuzes_van,
    uitgangen,
)

WOORDEN = {
    "proef.begin": "Begin", "proef.einde": "Einde", "proef.midden": "Midden", "proef.begin.ja": "Ja",
    "proef.begin.nee": "Nee", "proef.lang": "Dit label is veel te lang", "proef.precies": "12345678901234567890",
    "proef.emoji": "👩‍👩‍👧 1234567890123",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _eigen_woorden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stappen, "woorden", lambda _taal: WOORDEN)


def _ja(naar: str = "einde", id_: str = "ja", label: str = "proef.begin.ja") -> Keuze:
    return Keuze(id_, naar, label=label)


def _kies(*keuzes: Keuze, id_: str = "begin") -> Kies:
    return Kies(id_, keuzes or (_ja(),))


def test_een_goede_flow() -> None:
    flow = Flow("proef", (_kies(), Klaar("einde")))
    assert flow.begin == "begin"
    assert flow.stap("einde") == Klaar("einde")
    assert flow.stap("weg") is None


FOUT: dict[str, tuple[tuple[Stap, ...], str, str]] = {
    "missende stap": ((_kies(_ja("weg")), Klaar("einde")), "begin", "'weg'"),
    "missende stap in een tak": (
        (Zeg("begin", Wissel((Tak("soms", lambda _w, _s: True, "weg"),), "einde")), Klaar("einde")), "begin", "'weg'",
    ),
    "missende stap na eigen woorden": ((Kies("begin", (_ja(),), vrij="weg"), Klaar("einde")), "begin", "'weg'"),
    "missende stap na een lijst": (
        (Kies("begin", (_ja(),), bron=lambda _w, _s: (), bron_naar="weg"), Klaar("einde")), "begin", "'weg'",
    ),
    "onbereikbaar": ((_kies(), Klaar("einde"), Zeg("midden", "einde")), "midden", "niet te bereiken"),
    "loopt dood": ((Zeg("begin", "midden"), Zeg("midden", "begin")), "begin", "loopt dood"),
    "loopt halverwege dood": (
        (_kies(_ja(), Keuze("nee", "midden")), Zeg("midden", "midden"), Klaar("einde")), "midden", "loopt dood",
    ),
    "dubbele stap": ((_kies(), Klaar("einde"), Klaar("einde")), "einde", "twee keer"),
    "dubbele keuze": ((_kies(_ja(), _ja()), Klaar("einde")), "begin", "twee keer"),
    "label te lang": ((_kies(_ja(label="proef.lang")), Klaar("einde")), "begin", "langer dan 20"),
    "label te lang met het vinkje": (
        (_kies(Keuze("ja", "einde", label="proef.precies", aanzetten=True)), Klaar("einde")), "begin", "langer dan 20",
    ),
    "label te lang in emoji": ((_kies(_ja(label="proef.emoji")), Klaar("einde")), "begin", "langer dan 20"),
    "keuze te lang": ((_kies(_ja(id_="x" * 21)), Klaar("einde")), "begin", "past niet in een knop"),
    "keuze te lang in bytes": ((_kies(_ja(id_="ሀ" * 7)), Klaar("einde")), "begin", "past niet in een knop"),
    "keuze leeg": ((_kies(_ja(id_="")), Klaar("einde")), "begin", "past niet in een knop"),
    "keuze met een dubbele punt": ((_kies(_ja(id_="a:b")), Klaar("einde")), "begin", "past niet in een knop"),
    "keuze die op uitzetten lijkt": ((_kies(_ja(id_="-a")), Klaar("einde")), "begin", "past niet in een knop"),
    "stap te lang voor een knop": (
        (_kies(_ja(id_="x" * 20), id_="b" * 20), Klaar("einde")), "b" * 20, "past niet in een knop",
    ),
    "geen woorden": ((Zeg("begin", "einde", zegt=(Zin("proef.niets"),)), Klaar("einde")), "begin", "'proef.niets'"),
    "geen woorden voor de stap": ((Zeg("begin", "stil"), Klaar("stil")), "stil", "'proef.stil'"),
    "geen label": ((_kies(Keuze("oeps", "einde")), Klaar("einde")), "begin", "'proef.begin.oeps'"),
}  # fmt: skip


@pytest.mark.parametrize("naam", FOUT)
def test_een_kapotte_flow(naam: str) -> None:
    gemaakt, stap, wat = FOUT[naam]
    with pytest.raises(FlowFout) as gevangen:
        Flow("proef", gemaakt)
    assert str(gevangen.value).startswith(f"flow proef, stap {stap}: ")
    assert wat in str(gevangen.value)


def test_een_label_van_precies_twintig_past() -> None:
    Flow("proef", (_kies(_ja(label="proef.precies")), Klaar("einde")))


def test_naar_een_andere_flow_die_er_niet_is() -> None:
    flow = Flow("proef", (_kies(_ja("elders.begin")), Klaar("einde")), ingangen=("einde",))
    with pytest.raises(FlowFout, match=r"flow proef, stap begin: gaat naar 'elders.begin'"):
        flows.controleer_overgangen({"proef": flow})
    with pytest.raises(FlowFout, match=r"flow proef, stap begin"):
        flows.controleer_overgangen({"proef": flow, "elders": Flow("elders", (Klaar("einde", zegt=()),))})


def test_een_kapotte_flow_faalt_bij_het_importeren(monkeypatch: pytest.MonkeyPatch) -> None:
    """The module itself: its catalogue lacks the words, so it cannot be imported."""
    monkeypatch.setattr(stappen, "woorden", lambda _taal: {})
    monkeypatch.delitem(sys.modules, "dialogen.flows.vragen")
    with pytest.raises(FlowFout, match=r"flow vraag, stap "):
        importlib.import_module("dialogen.flows.vragen")


def _alle() -> Iterator[tuple[Flow, Stap]]:
    return ((flow, stap) for flow in flows.FLOWS.values() for stap in flow.stappen)


def test_de_flows_zelf(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there keeps the promises: nothing of it can be changed, every step fits its column and its button."""
    monkeypatch.undo()
    assert isinstance(flows.FLOWS, MappingProxyType)
    for flow, stap in _alle():
        assert len(flow.id) <= 20
        assert len(stap.id) <= 40
        for keuze in keuzes_van(stap):
            assert len(f"{flow.id}.{stap.id}:-{keuze.id}:{2**63 - 1}".encode()) <= 64
            assert flow.label(stap, keuze) in teksten.woorden("nl")
        if not isinstance(stap, Klaar):
            assert list(uitgangen(stap))


def test_wie_verder_kan_zonder_antwoord_komt_ergens_aan() -> None:
    """A chain of ``Zeg`` never goes round: somebody always gets to speak."""
    for flow, stap in _alle():
        gezien: set[str] = set()
        rij = [f"{flow.id}.{stap.id}"] if isinstance(stap, Zeg) else []
        while rij:
            hier = rij.pop()
            naam, _, stapnaam = hier.partition(".")
            deze = flows.FLOWS[naam].stap(stapnaam)
            assert isinstance(deze, Zeg)
            for doel, _ in uitgangen(deze):
                vol = doel if "." in doel else f"{naam}.{doel}"
                verder = flows.FLOWS[vol.partition(".")[0]].stap(vol.partition(".")[2])
                if isinstance(verder, Zeg):
                    assert vol != f"{flow.id}.{stap.id}", f"{vol} gaat rond"
                    if vol not in gezien:
                        gezien.add(vol)
                        rij.append(vol)


def test_standaardlabels() -> None:
    flow = Flow("proef", (_kies(Keuze("ja", "einde")), Klaar("einde")))
    stap = flow.stap("begin")
    assert isinstance(stap, Kies)
    assert flow.label(stap, stap.keuzes[0]) == "proef.begin.ja"
    assert flow.zinnen(stap) == (Zin("proef.begin"),)
    assert keuzes_van(Zeg("x", "y")) == ()


def test_vragen_is_ook_een_weg() -> None:
    vraag = Vraag("begin", "einde", lambda _i: None, keuzes=(_ja("midden"),))
    flow = Flow("proef", (vraag, Klaar("midden"), Klaar("einde")))
    assert set(uitgangen(flow.stappen[0])) == {("einde", "woorden"), ("midden", "ja")}


def test_voorwaarden_horen_bij_wereld_en_stand() -> None:
    zin = Zin("proef.begin", lambda w, s: w.tips and s.stap == "begin")
    assert zin.als is not None
    from tests.dialogen.werelden import NU

    assert zin.als(Wereld(NU, tips=True), Stand("proef", "begin"))
