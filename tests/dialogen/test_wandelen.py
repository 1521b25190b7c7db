"""Random walks over all conversations: whatever a person does, the bot answers, stays in a place that can be stored,
and keeps the promise of every button it shows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogen.basis import Antwoord, Bericht, Invoer, Rol, Soort, Stand, Startcode, Uitkomst, Wereld, Wie
from dialogen.flows import FLOWS
from dialogen.kiezen import antwoord
from dialogen.stappen import Kies, Vraag
from dialogen.teksten import eenheden, talen, woorden
from tests.dialogen.werelden import (
    activiteit,
    daarna,
    editie,
    eigen_woorden,
    kantoor,
    medewerker,
    onbekend,
    ouder,
    sleutels,
    taak,
    uitnodiging,
)

STAPPEN = 25
TE_LEZEN = (eigen_woorden(), eigen_woorden(3, "ervaring"), eigen_woorden(4, code="WELKOM"))
WOORDEN = [
    "", "ja", "nee", "misschien", "evet", "نعم", "stop", "/menu", "help", "een mens", "taal", "klaar", "dank je", "1",
    "٢", "3+", "99", "Amal", "😀", "🌙", "Mag mijn zus mee?", "x" * 4096, "{naam} %s <b>", "\u202eomgekeerd", "🎤 id",
    "/nieuw", "/activiteiten", "dinsdag 8 december", "31 februari", "half tien", "02:30", "28 maart 2027", "0",
    "12", "90",
]  # fmt: skip

uitnodigingen = st.lists(
    st.builds(
        uitnodiging,
        st.sampled_from([7, 8, 9]),
        st.sampled_from([timedelta(days=d) for d in (-70, -1, 0, 1, 7)] + [timedelta(minutes=20)]),
        antwoord=st.sampled_from(Antwoord),
        aantal=st.integers(0, 3),
        vrij=st.sampled_from([None, 0, 1, 5]),
        afgelast=st.booleans(),
        kinderen_welkom=st.booleans(),
        andere_plek=st.sampled_from(["", "de klas"]),
        vast=st.sampled_from(["", "open", "ja", "nee"]),
    ),
    max_size=3,
    unique_by=lambda u: u.nummer,
).map(tuple)
activiteiten = st.lists(
    st.builds(
        activiteit,
        st.sampled_from([7, 8, 9]),
        st.sampled_from([timedelta(days=d) for d in (-70, -1, 1, 7)] + [timedelta(minutes=20)]),
        capaciteit=st.sampled_from([None, 5, 12]),
        afgelast=st.booleans(),
        uitgenodigd=st.sampled_from([0, 10]),
        reeks=st.sampled_from([0, 3]),
        reeks_loopt=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda a: a.nummer,
)
kantoren = st.one_of(
    st.none(), st.builds(lambda komend, locaties: kantoor(*komend, locaties=locaties), activiteiten, st.integers(1, 2))
)
werelden = st.one_of(
    st.builds(
        ouder, taal=st.sampled_from(talen()), rol=st.sampled_from([None, *Rol]), naam=st.sampled_from(["", "Amal"]),
        tips=st.booleans(), gestopt=st.booleans(), uitnodigingen=uitnodigingen,
        edities=st.sampled_from([(), (editie(),), (editie(), editie(22))]),
        start=st.sampled_from([None, Startcode("abc", "ouders"), Startcode("abc", bezwaar="elders")]),
    ),
    st.builds(
        medewerker, naam=st.sampled_from(["", "Noor"]), kantoor=kantoren,
        te_lezen=st.sampled_from([(), TE_LEZEN]),
        taken=st.sampled_from([(), (taak(),), (taak(), taak(5, eigenaar="Sam"))]),
    ),
    st.builds(onbekend, naam=st.sampled_from(["", "Amal"])),
    st.builds(onbekend, start=st.sampled_from([None, Startcode("abc", "team"), Startcode("abc", bezwaar="verlopen")])),
)  # fmt: skip
standen = st.one_of(
    st.none(),
    st.sampled_from([(f.id, s.id) for f in FLOWS.values() for s in f.stappen if isinstance(s, Kies | Vraag)]).map(
        lambda waar: Stand(*waar, {"over": "7"})
    ),
    st.sampled_from([Stand("weg", "x"), Stand("menu", "weg"), Stand("afmelden", "groep", {"over": "999"})]),
)
invoer = st.one_of(
    st.integers(0, 20).map(lambda n: Invoer(Soort.KNOP, f"#{n}")),  # the n-th button on the screen
    st.sampled_from(WOORDEN).map(lambda w: Invoer(Soort.TEKST, w)),
    st.text(max_size=30).map(lambda w: Invoer(Soort.TEKST, w)),
    st.text(max_size=64).map(lambda w: Invoer(Soort.KNOP, w)),
    st.sampled_from(
        [Invoer(Soort.SPRAAK, "id-1"), Invoer(Soort.ANDERS), Invoer(Soort.GEWIJZIGD, "ja"), Invoer(Soort.START, "abc")]
    ),
)


@dataclass
class Wandelaar:
    """Somebody who does anything at all."""

    wereld: Wereld
    stand: Stand | None
    scherm: tuple[str, ...] = ()

    def doe(self, een: Invoer) -> Uitkomst:
        """One turn, with everything that must hold after it."""
        if een.waarde[:1] == "#" and een.waarde[1:].isdecimal() and een.soort is Soort.KNOP and self.scherm:
            een = replace(een, waarde=self.scherm[int(een.waarde[1:]) % len(self.scherm)])
        uit = antwoord(self.stand, een, self.wereld)
        bewaarbaar(uit.stand)
        getoond = [knop for bericht in uit.berichten for knop in leesbaar(bericht, self.wereld)]
        self.wereld = daarna(self.wereld, uit.effecten)
        self.stand = uit.stand if self.wereld.wie is not Wie.ONBEKEND or uit.effecten == () else None
        self.scherm = (*self.scherm[-30:], *getoond)
        self.wereld = replace(self.wereld, nu=self.wereld.nu + timedelta(minutes=2))
        return uit


def bewaarbaar(stand: Stand | None) -> None:
    """What is stored fits its columns, and comes back as it went."""
    if stand is not None:
        assert len(stand.flow) <= 20
        assert len(stand.stap) <= 40
        assert 0 <= stand.missers < 3
        assert json.loads(json.dumps(dict(stand.antwoorden))) == dict(stand.antwoorden)
        assert stand.over >= 0


def leesbaar(bericht: Bericht, wereld: Wereld) -> list[str]:
    """Every text has words in Dutch at least, every button a label that fits and data that fits; the data."""
    assert bericht.teksten
    for tekst in bericht.teksten:
        assert tekst.sleutel == "=" or tekst.sleutel in woorden("nl")
    data = [knop.data for knop in bericht.knoppen]
    assert len(set(data)) == len(data), "twee knoppen die hetzelfde doen"
    for knop in bericht.knoppen:
        assert len(knop.data.encode()) <= 64
        assert knop.label.sleutel == "=" or eenheden(woorden("nl")[knop.label.sleutel]) <= 20
    return data


@settings(max_examples=400, deadline=None)
@given(werelden, standen, st.lists(invoer, min_size=1, max_size=STAPPEN))
def test_niets_gaat_stuk(wereld: Wereld, stand: Stand | None, stappen: Sequence[Invoer]) -> None:
    wandelaar = Wandelaar(wereld, stand)
    for een in stappen:
        uit = wandelaar.doe(een)
        assert uit.berichten or uit.effecten or een.soort is Soort.KNOP, "wie iets stuurt, hoort iets"


@settings(max_examples=250, deadline=None)
@given(werelden, standen, st.lists(invoer, max_size=8))
def test_elke_knop_doet_wat_of_zegt_waarom_niet(wereld: Wereld, stand: Stand | None, stappen: Sequence[Invoer]) -> None:
    wandelaar = Wandelaar(wereld, stand)
    for een in stappen:
        wandelaar.doe(een)
    uit = wandelaar.doe(Invoer(Soort.TEKST, "hallo"))
    for knop in (k for bericht in uit.berichten for k in bericht.knoppen):
        gedrukt = antwoord(wandelaar.stand, Invoer(Soort.KNOP, knop.data), wandelaar.wereld)
        assert gedrukt.berichten or gedrukt.effecten, knop.data
        if wandelaar.wereld.wie is not Wie.ONBEKEND:
            assert not set(sleutels(gedrukt.berichten)) & {"algemeen.oude_knop", "algemeen.niet_meer"}, knop.data


@settings(max_examples=250, deadline=None)
@given(werelden, st.lists(invoer, max_size=10), st.lists(invoer, max_size=5))
def test_een_oude_knop_doet_nog_wat_of_zegt_waarom_niet(
    wereld: Wereld, eerst: Sequence[Invoer], later: Sequence[Invoer]
) -> None:
    """Weeks later, from another conversation."""
    wandelaar = Wandelaar(wereld, None)
    for een in eerst:
        wandelaar.doe(een)
    knoppen = wandelaar.scherm
    wandelaar.wereld = replace(wandelaar.wereld, nu=wandelaar.wereld.nu + timedelta(weeks=3))
    for een in later:
        wandelaar.doe(een)
    for data in knoppen:
        uit = antwoord(wandelaar.stand, Invoer(Soort.KNOP, data), wandelaar.wereld)
        assert uit.berichten or uit.effecten, data  # with an effect alone the conversation goes on by what it made
        bewaarbaar(uit.stand)


@settings(max_examples=150, deadline=None)
@given(werelden, standen, st.lists(invoer, max_size=STAPPEN))
def test_stop_komt_altijd_aan(wereld: Wereld, stand: Stand | None, stappen: Sequence[Invoer]) -> None:
    wandelaar = Wandelaar(wereld, stand)
    for een in stappen:
        wandelaar.doe(een)
    gestopt = sleutels(wandelaar.doe(Invoer(Soort.TEKST, "Stop!")).berichten)
    assert gestopt[0] in {"stoppen.keuze", "stoppen.niets", "stoppen.team"}
