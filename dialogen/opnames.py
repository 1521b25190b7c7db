"""What people can record, and when a recording no longer says what is written. Pure.

A recording speaks for a key of the catalogue, a tip, an activity or a weekly message, in one language.
"""

from __future__ import annotations

import hashlib

from dialogen.teksten import BRON, velden, woorden, zin
from dialogen.tips import EIGEN

VAN_PLAATS = frozenset({"locatie", "gastheer", "telefoon", "naam"})
"""What somebody of a location says in the own way; a parent's name is left out."""
TIP, ACTIVITEIT = "tip.", "activiteit:"
EIGEN_TIP = f"{TIP}{EIGEN}"
"""How the subject begins that is a location's own tip; its number follows."""
VAST = (
    *("kennismaken.taal", "kennismaken.vorm", "kennismaken.toestemming", "kennismaken.uitleg", "kennismaken.rol"),
    *("kennismaken.dagdelen", "kennismaken.tips", "kennismaken.welkom", "algemeen.goed", "algemeen.graag_gedaan"),
    *(
        "uitnodiging.aantal",
        "uitnodiging.misschien",
        "afmelden.groep",
        "erbij.na",
        "tip.kind",
        "tip.fijn",
    ),
    *("tip.blijft", "taal.hoor"),
)
"""The fixed texts that a parent hears most, in the order in which they come."""


def woordhash(wat: str, taal: str) -> str:
    """The hash of a key's words in a language: a recording of other words is out of date. '' for another subject."""
    return hashlib.sha256(zin(taal, wat).encode()).hexdigest() if wat in woorden(BRON) else ""


def in_te_spreken(wat: str) -> bool:
    """Whether a person can say this once for everybody of a location: nothing in it changes from day to day."""
    return bool(wat) and (wat not in woorden(BRON) or velden(wat) <= VAN_PLAATS)


def van_plaats(wat: str) -> bool:
    """Whether the words name the location, so that a recording of them is only for that one."""
    return wat.startswith((ACTIVITEIT, EIGEN_TIP)) or (wat in woorden(BRON) and bool(velden(wat)))
