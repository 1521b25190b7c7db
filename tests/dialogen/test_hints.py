"""Hints: words with their look-alikes, figures, long sentences, and when few are free. Sixty whole invitations stand in
``uitnodigingen.toml``; what is found there is the table of docs/hints.md (tests/docs/test_hints.py)."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from dialogen.hints import GENOEG, MEEST, VOLGORDE, Hint, alle, dagdeel, hints, patroon, woordenlijst, zoek
from dialogen.kantoor import Activiteit
from dialogen.teksten import velden, woorden
from tests.dialogen.uitnodigingen import NU, ZONE, tellen

GOED = Activiteit(
    1, 1, "Koffie voor ouders", "koffieochtend", "Elkaar leren kennen", NU + timedelta(days=20), 90, "de hal",
    gevraagd="Kom maar kijken.", groepen=(1,),
)  # fmt: skip


def codes(activiteit: Activiteit) -> list[str]:
    return [h.code for h in alle(activiteit, (), NU, ZONE)]


def gevonden(code: str, tekst: str) -> list[str]:
    return list(zoek(woordenlijst()[code], tekst))


def test_een_goede_uitnodiging_krijgt_geen_hint() -> None:
    assert codes(GOED) == []


@pytest.mark.parametrize(
    ("code", "tekst", "woorden"),
    [
        ("moeder", "De Moederochtenden zijn terug", ["Moederochtenden"]),
        ("moeder", "Leesmoeders en klassenmoeder gezocht", ["Leesmoeders", "klassenmoeder"]),
        ("moeder", "Koffie voor moeders", ["moeders"]),
        ("moeder", "Kom, mama's!", ["mama's"]),
        ("moeder", "De verkeersbrigademoeder", ["verkeersbrigademoeder"]),
        ("moeder", "Moeder-kind-uurtje", ["Moeder-kind-uurtje"]),
        ("beeld", "Bier en voetbal", ["Bier en voetbal"]),
        ("beeld", "Voor de Marokkaanse vaders", ["Marokkaanse vaders"]),
        ("beeld", "Echte mannen timmeren", ["Echte mannen"]),
        ("achterstand", "Kinderen met taalachterstanden", ["taalachterstanden"]),
        ("achterstand", "Voor laaggeletterden en lager opgeleide ouders", ["laaggeletterden", "lager opgeleide"]),
        ("boodschapper", "Zeg het ook even tegen je man.", ["Zeg het ook even tegen je man"]),
        ("boodschapper", "Neem je partner mee", ["Neem je partner"]),
        ("druk", "Je moet komen, dat is verplicht", ["moet", "verplicht"]),
        ("druk", "Wij verwachten u", ["Wij verwachten"]),
        ("lezen", "Lees de bijlage", ["Lees de bijlage"]),
        ("lezen", "Vul het formulier in", ["Vul het formulier in"]),
        ("moeilijk", "Wilt u participeren?", ["participeren"]),
        ("moeilijk", "Gesloten i.v.m. het feest", ["i.v.m."]),
        ("moeilijk", "Dit vindt morgen plaats", ["vindt morgen plaats"]),
    ],
)
def test_vindt(code: str, tekst: str, woorden: list[str]) -> None:
    assert gevonden(code, tekst) == woorden


@pytest.mark.parametrize(
    ("code", "tekst"),
    [
        ("moeder", "In je moedertaal"),
        ("moeder", "Moederdag"),
        ("moeder", "Grootmoeders en grootvaders"),
        ("moeder", "Vaders, moeders en andere verzorgers"),
        ("moeder", "Mamoet en mammoet"),
        ("beeld", "Voetballen op het plein"),
        ("beeld", "Nederlandse les voor ouders"),
        ("achterstand", "Achter de school staan stoelen"),
        ("boodschapper", "Zeg maar wat je wilt drinken"),
        ("boodschapper", "Vertel over het werk van je vader"),
        ("druk", "Meedoen is niet verplicht, je moet niets"),
        ("lezen", "De juf leest voor"),
        ("moeilijk", "Aanmelden hoeft niet"),
        ("moeilijk", "Thuis op een echte trap"),
    ],
)
def test_laat_met_rust(code: str, tekst: str) -> None:
    assert gevonden(code, tekst) == []


@pytest.mark.parametrize(
    ("tekst", "getal"),
    [
        ("Feest op 8-12", "8-12"),
        ("Feest op 8/12/2026!", "8/12/2026"),
        ("Feest (8.12.26)", "8.12.26"),
        ("Kom om half tien", "half tien"),
        ("kwart over negen begint het", "kwart over negen"),
        ("om tien voor half 9", "tien voor half 9"),
        ("om 9u30", "9u30"),
        ("van 2-4 jaar", ""),
        ("groep 1-2", ""),
        ("groep 1/2", ""),
        ("een half uur", ""),
        ("5-10 minuten", ""),
        ("om 09:30", ""),
        ("om 8.12 uur", ""),
        ("bel 06-12345678", ""),
        ("40-12", ""),
        ("8-13", ""),
    ],
)
def test_datum_en_tijd_in_cijfers(tekst: str, getal: str) -> None:
    hint = next((h for h in alle(replace(GOED, titel=tekst), (), NU, ZONE) if h.code == "getal"), None)
    assert (hint.woorden[0] if hint else "") == getal


def test_een_lange_zin_is_er_een_van_dertien_woorden() -> None:
    twaalf = "een twee drie vier vijf zes zeven acht negen tien elf twaalf"
    assert codes(replace(GOED, gevraagd=twaalf)) == []
    assert codes(replace(GOED, gevraagd=f"{twaalf}. {twaalf}.")) == []
    (hint,) = alle(replace(GOED, gevraagd=f"Kort. {twaalf} dertien!"), (), NU, ZONE)
    assert (hint.code, hint.veld, hint.teksten[0].gegevens) == (
        "lang", "gevraagd", {"zin": "een twee drie vier", "aantal": 13},
    )  # fmt: skip


def test_elk_veld_waar_ouders_lezen_en_het_doel_alleen_voor_hoe_we_over_mensen_spreken() -> None:
    assert codes(replace(GOED, doel="Participatie en educatie zijn verplicht")) == []
    (hint,) = alle(replace(GOED, doel="Moeders met een achterstand bereiken"), (), NU, ZONE)[:1]
    assert (hint.code, hint.veld, hint.woorden) == ("achterstand", "doel", ("achterstand",))
    assert codes(replace(GOED, titel_vaders="Bier en voetbal")) == ["beeld"]
    assert codes(replace(GOED, plek="de multifunctionele ruimte")) == ["moeilijk"]
    assert codes(replace(GOED, soort="moederochtend")) == ["moeder"]


def test_een_precies_woord_gaat_voor_een_ruim_woord() -> None:
    (hint,) = alle(replace(GOED, titel="Voorleesmoeder gezocht"), (), NU, ZONE)
    assert hint.teksten[0].gegevens["beter"] == "voorleesouder"


def test_van_moeilijke_woorden_staan_er_drie_bij_elkaar() -> None:
    (hint,) = alle(replace(GOED, titel="Indien gewenst tevens gedurende en thans"), (), NU, ZONE)
    assert hint.woorden == ("Indien gewenst", "tevens", "gedurende", "thans")
    assert hint.teksten[0].gegevens["lijst"] == "Indien gewenst → als je wilt, tevens → ook, gedurende → tijdens"


@pytest.mark.parametrize(("dagen", "kort"), [(13, True), (14, False), (15, False), (0, True)])
def test_veertien_dagen_zijn_dagen_op_de_kalender(dagen: int, kort: bool) -> None:
    """Late in the evening for a morning two weeks on is fourteen days, whatever the hours."""
    avond = datetime(2026, 10, 17, 22, 30, tzinfo=ZoneInfo(ZONE))  # the clock goes back in between
    begin = (avond + timedelta(days=dagen)).replace(hour=9)
    gevonden = alle(replace(GOED, begin=begin.astimezone(UTC)), (), avond.astimezone(UTC), ZONE)
    assert [h.code for h in gevonden] == ["kort_dag"] * kort


def test_zonder_wat_we_vragen() -> None:
    assert codes(replace(GOED, gevraagd=" ")) == ["gevraagd"]


def _tijd(begin: datetime, *, voor: str = "iedereen", **wie: dict[str, int]) -> tuple[Hint, ...]:
    tellingen = [t for rol, vrij in wie.items() for t in tellen(rol, **vrij)]
    return alle(replace(GOED, begin=begin), tellingen, NU, ZONE, voor=voor)


OCHTEND = datetime(2026, 12, 8, 8, 30, tzinfo=UTC)


def test_weinig_vaders_kunnen_dan() -> None:
    (hint,) = _tijd(OCHTEND, vader={"ochtend": 3, "avond": 7}, moeder={"ochtend": 9})
    assert (hint.code, hint.veld, hint.woorden) == ("tijd", "begin", ("vader",))
    assert [(t.sleutel, t.gegevens) for t in hint.teksten] == [
        ("hint.tijd.vader", {"aantal": 3, "totaal": 10}),
        ("hint.liever.avond", {"aantal": 7}),
    ]


def test_weinig_vaders_en_weinig_moeders() -> None:
    (hint,) = _tijd(OCHTEND, vader={"avond": 5}, moeder={"middag": 6, "ochtend": 1})
    assert [t.sleutel for t in hint.teksten] == [
        "hint.tijd.vader", "hint.liever.avond", "hint.tijd.moeder", "hint.liever.middag",
    ]  # fmt: skip


def test_de_helft_is_niet_weinig_en_vier_is_te_weinig_om_te_tellen() -> None:
    assert _tijd(OCHTEND, vader={"ochtend": 5, "avond": 5}) == ()
    assert _tijd(OCHTEND, vader={"avond": GENOEG - 1, "nooit": 20}) == ()
    assert _tijd(OCHTEND, ander={"avond": 20}) == ()


def test_wie_niet_wordt_uitgenodigd_telt_niet_mee() -> None:
    moeders = tellen("moeder", avond=8)
    assert _tijd(OCHTEND, voor="vaders,avond", moeder={"avond": 8}) == ()
    for anders in ({"groepen": frozenset({2})}, {"stand": "gestopt"}):
        assert alle(replace(GOED, begin=OCHTEND), [replace(t, **anders) for t in moeders], NU, ZONE) == ()
    assert len(alle(replace(GOED, begin=OCHTEND, groepen=()), moeders, NU, ZONE)) == 1


@pytest.mark.parametrize(
    ("lokaal", "deel"),
    [("2026-12-08T11:59", "ochtend"), ("2026-12-08T12:00", "middag"), ("2026-12-08T16:59", "middag"),
     ("2026-12-08T17:00", "avond"), ("2026-12-12T09:30", "weekend"), ("2026-12-13T20:00", "weekend")],
)  # fmt: skip
def test_dagdeel(lokaal: str, deel: str) -> None:
    assert dagdeel(datetime.fromisoformat(lokaal).replace(tzinfo=ZoneInfo(ZONE))) == deel


VEEL = replace(
    GOED,
    titel="Moederochtend met bier en voetbal, verplicht",
    gevraagd="Lees de bijlage. Kom op 8-12, indien gewenst. Zeg het tegen je man.",
    doel="Iets aan de achterstand doen",
    begin=NU + timedelta(days=3),
)


def test_een_handvol_en_wie_er_een_laat_ziet_de_volgende() -> None:
    gezien = hints(VEEL, (), NU, ZONE)
    assert [h.code for h in gezien] == ["beeld", "achterstand", "moeder", "boodschapper", "druk"]
    assert len(gezien) == MEEST
    verder = hints(VEEL, (), NU, ZONE, laten={"beeld", "moeder"})
    assert [h.code for h in verder] == ["achterstand", "boodschapper", "druk", "lezen", "kort_dag"]
    assert hints(VEEL, (), NU, ZONE, laten=VOLGORDE) == ()


def test_elke_hint_heeft_woorden_en_elk_woord_een_reden() -> None:
    for hint in alle(VEEL, (), NU, ZONE):
        for tekst in hint.teksten:
            assert set(tekst.gegevens) == velden(tekst.sleutel), tekst.sleutel
    for code, soort in woordenlijst().items():
        assert code in VOLGORDE
        assert all(w.beter and w.waarom.endswith(".") and len(w.waarom) <= 80 for w in soort.woorden), code


def test_elk_woord_van_de_lijst_wordt_door_zichzelf_gevonden() -> None:
    """Every way to write a word is reached by its own pattern: none is a typing slip that never fires."""
    inhoud = tomllib.loads(resources.files("dialogen.teksten").joinpath("hints.toml").read_text("utf-8"))
    for code, deel in inhoud.items():
        for geschreven in deel["woorden"]:
            for manier in geschreven.split(","):
                tekst = " ".join(d.split("|")[0] for d in manier.split() if d != "…").replace("*", "")
                assert gevonden(code, tekst), (code, tekst)
                assert patroon(geschreven).search(tekst)


OUDERS = ("algemeen.", "kennismaken.", "uitnodiging.", "afmelden.", "reden.", "erbij.", "mens.", "stoppen.")


def test_de_bot_houdt_zich_zelf_aan_de_lijst() -> None:
    """What parents read from us gets no hint. "Ik moet werken" is the parent who speaks."""
    gehoord = {
        (code, sleutel)
        for sleutel, tekst in woorden("nl").items()
        if sleutel.startswith(OUDERS)
        for code in woordenlijst()
        if gevonden(code, tekst.replace("{locatie}", ""))
    }
    assert gehoord == {("druk", "reden.WERK")}
