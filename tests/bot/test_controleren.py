"""What ``inloop controleer`` finds in the catalogues, one fault at a time."""

from __future__ import annotations

import pytest

from bot import controleren, gebruik
from bot.controleren import dekking, labels, tekstfouten, zonder_geluid
from dialogen.teksten import Blok, catalogus, talen, woorden

BRON = {
    "knop.ja": Blok("knop.ja", ("✅ Ja",), merk="checked"),
    "groet": Blok("groet", ("Dag {naam}",), merk="checked"),
    "telt": Blok("telt", ("{n} ouder van {naam}", "{n} ouders van {naam}"), "n", "checked"),
}
POOLS = ("{n} rodzic {naam}", "{n} rodzice {naam}", "{n} rodziców {naam}")


@pytest.mark.parametrize(
    ("blok", "fout"),
    [
        (Blok("knop.ja", ("✅ Tak",), merk="machine"), ""),
        (Blok("knop.ja", ("✅ Tak",)), "geen merk"),
        (Blok("knop.ja", ("✅ Oczywiście, że tak!",), merk="machine"), "21 UTF-16-eenheden, hooguit 20"),
        (Blok("weg", ("x",), merk="machine"), "is er in het Nederlands niet"),
        (Blok("groet", ("Cześć {imie}",), merk="machine"), "heeft ['imie'], het Nederlands ['naam']"),
        (Blok("groet", ("Cześć",), merk="machine"), "heeft [], het Nederlands ['naam']"),
        (Blok("groet", ("Cześć {naam} {}",), merk="machine"), "heeft ['', 'naam']"),
        (Blok("groet", ("Cześć {naam",), merk="machine"), "kapotte accolade"),
        (Blok("groet", ("Cześć {naam}}",), merk="machine"), "kapotte accolade"),
        (Blok("telt", POOLS, "n", "machine"), ""),
        (Blok("telt", ("jeden rodzic {naam}", *POOLS[1:]), "n", "machine"), ""),
        (Blok("telt", ("jeden rodzic", *POOLS[1:]), "n", "machine"), "heeft [], het Nederlands ['n', 'naam']"),
        (Blok("telt", (*POOLS[:2], "rodziców {naam}"), "n", "machine"), "heeft ['naam']"),
        (Blok("telt", POOLS[:2], "n", "machine"), "2 van de 3 vormen"),
        (Blok("telt", (POOLS[2],), "", "machine"), "telt niets, het Nederlands n"),
        (Blok("groet", ("a {naam}", "b {naam}", "c {naam}"), "naam", "machine"), "telt naam, het Nederlands niets"),
    ],
)
def test_een_tekst(blok: Blok, fout: str) -> None:
    gevonden = list(tekstfouten("pl", blok, BRON, 20 if blok.sleutel == "knop.ja" else None))
    assert len(gevonden) == bool(fout)
    assert fout in "".join(gevonden)


def test_wat_ontbreekt_en_wat_niemand_zegt(monkeypatch: pytest.MonkeyPatch) -> None:
    extra = Blok("algemeen.dit_zegt_niemand", ("x",), merk="checked")
    monkeypatch.setattr(
        controleren, "catalogus", lambda t: {**catalogus(t), extra.sleutel: extra} if t == "nl" else catalogus(t)
    )
    assert list(controleren.fouten()) == [
        f"nl: {extra.sleutel!r} wordt nergens gezegd; haal de tekst weg",
        *(f"{taal}: {extra.sleutel!r} ontbreekt" for taal in talen()[1:]),
    ]


def test_wat_samengesteld_wordt_is_gebruikt() -> None:
    assert gebruik.ongebruikt(
        ["reden.WERK", "reden.WERK.antwoord", "taal.rif", "uitnodiging.kom.ja", "web.titel.x"]
    ) == ["web.titel.x"]


def test_een_rij_van_een_lijst_mag_langer_zijn() -> None:
    lang = labels()
    assert (lang["knop.ja"], lang["dagdeel.avond"], lang["maken.doel.spelen"]) == (20, 18, 24)
    assert "kennismaken.welkom" not in lang


@pytest.mark.parametrize(
    ("tekst", "fout"),
    [
        ("Goedemorgen 👋", ""),
        ("🌈🌈", "is niet te horen"),
        ("😀", ""),
        ("العربية", "is niet te horen"),
        ("Dag {naam}, kijk op https://x.example/{code}", "wat in {code} komt"),
    ],
)
def test_een_tekst_zonder_gesproken_tweeling(tekst: str, fout: str) -> None:
    gevonden = list(zonder_geluid("nl", Blok("x.y", (tekst,))))
    assert [fout in een for een in gevonden] == ([True] if fout else [])


def test_dekking() -> None:
    for d in dekking():
        assert (d.teksten, d.van) == (len(woorden("nl")),) * 2
        assert d.nagekeken == (d.van if d.taal == "nl" else d.nagekeken)
