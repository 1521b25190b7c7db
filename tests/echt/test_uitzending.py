"""A broadcast by the real process: at the platform's own pace, through deaths and lost answers, by two at once.

What is timed is printed and belongs to `soak`. The small ones are in every run, and lose and double nothing.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from opslag import verzendingen
from opslag.activiteiten import Activiteit, maak
from opslag.database import Database
from opslag.migreren import migreer
from opslag.tabellen import postvak_uit, uitnodiging, verzender
from tests.botapi import FOUT_500, WEG_NA, BotApi, Gebruiker
from tests.echt.conftest import Maak
from tests.echt.proces import Inloop
from tests.echt.school import School, nog_te_doen, open_school

KNOP = "uitnodiging.kom:"
GRENS = 30


@dataclass
class Uitzending:
    """Parents with a chat, a database, and a broadcast to all of them."""

    api: BotApi
    db: Database
    ouders: Sequence[Gebruiker]
    school: School
    nummer: int = 0
    in_vlucht: Counter[int] = field(default_factory=Counter)

    def begin(self) -> None:
        """A colleague sends it; the process that runs makes the messages."""
        nu = datetime.now(UTC)
        nieuw = Activiteit(
            self.school.locatie, "koffieochtend", "Koffie", "Praten", nu + timedelta(days=7), 90, "de hal",
            [self.school.groep],
        )  # fmt: skip
        with self.db.transactie() as sessie:
            nummer = maak(sessie, nieuw, nu, "proef")
            begonnen = verzendingen.begin(sessie, nummer, "uitnodiging", "iedereen", nu, "proef")
        assert begonnen is not None
        self.nummer = begonnen

    def uitgenodigd(self, ouder: Gebruiker) -> int:
        """How many invitations lie in this chat."""
        return sum(any(k.data.startswith(KNOP) for k in b.knoppen) for b in ouder.berichten)

    def verstuurd(self) -> list[float]:
        """When (monotonic) the platform took each message."""
        return [r.moment for r in self.api.verzoeken("verstuur") if r.code == 200]

    def tot(self, aantal: int, seconden: float = 120) -> None:
        """Until the platform took so many messages."""
        klaar = self.api.tot_sync(lambda api: api.tellers["verstuur:200"] >= aantal, seconden)
        assert klaar, f"{self.api.tellers['verstuur:200']} of {aantal} messages came"

    def rust(self, seconden: float = 120) -> None:
        """Until everything is filled, handled and sent."""
        einde = time.monotonic() + seconden
        while self._over():
            assert time.monotonic() < einde, f"still {self._over()} to do"
            time.sleep(0.1)

    def _over(self) -> int:
        with self.db.transactie() as sessie:
            vullen = len(verzendingen.te_vullen(sessie, datetime.now(UTC)))
            return nog_te_doen(sessie) + vullen + self.api.wachtend

    def tel_bezig(self) -> None:
        """A process died: who had something in flight."""
        with self.db.transactie() as sessie:
            bezig = sa.select(postvak_uit.c.adres).where(postvak_uit.c.status == "bezig")
            self.in_vlucht.update(int(adres) for adres in sessie.scalars(bezig))

    def controleer(self, behalve: Sequence[Gebruiker] = ()) -> Counter[int]:
        """Everybody is invited and the counters say so; who got more than one message, and how many more."""
        gestopt = {o.id for o in behalve}
        verloren = Counter(r.chat_id for r in self.api.verzoeken("verstuur") if r.code == 0)
        dubbel = Counter({o.id: self.uitgenodigd(o) - 1 for o in self.ouders if self.uitgenodigd(o) > 1})
        for ouder in self.ouders:
            keer = self.uitgenodigd(ouder)
            assert keer or ouder.id in gestopt, "somebody was never invited"
            assert keer <= 1 + verloren[ouder.id] + self.in_vlucht[ouder.id], "twice, and nothing was in doubt"
        with self.db.transactie() as sessie:
            v = verzendingen.voortgang(sessie, self.nummer)
            aantal = sessie.scalar(sa.select(sa.func.count()).select_from(uitnodiging))
            vraag = sa.select(postvak_uit.c.status, sa.func.count()).where(postvak_uit.c.verzending_id == self.nummer)
            per = {status: keer for status, keer in sessie.execute(vraag.group_by(postvak_uit.c.status))}  # noqa: C416
        assert v is not None
        assert aantal == len(self.ouders)
        assert v.gevuld
        assert len(self.ouders) - len(gestopt) <= v.aantal <= len(self.ouders), "who stopped in time is not written to"
        assert (v.verzonden, v.vervallen) == (per.get("verzonden", 0), per.get("vervallen", 0))
        assert v.verzonden + v.vervallen == v.aantal
        return dubbel


Klaar = Callable[[str, int], Uitzending]


@pytest.fixture
def klaar(api: BotApi) -> Iterator[Klaar]:
    """``klaar(url, how many)``: parents in a database, nothing sent yet."""
    open_: list[Database] = []

    def maak_klaar(url: str, aantal: int) -> Uitzending:
        db = Database(url)
        open_.append(db)
        migreer(db.engine)
        ouders = [api.gebruiker(f"Ouder{n}", bekend=True) for n in range(aantal)]
        school = open_school(db, api.token.partition(":")[0], [o.id for o in ouders], uitgenodigd=False)
        return Uitzending(api, db, ouders, school)

    yield maak_klaar
    for db in open_:
        db.sluit()


def _tik(uitzending: Uitzending, ouder: Gebruiker) -> float:
    """This parent answers the invitation; the seconds until the bot says something back."""
    uitnodiging_ = next(b for b in ouder.berichten if any(k.data.startswith(KNOP) for k in b.knoppen))
    data = next(k.data for k in uitnodiging_.knoppen if k.data.startswith(f"{KNOP}misschien"))
    gezien, begin = len(ouder.berichten), time.monotonic()
    ouder.tik(uitnodiging_, data)
    ouder.wacht_op_sync(lambda _: True, 20, gezien)
    return time.monotonic() - begin


def _snelheid(momenten: Sequence[float]) -> float:
    return (len(momenten) - 1) / (momenten[-1] - momenten[0])


# 2. The platform's own pace


def _aan_de_grens(u: Uitzending, inloop: Inloop, aantal: int) -> tuple[float, list[float]]:
    """Send at the limit, with parents who tap in the middle; (messages a second, the seconds to each reply)."""
    inloop.start()
    u.api.tempo.per_second = GRENS
    u.begin()
    replies: list[float] = []
    for deel in (1, 2, 3):
        u.tot(aantal * deel // 4 + len(replies))
        replies.append(_tik(u, u.ouders[deel]))
    u.tot(aantal + len(replies))
    u.rust()
    return _snelheid(u.verstuurd()), replies


@pytest.mark.parametrize("leeg", ["sqlite"], indirect=True)
def test_aan_de_grens_in_het_klein(api: BotApi, maak: Maak, klaar: Klaar, leeg: str) -> None:
    u = klaar(leeg, 60)
    inloop = maak(leeg, INLOOP_TELEGRAM_TEMPO="29.7")
    _, replies = _aan_de_grens(u, inloop, 60)
    assert api.tellers["429"] == 0
    assert len(replies) == 3
    assert inloop.sluit_af() == 0
    assert not u.controleer()


@pytest.mark.soak
@pytest.mark.parametrize("bibliotheek", ["ptb", "aiogram"])
def test_vierhonderdvijftig_aan_de_grens(
    api: BotApi, maak: Maak, klaar: Klaar, leeg: str, bibliotheek: str, capsys: pytest.CaptureFixture[str]
) -> None:
    u = klaar(leeg, 450)
    inloop = maak(leeg, bibliotheek=bibliotheek, INLOOP_TELEGRAM_TEMPO="29.7")
    snelheid, replies = _aan_de_grens(u, inloop, 450)
    langst, geweigerd = max(replies), api.tellers["429"]
    with capsys.disabled():
        print(f"\n{bibliotheek}: {snelheid:.2f}/s of {GRENS}, {geweigerd} x 429, replies within {langst:.2f} s")
    assert not u.controleer()
    assert geweigerd == 0
    assert snelheid >= 0.98 * GRENS
    assert langst < 1


@pytest.mark.soak
@pytest.mark.parametrize("leeg", ["sqlite"], indirect=True)
def test_de_grens_zakt_naar_twintig(
    api: BotApi, maak: Maak, klaar: Klaar, leeg: str, capsys: pytest.CaptureFixture[str]
) -> None:
    u = klaar(leeg, 900)
    maak(leeg, INLOOP_TELEGRAM_TEMPO="29.7").start()
    api.tempo.per_second = GRENS
    u.begin()
    u.tot(300)
    api.tempo.per_second = 20
    zakte = time.monotonic()
    u.tot(900)
    u.rust()
    na = [m for m in u.verstuurd() if m > zakte]
    alles, geweigerd = len(na) / (na[-1] - zakte), api.tellers["429"]
    with capsys.disabled():
        print(
            f"\nfrom the moment it dropped {alles:.2f}/s of 20, once adapted {_snelheid(na):.2f}/s, {geweigerd} x 429"
        )
    assert not u.controleer()
    assert alles >= 0.95 * 20
    assert geweigerd <= 3


# 3. Deaths and lost answers


def _maal(u: Uitzending, inloop: Inloop, keer: int, toeval: random.Random, stoppers: Sequence[Gebruiker]) -> None:
    """Kill the process ``keer`` times while it sends; meanwhile some parents say that they want no more."""
    over = list(stoppers)
    for _ in range(keer):
        inloop.begin()
        inloop.wacht_op_regel("kanaal telegram")
        if over:
            over.pop().stuur("stop")
        time.sleep(toeval.uniform(0.0, 0.9))
        inloop.dood()
        u.tel_bezig()
    for ouder in over:
        ouder.stuur("stop")
    inloop.start()
    u.rust(600)
    assert inloop.sluit_af() == 0


def _niets_na_stop(u: Uitzending, stoppers: Sequence[Gebruiker]) -> None:
    for ouder in stoppers:
        gezegd = False
        for bericht in ouder.berichten:
            uitnodiging_ = any(k.data.startswith(KNOP) for k in bericht.knoppen)
            assert not (gezegd and uitnodiging_), f"invited after opting out:\n{ouder.verloop()}"
            gezegd = gezegd or not uitnodiging_
        assert gezegd, "who says stop hears that it is so"


def _door_dood_en_verlies(
    api: BotApi, u: Uitzending, inloop: Inloop, keer: int, stoppers: int
) -> tuple[Counter[int], int]:
    toeval = random.Random(20261208)
    api.storing.kans(WEG_NA, 0.05, "verstuur")
    api.storing.kans(FOUT_500, 0.05, "verstuur")
    u.begin()
    wie = toeval.sample(list(u.ouders[len(u.ouders) // 2 :]), stoppers)
    _maal(u, inloop, keer, toeval, wie)
    _niets_na_stop(u, wie)
    return u.controleer(wie), sum(r.code == 0 for r in api.verzoeken("verstuur"))


def test_doodgaan_onder_een_uitzending_in_het_klein(api: BotApi, maak: Maak, klaar: Klaar, leeg: str) -> None:
    u = klaar(leeg, 200)
    _door_dood_en_verlies(api, u, maak(leeg, INLOOP_TELEGRAM_TEMPO="120"), 2, 3)


@pytest.mark.soak
def test_dertig_keer_kill_9_onder_een_uitzending(
    api: BotApi, maak: Maak, klaar: Klaar, leeg: str, capsys: pytest.CaptureFixture[str]
) -> None:
    u = klaar(leeg, 2000)
    dubbel, verloren = _door_dood_en_verlies(api, u, maak(leeg, INLOOP_TELEGRAM_TEMPO="120"), 30, 20)
    with capsys.disabled():
        print(
            f"\n{leeg.partition(':')[0]}: 30 deaths, 2000 parents, {verloren} answers lost, "
            f"{u.in_vlucht.total()} claimed at a death, {dubbel.total()} invitations twice, 0 missed"
        )


# 4. Two processes


def _twee(api: BotApi, maak: Maak, u: Uitzending, url: str, aantal: int) -> tuple[float, float]:
    """Two processes, of which the one that sends dies halfway; (messages a second before it, seconds until the other
    goes on).
    """
    een, twee = (maak(url, "webhook", INLOOP_TELEGRAM_TEMPO="29.7") for _ in range(2))
    een.start()
    twee.start()
    api.tempo.per_second = GRENS
    u.begin()
    u.tot(aantal // 2)
    snelheid = _snelheid(u.verstuurd())
    with u.db.transactie() as sessie:
        houder = str(sessie.scalar(sa.select(verzender.c.houder).where(verzender.c.kanaal == "telegram")))
    wie, ander = (een, twee) if houder.split(":")[1] == str(een.proces.pid) else (twee, een)
    wie.dood()
    u.tel_bezig()
    dood, verstuurd = time.monotonic(), api.tellers["verstuur:200"]
    u.tot(verstuurd + 1, 30)
    stil = time.monotonic() - dood
    u.rust()
    assert ander.sluit_af() == 0
    return snelheid, stil


@pytest.mark.parametrize("leeg", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_twee_processen_in_het_klein(api: BotApi, maak: Maak, klaar: Klaar, leeg: str) -> None:
    u = klaar(leeg, 90)
    _twee(api, maak, u, leeg, 90)
    assert api.tellers["429"] == 0
    u.controleer()


@pytest.mark.soak
@pytest.mark.parametrize("leeg", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_twee_processen_met_het_tempo_van_een(
    api: BotApi, maak: Maak, klaar: Klaar, leeg: str, capsys: pytest.CaptureFixture[str]
) -> None:
    u = klaar(leeg, 450)
    snelheid, stil = _twee(api, maak, u, leeg, 450)
    dubbel = u.controleer()
    with capsys.disabled():
        print(
            f"\ntwo processes: {snelheid:.2f}/s of {GRENS}, {api.tellers['429']} x 429; one killed, the other went on "
            f"after {stil:.1f} s; {dubbel.total()} invitations twice of {u.in_vlucht.total()} claimed at the death"
        )
    assert api.tellers["429"] == 0
    assert stil < 30
