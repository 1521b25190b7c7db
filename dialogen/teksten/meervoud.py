"""Which form of a text goes with a number, per language: the CLDR's rules for whole numbers from 0 on.

The place of a form is that of ``msgstr[n]`` in the catalogue, in the order of the CLDR: zero, one, two, few, many,
other (https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping


def _een_of_meer(n: int) -> int:
    return 0 if n == 1 else 1


def _niets_telt_als_een(n: int) -> int:
    return 0 if n < 2 else 1


def _enkele(n: int) -> bool:
    return n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14}


def _pools(n: int) -> int:
    return 0 if n == 1 else 1 if _enkele(n) else 2


def _oekraiens(n: int) -> int:
    return 0 if n % 10 == 1 and n % 100 != 11 else 1 if _enkele(n) else 2


def _arabisch(n: int) -> int:
    if n < 3:
        return n
    return 5 if n % 100 < 3 else 3 if n % 100 <= 10 else 4


_REGELS: Mapping[str, tuple[int, Callable[[int], int]]] = {
    "nl": (2, _een_of_meer),
    "en": (2, _een_of_meer),
    "tr": (2, _een_of_meer),
    "ar": (6, _arabisch),
    "pl": (3, _pools),
    "uk": (3, _oekraiens),
    "ti": (2, _niets_telt_als_een),
    "so": (2, _een_of_meer),
    "fa": (2, _niets_telt_als_een),
    "es": (2, _een_of_meer),  # the CLDR has a third form, from a million on
}


def aantal_vormen(taal: str) -> int:
    """How many forms a text that counts has in this language."""
    return _REGELS.get(taal, _REGELS["nl"])[0]


def vorm(taal: str, n: int) -> int:
    """The place of the form for ``n`` of something."""
    return _REGELS.get(taal, _REGELS["nl"])[1](abs(n))
