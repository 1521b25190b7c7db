"""The motor: a flow, where it stands and what was done → what is said, what is written, where it stands then.

Pure. Everything that a turn needs is in its arguments; the same arguments give the same ``Uitkomst``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dialogen import begrijpen
from dialogen.basis import Bericht, Gegeven, Invoer, Knop, Soort, Stand, Tekst, Uitkomst, Wereld, Wie
from dialogen.effecten import Effect
from dialogen.stappen import Flow, Keuze, Kies, Klaar, Naar, Stap, Vraag, Wissel, Zeg, keuzes_van
from dialogen.teksten import velden, zin
from dialogen.vertaald import vertaal

Flows = Mapping[str, Flow]

MISSERS = 3
"""So many times not understood, and a person takes over."""


@dataclass(slots=True)
class _Loop:
    """What one turn has gathered so far."""

    flows: Flows
    wereld: Wereld
    stand: Stand
    teksten: list[Tekst] = field(default_factory=list)
    effecten: list[Effect] = field(default_factory=list)
    vervangt: bool = False
    spreek: bool = False

    def flow(self) -> Flow:
        return self.flows[self.stand.flow]


def begin(
    flows: Flows, flow: str, wereld: Wereld, antwoorden: Mapping[str, str] | None = None, stap: str = ""
) -> Uitkomst:
    """Start a conversation at its first step, or at ``stap``. Raises ``KeyError`` for a flow that is not there."""
    stand = Stand(flow, stap or flows[flow].begin, dict(antwoorden or {}))
    return _verder(_Loop(flows, wereld, stand))


def vervolg(flows: Flows, stand: Stand, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    """Go on with words, a voice note, or a button of the step the conversation stands at."""
    flow = flows.get(stand.flow)
    stap = flow.stap(stand.stap) if flow else None
    if flow is None:
        return Uitkomst(None, (Bericht((Tekst("algemeen.opnieuw"),)),))
    if stap is None:
        return _voeg_voor(begin(flows, flow.id, wereld, stand.antwoorden), Tekst("algemeen.opnieuw"))
    keuze = _gekozen(flow, stap, stand, invoer, wereld)
    if keuze is not None:
        return kies(flows, stand, keuze, wereld)
    return _woorden(flows, stand, stap, invoer, wereld)


def gekozen(flows: Flows, stand: Stand, invoer: Invoer, wereld: Wereld) -> str | None:
    """Which choice of the current step these words name, or None."""
    flow = flows.get(stand.flow)
    stap = flow.stap(stand.stap) if flow else None
    return _gekozen(flow, stap, stand, invoer, wereld) if flow and stap else None


def kies(flows: Flows, stand: Stand, keuze: str, wereld: Wereld) -> Uitkomst:
    """Take a choice by its id. A choice that is not (or no longer) there repeats the step."""
    flow = flows[stand.flow]
    stap = flow.stap(stand.stap)
    vast = next((k for k in keuzes_van(stap) if keuze in _ids(k)), None) if stap else None
    loop = _Loop(flows, wereld, stand)
    if vast is not None and (vast.toon is None or vast.toon(wereld, stand)):
        return _neem(loop, vast, keuze)
    if isinstance(stap, Kies) and _uit_bron(stap, stand, keuze, wereld):
        loop.stand = _met(stand, stap.id, keuze)
        if stap.bron_effect:
            loop.effecten.extend(stap.bron_effect(wereld, loop.stand))
        return _ter_plaatse(_naar(loop, stap.bron_naar), stap)
    if isinstance(stap, Vraag) and stap.bron:
        gekozen = next((o for o in stap.bron(wereld, stand) if o.id == keuze), None)
        if gekozen is not None:
            return _gelezen(loop, stap, gekozen.waarde)
    return _voeg_voor(herhaal(flows, stand, wereld), Tekst("algemeen.niet_meer"))


def _ids(keuze: Keuze) -> tuple[str, ...]:
    """How a choice is pressed: by its id, and one that can be put on also by ``-id`` to put it off."""
    return (keuze.id, f"-{keuze.id}") if keuze.aanzetten else (keuze.id,)


def _uit_bron(stap: Kies, stand: Stand, keuze: str, wereld: Wereld) -> bool:
    if stap.bron_mag:
        return stap.bron_mag(wereld, stand, keuze)
    return stap.bron is not None and any(o.id == keuze for o in stap.bron(wereld, stand))


def herhaal(flows: Flows, stand: Stand, wereld: Wereld, *voor: Tekst) -> Uitkomst:
    """Say the current step again, after ``voor``; nothing is written."""
    uit = _verder(_Loop(flows, wereld, stand, teksten=list(voor)))
    return replace(uit, stand=stand, effecten=())


def _neem(loop: _Loop, keuze: Keuze, gedrukt: str) -> Uitkomst:
    if keuze.aanzetten:
        return _zet_aan(loop, gedrukt)
    stap = loop.flow().stap(loop.stand.stap)
    loop.stand = _onthouden(loop, keuze)
    if keuze.effect:
        loop.effecten.extend(keuze.effect(loop.wereld, loop.stand))
    return _ter_plaatse(_naar(loop, keuze.naar), stap)


def _ter_plaatse(loop: _Loop, vanaf: Stap | None) -> Uitkomst:
    """Go on; from one step that changes its message to another, the message is changed."""
    uit = _verder(loop)
    doel = loop.flow().stap(loop.stand.stap)
    if not (isinstance(vanaf, Kies) and isinstance(doel, Kies) and vanaf.vervangt and doel.vervangt):
        return uit
    return replace(uit, berichten=tuple(replace(b, vervangt=True) for b in uit.berichten))


def _onthouden(loop: _Loop, keuze: Keuze) -> Stand:
    stand = loop.stand
    if keuze.onthoud:
        return replace(stand, antwoorden={**stand.antwoorden, **keuze.onthoud(loop.wereld, stand)}, missers=0)
    return _met(stand, stand.stap, stand.antwoorden.get(stand.stap, "") if _meervoudig(loop) else keuze.id)


def _meervoudig(loop: _Loop) -> bool:
    stap = loop.flow().stap(loop.stand.stap)
    return stap is not None and any(k.aanzetten for k in keuzes_van(stap))


def _zet_aan(loop: _Loop, gedrukt: str) -> Uitkomst:
    """``x`` puts a choice on and ``-x`` off, so that a doubled tap is the same tap."""
    nu = [k for k in loop.stand.antwoorden.get(loop.stand.stap, "").split(",") if k]
    weg = gedrukt.removeprefix("-")
    nu = [k for k in nu if k != weg] + ([] if gedrukt.startswith("-") else [gedrukt])
    loop.stand = _met(loop.stand, loop.stand.stap, ",".join(nu))
    loop.vervangt = True
    return _verder(loop)


def _woorden(flows: Flows, stand: Stand, stap: Stap, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    loop = _Loop(flows, wereld, stand)
    if isinstance(stap, Vraag):
        gelezen = stap.lees(invoer)
        if gelezen is not None:
            return _gelezen(loop, stap, gelezen)
    elif isinstance(stap, Kies) and stap.vrij is not None and _leesbaar(invoer):
        loop.stand = _met(stand, stap.id, gezegd(invoer))
        return _verder(_naar(loop, stap.vrij))
    return _misser(flows, stand, stap, invoer, wereld)


def _gelezen(loop: _Loop, stap: Vraag, waarde: str) -> Uitkomst:
    goed = stap.mag(loop.wereld, loop.stand, waarde) if stap.mag else waarde
    if isinstance(goed, Tekst):
        return herhaal(loop.flows, replace(loop.stand, missers=0), loop.wereld, goed)
    loop.stand = _met(loop.stand, stap.id, goed)
    return _met_effect(loop, stap, stap.naar)


def gezegd(invoer: Invoer) -> str:
    """Own words as they stand among the answers: a text, or ``🎤`` and a voice note's file id (never both)."""
    return f"🎤{invoer.waarde}" if invoer.soort is Soort.SPRAAK else invoer.waarde.lstrip("🎤 ")


