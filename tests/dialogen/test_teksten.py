"""The catalogues: our small parser reads what Babel reads, and every language fits the conversations."""

from __future__ import annotations

import io
import string
from importlib import resources

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.controleren import fouten
from dialogen import teksten
from dialogen.teksten import (
    GESPROKEN,
    TALEN,
    Blok,
    blokken,
    eenheden,
    lees_po,
    schrijftaal,
    taalnaam,
    talen,
    woorden,
    zin,
)

CATALOGI = sorted(b.name for b in resources.files("dialogen.teksten").iterdir() if b.name.endswith(".po"))


def _babel(inhoud: str) -> dict[str, str]:
    catalogus = read_po(io.BytesIO(inhoud.encode()), abort_invalid=True)
    gevonden: dict[str, str] = {}
    for m in catalogus:
        sleutel = m.id if isinstance(m.id, str) else m.id[0]
        vormen = [m.string] if isinstance(m.string, str) else list(m.string or [""])
        if sleutel and all(vormen) and not m.fuzzy:
            gevonden[sleutel] = vormen[-1]
    return gevonden


@pytest.mark.parametrize("naam", CATALOGI)
def test_leest_wat_babel_leest(naam: str) -> None:
    inhoud = resources.files("dialogen.teksten").joinpath(naam).read_text("utf-8")
    assert lees_po(inhoud) == _babel(inhoud)
    assert len(lees_po(inhoud)) > 200


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(string.ascii_lowercase + ".", min_size=1), st.text(st.characters(codec="utf-8", min_codepoint=1))
    )
)
def test_leest_wat_babel_schrijft(paren: dict[str, str]) -> None:
    """Whatever a translator's tool writes: quotes, backslashes, newlines, long lines."""
    catalogus = Catalog(locale="nl")
    for sleutel, tekst in paren.items():
        catalogus.add(sleutel, tekst)
    bestand = io.BytesIO()
    write_po(bestand, catalogus)
    inhoud = bestand.getvalue().decode()
    assert lees_po(inhoud) == _babel(inhoud)


@pytest.mark.parametrize(
    ("inhoud", "gelezen"),
    [
        ('msgid "a"\nmsgstr "b"\n', {"a": "b"}),
        ('#, fuzzy\nmsgid "a"\nmsgstr "b"\n', {}),
        ('#, python-brace-format, fuzzy\nmsgid "a"\nmsgstr "b"\n', {}),
        ('# fuzzy is maar een woord\nmsgid "a"\nmsgstr "b"\n', {"a": "b"}),
        ('msgid "a"\nmsgstr ""\n', {}),
        ('msgid ""\nmsgstr ""\n"Language: nl\\n"\n', {}),
        ('msgid ""\n"a"\n"b"\nmsgstr "c"\n"d\\n"\n', {"ab": "cd\n"}),
        ('#: bron:1\n#. uitleg\nmsgid "a\\"b\\\\"\nmsgstr "\\t👍"\n', {'a"b\\': "\t👍"}),
        ('#~ msgid "weg"\n#~ msgstr "weg"\n', {}),
        ('msgid "a"\r\nmsgstr "b"\r\n\r\nmsgid "c"\r\nmsgstr "d"\r\n', {"a": "b", "c": "d"}),
        ('msgid "a"\nmsgid_plural "{n}"\nmsgstr[0] "een"\nmsgstr[1] "meer"\n', {"a": "meer"}),
        ('msgid "a"\nmsgid_plural "{n}"\nmsgstr[0] "een"\nmsgstr[1] ""\n', {}),
        ("", {}),
    ],
)
def test_lees_po(inhoud: str, gelezen: dict[str, str]) -> None:
    assert lees_po(inhoud) == gelezen == _babel(inhoud)


@pytest.mark.parametrize(
    "inhoud", ["onzin", 'msgid "a', "msgid a", 'msgfoo "x"', 'msgid "a"b"', 'msgid "\x00"', 'msgid "a\\"']
)
def test_geen_catalogus(inhoud: str) -> None:
    with pytest.raises(ValueError, match="geen regel van een catalogus"):
        lees_po(inhoud)


