"""A list and letters on paper (PDF, A4): who cannot be reached by the bot is invited too, and gets a code to join.

The typeface (DejaVu Sans, with its licence beside it) has Latin, Cyrillic and Arabic; a language it cannot write
(Tigrinya) is left out of the letter, which is in plain Dutch first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING

import segno

from bot.links import Links
from bot.weergeven import dag, in_woorden
from dialogen.basis import Gegeven, Tekst
from dialogen.teksten import TALEN, schrijftaal
from dialogen.teksten.richting import RECHTS_NAAR_LINKS
from opslag.brieven import Geadresseerde, Post
from opslag.gezinnen import Startbrief
from opslag.werkdagen import zone

if TYPE_CHECKING:
    from fpdf import FPDF

RAND, REGEL = 20, 9
"""Millimetres: around the page, and a line of text of ``LETTER`` points."""
LETTER, KOP, KLEIN = 15, 24, 11
QR = 58
"""Millimetres of the code on a letter: scanned from a kitchen table by an old telephone."""
HOKJE = "☐"


def maak(post: Post, codes: Mapping[int, str], links: Links) -> bytes:
    """One PDF: first the list, then a letter per parent. ``codes`` are per parent."""
    pdf = _leeg()
    _lijst(pdf, post)
    for wie in post.aan:
        _brief(pdf, post, wie, links.start(codes[wie.ouder_id]))
    return bytes(pdf.output())


def maak_start(brieven: Sequence[Startbrief], links: Links) -> bytes:
    """One PDF with a page per caregiver: welcome, the code, and the same in their own language."""
    pdf = _leeg()
    for brief in brieven:
        pdf.add_page()
        _zeg(pdf, brief.locatie, KLEIN)
        aanhef = "brief.vader" if brief.rol == "vader" and brief.naam else "brief.ouder"
        _zeg(pdf, in_woorden(Tekst(aanhef if brief.naam else "brief.zonder_naam", {"naam": brief.naam}), "nl"), KOP)
        pdf.ln(6)
        _zeg(pdf, in_woorden(Tekst("brief.scan"), "nl"))
        pdf.ln(3)
        boven = pdf.get_y()
        _teken_qr(pdf, links.start(brief.code), RAND, boven)
        pdf.set_y(boven + QR + 3)
        taal = schrijftaal(brief.taal, brief.tweede_taal)
        zelfde = in_woorden(Tekst("brief.scan"), taal)
        if taal != "nl" and _te_schrijven(pdf, zelfde):
            _zeg(pdf, zelfde, rechts=taal in RECHTS_NAAR_LINKS)
    return bytes(pdf.output())


def _leeg() -> FPDF:
    # Only here: who never prints does not wait for it.
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_margin(RAND)
    pdf.set_auto_page_break(True, RAND)
    with resources.as_file(resources.files("bot").joinpath("lettertype", "DejaVuSans.ttf")) as letter:
        pdf.add_font("Letter", "", str(letter))
    pdf.set_font("Letter", size=LETTER)
    pdf.set_text_shaping(True)
    return pdf


def _zeg(pdf: FPDF, tekst: str, punten: int = LETTER, *, rechts: bool = False) -> None:
    pdf.set_font_size(punten)
    pdf.multi_cell(
        0, REGEL * punten / LETTER, tekst, align="R" if rechts else "L", new_x="LMARGIN", new_y="NEXT",
    )  # fmt: skip


def _woorden(post: Post, sleutel: str, taal: str = "nl", **anders: str) -> str:
    """A text of the catalogue about this activity, times as people read the clock there."""
    alles: dict[str, Gegeven] = {"titel": post.titel, "begin": post.begin, "plek": post.plek, "gastheer": post.gastheer}
    tot = f"{post.eind.astimezone(zone(post.tijdzone)):%H:%M}"
    return in_woorden(Tekst(sleutel, {**alles, "locatie": post.locatie, "tot": tot, **anders}), taal, post.tijdzone)


def _lijst(pdf: FPDF, post: Post) -> None:
    """Who gets a letter, by group, with a box to tick when it is given."""
    from fpdf.fonts import FontFace

    pdf.add_page()
    _zeg(pdf, _woorden(post, "brief.lijst"), KOP)
    lokaal = post.begin.astimezone(zone(post.tijdzone))
    _zeg(pdf, f"{post.titel} · {dag(lokaal, 'nl')} {lokaal:%H:%M} · {post.plek}")
    pdf.ln(4)
    pdf.set_font_size(KLEIN)
    rollen = {rol: in_woorden(Tekst(f"rol.{rol}"), "nl").partition(" ")[2] for rol in ("vader", "moeder", "ander")}
    kop, breed = in_woorden(Tekst("brief.lijst_kop"), "nl").split(" | "), (8, 60, 40, 35, 27)
    with pdf.table(col_widths=breed, line_height=REGEL, text_align="LEFT", headings_style=FontFace(emphasis="")) as t:
        t.row(("", *kop))
        for wie in post.aan:
            t.row((HOKJE, _naam(wie), wie.groep, rollen.get(wie.rol, ""), _taal(pdf, wie.taal)))


def _taal(pdf: FPDF, taal: str) -> str:
    """A language by its own name, or by its code when the typeface cannot write that."""
    naam = TALEN.get(taal, taal)
    return naam if _te_schrijven(pdf, naam) else taal


def _naam(wie: Geadresseerde) -> str:
    return wie.naam or f"ouder {wie.ouder_id}"


def _brief(pdf: FPDF, post: Post, wie: Geadresseerde, link: str) -> None:
    """One page: what, when and where; that no is fine; the code; and the same in the parent's own language."""
    pdf.add_page()
    vader = wie.rol == "vader"
    titel = (post.titel_vaders if vader else "") or post.titel
    _zeg(pdf, post.locatie, KLEIN)
    _zeg(pdf, f"☕ {titel}", KOP)
    pdf.ln(3)
    aanhef = "brief.vader" if vader else "brief.ouder" if wie.naam else "brief.zonder_naam"
    _zeg(pdf, _woorden(post, aanhef, naam=wie.naam))
    _zeg(pdf, _woorden(post, "brief.wat"))
    if post.kinderen_welkom:
        _zeg(pdf, _woorden(post, "brief.kinderen"))
    _zeg(pdf, _woorden(post, "brief.nee"))
    pdf.ln(3)
    boven = pdf.get_y()
    _teken_qr(pdf, link, RAND, boven)
    pdf.set_left_margin(RAND + QR + 6)
    pdf.set_y(boven + 6)
    _zeg(pdf, _woorden(post, "brief.scan"))
    pdf.set_left_margin(RAND)
    pdf.set_y(boven + QR + 3)
    _eigen_taal(pdf, post, schrijftaal(wie.taal, wie.tweede_taal))
    _zeg(pdf, _woorden(post, "brief.strook"))