def _leesbaar(invoer: Invoer) -> bool:
    return invoer.soort is Soort.SPRAAK or not begrijpen.alleen_beeld(invoer.waarde)


def _misser(flows: Flows, stand: Stand, stap: Stap, invoer: Invoer, wereld: Wereld) -> Uitkomst:
    if not isinstance(stap, Kies | Vraag):
        return herhaal(flows, stand, wereld)
    reden = "algemeen.misser_spraak" if invoer.soort is Soort.SPRAAK else "algemeen.misser"
    if isinstance(stap, Vraag):
        reden = "algemeen.misser_typ" if invoer.soort is Soort.SPRAAK else "algemeen.misser_vraag"
        reden = stap.misser or reden
    return niet_begrepen(flows, stand, wereld, reden)


def niet_begrepen(flows: Flows, stand: Stand, wereld: Wereld, reden: str) -> Uitkomst:
    """Once more not understood, for this reason (a key): the question again, and at the third time a person."""
    stand = replace(stand, missers=stand.missers + 1)
    if stand.missers >= MISSERS:
        return _een_mens(flows, stand, wereld)
    return herhaal(flows, stand, wereld, Tekst(reden))


def _een_mens(flows: Flows, stand: Stand, wereld: Wereld) -> Uitkomst:
    """A person takes over; a colleague gets the menu, and before consent we can only help and ask again."""
    match wereld.wie:
        case Wie.OUDER:
            return begin(flows, "mens", wereld, {"bij": f"{stand.flow}.{stand.stap}"})
        case Wie.MEDEWERKER:
            return begin(flows, "menu", wereld)
        case Wie.ONBEKEND:
            return herhaal(flows, replace(stand, missers=0), wereld, Tekst("algemeen.help_voor_toestemming"))


