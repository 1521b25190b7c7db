"""Making an activity: every field, back and skip and cancel, what cannot be, and what comes in between."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogen.basis import Invoer, Soort, Stand, Uitkomst, Wereld, Wie
from dialogen.effecten_team import ActiviteitMaken, ActiviteitWijzigen, Plan
from dialogen.flows import FLOWS
from dialogen.flows.maken import MAKEN, VELDEN
from dialogen.kiezen import antwoord
from dialogen.parkeren import APART, geparkeerd
from dialogen.plan import lees_plan, met_was, uit_activiteit
from dialogen.stappen import Kies, Vraag, keuzes_van
from tests.dialogen.werelden import NU, activiteit, kantoor, knop, medewerker, ouder, sleutels, tekst

HEEL = {
    "doel": "Taal thuis", "soort": "inloop", "titel": "Koffie", "titel_vaders": "", "datum": "2026-12-08",
    "tijd": "09:30", "duur": "60", "plek": "de hal", "gastheer": "Noor", "capaciteit": "12", "kinderen": "ja",
    "gevraagd": "",
}  # fmt: skip
PLAN = Plan(
    "inloop", "Koffie", "Taal thuis", datetime(2026, 12, 8, 8, 30, tzinfo=UTC), 60, "de hal", (1, 2), "Noor", 12
)


class Chat:
    """One colleague in a chat, without a database."""

    def __init__(self, wereld: Wereld, stand: Stand | None = None) -> None:
        self.wereld, self.stand = wereld, stand
        self.uit = Uitkomst(stand)

    def zegt(self, *woorden: str) -> Chat:
        for een in woorden:
            self._doe(tekst(een))
        return self

    def tikt(self, keuze: str, stap: str = "") -> Chat:
        """A choice of the step where the conversation stands, or of another one."""
        assert self.stand is not None
        over = f":{self.stand.over}" if self.stand.over else ""
        return self._doe(knop(f"{stap or f'{self.stand.flow}.{self.stand.stap}'}:{keuze}{over}"))

    def _doe(self, invoer: Invoer) -> Chat:
        self.wereld = replace(self.wereld, nu=self.wereld.nu + timedelta(minutes=2))
        self.uit = antwoord(self.stand, invoer, self.wereld)
        self.stand = self.uit.stand
        return self

    @property
    def gezegd(self) -> list[str]:
        return sleutels(self.uit.berichten)


def bij(stap: str, wereld: Wereld | None = None, **antwoorden: str) -> Chat:
    return Chat(wereld or medewerker(), Stand("maken", stap, {**HEEL, **antwoorden}))


def test_van_begin_tot_eind() -> None:
    chat = Chat(medewerker()).zegt("/nieuw", "Taal thuis", "inloop", "Koffie").tikt("over")
    chat.zegt("8 dec", "half tien", "een uur", "de hal", "Noor", "12").tikt("ja").tikt("over").tikt("verder")
    assert chat.gezegd[0] == "maken.overzicht"
    assert chat.tikt("opslaan").uit.effecten == (ActiviteitMaken(1, PLAN),)
    assert chat.stand is None


def test_wie_meer_locaties_heeft_kiest_er_een() -> None:
    chat = Chat(medewerker(kantoor=kantoor(locaties=2))).zegt("/nieuw")
    assert chat.gezegd == ["maken.locatie"]
    chat.zegt("Locatie 3")
    assert chat.gezegd == ["algemeen.misser", "maken.locatie"]
    chat.tikt("l2")
    assert chat.gezegd == ["maken.doel"]
    assert chat.tikt("terug").gezegd == ["maken.locatie", "formulier.nu"]
    assert Chat(medewerker(kantoor=kantoor())).zegt("/nieuw").gezegd == ["maken.doel"]


def test_zonder_kantoor_of_groepen() -> None:
    assert Chat(medewerker(kantoor=None)).zegt("/nieuw").gezegd == ["team.geen_team"]
    leeg = kantoor()
    leeg = replace(leeg, werkplekken=(replace(leeg.werkplekken[0], groepen=()),))
    assert Chat(medewerker(kantoor=leeg)).zegt("/nieuw").gezegd == ["maken.geen_groep"]


@pytest.mark.parametrize("plaats", range(2, len(VELDEN)))
def test_terug_en_stoppen_laten_de_rest_staan(plaats: int) -> None:
    """At every field: ⬅️ goes one back, ✖️ asks first and ▶️ comes back; what was filled in stays as it was."""
    veld, vorige = VELDEN[plaats], VELDEN[plaats - 1]
    chat = bij(veld.id).tikt("terug")
    assert chat.stand is not None
    assert chat.stand.stap == vorige.id
    chat.tikt("laat" if HEEL[vorige.id] else "over")
    assert chat.stand is not None
    assert chat.stand.stap == veld.id
    chat.tikt("weg")
    assert chat.gezegd == ["formulier.stop"]
    chat.tikt("nee")
    assert chat.stand is not None
    assert (chat.stand.stap, {k: chat.stand.antwoorden[k] for k in HEEL}) == (veld.id, HEEL)
    assert chat.tikt("weg").tikt("ja").stand is None


@pytest.mark.parametrize("veld", [v for v in VELDEN if not v.verplicht], ids=lambda v: v.id)
def test_overslaan_kan_alleen_wat_niet_hoeft(veld: Any) -> None:
    for vol, keuze in (("", "over"), ("5", "leeg")):
        chat = Chat(medewerker(), Stand("maken", veld.id, {**HEEL, veld.id: vol})).tikt(keuze)
        assert chat.stand is not None
        assert chat.stand.antwoorden[veld.id] == ""


@pytest.mark.parametrize("veld", [v for v in VELDEN if v.verplicht], ids=lambda v: v.id)
def test_wat_moet_is_niet_over_te_slaan(veld: Any) -> None:
    stap = MAKEN.stap(veld.id)
    assert stap is not None
    assert not {k.id for k in keuzes_van(stap)} & {"over", "leeg"}


@pytest.mark.parametrize(
    ("stap", "woorden", "fout"),
    [
        ("datum", "30 november", "voorbij"), ("datum", "31 februari", "bestaat_niet"), ("datum", "dinsdag", "dubbel"),
        ("datum", "maandag 8 december", "weekdag"), ("datum", "8-12-2062", "te_ver"), ("datum", "ooit", "onleesbaar"),
        ("tijd", "straks", "tijd"), ("tijd", "25:00", "tijd"), ("duur", "0", "duur"), ("duur", "lang", "duur"),
        ("capaciteit", "0", "capaciteit"), ("capaciteit", "-3", "capaciteit"), ("capaciteit", "veel", "capaciteit"),
    ],
)  # fmt: skip
def test_wat_niet_kan(stap: str, woorden: str, fout: str) -> None:
    chat = bij(stap).zegt(woorden, woorden, woorden, woorden)  # never so often that it is taken away
    assert chat.gezegd[:2] == [f"maken.fout.{fout}", f"maken.{stap}"]
    assert chat.stand == Stand("maken", stap, HEEL)


@pytest.mark.parametrize("stap", ["doel", "titel", "titel_vaders", "plek", "gastheer", "gevraagd"])
def test_te_lang(stap: str) -> None:
    chat = bij(stap).zegt("x" * 500)
    assert chat.gezegd[0] == "formulier.te_lang"
    assert chat.stand == Stand("maken", stap, HEEL)
    assert bij(stap).zegt("x" * 80).gezegd[0] != "formulier.te_lang"


def test_een_tijd_die_er_niet_is_en_een_die_er_twee_keer_is() -> None:
    assert bij("tijd", datum="2027-03-28").zegt("02:30").gezegd[0] == "maken.fout.overgeslagen"
    assert bij("tijd", datum="2027-10-31").zegt("02:30").gezegd[:2] == ["maken.gelezen", "maken.dubbel"]
    assert bij("tijd", datum="2026-12-01").zegt("08:30").gezegd[0] == "maken.fout.tijd_voorbij"
    anders = bij("datum", tijd="02:30").zegt("28 maart 2027")
    assert anders.gezegd[:2] == ["maken.fout.tijd_kan_niet", "maken.tijd"]


def test_minstens_een_groep() -> None:
    chat = bij("groep").tikt("u1").tikt("u2")
    assert chat.gezegd == ["maken.groep", "maken.fout.groep"]
    assert chat.tikt("verder").gezegd[0] == "algemeen.niet_meer"
    chat.tikt("a2").tikt("a2")
    assert chat.stand is not None
    assert chat.stand.antwoorden["groepen"] == "2"


def test_te_laat_opgeslagen() -> None:
    chat = bij("overzicht", medewerker(nu=NU + timedelta(days=30))).tikt("opslaan")
    assert (chat.gezegd[:2], chat.uit.effecten) == (["maken.opnieuw", "maken.datum"], ())


# Changing


def wijzigt(**anders: Any) -> Chat:
    a = activiteit(**anders)
    wereld = medewerker(kantoor=kantoor(a, over=a))
    return Chat(wereld, Stand("maken", "welk", {**met_was(a, wereld), "over": "7", "gezien": "1"}))


def test_een_ding_veranderen() -> None:
    chat = wijzigt().tikt("tijd").zegt("10:00")
    assert chat.gezegd[-1] == "maken.horen_het"
    [effect] = chat.tikt("klaar").uit.effecten
    assert isinstance(effect, ActiviteitWijzigen)
    assert (effect.activiteit, effect.plan.begin) == (7, NU + timedelta(days=7, hours=1))
    assert chat.gezegd == ["maken.gewijzigd", "maken.gehoord"]


def test_niets_veranderd() -> None:
    chat = wijzigt().tikt("terug").tikt("klaar")
    assert (chat.gezegd, chat.uit.effecten) == (["maken.niets_anders"], ())


def test_minder_plekken_dan_er_komen() -> None:
    assert wijzigt().tikt("capaciteit").zegt("4").gezegd[0] == "maken.fout.te_weinig"
    chat = wijzigt().tikt("capaciteit").zegt("5")
    chat.wereld = replace(chat.wereld, kantoor=kantoor(over=activiteit(mensen=6)))  # somebody said yes meanwhile
    assert chat.tikt("klaar").gezegd[:2] == ["maken.fout.te_weinig", "maken.capaciteit"]
    assert chat.uit.effecten == ()


@pytest.mark.parametrize("anders", [{"afgelast": True}, {"over": timedelta(days=-1)}])
def test_wat_intussen_weg_is(anders: dict[str, Any]) -> None:
    chat = wijzigt().tikt("titel").zegt("Thee")
    chat.wereld = replace(chat.wereld, kantoor=kantoor(over=activiteit(**anders)))
    assert (chat.tikt("klaar").gezegd, chat.uit.effecten) == (["activiteiten.kan_niet_meer"], ())


def test_twee_collegas_veranderen_iets_anders() -> None:
    """What the other changed stays, and is shown before it is saved; of the same thing the last word counts."""
    chat = wijzigt().tikt("tijd").zegt("10:00")
    chat.wereld = replace(chat.wereld, kantoor=kantoor(over=activiteit(plek="de tuin", titel="Thee")))
    assert chat.tikt("klaar").gezegd[:2] == ["maken.intussen", "maken.overzicht"]
    assert chat.uit.effecten == ()
    [effect] = chat.tikt("klaar").uit.effecten
    assert isinstance(effect, ActiviteitWijzigen)
    assert (effect.plan.plek, effect.plan.titel, effect.plan.begin.hour) == ("de tuin", "Thee", 9)


def test_een_kopie_hangt_nergens_aan() -> None:
    a = activiteit()
    chat = Chat(medewerker(kantoor=kantoor(a, over=a)), Stand("activiteiten", "een", {"over": "7"}))
    chat.tikt("kopie").zegt("12 januari")
    [effect] = chat.tikt("opslaan").uit.effecten
    assert isinstance(effect, ActiviteitMaken)
    assert effect.plan.begin == datetime(2027, 1, 12, 8, 0, tzinfo=UTC)


@given(st.builds(activiteit, duur=st.integers(10, 720), capaciteit=st.sampled_from([None, 5, 12])))
def test_een_activiteit_leest_zich_terug(a: Any) -> None:
    wereld = medewerker(kantoor=kantoor(a, over=a))
    plan = lees_plan(wereld, Stand("maken", "overzicht", {**uit_activiteit(a, wereld), "over": "7"}))
    assert plan is not None
    assert (plan.begin, plan.duur, plan.capaciteit, plan.groepen) == (a.begin, a.duur, a.capaciteit, a.groepen)


# In between


def test_wat_ertussen_komt_en_weer_verder() -> None:
    chat = bij("plek")
    chat._doe(knop("team.vraag:antwoord:5"))
    assert geparkeerd(chat.stand) == Stand("maken", "plek", HEEL)
    chat.zegt("Dat mag.")
    assert chat.stand == Stand("maken", "plek", HEEL)
    assert chat.gezegd == ["team.verstuurd", "algemeen.verder", "maken.plek", "formulier.nu"]


@pytest.mark.parametrize("woord", ["/menu", "help", "stop", "taal", "/activiteiten", "/nieuw"])
def test_een_opdracht_verliest_niets(woord: str) -> None:
    chat = bij("plek").zegt(woord)
    gebleven = chat.stand if chat.stand and chat.stand.flow == "maken" else geparkeerd(chat.stand)
    assert gebleven == Stand("maken", "plek", HEEL)


def test_na_drie_missers_en_na_een_nacht_staat_het_er_nog() -> None:
    chat = bij("soort").zegt("a", "b", "c")
    assert geparkeerd(chat.stand) is not None
    nacht = bij("kinderen")
    nacht.wereld = replace(nacht.wereld, vorige_op=NU - timedelta(hours=13))
    assert geparkeerd(nacht.zegt("en nu").stand) == Stand("maken", "kinderen", HEEL)
    assert chat.tikt("werk", "menu.menu").gezegd[:2] == ["algemeen.verder", "maken.soort"]


def test_wie_geen_collega_meer_is() -> None:
    for wereld in (ouder(), medewerker(wie=Wie.ONBEKEND, kantoor=None)):
        uit = antwoord(Stand("maken", "overzicht", HEEL), knop("maken.overzicht:opslaan"), wereld)
        assert uit.effecten == ()
        assert antwoord(Stand("maken", "titel", HEEL), tekst("Koffie"), wereld).stand != Stand("maken", "titel", HEEL)
    assert sleutels(antwoord(None, tekst("/nieuw"), ouder()).berichten) == ["team.geen_team"]


stappen = [s.id for s in MAKEN.stappen if isinstance(s, Kies | Vraag)]
daden = st.one_of(
    st.sampled_from(["terug", "laat", "over", "verder", "anders", "weg", "nee", "plek", "titel", "u1", "a1"]).map(
        lambda k: ("tik", k)
    ),
    st.sampled_from(["8 december", "half tien", "90", "de tuin", "12", "x" * 4096, "/menu", "31 februari"]).map(
        lambda w: ("zeg", w)
    ),
    st.just(("anders", "team.vraag:antwoord:5")),
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(stappen), st.lists(daden, max_size=15))
def test_wat_ingevuld_is_gaat_nooit_verloren(stap: str, wat: list[tuple[str, str]]) -> None:
    """Whatever one does, short of throwing it away or emptying a field: every field that was full stays full."""
    chat = bij(stap)
    vol = {k for k, w in HEEL.items() if w}
    for hoe, waarde in wat:
        if hoe == "anders":
            chat._doe(Invoer(Soort.KNOP, waarde))
        elif chat.stand is not None:
            chat.tikt(waarde) if hoe == "tik" else chat.zegt(waarde)
        nu = chat.stand if chat.stand and chat.stand.flow == "maken" else geparkeerd(chat.stand)
        if any(isinstance(e, ActiviteitMaken) for e in chat.uit.effecten):
            return
        assert nu is not None
        assert {k for k in vol if nu.antwoorden.get(k)} == vol
        assert len(json.dumps(dict(chat.stand.antwoorden if chat.stand else {}))) < 6000


def test_elke_flow_die_blijft_is_van_het_team() -> None:
    assert {f.id for f in FLOWS.values() if f.blijft} <= {f.id for f in FLOWS.values() if f.van_team}
    assert APART not in HEEL
