"""The same update one to five times, shuffled, at once, and again much later, with restarts in between: the database
ends as if every update had come once, in the order in which each came first."""

from __future__ import annotations

import asyncio
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.app import App
from bot.kanalen.basis import Ontvangst
from bot.kanalen.telegram import VERMOGEN
from bot.verwerken import verwerk
from bot.weergeven import weergave
from dialogen.basis import Soort
from opslag import postvak
from opslag.berichten import invoer_json, lees_bericht
from opslag.database import Database, Sessie
from opslag.gesprekken import Sleutel
from opslag.migreren import migreer
from opslag.tabellen import (
    aanmelding,
    afmeldreden,
    gesprek,
    metadata,
    ouder,
    postvak_in,
    postvak_uit,
    presentie,
    taak,
    uitnodiging,
    vraag,
    waardering,
)
from tests.echt.binnen import ACCOUNT, NepKanaal, lever, ontvangst, rust
from tests.echt.school import maak_school, nodig_uit, schrijf_in

BEGIN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BEKEND, NIEUW = ("101", "102", "103"), "999"
WOORDEN = ("menu", "/help", "stop", "ja", "nee", "misschien", "👍", "2", "Mag mijn zus mee?", "Karim", "een mens", "🙈")

Daad = tuple[str, str, int]
"""Who, what ('woorden', 'knop', 'stem', 'anders', 'start'), and which of them."""
daden = st.tuples(
    st.sampled_from([*BEKEND, NIEUW]),
    st.sampled_from([*["knop"] * 12, "woorden", "woorden", "stem", "anders", "start"]),
    st.integers(0, 999),
)


@dataclass
class Klok:
    """Both worlds have the same time, and it stands still while they work."""

    nu: datetime = BEGIN

    def __call__(self) -> datetime:
        return self.nu


def vul(db: Database) -> str:
    """Three invited parents and a start link; the code."""
    with db.transactie() as sessie:
        school = maak_school(sessie, BEGIN)
        schrijf_in(sessie, school, [Sleutel("telegram", ACCOUNT, adres) for adres in BEKEND], BEGIN)
        nodig_uit(sessie, school, BEGIN, "Koffie", 7)
        nodig_uit(sessie, school, BEGIN, "Koken", 14)
        sessie.execute(postvak_uit.update().values(status="verzonden"))
    return school.code