def _met_effect(loop: _Loop, stap: Zeg | Vraag, naar: Naar) -> Uitkomst:
    if stap.effect:
        loop.effecten.extend(stap.effect(loop.wereld, loop.stand))
    return _verder(_naar(loop, naar))


def _met(stand: Stand, sleutel: str, waarde: str) -> Stand:
    return Stand(stand.flow, stand.stap, {**stand.antwoorden, sleutel: waarde})


def _naar(loop: _Loop, naar: Naar) -> _Loop:
    doel = naar if isinstance(naar, str) else _tak(loop, naar)
    flow, _, stap = doel.rpartition(".")
    loop.stand = loop.stand.bij(stap, flow)
    return loop


def _tak(loop: _Loop, wissel: Wissel) -> str:
    return next((t.naar for t in wissel.takken if t.als(loop.wereld, loop.stand)), wissel.anders)


def _verder(loop: _Loop) -> Uitkomst:
    """Speak until somebody has to answer or the conversation ends."""
    while True:
        flow = loop.flow()
        stap = flow.stap(loop.stand.stap)
        if stap is None:  # only through a flow that changed between two deploys
            loop.stand = loop.stand.bij(flow.begin)
            continue
        loop.teksten.extend(_zinnen(loop, flow, stap))
        match stap:
            case Zeg():
                loop.spreek |= stap.spreek
                if stap.onthoud:
                    loop.stand = loop.stand.met(stap.onthoud(loop.wereld, loop.stand))
                if stap.effect:
                    loop.effecten.extend(stap.effect(loop.wereld, loop.stand))
                _naar(loop, stap.naar)
            case Kies() | Vraag():
                return _uitkomst(loop, loop.stand, knoppen(flow, stap, loop.wereld, loop.stand), stap)
            case Klaar():
                if stap.effect:
                    loop.effecten.extend(stap.effect(loop.wereld, loop.stand))
                return _uitkomst(loop, None, (), stap)