def test_terugvallen_op_het_nederlands(monkeypatch: pytest.MonkeyPatch) -> None:
    nl, tr = {"a": Blok("a", ("hallo",)), "b": Blok("b", ("dag",))}, {"a": Blok("a", ("merhaba",))}
    monkeypatch.setattr(teksten, "catalogus", {"nl": nl, "tr": tr, "xx": {}}.get)
    assert (zin("tr", "a"), zin("tr", "b"), zin("xx", "a")) == ("merhaba", "dag", "hallo")
    with pytest.raises(KeyError):
        zin("tr", "c")


def test_een_taal_zonder_catalogus_is_leeg() -> None:
    assert woorden("xx") == {}
    assert zin("xx", "knop.ja") == zin("nl", "knop.ja")


def test_de_talen() -> None:
    assert talen()[0] == "nl"
    assert set(talen()) == set(TALEN) - GESPROKEN
    assert {f"{taal}.po" for taal in talen()} == set(CATALOGI), "een taal met een catalogus kan gekozen worden"
    for taal, naam in TALEN.items():
        assert zin("nl", f"taal.{taal}") == f"🔊 {naam}"


def test_niets_mis_met_de_woorden() -> None:
    assert list(fouten()) == []


@pytest.mark.parametrize("taal", talen())
def test_alles_is_vertaald(taal: str) -> None:
    assert set(woorden("nl")) - set(woorden(taal)) == set()


@pytest.mark.parametrize(
    ("tekst", "aantal"), [("", 0), ("a", 1), ("é", 1), ("😀", 2), ("👨‍👩‍👧", 8), ("\ud800", 1), ("ትግ", 2)]
)
def test_eenheden(tekst: str, aantal: int) -> None:
    assert eenheden(tekst) == aantal


def test_velden() -> None:
    assert teksten.velden("uitnodiging.wanneer_waar") == {"dag", "tijd", "plek"}
    assert teksten.velden("knop.ja") == frozenset()


def test_een_tekst_die_telt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form goes by the number, and by the rule of the language that the words are in."""
    nl = {"a": Blok("a", ("{n} ouder", "{n} ouders"), "n")}
    pl = {"a": Blok("a", ("{n} rodzic", "{n} rodzice", "{n} rodziców"), "n")}
    monkeypatch.setattr(teksten, "catalogus", {"nl": nl, "pl": pl, "uk": {}}.get)
    assert [zin("pl", "a", {"n": n}) for n in (1, 3, 5)] == list(pl["a"].vormen)
    assert [zin("uk", "a", {"n": n}) for n in (1, 21)] == list(nl["a"].vormen), "Dutch words by the Dutch rule"
    assert zin("pl", "a") == zin("pl", "a", {"n": "veel"}) == "{n} rodziców"


def test_wie_het_vertaalde() -> None:
    inhoud = '#. machine\nmsgid "a"\nmsgstr "x"\n\n#. checked\nmsgid "b"\nmsgstr "y"\n\nmsgid "c"\nmsgstr "z"\n'
    assert [blok.merk for blok in blokken(inhoud)] == ["machine", "checked", ""]


@pytest.mark.parametrize(
    ("taal", "tweede", "geschreven", "naam"),
    [
        ("tr", None, "tr", "Türkçe"), ("tr", "pl", "tr", "Türkçe"), ("rif", None, "nl", "Tarifit, Nederlands"),
        ("rif", "tr", "tr", "Tarifit, Türkçe"), ("ary", "ar", "ar", "الدارجة, العربية"),
        ("rif", "ary", "nl", "Tarifit, Nederlands"), (None, None, "nl", ""), ("", None, "nl", ""),
        ("xx", None, "xx", "xx"),
    ],
)  # fmt: skip
def test_in_welke_taal_we_schrijven(taal: str | None, tweede: str | None, geschreven: str, naam: str) -> None:
    assert schrijftaal(taal, tweede) == geschreven
    assert not taal or taalnaam(taal, tweede) == naam
