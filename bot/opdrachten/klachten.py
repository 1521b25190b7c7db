"""What typer says of a command that is typed wrong, in Dutch. A sentence that is not here stays as typer says it."""

from __future__ import annotations

import re

_ZINNEN = tuple(
    (re.compile(patroon, re.DOTALL), zin)
    for patroon, zin in (
        (r"Missing option (.+?)\..*", r"\1 ontbreekt"),
        (r"Missing argument (.+?)\..*", r"\1 ontbreekt"),
        (r"No such command (.+?)\.?", r"opdracht \1 is er niet"),
        (r"No such option: (\S+) \(Possible options: (.+)\)", r"\1 is er niet; bedoel je \2?"),
        (r"No such option: (\S+).*", r"\1 is er niet"),
        (r"Got unexpected extra argument\S* \((.+)\)", r"\1 hoort er niet bij; zet een naam met spaties tussen ''"),
        (r"Option (\S+) requires an argument\.?", r"na \1 hoort iets te staan"),
        (r"Option (\S+) does not take a value\.?", r"na \1 hoort niets te staan"),
        (r"Invalid value for (.+?): .*(?:valid integer|valid int|is not a valid integer).*", r"\1 is geen heel getal"),
        (r"Invalid value for (.+?): .*greater than or equal to (-?\d+).*", r"\1 is te klein; het minste is \2"),
        (r"Invalid value for (.+?): .*less than or equal to (-?\d+).*", r"\1 is te groot; het meeste is \2"),
        (r"Invalid value for (.+?): .*?('[^']*') does not match the formats? '%Y-%m-%d'.*",
         r"\1 \2 is geen dag; schrijf hem als 2026-12-08"),
        (r"Invalid value for (.+?): .*", r"\1 klopt niet"),
    )
)  # fmt: skip


def in_het_nederlands(melding: str) -> str:
    """One line for people: what is wrong with what was typed."""
    regel = " ".join(melding.split())
    for patroon, zin in _ZINNEN:
        if gevonden := patroon.fullmatch(regel):
            return gevonden.expand(zin)
    return regel
