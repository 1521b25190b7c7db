"""An effect → what is written, within the turn's own transaction. Rights are checked where the effect happens."""

from __future__ import annotations

from collections.abc import Callable

from bot import tipwerk, vragen
from bot.beurt import Beurt
from bot.effecten_team import pas_toe_team
from bot.uitzendingen import uitnodiging_als_bericht
from dialogen.basis import Antwoord, Bericht, Staat, Stand, Tekst
from dialogen.effecten import (
    AanbodAannemen,
    Aanmelden,
    Aansluiten,
    Afmelden,
    Begrepen,
    DeurMelden,
    EerderUitnodigen,
    Effect,
    Hervatten,
    Instellen,
    OpWachtlijst,
    Overstappen,
    PartnerUitnodigen,
    Pauzeren,
    PresentieMelden,
    RedenGeven,
    RedenVertellen,
    TeamBinnen,
    TipAntwoord,
    TipGezicht,
    TipVertellen,
    TipVragen,
    Toestemmen,
    Twijfelen,
    Uitschrijven,
    VastAntwoord,
    Verwelkomen,
    VraagStellen,
    Waarderen,
    Wissen,
)
from dialogen.effecten_team import EffectTeam
from dialogen.flows.afmelden import EERDER, EERST
from opslag import (
    antwoorden,
    begrip,
    deur,
    edities,
    gesprekken,
    locaties,
    ouders,
    plekaanbod,
    presentie,
    taken,
    te_vertalen,
    vast,
    verzendingen,
)


def pas_toe(beurt: Beurt, effect: Effect) -> None:
    """Write one effect. An effect that is not this person's to have writes nothing."""
    match effect:
        case Toestemmen():
            _stem_toe(beurt, effect)
        case TeamBinnen(code=code, naam=naam):
            _kom_binnen(beurt, code, naam)
        case Wissen():
            _wis(beurt)
        case Instellen():
            _stel_in(beurt, effect)
        case _ if isinstance(effect, EffectTeam):
            if beurt.medewerker_id:
                pas_toe_team(beurt, beurt.medewerker_id, effect)
        case _ if beurt.ouder_id:
            _van_ouder(beurt, beurt.ouder_id, effect)
        case _:
            pass


def _van_ouder(beurt: Beurt, ouder_id: int, effect: Effect) -> None:
    match effect:
        case Aanmelden(uitnodiging=over, aantal=aantal):
            _antwoord(beurt, ouder_id, over, Antwoord.JA, aantal)  # with fewer people there may be room again
        case Twijfelen(uitnodiging=over):
            _antwoord(beurt, ouder_id, over, Antwoord.MISSCHIEN)
        case Afmelden(uitnodiging=over):
            _antwoord(beurt, ouder_id, over, Antwoord.NEE)
        case VastAntwoord(uitnodiging=over, elke_week=elke_week):
            vast.zet(beurt.sessie, ouder_id, over, Antwoord.JA if elke_week else Antwoord.NEE, beurt.nu)
        case OpWachtlijst(uitnodiging=over):
            _antwoord(beurt, ouder_id, over, Antwoord.WACHTLIJST)
        case _:
            _van_reden(beurt, ouder_id, effect)


def _antwoord(beurt: Beurt, ouder_id: int, over: int, nieuw: Antwoord, aantal: int = 0) -> None:
    """Add the answer; a place may have come free by it, from somebody who came or who was offered one."""
    eerst = antwoorden.antwoord(beurt.sessie, ouder_id, over, nieuw, aantal, beurt.nu)
    u = beurt.wereld.uitnodiging(over)
    if eerst is not None and u is not None and u.vast == "ja" and nieuw is Antwoord.JA:
        vast.zet_aantal(beurt.sessie, ouder_id, over)
    if eerst not in {Antwoord.JA, Antwoord.WACHTLIJST} or nieuw is Antwoord.WACHTLIJST or u is None or u.vrij is None:
        return
    if plekaanbod.na_antwoord(beurt.sessie, over, nieuw, beurt.nu):
        beurt.voor_anderen = True


def _weg(beurt: Beurt, ouder_id: int, vertrek: Callable[[], None]) -> None:
    """This parent goes: what was held for them, or offered to them, goes to who waits."""
    plekken = plekaanbod.kostbaar(beurt.sessie, ouder_id, beurt.nu)
    plekaanbod.trek_in(beurt.sessie, ouder_id)
    vertrek()
    if plekaanbod.geef_door(beurt.sessie, plekken, beurt.nu):
        beurt.voor_anderen = True


def _vertelt(beurt: Beurt, ouder_id: int, effect: RedenVertellen | Waarderen) -> None:
    """Own words, and how it was; staff read them in Dutch too where that is set."""
    over, tekst = effect.uitnodiging, effect.tekst
    if not antwoorden.is_eigen(beurt.sessie, ouder_id, over):
        return
    match effect:
        case RedenVertellen(media=media):
            antwoorden.vertelde_reden(beurt.sessie, ouder_id, over, tekst, media, beurt.nu)
            vragen.vertaal_woorden(beurt, ouder_id, "afmeldreden", over, tekst)
        case Waarderen(score=score, media=media):
            antwoorden.waardeer(beurt.sessie, ouder_id, over, score, tekst, media, beurt.nu)
            vragen.vertaal_woorden(beurt, ouder_id, "waardering", over, tekst)


