"""What may not travel stays at home, and comes back exactly once or not at all."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dialogen.afdekken import EERSTE, TekenKwijt, dek_af, merk_namen, teken, zet_terug

WAAR = [
    ("Kom om 9:30 uur", ["9:30"], "uur"),
    ("van 09.00 tot 10.30 in lokaal 12", ["09.00", "10.30", "12"], "lokaal"),
    ("Het kost € 2,50 per kind", ["€ 2,50"], "kind"),
    ("Loop 3 km mee, 25 % korting", ["3 km", "25 %"], "Loop"),
    ("Kijk op https://school.example/koffie?x=1 of mail team@school.example", ["https://", "team@"], "Kijk"),
    ("Bel 010 123 45 67", ["010 123 45 67"], "Bel"),
    ("Hoi {naam}, kom je?", ["{naam}"], "kom je"),
    ("Koffie met Fatima en Jan-Willem in Delft", ["Fatima", "Jan-Willem", "Delft"], "Koffie"),
    ("Samen Nederlands oefenen met Sinterklaas", [], "Nederlands"),
    ("Koffieochtend in de ouderkamer", ["ouderkamer"], "in de"),
]


@pytest.mark.parametrize(("tekst", "weg", "blijft"), WAAR)
def test_wat_niet_reist(tekst: str, weg: list[str], blijft: str) -> None:
    reist = dek_af(tekst, "tr").tekst
    assert not [w for w in weg if w in reist]
    assert blijft in reist


def test_een_naam_die_wij_kennen_ook_vooraan_in_de_zin() -> None:
    gemerkt = merk_namen("Noor leest voor bij De Regenboog. Noordwijk niet.", ["Noor", "De Regenboog", ""])
    afgedekt = dek_af(gemerkt, "pl")
    assert "Noor " not in afgedekt.tekst
    assert "Regenboog" not in afgedekt.tekst
    assert zet_terug(afgedekt.tekst, afgedekt) == "Noor leest voor bij De Regenboog. Noordwijk niet."


def test_een_naam_houdt_in_het_arabisch_zijn_richting() -> None:
    afgedekt = dek_af(merk_namen("Noor komt", ["Noor"]), "ar")
    assert zet_terug(f"تأتي {teken(EERSTE)}", afgedekt) == "تأتي \u2068Noor\u2069"


def test_een_vakwoord_komt_terug_zoals_de_lijst_het_zegt() -> None:
    afgedekt = dek_af("Koffieochtend en inloop", "tr")
    assert zet_terug(f"{teken(EERSTE)} ve {teken(EERSTE + 1)}", afgedekt) == "Kahve sabahı ve serbest ziyaret"
    assert dek_af("Koffieochtend", "tr").leeg
    assert not dek_af("Koffie", "tr").leeg


# Which form of a token survives: what translators are known to do to one


ARABISCH = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERZISCH = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
BREED = str.maketrans("[]", "［］")
VERVORMD: dict[str, Callable[[str], str]] = {
    "spaties erin": lambda t: re.sub(r"\[\[(\d+)\]\]", r"[[ \1 ]]", t),
    "spaties ertussen": lambda t: re.sub(r"\[\[(\d+)\]\]", r"[ [\1] ]", t),
    "harde spatie": lambda t: re.sub(r"\[\[(\d+)\]\]", "[[\u00a0\\1]]", t),
    "een haak minder": lambda t: re.sub(r"\[\[(\d+)\]\]", r"[\1]", t),
    "een haak minder achteraan": lambda t: re.sub(r"\[\[(\d+)\]\]", r"[[\1]", t),
    "Arabische cijfers": lambda t: t.translate(ARABISCH),
    "Perzische cijfers": lambda t: t.translate(PERZISCH),
    "brede haken": lambda t: t.translate(BREED),
    "kleine letters": lambda t: t.lower(),
    "hoofdletters": lambda t: t.upper(),
    "richtingtekens": lambda t: t.replace("[[", "\u200f[[").replace("]]", "]]\u200e"),
}


@pytest.mark.parametrize("hoe", VERVORMD)
def test_een_teken_overleeft_wat_vertalers_ermee_doen(hoe: str) -> None:
    afgedekt = dek_af("Kom met Ali om 9:30, {naam}", "fa")
    assert zet_terug(VERVORMD[hoe](afgedekt.tekst), afgedekt).count("9:30") == 1


# Placeholder safety, over whatever people write

STUKKEN = st.sampled_from([
    "{naam}", "9:30", "09.00", "€ 2,50", "3 km", "https://school.example/a?b=1", "team@school.example", "Fatima",
    "koffieochtend", "inloop", "juf", "010 123 45 67", "[x]", "[[41]]", "]", "12", "٣", "\u2068Noor\u2069", "@ali",
])  # fmt: skip
WOORDEN = st.text(st.characters(codec="utf-8", exclude_characters="[]{}［］【】〔〕\u2068\u2069"), max_size=12)
TEKSTEN = st.lists(STUKKEN | WOORDEN | st.sampled_from(["kom", "en", ".", ",", "\n"]), max_size=12).map(" ".join)
TALEN = st.sampled_from(["en", "tr", "ar", "pl", "uk", "ti", "so", "fa", "es"])


def _tekens(tekst: str) -> list[str]:
    return re.findall(r"\[\[\d+\]\]", tekst)


@settings(max_examples=200, deadline=None)
@given(TEKSTEN, TALEN, st.randoms(use_true_random=False))
def test_alles_komt_precies_een_keer_terug(tekst: str, taal: str, toeval: random.Random) -> None:
    """However the words around them are shuffled."""
    afgedekt = dek_af(tekst, taal)
    tekens = _tekens(afgedekt.tekst)
    assert len(tekens) == len(afgedekt.achter) == len(set(tekens))
    toeval.shuffle(tekens)
    terug = zet_terug(" vertaald ".join(["", *tekens, ""]), afgedekt)
    for achter in afgedekt.achter.values():
        assert achter.strip() in terug
    assert len(terug) >= sum(len(a) for a in afgedekt.achter.values())


@settings(max_examples=200, deadline=None)
@given(TEKSTEN, TALEN, st.data())
def test_een_teken_te_weinig_of_te_veel_wordt_geweigerd(tekst: str, taal: str, kies: st.DataObject) -> None:
    afgedekt = dek_af(tekst, taal)
    tekens = _tekens(afgedekt.tekst)
    assume(tekens)
    een = kies.draw(st.sampled_from(tekens))
    for kapot in (
        afgedekt.tekst.replace(een, ""),
        f"{afgedekt.tekst} {een}",
        afgedekt.tekst.replace(een, teken(99)),
        f"{afgedekt.tekst} {teken(99)}",
    ):
        with pytest.raises(TekenKwijt):
            zet_terug(kapot, afgedekt)


@settings(max_examples=100, deadline=None)
@given(TEKSTEN, TALEN)
def test_geen_cijfer_link_of_plek_voor_gegevens_reist(tekst: str, taal: str) -> None:
    reist = re.sub(r"\[\[\d+\]\]", "", dek_af(tekst, taal).tekst)
    assert not re.search(r"\d", reist)
    assert "://" not in reist
    assert not re.search(r"\{[^{}]*\}", reist)
    assert "Noor" not in reist


def test_te_veel_om_te_vertalen() -> None:
    with pytest.raises(TekenKwijt):
        dek_af(" , ".join("{a}" for _ in range(60)), "tr")
