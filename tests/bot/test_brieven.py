"""The list and the letters on paper, and how a file comes into a chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import brieven
from bot.bestanden import maak_bestanden, naam_van
from bot.brieven import maak
from bot.links import Links
from bot.weergeven import weergave
from dialogen.basis import Bericht, Tekst
from dialogen.teksten import talen
from opslag import gesprekken
from opslag.berichten import bericht_json, lees_bericht
from opslag.brieven import Geadresseerde, Post
from opslag.database import Database
from tests.speler import VERMOGEN, Speler

LINKS = Links("https://inloop.example", lambda: "InloopBot")
POST = Post(
    "Koffie", "Bouwen met je kind", datetime(2026, 12, 8, 8, 30, tzinfo=UTC), datetime(2026, 12, 8, 9, 30, tzinfo=UTC),
    "de hal", "Juf Noor", True, 1, "De Regenboog", "Europe/Amsterdam", (),
)  # fmt: skip


def aan(nummer: int, naam: str = "Amal", rol: str = "moeder", taal: str = "nl") -> Geadresseerde:
    return Geadresseerde(nummer, nummer, naam, rol, taal, "Vlinders")


def gezegd(monkeypatch: pytest.MonkeyPatch, *wie: Geadresseerde, **anders: Any) -> tuple[list[str], bytes]:
    """Every line on the paper, and the paper."""
    regels: list[str] = []
    echt = brieven._zeg

    def zeg(pdf: Any, tekst: str, *args: Any, **kwargs: Any) -> None:
        regels.append(tekst)
        echt(pdf, tekst, *args, **kwargs)

    monkeypatch.setattr(brieven, "_zeg", zeg)
    return regels, maak(replace(POST, aan=wie, **anders), {w.ouder_id: f"code-{w.ouder_id}" for w in wie}, LINKS)


def test_een_lijst_en_een_blad_per_ouder() -> None:
    wie = tuple(aan(n) for n in range(1, 4))
    inhoud = maak(replace(POST, aan=wie), {w.ouder_id: "abc" for w in wie}, LINKS)
    assert inhoud.startswith(b"%PDF")
    assert inhoud.count(b"/Type /Page\n") == 4


def test_vaders_hebben_hun_eigen_woorden(monkeypatch: pytest.MonkeyPatch) -> None:
    regels, _ = gezegd(monkeypatch, aan(1, "Karim", "vader"))
    assert "☕ Bouwen met je kind" in regels
    assert any("jij bent belangrijk voor je kind" in r for r in regels)
    regels, _ = gezegd(monkeypatch, aan(1))
    assert "☕ Koffie" in regels
    assert not any("belangrijk" in r for r in regels)


def test_wat_wanneer_en_waar_en_dat_nee_mag(monkeypatch: pytest.MonkeyPatch) -> None:
    tekst = "\n".join(gezegd(monkeypatch, aan(1, naam=""))[0])
    for stuk in ("dinsdag 8 december", "09:30 tot 10:30", "de hal", "Nee zeggen mag", "Je bent welkom!", "☐ Ik kom"):
        assert stuk in tekst
    assert "Kinderen mogen mee" in tekst
    assert "Kinderen" not in "\n".join(gezegd(monkeypatch, aan(1), kinderen_welkom=False)[0])


@pytest.mark.parametrize("taal", talen())
def test_de_eigen_taal_staat_erbij_waar_de_letter_het_kan(monkeypatch: pytest.MonkeyPatch, taal: str) -> None:
    """Latin, Cyrillic and Arabic can be written; Tigrinya cannot, and then there is only the plain Dutch."""
    regels, inhoud = gezegd(monkeypatch, aan(1, taal=taal))
    eigen = brieven._woorden(POST, "brief.eigen_taal", taal)
    assert (eigen in regels) == (taal not in {"nl", "ti"})
    assert inhoud.startswith(b"%PDF")


def test_een_vreemde_naam_breekt_niets() -> None:
    for naam in ("<b>&", "王芳", "{link} %s", "x" * 100, "የሺ", "\u202eomgekeerd"):
        assert maak(replace(POST, aan=(aan(1, naam),)), {1: "abc"}, LINKS).startswith(b"%PDF")


def test_een_bestand_reist_als_naam_door_het_postvak() -> None:
    bericht = Bericht((Tekst("brieven.hier", {"aantal": 2}),), bestand="brieven:3")
    terug = lees_bericht(bericht_json(bericht))
    assert terug == bericht
    assert weergave(terug, "nl", VERMOGEN).bestand == naam_van("brieven:3") == "lijst-en-brieven.pdf"
    assert weergave(Bericht((Tekst("brieven.niemand"),)), "nl", VERMOGEN).bestand == ""


async def test_het_bestand_wordt_gemaakt_voor_wie_het_dan_mag(db: Database) -> None:
    s = Speler(db)
    noor, amal = s.collega("Noor"), s.ouder("Amal")
    koffie = s.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    s.menigte(2, "Vlinders", "Koffie", 1)
    with db.transactie() as sessie:
        van_noor, van_amal = (gesprekken.kijk(sessie, wie.sleutel) for wie in (noor, amal))
    assert van_noor is not None
    assert van_amal is not None
    bestanden = maak_bestanden(db, LINKS, lambda: s.nu)
    gemaakt = await bestanden(van_noor.nummer, f"brieven:{koffie}")
    assert gemaakt is not None
    assert gemaakt.inhoud.count(b"/Type /Page\n") == 3
    assert await bestanden(van_amal.nummer, f"brieven:{koffie}") is None
    for vals in ("brieven:999", "brieven:x", "anders:1", ""):
        assert await bestanden(van_noor.nummer, vals) is None


def test_links_naar_de_bot_of_naar_de_browser() -> None:
    zonder = Links("https://inloop.example")
    assert LINKS.start("abc") == "https://t.me/InloopBot?start=abc"
    assert (zonder.start("abc"), zonder.deur("abc")) == (
        "https://inloop.example/chat/abc",
        "https://inloop.example/hier/abc",
    )
    bericht = Bericht((Tekst("presentie.deur", {"pad": "/deur/1-x"}), Tekst("knop.ja")))
    assert zonder.vul(bericht).teksten[0].gegevens["link"] == "https://inloop.example/deur/1-x"
    assert zonder.vul(bericht).teksten[1] == Tekst("knop.ja")