def _uitkomst(loop: _Loop, stand: Stand | None, knoppen: tuple[Knop, ...], stap: Stap) -> Uitkomst:
    berichten: tuple[Bericht, ...] = ()
    if loop.teksten or knoppen:
        beeld, vluchtig = (_beeld(stap, loop), stap.vluchtig) if isinstance(stap, Kies) else ("", False)
        media = stap.media(loop.wereld, loop.stand) if isinstance(stap, Kies) and stap.media else ""
        stem = stap.stem(loop.wereld, loop.stand) if isinstance(stap, Kies) and stap.stem else ""
        berichten = (
            Bericht(tuple(loop.teksten), knoppen, beeld, media, loop.vervangt, vluchtig, stem=stem, spreek=loop.spreek),
        )
    return Uitkomst(stand, berichten, tuple(loop.effecten))


def _beeld(stap: Kies, loop: _Loop) -> str:
    return stap.beeld if isinstance(stap.beeld, str) else stap.beeld(loop.wereld, loop.stand)


def _zinnen(loop: _Loop, flow: Flow, stap: Stap) -> list[Tekst]:
    gezegd = [z.sleutel for z in flow.zinnen(stap) if z.als is None or z.als(loop.wereld, loop.stand)]
    if not any(velden(sleutel) for sleutel in gezegd):
        return [Tekst(sleutel) for sleutel in gezegd]
    alles = gegevens(loop.wereld, loop.stand)
    if stap.gegevens:
        alles |= stap.gegevens(loop.wereld, loop.stand)
    return vertaal([Tekst(sleutel, _gevuld(sleutel, alles)) for sleutel in gezegd], loop.wereld, loop.stand)


def _gevuld(sleutel: str, alles: Mapping[str, Gegeven]) -> dict[str, Gegeven]:
    nodig = {moment_van(veld) or veld for veld in velden(sleutel)}
    return {veld: alles.get(veld, "") for veld in nodig}


def moment_van(veld: str) -> str:
    """Which moment a placeholder is made of at the edge: ``dag`` of ``begin``, ``tot_tijd`` of ``tot``; '' for none."""
    if veld in {"dag", "tijd"}:
        return "begin"
    naam, _, deel = veld.rpartition("_")
    return naam if deel in {"dag", "tijd"} else ""


def gegevens(wereld: Wereld, stand: Stand) -> dict[str, Gegeven]:
    """What may fill a placeholder at this step. Days and times are made of moments at the edge."""
    plaats = wereld.plaats
    u = wereld.uitnodiging(stand.over)
    alles: dict[str, Gegeven] = {
        "naam": wereld.naam,
        "locatie": plaats.naam if plaats else "",
        "gastheer": (plaats.gastheer if plaats else "") or (plaats.naam if plaats else ""),
        "telefoon": plaats.telefoon if plaats else "",
    }
    if wereld.start:
        alles |= {"locatie": wereld.start.locatie, "gastheer": wereld.start.gastheer or wereld.start.locatie}
    if u:
        alles |= {"titel": u.titel, "begin": u.begin, "plek": u.plek, "andere_plek": u.andere_plek}
        alles |= {
            "gastheer": u.gastheer or alles["gastheer"],
            "aantal": u.aantal,
            "tot": u.plek_tot or "",
            "gevraagd": u.gevraagd,
        }
    return alles


