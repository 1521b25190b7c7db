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
from dialogen.teksten import TALEN, eenheden, lees_po, talen, woorden, zin

CATALOGI = sorted(b.name for b in resources.files("dialogen.teksten").iterdir() if b.name.endswith(".po"))


def _babel(inhoud: str) -> dict[str, str]:
    catalogus = read_po(io.BytesIO(inhoud.encode()), abort_invalid=True)
    return {str(m.id): str(m.string) for m in catalogus if m.id and m.string and not m.fuzzy}


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
    monkeypatch.setattr(teksten, "woorden", {"nl": {"a": "hallo", "b": "dag"}, "tr": {"a": "merhaba"}, "xx": {}}.get)
    assert (zin("tr", "a"), zin("tr", "b"), zin("xx", "a")) == ("merhaba", "dag", "hallo")
    with pytest.raises(KeyError):
        zin("tr", "c")


def test_een_taal_zonder_catalogus_is_leeg() -> None:
    assert woorden("xx") == {}
    assert zin("xx", "knop.ja") == zin("nl", "knop.ja")


def test_de_talen() -> None:
    assert talen()[0] == "nl"
    assert set(talen()) <= set(TALEN)
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
