"""Hidden counts stay hidden from somebody who tries every table that fits what is shown."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest

from opslag.onderdrukken import GRENS, Cel, Som, verborgen

VEEL = 10_000


def past(getoond: Mapping[Cel, int], sommen: Sequence[Som], raad: Mapping[Cel, int]) -> bool:
    """Whether any table has what is shown and these guesses: an attacker's search, that shares nothing with ours."""
    laag = {c: 0 for s in sommen for c in (s.geheel, *s.delen)}
    hoog = dict.fromkeys(laag, VEEL)
    for cel, n in (*getoond.items(), *raad.items()):
        laag[cel] = hoog[cel] = n
    return _zoek(laag, hoog, sommen)


def _zoek(laag: dict[Cel, int], hoog: dict[Cel, int], sommen: Sequence[Som]) -> bool:
    if not _span_aan(laag, hoog, sommen):
        return False
    open_ = [c for c in laag if laag[c] < hoog[c]]
    if not open_:
        return True
    cel = min(open_, key=lambda c: (hoog[c] - laag[c], c))
    tot = min(hoog[cel], laag[cel] + 40)
    return any(_zoek({**laag, cel: n}, {**hoog, cel: n}, sommen) for n in range(laag[cel], tot + 1))


def _span_aan(laag: dict[Cel, int], hoog: dict[Cel, int], sommen: Sequence[Som]) -> bool:
    """Tighten what is left for every cell until nothing changes; False when nothing is left for one."""
    for _ in range(500):
        eerst = (dict(laag), dict(hoog))
        for s in sommen:
            laag[s.geheel] = max(laag[s.geheel], sum(laag[d] for d in s.delen))
            hoog[s.geheel] = min(hoog[s.geheel], sum(hoog[d] for d in s.delen))
            for d in s.delen:
                rest = [ander for ander in s.delen if ander != d]
                laag[d] = max(laag[d], laag[s.geheel] - sum(hoog[r] for r in rest))
                hoog[d] = min(hoog[d], hoog[s.geheel] - sum(laag[r] for r in rest))
        if any(laag[c] > hoog[c] for c in laag):
            return False
        if (laag, hoog) == eerst:
            break
    return True


def verraden(waarden: Mapping[Cel, int], sommen: Sequence[Som], weg: frozenset[Cel]) -> list[Cel]:
    """The small counts of which somebody can exclude any value from 0 up to the threshold."""
    getoond = {c: n for c, n in waarden.items() if c not in weg}
    klein = [c for c, n in waarden.items() if n < GRENS]
    return [c for c in klein if not all(past(getoond, sommen, {c: n}) for n in range(GRENS + 1))]


def tafel(rijen: int, kolommen: int, meest: int, toeval: random.Random) -> tuple[dict[Cel, int], list[Som]]:
    """A table with sums of rows, of columns and of all."""
    w: dict[Cel, int] = {(r, k): toeval.randint(0, meest) for r in range(1, rijen + 1) for k in range(1, kolommen + 1)}
    for r in range(1, rijen + 1):
        w[r, 0] = sum(w[r, k] for k in range(1, kolommen + 1))
    for k in range(kolommen + 1):
        w[0, k] = sum(w[r, k] for r in range(1, rijen + 1))
    sommen = [Som((r, 0), tuple((r, k) for k in range(1, kolommen + 1))) for r in range(rijen + 1)]
    sommen += [Som((0, k), tuple((r, k) for r in range(1, rijen + 1))) for k in range(kolommen + 1)]
    return w, sommen


@pytest.mark.parametrize("zaad", range(12))
def test_geen_klein_getal_is_terug_te_vinden(zaad: int) -> None:
    toeval = random.Random(zaad)
    w, sommen = tafel(toeval.randint(1, 4), toeval.randint(2, 3), toeval.choice((8, 20, 60)), toeval)
    weg = verborgen(w, sommen)
    assert {c for c, n in w.items() if n < GRENS} <= weg
    assert verraden(w, sommen, weg) == []


def test_de_aanval_werkt() -> None:
    """Without the helpers every small count is found: what the test above shows is not that nobody looks."""
    w, sommen = tafel(3, 2, 60, random.Random(4))
    w |= {(1, 1): 3, (1, 0): 3 + w[1, 2]}
    w |= {(0, k): sum(w[r, k] for r in (1, 2, 3)) for k in (0, 1, 2)}
    klein = frozenset(c for c, n in w.items() if n < GRENS)
    assert (1, 1) in verraden(w, sommen, klein)
    assert verraden(w, sommen, verborgen(w, sommen)) == []


def test_wat_niets_verraadt_blijft_staan() -> None:
    w = {("a",): 40, ("b",): 60, ("som",): 100, ("los",): 7, ("klein",): 2}
    assert verborgen(w, [Som(("som",), (("a",), ("b",)))]) == {("klein",)}


def test_wie_gemist_kan_worden_gaat_eerst() -> None:
    w = {("som",): 23, ("a",): 3, ("b",): 20}
    sommen = [Som(("som",), (("a",), ("b",)))]
    assert verborgen(w, sommen, lambda cel: cel != ("som",)) == {("a",), ("som",)}
    assert verborgen(w, sommen, lambda cel: cel != ("b",)) == {("a",), ("b",)}


def test_wat_niet_helpt_wordt_niet_verborgen() -> None:
    """Of a row whose total and first part are shown, hiding the second hides nothing."""
    plekken = (1, 2, 3)
    w: dict[Cel, int] = {(1, "er"): 13, (1, "niet"): 5, (2, "er"): 20, (2, "niet"): 2, (3, "er"): 12, (3, "niet"): 9}
    w |= {(p, "alle"): w[p, "er"] + w[p, "niet"] for p in plekken}
    w |= {(0, wat): sum(w[p, wat] for p in plekken) for wat in ("er", "niet", "alle")}
    sommen = [Som((p, "alle"), ((p, "er"), (p, "niet"))) for p in (0, *plekken)]
    sommen += [Som((0, wat), tuple((p, wat) for p in plekken)) for wat in ("er", "niet", "alle")]
    weg = verborgen(w, sommen, lambda cel: (cel[1] == "alle", cel[1] == "er", cel[0] != 0))
    assert weg == {(2, "niet"), (2, "er"), (0, "niet"), (0, "er")}


def test_hoogstens_is_ook_een_grens() -> None:
    """At most the sum: a family that was reached has somebody who was."""
    w = {("gezin",): 9, ("vader",): 3, ("moeder",): 6}
    weg = verborgen(w, [Som(("gezin",), (("vader",), ("moeder",)), hoogstens=True)])
    assert len(weg) == 2, "9 gezinnen en 6 moeders: dan zijn er 3 vaders"


def test_een_grote_tafel_gaat_snel_genoeg() -> None:
    """Effort is bounded: what is not found in time is hidden."""
    w, sommen = tafel(40, 3, 30, random.Random(1))
    weg = verborgen(w, sommen)
    assert {c for c, n in w.items() if n < GRENS} <= weg
