"""The motor on small flows of its own, and on the real ones where the words matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from dialogen import motor, stappen
from dialogen.basis import Antwoord, Invoer, Knop, Rol, Soort, Stand, Tekst, Wereld
from dialogen.effecten import Afmelden, Effect, Instellen, RedenVertellen
from dialogen.effecten_team import VraagBeantwoorden
from dialogen.flows import FLOWS
from dialogen.stappen import Flow, Keuze, Kies, Klaar, Optie, Tak, Vraag, Wissel, Zeg, Zin
from dialogen.teksten import zin
from tests.dialogen.werelden import NU, medewerker, ouder, sleutels, tekst, uitnodiging

WERELD = Wereld(NU, naam="Amal")


class _Woorden(dict[str, str]):
    """Any key has words: the key itself."""

    def __missing__(self, sleutel: str) -> str:
        return "{naam}" if sleutel.endswith("groet") else sleutel.rpartition(".")[2]

    def __contains__(self, sleutel: object) -> bool:
        return True

    def get(self, sleutel: str, anders: object = None) -> str:
        return self[sleutel]


@pytest.fixture
def proef(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Flow]:
    """Two small flows whose words are their keys."""
    woorden = _Woorden()
    monkeypatch.setattr(stappen, "woorden", lambda _taal: woorden)
    monkeypatch.setattr(motor, "zin", lambda _taal, sleutel: woorden[sleutel])
    monkeypatch.setattr(motor, "velden", lambda sleutel: frozenset({"naam"} if sleutel.endswith("groet") else ()))
    eerste = Flow(
        "eerste",
        (
            Zeg("groet", "soort"),
            Kies("soort", (Keuze("thee", "hoeveel", _zet("thee")), Keuze("koffie", "tweede.suiker"))),
            Vraag("hoeveel", _HOEVEEL, _lees, effect=_zet("hoeveel"), keuzes=(Keuze("weg", "weg"),)),
            Klaar("veel"),
            Klaar("weinig"),
            Klaar("weg", zegt=()),
        ),
    )
    tweede = Flow(
        "tweede",
        (
            Kies("suiker", (Keuze("klaar", "op"), _aan("wit"), _aan("bruin")), overal=True, vrij="op"),
            Kies("lijst", (Keuze("terug", "op"),), bron=_opties, bron_naar="op", bron_effect=_zet("lijst")),
            Klaar("op", zegt=(Zin("tweede.op", lambda w, _: bool(w.naam)),), effect=_zet("op")),
        ),
        ingangen=("lijst",),
    )
    return {"eerste": eerste, "tweede": tweede}


def _zet(naam: str) -> stappen.Effecten:
    def effect(_wereld: Wereld, stand: Stand) -> list[Effect]:
        return [Instellen(naam=f"{naam}:{stand.antwoorden.get(stand.stap, '')}")]

    return effect


def _lees(invoer: Invoer) -> str | None:
    return invoer.waarde if invoer.waarde.isdigit() else None


def _aan(id_: str) -> Keuze:
    return Keuze(id_, "suiker", aanzetten=True)


def _opties(_wereld: Wereld, _stand: Stand) -> list[Optie]:
    return [Optie("7", "Zeven"), Optie("2", "Twee")]


_HOEVEEL = Wissel((Tak("veel", lambda _w, s: int(s.antwoorden["hoeveel"]) > 2, "veel"),), "weinig")


def test_zegt_door_tot_iemand_moet_antwoorden(proef: Mapping[str, Flow]) -> None:
    uit = motor.begin(proef, "eerste", WERELD)
    assert uit.stand == Stand("eerste", "soort")
    assert uit.berichten[0].teksten == (Tekst("eerste.groet", {"naam": "Amal"}), Tekst("eerste.soort"))
    thee, koffie = (Knop(f"eerste.soort:{k}", Tekst(f"eerste.soort.{k}")) for k in ("thee", "koffie"))
    assert uit.berichten[0].knoppen == (thee, koffie)
    assert uit.effecten == ()


def test_een_keuze_onthoudt_en_doet(proef: Mapping[str, Flow]) -> None:
    uit = motor.kies(proef, Stand("eerste", "soort", missers=2), "thee", WERELD)
    assert uit.stand == Stand("eerste", "hoeveel", {"soort": "thee"})
    assert uit.effecten == (Instellen(naam="thee:thee"),)


def test_naar_een_andere_flow(proef: Mapping[str, Flow]) -> None:
    uit = motor.kies(proef, Stand("eerste", "soort"), "koffie", WERELD)
    assert uit.stand == Stand("tweede", "suiker", {"soort": "koffie"})


@pytest.mark.parametrize(("getypt", "einde"), [("3", "eerste.veel"), ("1", "eerste.weinig")])
def test_woorden_met_een_wissel(proef: Mapping[str, Flow], getypt: str, einde: str) -> None:
    uit = motor.vervolg(proef, Stand("eerste", "hoeveel"), tekst(getypt), WERELD)
    assert sleutels(uit.berichten) == [einde]
    assert uit.stand is None
    assert uit.effecten == (Instellen(naam=f"hoeveel:{getypt}"),)


def test_een_stil_einde_zegt_niets(proef: Mapping[str, Flow]) -> None:
    uit = motor.vervolg(proef, Stand("eerste", "hoeveel"), tekst("weg"), WERELD)
    assert uit.berichten == ()
    assert uit.stand is None


def test_missers_tellen_en_een_goed_antwoord_wist_ze(proef: Mapping[str, Flow]) -> None:
    een = motor.vervolg(proef, Stand("eerste", "hoeveel"), tekst("veel"), WERELD)
    assert een.stand == Stand("eerste", "hoeveel", missers=1)
    assert sleutels(een.berichten)[:2] == ["algemeen.misser_vraag", "eerste.hoeveel"]
    twee = motor.vervolg(proef, een.stand, Invoer(Soort.SPRAAK, "x"), WERELD)
    assert twee.stand is not None
    assert twee.stand.missers == 2
    goed = motor.vervolg(proef, Stand("eerste", "soort", missers=2), tekst("thee"), WERELD)
    assert goed.stand is not None
    assert goed.stand.missers == 0


def test_drie_missers_worden_een_mens() -> None:
    uit = motor.vervolg(FLOWS, Stand("uitnodiging", "aantal", {"over": "7"}, 2), tekst("veel"), ouder(uitnodiging()))
    assert sleutels(uit.berichten) == ["mens.komt", "vraag.haast"]
    assert uit.stand is None


def test_aan_en_uit_en_klaar(proef: Mapping[str, Flow]) -> None:
    stand = Stand("tweede", "suiker")
    een = motor.kies(proef, stand, "wit", WERELD)
    assert een.stand == Stand("tweede", "suiker", {"suiker": "wit"})
    assert een.berichten[0].vervangt
    assert een.berichten[0].knoppen[1] == Knop("tweede.suiker:-wit", Tekst("knop.aan", {"label": "wit"}))
    assert motor.kies(proef, een.stand, "wit", WERELD) == een, "dezelfde tik is dezelfde tik"
    twee = motor.kies(proef, een.stand, "bruin", WERELD)
    assert twee.stand is not None
    assert twee.stand.antwoorden == {"suiker": "wit,bruin"}
    uit = motor.kies(proef, twee.stand, "-wit", WERELD)
    assert uit.stand is not None
    klaar = motor.kies(proef, uit.stand, "klaar", WERELD)
    assert klaar.stand is None
    assert klaar.effecten == (Instellen(naam="op:"),)


def test_eigen_woorden_naast_de_knoppen(proef: Mapping[str, Flow]) -> None:
    uit = motor.vervolg(proef, Stand("tweede", "suiker"), tekst("met honing"), WERELD)
    assert uit.stand is None
    gesproken = motor.vervolg(proef, Stand("tweede", "suiker"), Invoer(Soort.SPRAAK, "id-1"), WERELD)
    assert gesproken.stand is None


@pytest.mark.parametrize(
    ("getypt", "gekozen"),
    [("1", "lijst:7"), ("2", "lijst:2"), ("Zeven", "lijst:7"), ("twee", "lijst:2"), ("3", "op:")],
)
def test_een_getal_is_een_plaats_in_de_lijst(proef: Mapping[str, Flow], getypt: str, gekozen: str) -> None:
    """Not the number that happens to stand in the button: nobody sees that."""
    uit = motor.vervolg(proef, Stand("tweede", "lijst"), tekst(getypt), WERELD)
    eerste = uit.effecten[0]
    assert isinstance(eerste, Instellen)
    assert eerste.naam == gekozen


def test_een_keuze_die_er_niet_is(proef: Mapping[str, Flow]) -> None:
    uit = motor.kies(proef, Stand("tweede", "lijst"), "9", WERELD)
    assert sleutels(uit.berichten) == ["algemeen.niet_meer", "tweede.lijst"]
    assert uit.stand == Stand("tweede", "lijst")
    assert uit.effecten == ()


def test_herhalen_schrijft_niets(proef: Mapping[str, Flow]) -> None:
    uit = motor.herhaal(proef, Stand("tweede", "op"), WERELD, Tekst("algemeen.anders"))
    assert sleutels(uit.berichten) == ["algemeen.anders", "tweede.op"]
    assert uit.effecten == ()
    assert uit.stand == Stand("tweede", "op")


def test_een_stap_die_er_niet_meer_is_begint_opnieuw(proef: Mapping[str, Flow]) -> None:
    uit = motor.vervolg(proef, Stand("eerste", "weggehaald", {"over": "3"}), tekst("ja"), WERELD)
    assert sleutels(uit.berichten)[0] == "algemeen.opnieuw"
    assert uit.stand == Stand("eerste", "soort", {"over": "3"})


def test_een_flow_die_er_niet_meer_is(proef: Mapping[str, Flow]) -> None:
    uit = motor.vervolg(proef, Stand("weggehaald", "x"), tekst("ja"), WERELD)
    assert sleutels(uit.berichten) == ["algemeen.opnieuw"]
    assert uit.stand is None


def test_dezelfde_beurt_geeft_hetzelfde() -> None:
    wereld = ouder(uitnodiging())
    stand = Stand("uitnodiging", "kom", {"over": "7"})
    assert motor.kies(FLOWS, stand, "ja", wereld) == motor.kies(FLOWS, stand, "ja", wereld)


def test_knoppen_dragen_waar_het_over_gaat() -> None:
    uit = motor.herhaal(FLOWS, Stand("uitnodiging", "kom", {"over": "7"}), ouder(uitnodiging()))
    assert [k.data for k in uit.berichten[0].knoppen] == [f"uitnodiging.kom:{k}:7" for k in ("ja", "misschien", "nee")]


@pytest.mark.parametrize(
    ("getypt", "keuze"),
    [
        ("Ik kom", "ja"), ("✅ ik kom", "ja"), ("✅", "ja"), ("🤔", "misschien"), ("ja", "ja"), ("1", "ja"),
        ("٣", "nee"), ("geliyorum", "ja"), ("nee", "nee"), ("misschien", "misschien"),
        ("4", None), ("0", None), ("dinsdag", None),
    ],
)  # fmt: skip
def test_wat_woorden_kiezen(getypt: str, keuze: str | None) -> None:
    stand = Stand("uitnodiging", "kom", {"over": "7"})
    assert motor.gekozen(FLOWS, stand, tekst(getypt), ouder(uitnodiging())) == keuze


def test_een_beeld_dat_bij_meer_knoppen_staat_kiest_niets() -> None:
    assert motor.gekozen(FLOWS, Stand("kennismaken", "taal"), tekst("🔊"), WERELD) is None


@pytest.mark.parametrize("taal", ["tr", "ar", "pl", "ti"])
def test_labels_in_de_eigen_taal_en_in_het_nederlands(taal: str) -> None:
    wereld = ouder(uitnodiging(), taal=taal)
    stand = Stand("uitnodiging", "kom", {"over": "7"})
    for getypt in (zin(taal, "uitnodiging.kom.misschien"), "🤔 Misschien", "misschien"):
        assert motor.gekozen(FLOWS, stand, tekst(getypt), wereld) == "misschien"


def test_wat_aan_staat_kan_getypt_weer_uit() -> None:
    stand = Stand("kennismaken", "dagdelen", {"dagdelen": "avond"})
    assert motor.gekozen(FLOWS, stand, tekst("Avond"), WERELD) == "-avond"
    assert motor.gekozen(FLOWS, stand, tekst("🌙"), WERELD) == "-avond"
    assert motor.gekozen(FLOWS, stand, tekst("ochtend"), WERELD) == "ochtend"


# The real conversations, where losing words would hurt


def test_eigen_woorden_na_gemist_gaan_mee() -> None:
    stand = Stand("erbij", "gemist", {"over": "7"})
    uit = motor.vervolg(FLOWS, stand, tekst("De lift was kapot"), ouder(uitnodiging(over=timedelta(days=-1))))
    assert uit.effecten == (RedenVertellen(7, "De lift was kapot"),)
    assert uit.stand is not None
    assert "De lift was kapot" not in uit.stand.antwoorden.values(), "die woorden staan alleen bij de reden"


@pytest.mark.parametrize("stap", ["groep", "tijd", "praktisch", "anders", "vertel"])
def test_eigen_woorden_bij_een_reden(stap: str) -> None:
    wereld = ouder(uitnodiging(antwoord=Antwoord.NEE))
    for invoer, verwacht in (
        (tekst("Mijn werk"), RedenVertellen(7, "Mijn werk")),
        (Invoer(Soort.SPRAAK, "id-1"), RedenVertellen(7, "", "id-1")),
        (tekst("🎤 id-1"), RedenVertellen(7, "id-1")),
        (tekst("x" * 5000), RedenVertellen(7, "x" * 4096)),
    ):
        uit = motor.vervolg(FLOWS, Stand("afmelden", stap, {"over": "7"}), invoer, wereld)
        assert uit.effecten == (verwacht,)


def test_een_gesproken_antwoord_van_een_collega_gaat_niet_leeg_naar_de_ouder() -> None:
    stand = Stand("team", "antwoord", {"over": "5"})
    uit = motor.vervolg(FLOWS, stand, Invoer(Soort.SPRAAK, "id-1"), medewerker())
    assert uit.effecten == ()
    assert motor.vervolg(FLOWS, stand, tekst("Ja!"), medewerker()).effecten == (VraagBeantwoorden(5, "Ja!"),)


def test_de_tweede_collega_hoort_dat_het_al_gedaan_is() -> None:
    uit = motor.vervolg(FLOWS, Stand("team", "antwoord", {"over": "5"}), tekst("Ja!"), medewerker(open_vragen=()))
    assert uit.effecten == ()
    assert sleutels(uit.berichten) == ["team.beantwoord"]


@pytest.mark.parametrize(
    ("rol", "naam", "begroet"), [(Rol.VADER, "Karim", True), (Rol.VADER, "", False), (Rol.MOEDER, "Amal", False)]
)
def test_een_vader_wordt_bij_zijn_naam_genoemd(rol: Rol, naam: str, begroet: bool) -> None:
    wereld = replace(ouder(uitnodiging()), rol=rol, naam=naam)
    uit = motor.herhaal(FLOWS, Stand("uitnodiging", "kom", {"over": "7"}), wereld)
    assert ("uitnodiging.kom.vader" in sleutels(uit.berichten)) is begroet
    assert ("uitnodiging.kom" in sleutels(uit.berichten)) is not begroet


@pytest.mark.parametrize(
    ("eerst", "keuze", "veranderd"),
    [
        (Antwoord.GEEN, "ja", False), (Antwoord.MISSCHIEN, "ja", False), (Antwoord.WACHTLIJST, "ja", False),
        (Antwoord.JA, "ja", False), (Antwoord.NEE, "ja", True), (Antwoord.JA, "nee", True),
        (Antwoord.NEE, "nee", False), (Antwoord.JA, "misschien", True), (Antwoord.GEEN, "misschien", False),
        (Antwoord.MISSCHIEN, "nee", False),
    ],
)  # fmt: skip
def test_plan_veranderd(eerst: Antwoord, keuze: str, veranderd: bool) -> None:
    uit = motor.kies(FLOWS, Stand("uitnodiging", "kom", {"over": "7"}), keuze, ouder(uitnodiging(antwoord=eerst)))
    assert ("uitnodiging.veranderd" in sleutels(uit.berichten)) is veranderd


def test_nog_eens_ja_verandert_het_aantal_niet() -> None:
    wereld = ouder(uitnodiging(antwoord=Antwoord.JA, aantal=3))
    assert motor.kies(FLOWS, Stand("uitnodiging", "kom", {"over": "7"}), "ja", wereld).effecten == ()


def test_op_de_wachtlijst_alleen_als_het_nog_vol_is() -> None:
    vol = motor.kies(FLOWS, Stand("uitnodiging", "vol", {"over": "7"}), "ja", ouder(uitnodiging(vrij=0)))
    assert sleutels(vol.berichten) == ["uitnodiging.wachtlijst"]
    weer = motor.kies(FLOWS, Stand("uitnodiging", "vol", {"over": "7"}), "ja", ouder(uitnodiging(vrij=2)))
    assert sleutels(weer.berichten) == ["uitnodiging.ja", "uitnodiging.aantal"]
    een = motor.kies(FLOWS, Stand("uitnodiging", "vol", {"over": "7"}), "ja", ouder(uitnodiging(vrij=1)))
    assert sleutels(een.berichten) == ["uitnodiging.ja", "uitnodiging.tot"], "met één plek is er niets te vragen"


def test_nee_zegt_meteen_af() -> None:
    uit = motor.kies(FLOWS, Stand("uitnodiging", "kom", {"over": "7"}), "nee", ouder(uitnodiging()))
    assert uit.effecten == (Afmelden(7),)