def _eigen_taal(pdf: FPDF, post: Post, taal: str) -> None:
    tekst = _woorden(post, "brief.eigen_taal", taal)
    if taal != "nl" and _te_schrijven(pdf, tekst):
        _zeg(pdf, tekst, rechts=taal in RECHTS_NAAR_LINKS)
        pdf.ln(3)


def _te_schrijven(pdf: FPDF, tekst: str) -> bool:
    """Whether the typeface has every letter of it."""
    heeft = getattr(pdf.fonts["letter"], "cmap", {})  # a TrueType one, added above
    return all(ord(letter) in heeft for letter in tekst if not letter.isspace() and letter not in "\u2068\u2069")


def _teken_qr(pdf: FPDF, link: str, x: float, y: float) -> None:
    """The code in runs of black, as drawn squares: sharp on any printer."""
    rijen = [list(rij) for rij in segno.make(link, error="m", micro=False).matrix_iter(border=4)]
    maat = QR / len(rijen)
    pdf.set_fill_color(0)
    for nummer, rij in enumerate(rijen):
        begin = None
        for plek, zwart in enumerate([*rij, 0]):
            if zwart and begin is None:
                begin = plek
            elif not zwart and begin is not None:
                pdf.rect(x + begin * maat, y + nummer * maat, (plek - begin) * maat, maat, style="F")
                begin = None