class Leveringen(RuleBasedStateMachine):
    """One world gets updates as a nervous network brings them, the other gets each of them once."""

    def __init__(self, dubbel: Database, enkel: Path) -> None:
        super().__init__()
        self.klok = Klok()
        self.db, self.enkel = dubbel, Database(f"sqlite:///{enkel}")
        self.codes = (vul(self.db), vul(self.enkel))
        self.kanaal = NepKanaal()
        self.lus = asyncio.Runner()
        self.app = self._nieuwe_app()
        self.geteld = 0
        self.geweest: list[tuple[Ontvangst, Ontvangst]] = []

    def _nieuwe_app(self) -> App:
        app = App(self.db, [self.kanaal], self.klok, random.Random(1))
        self.lus.run(app.start())
        return app

    @initialize()
    def kennismaken(self) -> None:
        """Somebody new is at the first question already."""
        self.lever([(NIEUW, "start", 0)], random.Random(0), wachten=True)

    @rule(nieuw=st.lists(daden, min_size=1, max_size=6), zaad=st.integers(0, 2**32), wachten=st.booleans())
    def lever(self, nieuw: Sequence[Daad], zaad: int | random.Random, wachten: bool) -> None:
        """New updates one to five times each, some old ones once more, shuffled, in a few batches at once."""
        toeval = random.Random(zaad) if isinstance(zaad, int) else zaad
        paren = [self._maak(*daad) for daad in nieuw]
        alle = [paar for paar in paren for _ in range(toeval.randint(1, 5))]
        alle += toeval.sample(self.geweest, min(3, len(self.geweest)))
        toeval.shuffle(alle)
        stapels, over = [], list(alle)
        while over:
            hoeveel = toeval.randint(1, 4)
            stapels.append([paar[0] for paar in over[:hoeveel]])
            over = over[hoeveel:]
        self.lus.run(lever(self.app, *stapels))
        for paar in dict.fromkeys(alle):
            if paar not in self.geweest:
                self._eenmaal(paar[1])
                self.geweest.append(paar)
        if wachten:
            self.vergelijk()

    @rule()
    def herstart(self) -> None:
        """The process ends while turns may run; another goes on."""
        self._stop()
        self.db = Database(str(self.db.engine.url.render_as_string(hide_password=False)))
        self.app = self._nieuwe_app()

    @rule(minuten=st.sampled_from([1, 5, 60 * 24]))
    def later(self, minuten: int) -> None:
        """Time goes by: a second tap a minute later is no doubled tap."""
        self.lus.run(rust(self.app))
        self.klok.nu += timedelta(minutes=minuten)

    def _maak(self, wie: str, wat: str, welke: int) -> tuple[Ontvangst, Ontvangst]:
        """The same act as an update in both worlds; they differ in the start code only."""
        self.geteld += 1
        if wat == "start":
            a, b = (ontvangst(self.geteld, wie, code, Soort.START) for code in self.codes)
            return a, b
        soort, waarde = {
            "woorden": (Soort.TEKST, WOORDEN[welke % len(WOORDEN)]),
            "stem": (Soort.SPRAAK, f"stem{welke}"),
            "anders": (Soort.ANDERS, ""),
            "knop": (Soort.KNOP, self._knop(wie, welke)),
        }[wat]
        een = ontvangst(self.geteld, wie, waarde, soort)
        return een, een

    def _knop(self, wie: str, welke: int) -> str:
        """Mostly a button under the last message with any, sometimes an older one, or one under the invitation."""
        per_bericht = [[data for _, data in w.knoppen] for _, w in self.kanaal.gekregen[wie] if w.knoppen]
        if per_bericht and welke % 10 < 8:
            knoppen = per_bericht[-1 if welke % 10 < 7 else 0]
        else:
            nummer = BEKEND.index(wie) + 1 if wie in BEKEND else 7
            knoppen = [f"uitnodiging.kom:{keuze}:{nummer}" for keuze in ("ja", "nee", "misschien")]
        return knoppen[welke // 10 % len(knoppen)]

    def _eenmaal(self, een: Ontvangst) -> None:
        with self.enkel.transactie() as sessie:
            postvak.neem_aan(sessie, [_rij(een, self.klok())])
            verwerk(sessie, Sleutel(een.kanaal, een.account, een.adres), self.klok())

    def vergelijk(self) -> None:
        """Everything that is kept, and everything that was said, is the same."""
        self.lus.run(rust(self.app))
        with self.db.transactie() as sessie, self.enkel.transactie() as ander:
            assert inhoud(sessie) == inhoud(ander)
            gestuurd = set(sessie.scalars(sa.select(postvak_uit.c.id).where(postvak_uit.c.prioriteit == 0)))
            bedoeld = antwoorden(ander)
        for adres in [*BEKEND, NIEUW]:
            regels = [(nummer, w.tekst) for nummer, w in self.kanaal.gekregen[adres] if nummer in gestuurd]
            assert [nummer for nummer, _ in regels] == sorted({nummer for nummer, _ in regels}), "in order, each once"
            # A family that was erased takes its old messages along, in one world perhaps sooner than in the other.
            assert [_zonder_code(tekst) for _, tekst in regels][-len(bedoeld[adres]) :] == bedoeld[adres]

    def _stop(self) -> None:
        self.lus.run(self.app.stop())

    def teardown(self) -> None:
        self.vergelijk()
        self._stop()
        self.enkel.sluit()
        self.lus.close()


def _rij(een: Ontvangst, nu: datetime) -> dict[str, Any]:
    """The row of the inbox for one update."""
    waar = {"kanaal": een.kanaal, "account": een.account, "extern_id": een.extern_id, "adres": een.adres}
    return {**waar, "inhoud": invoer_json(een.invoer), "status": "open", "ontvangen": nu}


def antwoorden(sessie: Sessie) -> defaultdict[str, list[str]]:
    """Per chat the replies that stand in the outbox, in words."""
    u = postvak_uit.c
    per: defaultdict[str, list[str]] = defaultdict(list)
    for rij in sessie.execute(sa.select(u.adres, u.inhoud, u.taal).where(u.prioriteit == 0).order_by(u.id)):
        per[rij.adres].append(weergave(lees_bericht(rij.inhoud), rij.taal, VERMOGEN).tekst)
    return per


def inhoud(sessie: Sessie) -> dict[str, list[tuple[Any, ...]]]:
    """What is kept, by chat address or invitation, without the numbers of rows that others may have taken first."""
    g, o, u = gesprek.c, ouder.c, uitnodiging.c
    wie = (o.naam, o.rol, o.taal, o.vorm, o.dagdelen, o.tips, o.gestopt_op, o.pauze_tot)
    chats = sa.select(g.adres, g.flow, g.stap, g.missers, g.vorige, g.gewijzigd, *wie).outerjoin(
        ouder, o.id == g.ouder_id
    )
    vragen = {
        "chats": chats.order_by(g.adres),
        "inbox": sa.select(postvak_in.c.extern_id, postvak_in.c.status, postvak_in.c.inhoud).order_by("extern_id"),
        "invitations": sa.select(u.id, u.activiteit_id, u.rol).order_by(u.id),
        "questions": _met_adres(vraag, "soort", "tekst", "media", "gesteld"),
        "tasks": _met_adres(taak, "soort", "uitnodiging_id", "gemaakt"),
    }
    for naam, tabel, velden in (
        ("answers", aanmelding, ("antwoord", "aantal", "bron", "moment")),
        ("reasons", afmeldreden, ("code", "toelichting", "media", "verteld", "aanbod", "moment")),
        ("presence", presentie, ("staat", "bron", "moment")),
        ("ratings", waardering, ("score", "tekst", "media", "moment")),
    ):
        vragen[naam] = sa.select(*(tabel.c[v] for v in ("uitnodiging_id", *velden))).order_by(
            "uitnodiging_id", tabel.c.id
        )
    return {naam: [tuple(rij) for rij in sessie.execute(v)] for naam, v in vragen.items()}


def _zonder_code(tekst: str) -> str:
    """A link for a partner holds a code that is made at random."""
    return re.sub(r"/chat/[\w-]+$", "", tekst, flags=re.MULTILINE)


def _met_adres(tabel: sa.Table, *velden: str) -> sa.Select[Any]:
    kolommen = [tabel.c[v] for v in velden]
    return (
        sa.select(gesprek.c.adres, *kolommen)
        .join(gesprek, gesprek.c.ouder_id == tabel.c.ouder_id)
        .order_by(gesprek.c.adres, tabel.c.id)
    )


def _speel(keren: int, maak: Callable[[], Database], enkel: Callable[[], Path]) -> None:
    """The same runs every time; what fails is made small."""

    class Spel(Leveringen):
        def __init__(self) -> None:
            super().__init__(maak(), enkel())

    instellingen = settings(
        max_examples=keren,
        stateful_step_count=10,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Spel, settings=instellingen)


@pytest.fixture
def sjabloon(tmp_path: Path) -> Path:
    """A SQLite database that is up to date; a copy costs next to nothing."""
    pad = tmp_path / "sjabloon.db"
    db = Database(f"sqlite:///{pad}")
    migreer(db.engine)
    db.sluit()
    return pad


def _kopie(sjabloon: Path, naam: str) -> Path:
    pad = sjabloon.with_name(f"{naam}.db")
    for achter in ("", "-wal", "-shm"):
        pad.with_name(pad.name + achter).unlink(missing_ok=True)
    return Path(shutil.copyfile(sjabloon, pad))


def _op_sqlite(sjabloon: Path, keren: int) -> None:
    _speel(keren, lambda: Database(f"sqlite:///{_kopie(sjabloon, 'dubbel')}"), lambda: _kopie(sjabloon, "enkel"))


def test_eenmaal_op_sqlite(sjabloon: Path) -> None:
    _op_sqlite(sjabloon, 40)


@pytest.mark.soak
def test_eenmaal_heel_vaak(sjabloon: Path) -> None:
    _op_sqlite(sjabloon, 1500)


@pytest.mark.postgres
def test_eenmaal_op_postgresql(sjabloon: Path, postgres_sjabloon: str) -> None:
    def maak() -> Database:
        db = Database(postgres_sjabloon)
        with db.transactie() as sessie:
            namen = ", ".join(tabel.name for tabel in metadata.sorted_tables)
            sessie.execute(sa.text(f"TRUNCATE {namen} RESTART IDENTITY CASCADE"))
        return db

    _speel(8, maak, lambda: _kopie(sjabloon, "enkel"))
