"""Which tip comes next: the content in order, own ones in between, nothing twice."""

from __future__ import annotations

import pytest

from dialogen.hints import over_tekst
from dialogen.teksten import talen, woorden
from dialogen.tips import TIPS, EigenTip, GegevenTip, kies, stap_nu, volgorde


def test_vierentwintig_tips_in_drie_stappen() -> None:
    assert [sum(s == stap for s in TIPS.values()) for stap in (1, 2, 3)] == [8, 8, 8]
    assert next(iter(TIPS)) == "kijk_mee"


@pytest.mark.parametrize("taal", talen())
def test_elke_tip_heeft_woorden_van_een_halve_minuut(taal: str) -> None:
    """15 to 25 seconds: some 25 to 60 words, in any language."""
    for code in (*TIPS, "thema.zonder"):
        tekst = woorden(taal)[f"tip.{code}"]
        assert 18 <= len(tekst.split()) <= 62, (taal, code, len(tekst.split()))


def test_onze_eigen_tips_doorstaan_de_hints() -> None:
    """What the bot says is what it would advise staff to write; a tip may name a book to look at."""
    gevonden = {
        (c, h.code) for c in TIPS for h in over_tekst(woorden("nl")[f"tip.{c}"]) if h.code not in {"lang", "lezen"}
    }
    assert gevonden == set()


def test_eigen_tips_na_elke_twee() -> None:
    eigen = (EigenTip(4, 1), EigenTip(5, 1), EigenTip(6, 3))
    codes = [code for code, _ in volgorde(1, eigen)]
    assert codes[:7] == ["kijk_mee", "samen_koken", "eigen:4", "om_de_beurt", "liedje", "eigen:5", "aankleden"]
    assert len(codes) == len(set(codes)) == 27


def test_meer_eigen_tips_dan_plek() -> None:
    eigen = tuple(EigenTip(n, 2) for n in range(20))
    assert [c for c, s in volgorde(2, eigen) if s == 2][-1] == "eigen:19"


def test_na_de_stap_de_volgende_en_dan_terug() -> None:
    assert [s for _, s in volgorde(2)] == [2] * 8 + [3] * 8 + [1] * 8
    assert [s for _, s in volgorde(3)][8] == 2
    assert kies(1, {c for c, s in TIPS.items() if s == 1}) == ("wie_ben_ik", 2)
    assert kies(1, set(TIPS)) is None


@pytest.mark.parametrize(
    ("stap", "gedaan", "lang", "nieuw"), [(1, 2, True, 1), (1, 3, False, 1), (1, 3, True, 2), (3, 9, True, 3)]
)
def test_een_stap_omhoog(stap: int, gedaan: int, lang: bool, nieuw: int) -> None:
    assert stap_nu(stap, gedaan, lang) == nieuw


def test_een_opname_noemt_geen_thema() -> None:
    assert GegevenTip(1, "thema", thema="de herfst").stem == "tip.thema.zonder"
    assert GegevenTip(1, "eigen:3").stem == "tip.eigen:3"