def knoppen(flow: Flow, stap: Kies | Vraag, wereld: Wereld, stand: Stand) -> tuple[Knop, ...]:
    """The buttons of a step as they are now: ids that carry what they are about, labels by key."""
    over = f":{stand.over}" if stand.over else ""
    aan = stand.antwoorden.get(stap.id, "").split(",")
    rij: list[Knop] = []
    if stap.bron:
        for optie in stap.bron(wereld, stand):
            rij.append(Knop(f"{flow.id}.{stap.id}:{optie.id}{over}", optie.als_tekst()))
    for keuze in stap.keuzes:
        if keuze.toon is None or keuze.toon(wereld, stand):
            rij.append(_knop(flow, stap, keuze, over, keuze.aanzetten and keuze.id in aan, wereld, stand))
    return tuple(rij)


def _knop(flow: Flow, stap: Stap, keuze: Keuze, over: str, aan: bool, wereld: Wereld, stand: Stand) -> Knop:
    sleutel = flow.label(stap, keuze)
    label = Tekst(sleutel, _gevuld(sleutel, gegevens(wereld, stand)) if velden(sleutel) else {})
    if aan:
        return Knop(f"{flow.id}.{stap.id}:-{keuze.id}{over}", Tekst("knop.aan", {"label": zin(wereld.taal, sleutel)}))
    return Knop(f"{flow.id}.{stap.id}:{keuze.id}{over}", label)


def _gekozen(flow: Flow, stap: Stap, stand: Stand, invoer: Invoer, wereld: Wereld) -> str | None:
    """Which choice words mean: the label as it is read, a yes or no in any language, a number."""
    if not isinstance(stap, Kies | Vraag) or invoer.soort is not Soort.TEKST:
        return None
    rij = knoppen(flow, stap, wereld, stand)
    ids = [k.data.split(":")[1] for k in rij]
    te_typen = list(zip(rij, ids, strict=True))
    if isinstance(stap, Kies) and not stap.bron_typen:
        te_typen = [(knop, id_) for knop, id_ in te_typen if any(id_ in _ids(k) for k in stap.keuzes)]
    gevouwen = begrijpen.vouw(invoer.waarde)
    for namen in (_namen, _beelden):
        genoemd = [id_ for knop, id_ in te_typen if gevouwen in namen(knop, wereld.taal)]
        if genoemd and (namen is _namen or len(genoemd) == 1):
            return genoemd[0]
    return _bedoeld(stap, ids, invoer.waarde) if isinstance(stap, Kies) else None


def _bedoeld(stap: Kies, ids: list[str], waarde: str) -> str | None:
    """A yes or no in any language; a number is a fixed choice that is called so, else a place in the list."""
    bedoeld, nummer = begrijpen.bedoeling(waarde), begrijpen.getal(waarde)
    if bedoeld in ids:
        return bedoeld
    if nummer is None:
        return None
    if str(nummer) in ids and any(k.id == str(nummer) for k in stap.keuzes):
        return str(nummer)
    return ids[nummer - 1] if 0 < nummer <= len(ids) else None


def _labels(knop: Knop, taal: str) -> list[str]:
    """What a button says without being put on, in the person's language and in Dutch."""
    label = knop.label
    if label.gegevens:
        return [waarde for waarde in label.gegevens.values() if isinstance(waarde, str)]
    return [zin(taal, label.sleutel), zin("nl", label.sleutel)]


def _namen(knop: Knop, taal: str) -> set[str]:
    """How a label may be typed: with or without its pictogram."""
    return {begrijpen.vouw(v) for label in _labels(knop, taal) for v in (label, begrijpen.zonder_beeld(label))} - {""}


def _beelden(knop: Knop, taal: str) -> set[str]:
    """Only its pictogram, which counts when no other button has it."""
    return {begrijpen.vouw(begrijpen.beeld(label)) for label in _labels(knop, taal)} - {""}


def _voeg_voor(uit: Uitkomst, *voor: Tekst) -> Uitkomst:
    if not uit.berichten:
        return replace(uit, berichten=(Bericht(voor),))
    eerste = replace(uit.berichten[0], teksten=voor + uit.berichten[0].teksten)
    return replace(uit, berichten=(eerste, *uit.berichten[1:]))