def _van_reden(beurt: Beurt, ouder_id: int, effect: Effect) -> None:
    sessie, nu = beurt.sessie, beurt.nu
    match effect:
        case RedenGeven(uitnodiging=over, code=code):
            antwoorden.reden(sessie, ouder_id, over, code, nu)
        case RedenVertellen() | Waarderen():
            _vertelt(beurt, ouder_id, effect)
        case AanbodAannemen(uitnodiging=over, aanbod=aanbod) if beurt.gesprek.locatie_id:
            taak = antwoorden.neem_aanbod_aan(sessie, ouder_id, beurt.gesprek.locatie_id, over, aanbod, nu)
            if taak is not None:
                taken.nieuw(sessie, taak, nu)
                beurt.voor_anderen = True
        case Overstappen(uitnodiging=over, activiteit=activiteit):
            _stap_over(beurt, ouder_id, over, activiteit)
        case EerderUitnodigen(uitnodiging=over) if antwoorden.is_eigen(sessie, ouder_id, over):
            ouders.eerder(sessie, ouder_id, EERDER, EERST)
            antwoorden.zet_aanbod(sessie, over, "eerder_uitnodigen")
        case PresentieMelden(uitnodiging=over) if antwoorden.is_eigen(sessie, ouder_id, over):
            presentie.zet(sessie, over, Staat.AANWEZIG, "ouder", nu)
        case DeurMelden(code=code):
            deur.meld(sessie, ouder_id, code, nu)
        case _:
            _van_ouder_zelf(beurt, ouder_id, effect)


def _van_ouder_zelf(beurt: Beurt, ouder_id: int, effect: Effect) -> None:
    sessie, nu = beurt.sessie, beurt.nu
    match effect:
        case VraagStellen():
            vragen.stel(beurt, ouder_id, effect)
        case TipAntwoord() | TipGezicht() | TipVertellen() | TipVragen():
            tipwerk.van_ouder(beurt, ouder_id, effect)
        case Begrepen(uitnodiging=over, uitkomst=uitkomst):
            begrip.leg_vast(sessie, ouder_id, over, uitkomst, nu)
        case Pauzeren(tot=tot):
            ouders.pauzeer(sessie, ouder_id, tot)
        case Uitschrijven():
            _weg(beurt, ouder_id, lambda: ouders.stop(sessie, ouder_id, nu))
        case Aansluiten(code=code):
            ouders.sluit_aan(sessie, ouder_id, code, nu)
            beurt.daarna.append(lambda: verzendingen.nodig_later_uit(sessie, ouder_id, uitnodiging_als_bericht, nu))
        case PartnerUitnodigen():
            _nodig_partner_uit(beurt, ouder_id)
        case Hervatten():
            ouders.hervat(sessie, ouder_id)
        case Verwelkomen():
            # After the welcome itself, so that it does not stand below the invitations.
            beurt.daarna.append(lambda: verzendingen.nodig_later_uit(sessie, ouder_id, uitnodiging_als_bericht, nu))
        case _:
            pass


def _vertaal_komende(beurt: Beurt) -> None:
    """What this parent is going to be invited for is wanted in their language before they have said all else."""
    if beurt.vertaalt.team and beurt.ouder_id and te_vertalen.vraag_komende(beurt.sessie, beurt.ouder_id, beurt.nu):
        beurt.voor_anderen = True


def _stem_toe(beurt: Beurt, effect: Toestemmen) -> None:
    if beurt.ouder_id is None:
        beurt.ouder_id = ouders.maak_ouder(
            beurt.sessie,
            effect.code,
            beurt.gesprek.nummer,
            effect.naam,
            effect.taal,
            effect.vorm,
            beurt.nu,
            effect.tweede_taal,
        )
        _vertaal_komende(beurt)


def _kom_binnen(beurt: Beurt, code: str, naam: str) -> None:
    binnen = locaties.maak_medewerker(beurt.sessie, code, naam, beurt.nu, beurt.medewerker_id)
    if binnen is not None:
        beurt.medewerker_id = binnen
        gesprekken.koppel_medewerker(beurt.sessie, beurt.gesprek.nummer, binnen)


def _wis(beurt: Beurt) -> None:
    if beurt.ouder_id is not None:
        ouder_id = beurt.ouder_id
        _weg(beurt, ouder_id, lambda: ouders.wis(beurt.sessie, ouder_id))
    if beurt.medewerker_id is None:
        beurt.vergeten = True


def _stel_in(beurt: Beurt, effect: Instellen) -> None:
    if beurt.medewerker_id is not None:
        ouders.stel_medewerker_in(beurt.sessie, beurt.medewerker_id, effect)
    if beurt.ouder_id is not None:
        ouders.stel_in(beurt.sessie, beurt.ouder_id, effect)
        if effect.taal is not None:
            _vertaal_komende(beurt)


def _nodig_partner_uit(beurt: Beurt, ouder_id: int) -> None:
    """A message of its own, so that it can be passed on as it is."""
    code = locaties.nodig_partner_uit(beurt.sessie, ouder_id, beurt.nu)
    plaats = beurt.wereld.plaats
    if code is not None and plaats is not None:
        tekst = Tekst("menu.partner_link", {"locatie": plaats.naam, "start": code})
        beurt.daarna.append(lambda: beurt.zeg(Bericht((tekst,))))


def _stap_over(beurt: Beurt, ouder_id: int, over: int, activiteit: int) -> None:
    """Comes to another edition; with how many is asked next, as for any invitation."""
    nummer = edities.stap_over(beurt.sessie, ouder_id, over, activiteit, beurt.nu)
    if nummer is None:
        return
    rij = gesprekken.uitnodigingen(beurt.sessie, beurt.gesprek, beurt.nu, nummer)
    if any(u.nummer == nummer and (u.vrij is None or u.vrij > 1) for u in rij):
        beurt.vervolg = Stand("uitnodiging", "aantal", {"over": str(nummer)})
