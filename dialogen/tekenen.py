"""A flow as a Mermaid picture, drawn from the same data the motor runs on."""

from __future__ import annotations

from dialogen.begrijpen import zonder_beeld
from dialogen.stappen import Flow, Kies, Klaar, Stap, Vraag, keuzes_van, uitgangen
from dialogen.teksten import zin

_MEEST = 44


def mermaid(flow: Flow) -> str:
    """The flow as Mermaid text: a box per step, an arrow per way out, other flows as rounded boxes."""
    regels = [f"%% {flow.id}", "flowchart TD", f"    begin(( )) --> {flow.begin}"]
    regels += [f"    {_doos(flow, stap)}" for stap in flow.stappen]
    elders: set[str] = set()
    for stap in flow.stappen:
        for doel, waardoor in dict.fromkeys(uitgangen(stap)):
            if "." in doel:
                elders.add(doel)
            pijl = f"-->|{_label(flow, stap, waardoor)}|" if waardoor else "-->"
            regels.append(f"    {stap.id} {pijl} {doel.replace('.', '__')}")
    regels += [f"    {doel.replace('.', '__')}([{doel}])" for doel in sorted(elders)]
    return "\n".join(regels)


def _doos(flow: Flow, stap: Stap) -> str:
    zinnen = flow.zinnen(stap)
    altijd = [z for z in zinnen if z.als is None] or list(zinnen)
    tekst = _schoon(zin("nl", altijd[0].sleutel)) if altijd else stap.id
    open_, dicht = {Kies: ('{{"', '"}}'), Vraag: ('[/"', '"/]'), Klaar: ('(["', '"])')}.get(type(stap), ('["', '"]'))
    return f"{stap.id}{open_}{tekst}{dicht}"


def _label(flow: Flow, stap: Stap, waardoor: str) -> str:
    id_, _, tak = waardoor.partition(" ")
    keuze = next((k for k in keuzes_van(stap) if k.id == id_), None)
    if keuze is None:
        return f'"{waardoor}"'
    kop = _schoon(zin("nl", flow.label(stap, keuze)))
    return f'"{kop}{": " + tak if tak else ""}"'


def _schoon(tekst: str) -> str:
    plat = " ".join(tekst.replace('"', "'").replace("{", "‹").replace("}", "›").split())
    plat = plat if zonder_beeld(plat) else plat or " "
    return plat if len(plat) <= _MEEST else plat[: _MEEST - 1] + "…"
