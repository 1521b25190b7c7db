"""A sheet that a person filled in, read: CSV (``;``, ``,`` or tab) or the first sheet of an XLSX.

Only text is taken: of a formula what it came to. XLSX is a zip of XML (ECMA-376); of it we need the cells of one sheet,
so no other library reads it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from bot.uitvoeren import onschadelijk

Rij = tuple[int, list[str]]
"""The number of a row as the program shows it (from 1), and its cells."""
GROOTST = 10_000_000
"""Bytes that a file, or a part of it once unpacked, may have: thirty times our largest."""
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def lees(pad: Path) -> Iterator[Rij]:
    """The rows of a sheet. Raises ``OSError``, and ``ValueError`` for a file that is no sheet."""
    inhoud = pad.read_bytes()
    if len(inhoud) > GROOTST:
        raise ValueError(f"het bestand is te groot ({len(inhoud) // 1_000_000} MB)")
    return _xlsx(inhoud) if inhoud[:2] == b"PK" else _csv(inhoud)


def heel_gemaakt(cel: str) -> str:
    """A cell without the apostrophe that keeps a program from taking it for a formula."""
    return cel[1:] if cel[:1] == "'" and onschadelijk(cel[1:]) == cel else cel


def _csv(inhoud: bytes) -> Iterator[Rij]:
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("het bestand is geen UTF-8; bewaar het als CSV UTF-8 of als XLSX") from None
    eerste = tekst.partition("\n")[0]
    teken = max(";,\t", key=eerste.count)
    try:
        yield from enumerate(csv.reader(io.StringIO(tekst, newline=""), delimiter=teken, strict=True), 1)
    except csv.Error as fout:
        raise ValueError(f"het bestand is geen CSV ({fout})") from None


def _xlsx(inhoud: bytes) -> Iterator[Rij]:
    try:
        with ZipFile(io.BytesIO(inhoud)) as zip_:
            gedeeld = [_tekst(si) for si in _deel(zip_, "xl/sharedStrings.xml", mag_missen=True).iter(f"{_NS}si")]
            blad = _deel(zip_, "xl/worksheets/sheet1.xml")
    except (BadZipFile, ElementTree.ParseError, KeyError, NotImplementedError, RuntimeError, EOFError):
        raise ValueError("het bestand is geen XLSX met een eerste blad") from None
    for volg, rij in enumerate(blad.iter(f"{_NS}row"), 1):
        yield int(rij.get("r") or volg), _cellen(rij, gedeeld)


def _deel(zip_: ZipFile, naam: str, *, mag_missen: bool = False) -> ElementTree.Element:
    if mag_missen and naam not in zip_.namelist():
        return ElementTree.Element("leeg")
    if zip_.getinfo(naam).file_size > GROOTST:
        raise ValueError("het bestand is te groot als het is uitgepakt")
    with zip_.open(naam) as bestand:
        inhoud = bestand.read(GROOTST)
    if b"<!DOCTYPE" in inhoud or b"<!ENTITY" in inhoud:  # no sheet has one; entities can grow without end
        raise ElementTree.ParseError
    return ElementTree.fromstring(inhoud)


def _cellen(rij: ElementTree.Element, gedeeld: list[str]) -> list[str]:
    cellen: list[str] = []
    for cel in rij.iter(f"{_NS}c"):
        plaats = _kolom(cel.get("r") or "")
        cellen += [""] * (min(plaats, 100) - len(cellen))
        cellen.append(_waarde(cel, gedeeld))
    return cellen


def _waarde(cel: ElementTree.Element, gedeeld: list[str]) -> str:
    waarde = cel.findtext(f"{_NS}v") or ""
    match cel.get("t"):
        case "s":
            return gedeeld[int(waarde)] if waarde.isdigit() and int(waarde) < len(gedeeld) else ""
        case "inlineStr":
            return _tekst(cel)
        case _:
            return waarde


def _tekst(deel: ElementTree.Element) -> str:
    """All text of it, of every piece with its own look; not how it is pronounced (``rPh``)."""
    stukken = [t for t in deel.findall(f".//{_NS}t") if t not in set(deel.findall(f".//{_NS}rPh/{_NS}t"))]
    return re.sub(r"_x000D_", "", "".join(t.text or "" for t in stukken))


def _kolom(naam: str) -> int:
    """``C7`` → 2; -1 where it does not say."""
    nummer = 0
    for letter in re.sub(r"[^A-Z].*", "", naam)[:3]:
        nummer = nummer * 26 + ord(letter) - 64
    return nummer - 1
