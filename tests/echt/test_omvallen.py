"""The process dies while parents answer: by `kill -9` at any moment, and by an exit at every labelled point.

Afterwards every answer is stored exactly once and in order, every parent has a reply to everything, and only what was
in flight at a death may have arrived twice.
"""

from __future__ import annotations

import time

import pytest

from bot.breekpunten import LABELS
from tests.botapi import vertraag
from tests.echt.conftest import Begin
from tests.echt.proef import Proef


def _maal(proef: Proef, keer: int, langst: float = 1.0) -> None:
    """Kill it ``keer`` times at seeded moments: most within ``langst`` seconds of its work, some while it starts."""
    for _ in range(keer):
        if not proef.inloop.draait:
            proef.inloop.begin()
        if proef.toeval.random() < 0.8:
            proef.inloop.wacht_op_regel("kanaal telegram")
            proef.dood_na(proef.toeval.uniform(0.0, langst))
        else:
            proef.dood_na(proef.toeval.uniform(0.3, 2.0))


def test_omvallen_in_het_klein(begin: Begin, leeg: str) -> None:
    """A few deaths at any moment and at labelled points; each database with one way of taking in.

    The next process goes on at once: it need not wait until the lease of the dead one runs out.
    """
    weg, keer, punten = ("webhook", 3, 2) if leeg.startswith("sqlite") else ("polling", 2, 1)
    proef = begin(leeg, weg, 40, 25)
    with proef.antwoordende_ouders():
        _maal(proef, keer)
        for label in ("na_verzenden", "na_inbox")[:punten]:
            proef.sterf_bij(label, 4)
    proef.inloop.start()
    van_de_dode = proef.eerste_bericht(5.0)
    proef.rust(60)
    print(proef.controleer(), f"the first message after {van_de_dode:.1f} s")


@pytest.mark.parametrize("leeg", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_netjes_stoppen_midden_in_het_werk(begin: Begin, leeg: str) -> None:
    """SIGTERM is no death: nothing is in doubt afterwards and nothing arrives twice."""
    proef = begin(leeg, "webhook", 40, 40)
    with proef.antwoordende_ouders():
        time.sleep(0.5)
        assert proef.inloop.sluit_af() == 0
        assert not proef.onzeker()
        proef.inloop.start()
    proef.rust(60)
    assert " 0 arrived twice of 0 in flight" in proef.controleer()


@pytest.mark.parametrize("leeg", ["sqlite"], indirect=True)
def test_sigterm_terwijl_telegram_hangt(begin: Begin, leeg: str) -> None:
    """It ends in time; what was in the air is marked and sent again, what only waited for its turn is not in doubt."""
    proef = begin(leeg, "webhook", 30, 40)
    api = proef.api
    with proef.antwoordende_ouders():
        api.storing.altijd(vertraag(12), "verstuur")
        assert api.tot_sync(lambda api: api.tellers["answerCallbackQuery"] > 20, 10)
        assert proef.inloop.sluit_af() == 0
        api.storing.herstel()
        proef.in_vlucht.update(proef.onzeker())
        assert 0 < proef.in_vlucht.total() <= 16
        proef.inloop.start()
    proef.rust(60)
    print(proef.controleer())


@pytest.mark.soak
@pytest.mark.parametrize("weg", ["webhook", "polling"])
def test_vijftig_keer_kill_9_terwijl_driehonderd_ouders_antwoorden(
    begin: Begin, leeg: str, weg: str, capsys: pytest.CaptureFixture[str]
) -> None:
    proef = begin(leeg, weg, 300, 150)
    with proef.antwoordende_ouders():
        _maal(proef, 50, 3.0)
        proef.inloop.start()
    duur = proef.rust(600)
    verslag = proef.controleer()
    with capsys.disabled():
        print(f"\n{weg}, {verslag}, caught up in {duur:.1f} s")


@pytest.mark.soak
@pytest.mark.parametrize("weg", ["webhook", "polling"])
def test_een_uitgang_bij_elk_punt(begin: Begin, leeg: str, weg: str, capsys: pytest.CaptureFixture[str]) -> None:
    proef = begin(leeg, weg, 300, 150)
    proef.dood_na(0)
    with proef.antwoordende_ouders():
        for label in LABELS:
            for keer in (1, 2, 7, 40):
                proef.sterf_bij(label, keer)
        proef.inloop.start()
    duur = proef.rust(600)
    verslag = proef.controleer()
    with capsys.disabled():
        print(f"\n{weg}, every label four times, {verslag}, caught up in {duur:.1f} s")
