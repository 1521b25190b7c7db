"""Bytes that are kept once, and what the platforms call them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from opslag import bijlagen
from opslag.bijlagen import MEEST, Bewaard
from opslag.database import Database
from opslag.tabellen import bijlage

NU = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
OGG, PNG = b"OggS een noot", b"\x89PNG een plaat"


def test_dezelfde_bytes_staan_er_een_keer(db: Database) -> None:
    with db.transactie() as sessie:
        namen = [bijlagen.bewaar(sessie, "geluid", OGG, NU + timedelta(days=n), 2_400) for n in range(3)]
        foto = bijlagen.bewaar(sessie, "beeld", PNG, NU)
        assert namen == [bijlagen.hash_van(OGG)] * 3
        assert sessie.scalar(sa.select(sa.func.count()).select_from(bijlage)) == 2
        assert bijlagen.haal(sessie, namen[0]) == Bewaard(namen[0], "geluid", OGG, 2_400)
        assert bijlagen.haal(sessie, foto) == Bewaard(foto, "beeld", PNG)
        assert bijlagen.haal(sessie, "f" * 64) is None


@pytest.mark.parametrize("inhoud", [b"", bytes(MEEST + 1)], ids=["nothing", "too much"])
def test_niets_en_te_veel_wordt_niet_bewaard(db: Database, inhoud: bytes) -> None:
    with db.transactie() as sessie, pytest.raises(ValueError, match="een bijlage is"):
        bijlagen.bewaar(sessie, "beeld", inhoud, NU)


def test_een_bestand_hoort_bij_een_account(db: Database) -> None:
    with db.transactie() as sessie:
        bijlagen.onthoud(sessie, "telegram", "1", {"a": "AgAC-a", "b": "AgAC-b", "leeg": "", "lang": "x" * 257}, NU)
        bijlagen.onthoud(sessie, "telegram", "2", {"a": "AgAC-ander"}, NU)
        bijlagen.onthoud(sessie, "telegram", "1", {}, NU)
        gevraagd = ["a", "b", "c", "a", "leeg", "lang"]
        assert bijlagen.platform(sessie, "telegram", "1", gevraagd) == {"a": "AgAC-a", "b": "AgAC-b"}
        assert bijlagen.platform(sessie, "telegram", "2", gevraagd) == {"a": "AgAC-ander"}
        assert bijlagen.platform(sessie, "web", "1", gevraagd) == {}


def test_een_nieuwer_bestand_gaat_voor_en_wordt_niet_met_het_oude_vergeten(db: Database) -> None:
    with db.transactie() as sessie:
        for bestand in ("oud", "nieuw"):
            bijlagen.onthoud(sessie, "telegram", "1", {"a": bestand}, NU)
        bijlagen.vergeet(sessie, "telegram", "1", "a", "oud")
        assert bijlagen.platform(sessie, "telegram", "1", ["a"]) == {"a": "nieuw"}
        bijlagen.vergeet(sessie, "telegram", "1", "a", "nieuw")
        assert bijlagen.platform(sessie, "telegram", "1", ["a"]) == {}
