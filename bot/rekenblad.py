"""A sheet that a person filled in, read: CSV (``;``, ``,`` or tab) or the first sheet of an XLSX.

Only text is taken: of a formula what it came to. XLSX is a zip of XML (ECMA-376); of it we need the cells of one sheet,
so no other library reads it.
"""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from bot.uitvoeren import onschadelijk

_CODERING = re.compile(rb"encoding\s*=\s*[\"']([\w.-]+)")
_STUK = (BadZipFile, ElementTree.ParseError, KeyError, NotImplementedError, RuntimeError, EOFError, zlib.error)
"""What a file that is no workbook, or a broken one, makes of reading it."""
Rij = tuple[int, list[str]]
"""The number of a row as the program shows it (from 1), and its cells."""
GROOTST = 10_000_000
"""Bytes that a file, or a part of it once unpacked, may have: thirty times our largest."""
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def lees(pad: Path) -> Iterator[Rij]:
    """The rows of a sheet. Raises ``OSError``, and ``ValueError`` for a file that is no sheet."""
    return lees_inhoud(pad.read_bytes())


def lees_inhoud(inhoud: bytes, *, andere: bool = False) -> Iterator[Rij]:
    """The rows of a sheet in bytes; ``andere``: a CSV may also be UTF-16 or Windows-1252. Raises ``ValueError``."""
    if len(inhoud) > GROOTST:
        raise ValueError(f"het bestand is te groot ({len(inhoud) // 1_000_000} MB)")
    return _xlsx(inhoud) if is_xlsx(inhoud) else _csv(inhoud, andere)


def is_xlsx(inhoud: bytes) -> bool:
    """Whether it is a zip, which a workbook is."""
    return inhoud[:2] == b"PK"


def heel_gemaakt(cel: str) -> str:
    """A cell without the apostrophe that keeps a program from taking it for a formula."""
    return cel[1:] if cel[:1] == "'" and onschadelijk(cel[1:]) == cel else cel


def _csv(inhoud: bytes, andere: bool) -> Iterator[Rij]:
    tekst = _letters(inhoud, andere)
    eerste = tekst.partition("\n")[0]
    teken = max(";,\t", key=eerste.count)
    try:
        yield from enumerate(csv.reader(io.StringIO(tekst, newline=""), delimiter=teken, strict=True), 1)
    except csv.Error as fout:
        raise ValueError(f"het bestand is geen CSV ({fout})") from None


def _letters(inhoud: bytes, andere: bool) -> str:
    utf16 = inhoud[:2] in (b"\xff\xfe", b"\xfe\xff")
    soorten = ("utf-16",) if utf16 and andere else ("utf-8-sig", "cp1252") if andere else ("utf-8-sig",)
    for soort in soorten:
        try:
            tekst = inhoud.decode(soort)
        except UnicodeDecodeError:
            continue
        if "\x00" not in tekst:
            return tekst
    raise ValueError("het bestand is geen UTF-8; bewaar het als CSV UTF-8 of als XLSX")


def _xlsx(inhoud: bytes) -> Iterator[Rij]:
    try:
        with ZipFile(io.BytesIO(inhoud)) as zip_:
            gedeeld = [_tekst(si) for si in _elk(_deel(zip_, "xl/sharedStrings.xml", mag_missen=True), "si")]
            blad = _deel(zip_, "xl/worksheets/sheet1.xml")
        for volg, rij in enumerate(_elk(blad, "row"), 1):
            nummer = rij.get("r") or ""
            yield int(nummer) if nummer.isascii() and nummer.isdigit() else volg, _cellen(rij, gedeeld)
    except _STUK:
        raise ValueError("het bestand is geen XLSX met een eerste blad") from None


def _elk(inhoud: bytes, naam: str) -> Iterator[ElementTree.Element]:
    """Every such part, one at a time: a large sheet is never in memory as a whole tree."""
    if not inhoud:
        return
    stapel: list[ElementTree.Element] = []
    for soort, deel in ElementTree.iterparse(io.BytesIO(inhoud), events=("start", "end")):
        if soort == "start":
            stapel.append(deel)
            continue
        stapel.pop()
        if deel.tag == f"{_NS}{naam}":
            yield deel
            for boven in stapel[-1:]:
                boven.clear()


def _deel(zip_: ZipFile, naam: str, *, mag_missen: bool = False) -> bytes:
    if mag_missen and naam not in zip_.namelist():
        return b""
    if zip_.getinfo(naam).file_size > GROOTST:
        raise ValueError("het bestand is te groot als het is uitgepakt")
    with zip_.open(naam) as bestand:
        inhoud = bestand.read(GROOTST + 1)
    if len(inhoud) > GROOTST:  # the header said less
        raise ValueError("het bestand is te groot als het is uitgepakt")
    kop = _CODERING.search(inhoud[:200])
    anders = kop is not None and kop[1].lower() not in (b"utf-8", b"us-ascii")
    # No sheet has a DOCTYPE; entities can grow without end, and another encoding could hide one.
    if b"<!DOCTYPE" in inhoud or b"<!ENTITY" in inhoud or b"\x00" in inhoud or anders:
        raise ElementTree.ParseError
    return inhoud


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
