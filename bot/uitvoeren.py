"""Rows → a file that Dutch Excel opens right: CSV (UTF-8 with BOM, ``;``) or XLSX (real dates, a filter)."""

from __future__ import annotations

import csv
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dialogen.begrijpen import schoon

RIJEN = 1_048_576
"""Rows that fit in a sheet of a workbook, its heading included (Excel specifications and limits, Microsoft)."""
_GEVAAR = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


class TeVeelRijen(ValueError):
    """More rows than a workbook can hold; the text says what to do."""


def onschadelijk(waarde: str) -> str:
    """A text that a spreadsheet will not take for a formula (OWASP, CSV injection): such a one gets an apostrophe."""
    gezien = unicodedata.normalize("NFKC", schoon(waarde)).lstrip()
    return f"'{waarde}" if waarde.startswith(_GEVAAR) or gezien.startswith(_GEVAAR) else waarde


def _cel(waarde: Any) -> str:
    if type(waarde) is str and _gewoon(waarde):
        return waarde
    match waarde:
        case datetime():
            return waarde.isoformat(sep=" ", timespec="seconds")
        case date():
            return waarde.isoformat()
        case str():
            return onschadelijk(waarde.replace("\x00", ""))
        case None:
            return ""
        case _:
            return str(waarde)


def _gewoon(waarde: str) -> bool:
    """What nobody takes for a formula at a glance: nearly every cell, and looking closer costs most of an export."""
    return not waarde or (waarde[0].isascii() and waarde[0].isalnum() and "\x00" not in waarde)


class _Regel:
    """The file a ``csv.writer`` wants: gives each line back instead of keeping it."""

    def write(self, regel: str) -> str:
        return regel


def csv_regels(kolommen: Sequence[str], rijen: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The lines of a CSV file one by one, BOM first."""
    schrijver = csv.writer(_Regel(), delimiter=";", lineterminator="\r\n")
    yield b"\xef\xbb\xbf" + str(schrijver.writerow(kolommen)).encode()
    for rij in rijen:
        yield str(schrijver.writerow([_cel(waarde) for waarde in rij])).encode()


def schrijf_csv(pad: Path, kolommen: Sequence[str], rijen: Iterable[Sequence[Any]]) -> int:
    """Write a CSV file; how many rows. Raises ``OSError``."""
    aantal = -1
    with pad.open("wb", buffering=1 << 20) as bestand:
        for aantal, regel in enumerate(csv_regels(kolommen, rijen)):  # noqa: B007 - the count is the answer
            bestand.write(regel)
    return aantal


def schrijf_xlsx(pad: Path, kolommen: Sequence[str], rijen: Iterable[Sequence[Any]]) -> int:
    """Write a workbook row by row (constant memory); how many rows. Raises ``OSError`` and ``TeVeelRijen``."""
    with tempfile.TemporaryDirectory(prefix="inloop-xlsx-") as map_:  # names may not stay behind when it fails
        boek = Path(map_) / "boek.xlsx"
        aantal = _schrijf_boek(boek, map_, kolommen, rijen)
        shutil.copyfile(boek, pad)  # whole or not at all: a workbook that breaks off opens nowhere
    return aantal


def _schrijf_boek(pad: Path, map_: str, kolommen: Sequence[str], rijen: Iterable[Sequence[Any]]) -> int:
    import xlsxwriter

    letterlijk = {"strings_to_formulas": False, "strings_to_urls": False}
    boek = xlsxwriter.Workbook(str(pad), {"constant_memory": True, "tmpdir": map_, **letterlijk})
    blad = boek.add_worksheet("inloop")
    dag, tijd = boek.add_format({"num_format": "dd-mm-yyyy"}), boek.add_format({"num_format": "dd-mm-yyyy hh:mm"})
    blad.write_row(0, 0, kolommen, boek.add_format({"bold": True}))
    try:
        aantal = _vul(blad, rijen, dag, tijd)
    except BaseException:
        blad.row_data_fh.close()  # the library closes it only when the book is whole
        if isinstance(rijen, Generator):
            rijen.close()  # while the database still listens
        raise
    blad.autofilter(0, 0, max(aantal, 1), len(kolommen) - 1)
    blad.freeze_panes(1, 0)
    try:
        boek.close()
    except xlsxwriter.exceptions.FileCreateError as fout:
        raise OSError(str(fout)) from fout
    return aantal


def _vul(blad: Any, rijen: Iterable[Sequence[Any]], dag: Any, tijd: Any) -> int:
    aantal = 0
    for aantal, rij in enumerate(rijen, 1):
        if aantal == RIJEN:  # the library would leave the rest out, and say nothing
            raise TeVeelRijen("dit zijn meer rijen dan Excel aankan; kies CSV of een kortere periode")
        for kolom, waarde in enumerate(rij):
            if isinstance(waarde, date):
                blad.write_datetime(aantal, kolom, waarde, tijd if isinstance(waarde, datetime) else dag)
            elif type(waarde) is str:
                if waarde:
                    blad.write_string(aantal, kolom, waarde.replace("\x00", ""))
            else:
                blad.write(aantal, kolom, waarde)
    return aantal


SCHRIJVERS: Mapping[str, Callable[[Path, Sequence[str], Iterable[Sequence[Any]]], int]] = {
    "csv": schrijf_csv,
    "xlsx": schrijf_xlsx,
}
"""By the kind of file."""
