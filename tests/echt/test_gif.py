"""One row that cannot be handled: set aside after three tries, the person hears it, and what is behind it goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa

import bot.verwerken
import bot.verzenden
import bot.weergeven
from bot.app import App
from bot.kanalen.basis import Vermogen, Weergave
from dialogen import kiezen
from dialogen.basis import Bericht, Invoer, Stand, Uitkomst, Wereld
from dialogen.teksten import zin
from opslag.database import Database, Sessie
from opslag.tabellen import postvak_in, postvak_uit
from tests.echt.binnen import ACCOUNT, NepKanaal, lever, ontvangst, rust
from tests.echt.school import open_school

STORING = zin("nl", "algemeen.storing")


@pytest.fixture
def kanaal() -> NepKanaal:
    return NepKanaal()


@pytest.fixture
async def app(db: Database, kanaal: NepKanaal) -> AsyncIterator[App]:
    open_school(db, ACCOUNT, [1, 2], uitgenodigd=False)
    app = App(db, [kanaal])
    await app.start()
    yield app
    await app.stop()


def _gif_in_gesprek(monkeypatch: pytest.MonkeyPatch) -> None:
    echt = kiezen.antwoord

    def antwoord(stand: Stand | None, invoer: Invoer, wereld: Wereld) -> Uitkomst:
        if invoer.waarde == "Wolkje":
            raise RuntimeError(f"the words {invoer.waarde} stand in this error")
        return echt(stand, invoer, wereld)

    monkeypatch.setattr(kiezen, "antwoord", antwoord)


def _gif_in_opslag(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the database that is about the row, not about the database."""
    echt: Any = bot.verwerken._beurt

    def beurt(sessie: Sessie, g: Any, rij: Any, *rest: Any) -> Any:
        gedaan = echt(sessie, g, rij, *rest)
        if "Wolkje" in rij.inhoud:
            sessie.execute(sa.text("INSERT INTO organisatie (naam) VALUES (NULL)"))
        return gedaan

    monkeypatch.setattr(bot.verwerken, "_beurt", beurt)


@pytest.mark.parametrize("vergiftig", [_gif_in_gesprek, _gif_in_opslag])
async def test_gif_gaat_opzij_en_de_rest_gaat_door(
    app: App, kanaal: NepKanaal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], vergiftig: Any
) -> None:
    vergiftig(monkeypatch)
    achter = [ontvangst(2, 1, "menu"), ontvangst(3, 2, "menu"), ontvangst(4, 1, "/help")]
    await lever(app, [ontvangst(1, 1, "Wolkje"), *achter])
    await rust(app)
    assert kanaal.teksten(1)[0] == STORING
    assert [len(kanaal.teksten(1)), len(kanaal.teksten(2))] == [3, 1]
    with app.db.transactie() as sessie:
        r = postvak_in.c
        rijen = sessie.execute(sa.select(r.status, r.pogingen, r.fout).order_by(r.extern_id)).all()
    soort = {_gif_in_gesprek: "RuntimeError", _gif_in_opslag: "IntegrityError"}[vergiftig]
    assert [tuple(r) for r in rijen] == [("opzij", 3, soort), *[("klaar", 0, None)] * 3]
    assert "Wolkje" not in "".join(capsys.readouterr())


@pytest.mark.parametrize("fout", [TypeError, IndexError, KeyError, RuntimeError])
async def test_een_bericht_dat_niet_te_tonen_is_houdt_niets_op(
    app: App, kanaal: NepKanaal, monkeypatch: pytest.MonkeyPatch, fout: type[Exception]
) -> None:
    """In the outbox too: the broken one is refused with its kind of error, the next in the same chat is sent."""
    keer = 0

    def weergave(bericht: Bericht, taal: str, vermogen: Vermogen, *rest: Any) -> Weergave:
        nonlocal keer
        keer += 1
        if keer == 1:
            raise fout("woorden van een ouder")
        return bot.weergeven.weergave(bericht, taal, vermogen, *rest)

    monkeypatch.setattr(bot.verzenden, "weergave", weergave)
    await lever(app, [ontvangst(1, 1, "menu")], [ontvangst(2, 1, "/help")])
    await rust(app)
    assert len(kanaal.teksten(1)) == 1
    with app.db.transactie() as sessie:
        rijen = sessie.execute(sa.select(postvak_uit.c.status, postvak_uit.c.reden).order_by("id")).all()
    assert [tuple(r) for r in rijen] == [("geweigerd", f"fout: {fout.__name__}"), ("verzonden", None)]


async def test_een_update_die_geen_rij_kan_worden(app: App, kanaal: NepKanaal) -> None:
    """Too long for its column where columns have a length: it is set aside, its neighbours are taken in."""
    lang = ontvangst(2, "9" * 500, "menu")
    await lever(app, [ontvangst(1, 1, "menu"), lang, ontvangst(3, 2, "menu")])
    await rust(app)
    assert [len(kanaal.teksten(1)), len(kanaal.teksten(2))] == [1, 1]
