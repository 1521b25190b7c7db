"""One parent in Arabic who only listens, from hello to "gedaan": what stands on the screen, and of every sound what a
decoder says. Arabic has no computer voice, so that the voices are recordings (here: spoken by espeak-ng's Dutch and
Turkish voices, and taken in as a colleague's); what nobody recorded is text with pictograms.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.diensten import geluid
from bot.diensten.geluid import LANGST
from bot.diensten.stemproces import Stemproces
from bot.horen import NIETS, Horen, toon
from bot.kanalen.basis import Bijlage, Weergave
from bot.klaarzetten import luisteraar
from bot.stemmen import Stemmen
from bot.weergeven import weergave
from dialogen.basis import Bericht
from dialogen.opnames import woordhash
from dialogen.teksten import zin
from opslag import bijlagen, postvak
from opslag.berichten import lees_bericht
from opslag.database import Database, Sessie
from opslag.tabellen import gesproken, opname
from tests.speler import LINKS, VERMOGEN, Gezegd, Speler

VERSLAG = Path(__file__).with_name("luisteren_ar.txt")
INGESPROKEN = (
    *("kennismaken.taal", "kennismaken.vorm", "kennismaken.toestemming", "kennismaken.rol", "kennismaken.dagdelen"),
    *("kennismaken.tips", "tip.kijk_mee", "tip.kind", "tip.fijn"),
)
"""Not the welcome: that one is read."""


class _Speler(Speler):
    """Remembers what went, to see it as who listens gets it."""

    def __init__(self, db: Database, begin: str) -> None:
        super().__init__(db, begin)
        self.gegaan: list[postvak.Uit] = []

    def _verzend(self, sessie: Sessie, uit: postvak.Uit) -> Gezegd | None:
        gezegd = super()._verzend(sessie, uit)
        if gezegd is not None:
            self.gegaan.append(uit)
        return gezegd


def _spreek_in(s: Speler) -> None:
    """A colleague's recordings, approved."""
    stem = Stemproces()
    try:
        with s.db.transactie() as sessie:
            for plek, sleutel in enumerate(INGESPROKEN):
                taal = ("nl", "tr")[plek % 2]
                noot = stem.maak_noot(stem.zeg(re.sub(r"\{\w+\}", "", zin(taal, sleutel)), taal).inhoud, LANGST)
                hash_ = bijlagen.bewaar(sessie, bijlagen.GELUID, noot.inhoud, s.nu, noot.duur)
                waarden: dict[str, Any] = {"wat": sleutel, "taal": "ar", "bijlage": hash_, "status": "goed"}
                waarden |= {"gemaakt": s.nu, "tekst": woordhash(sleutel, "ar"), "locatie_id": s.locatie}
                sessie.execute(opname.insert().values(waarden))
    finally:
        stem.sluit()


async def _gezien(horen: Horen, uit: postvak.Uit) -> tuple[Bericht, Weergave, Bijlage | None]:
    """A message as this person got it, its sound with bytes."""
    bericht, wie = LINKS.vul(lees_bericht(uit.inhoud)), luisteraar(uit)
    beeld = weergave(bericht, uit.taal, VERMOGEN, uit.vervangt)
    if not horen.raakt(bericht, wie, VERMOGEN):
        return bericht, beeld, None
    bekend, straks = await horen.zoek([(uit.nummer, bericht, wie, uit.vervangt, 0)])
    klank = await straks[uit.nummer] if uit.nummer in straks else None
    gehoord = bekend.get(uit.nummer, NIETS)
    beeld = toon(beeld, bericht, wie, type(gehoord)(klank, gehoord.kan, gehoord.talen), VERMOGEN)
    return bericht, beeld, await horen.nu(uit.nummer, bericht, wie, 5.0) if beeld.geluid else None


def _regels(wat: str, gezien: list[tuple[Bericht, Weergave, Bijlage | None]]) -> list[str]:
    regels = [f"> {wat}"] if wat else []
    for _, beeld, klank in gezien:
        if klank is not None:
            f = geluid.keur(klank.inhoud)
            kanalen = "mono" if f.kanalen == 1 else f"{f.kanalen} kanalen"
            feiten = f"{f.duur / 1000:.1f} s, {len(klank.inhoud) / 1000:.0f} kB, {f.codec} {kanalen} {f.hertz} Hz"
            regels.append(f"  🎧 {feiten}")
        regels += [f"  {regel}" for regel in beeld.tekst.split("\n")]
        if beeld.knoppen:
            regels.append("  " + " ".join(f"[{label}]" for label, _ in beeld.knoppen))
    return [*regels, ""]


async def test_een_ouder_die_alleen_luistert_in_het_arabisch(db: Database) -> None:
    s = _Speler(db, "dinsdag 1 december 2026 09:00")
    _spreek_in(s)
    horen = Horen(Stemmen(db, lambda: s.nu))  # no computer voice at all
    amina = s.persoon("Amina")
    verslag: list[str] = []

    async def noteer(wat: str) -> None:
        verslag.extend(_regels(wat, [await _gezien(horen, uit) for uit in s.gegaan]))
        s.gegaan.clear()

    amina.opent("oudercode")
    await noteer("opent de link")
    for stap in ("العربية", "kennismaken.vorm:luisteren", "kennismaken.toestemming:ja"):
        amina.drukt(stap) if ":" in stap else amina.tikt(stap)
        await noteer(f"drukt op {stap}")
    amina.zegt("أمينة")
    await noteer("typt haar naam")
    for data in ("kennismaken.rol:moeder", "kennismaken.dagdelen:ochtend", "kennismaken.dagdelen:klaar",
                 "kennismaken.tips:ja"):  # fmt: skip
        amina.drukt(data)
        await noteer(f"drukt op {data}")
    for dag in ("woensdag 2", "donderdag 3", "vrijdag 4", "maandag 7", "dinsdag 8", "woensdag 9", "donderdag 10"):
        s.zet_klok(f"{dag} december 2026 10:30")
        s.tik()
        if s.gegaan:
            await noteer(f"{dag} december")
            break
    assert any("tip.tip:gedaan" in data for ballon in amina.scherm for _, data in ballon.knoppen)
    amina.drukt(next(d for b in amina.scherm for _, d in b.knoppen if d.startswith("tip.tip:gedaan")))
    await noteer("drukt op 👍 gedaan")
    amina.drukt(next(d for b in amina.scherm for _, d in b.knoppen if d.startswith("tip.kind:blij")))
    await noteer("drukt op 😀")

    tekst = "\n".join(verslag)
    if os.environ.get("INLOOP_NIEUW"):
        VERSLAG.write_text(tekst, "utf-8")
    assert _zonder_getallen(tekst) == _zonder_getallen(VERSLAG.read_text("utf-8"))
    assert tekst.count("🎧") >= 7
    assert "opus mono 48000 Hz" in tekst
    with db.transactie() as sessie:
        assert sessie.scalar(sa.select(sa.func.count()).select_from(gesproken)) == 0  # nothing was synthesised


def _zonder_getallen(tekst: str) -> str:
    """espeak-ng does not say the same words in the same time to the millisecond."""
    return re.sub(r"[\d.]+ s, \d+ kB", "… s, … kB", tekst)
