"""What people type, understood: small pure parsers for every language. Each gives None when it does not know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import cache

_VEEL = re.compile(r"(\D)\1{2,}")
_ONZICHTBAAR = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SIER = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\ufe0f]")  # Arabic vowel marks and stretching

# Words people send for what works in the middle of anything. Whole messages only, so that a sentence with
# "stop" in it stays a sentence. Misspellings are listed: an edit distance would also take "stap" and "stof".
_OPDRACHTEN: dict[str, str] = {
    "stop": "stop stóp s_t_o_p stop_nou ik_wil_niet_meer bırakmak التوقف припинити ደው_ምባል stopp "
    "stoop sstop sttop stopt stoppen stpo sotp "
    "stp ophouden uitschrijven afmelden_bot stop_aub "
    "graag_stoppen "
    "ik_wil_stoppen niet_meer_sturen geen_berichten_meer unsubscribe stop_it dur durdur durdurun iptal bırak "
    "توقف قف ايقاف إيقاف وقف الغاء إلغاء stopuj zatrzymaj wypisz koniec стоп зупинити зупинись відписатися "
    "стой отписаться ኣቋርጽ ደው_በል ኣቁም jooji joojin iska_daa بس بس_کن لغو توقف_کن قطع para parar detener basta "
    "baja cancelar hbes ḥbes oprește stopiraj pare",
    "menu": "menu menue menü meni start home begin hoofdmenu القائمة قائمة menyu меню ዝርዝር liiska منو فهرست menú",
    "help": "help hulp helpen yardım yardim مساعدة ساعدني pomoc pomocy допомога поміч помощь ሓገዝ caawi caawimaad "
    "کمک راهنما ayuda",
    "mens": "mens een_mens iemand_spreken medewerker human person agent talk_to_someone bel_mij insan biriyle_konuşmak "
    "شخص إنسان اريد_شخص człowiek людина человек ሰብ qof انسان یک_نفر persona una_persona",
    "tip": "tip tipje tips een_tip nog_een_tip andere_tip ipucu bir_ipucu نصيحة نصائح porada wskazówka wskazowka "
    "порада поради ምኽሪ talo نکته راهکار consejo consejos",
    "taal": "taal اللغة andere_taal language dil لغة język мова язык ቋንቋ luqad زبان idioma",
}
_BEDOELD: dict[str, str] = {
    "ja": "ja jaa jah jawel jazeker zeker graag ok oke oké okay okee prima goed top jep yes yeah yep sure evet tamam "
    "olur نعم ايوه أيوه اه موافق حسنا wakha waxa iyeh tak dobrze jasne так добре да хорошо እወ ሕራይ haa haye بله "
    "آره باشه si sí vale claro ik_kom ja_graag ja_ik_kom kom ik_kom_ook komt_goed geliyorum przyjdę przyjde прийду "
    "سآتي می‌آیم می_آیم ክመጽእ_እየ waan_imanayaa voy eyyeh wah ewa 👍 ✅ 👌",
    "nee": "nee neen neh nope no not hayır hayir yok لا كلا ليس nie ні нет ኖ ኣይፋል maya نه خیر no_gracias "
    "ik_kan_niet kan_niet nee_helaas helaas_niet ik_kom_niet kom_niet lukt_niet gelemiyorum nie_mogę "
    "nie_moge не_можу لا_أستطيع نمی‌توانم نمی_توانم ኣይክእልን ma_iman_karo no_puedo nee_dank_je oho lla 👎 ❌",
    "misschien": "misschien mischien missch wellicht weet_niet weet_ik_niet weet_nog_niet ik_weet_niet maybe belki "
    "ربما يمكن może być_może może_być мабуть можливо может_быть ምናልባት malaha laga_yaabaa شاید quizás tal_vez 🤔",
    "klaar": "klaar gereed done safi tamamdır انتهيت gotowe готово ተወዲኡ dhammaad تمام listo",
    "gelukt": "gelukt gedaan het_is_gelukt ik_heb_het_gedaan tip_gedaan did_it i_did_it we_did_it yaptım yaptık yaptim "
    "oldu فعلتها فعلنا فعلت zrobione udało_się udalo_sie zrobiłam zrobiłem зроблено вийшло зробила зробив ገይረዮ ጌረዮ "
    "waan_sameeyay waa_la_sameeyay انجام_دادم انجام_شد hecho lo_hice lo_hicimos",
    "bedankt": "bedankt dank dankje dank_je dankjewel dank_je_wel dankuwel dank_u thanks thank_you thx merci "
    "teşekkürler teşekkür_ederim sağol شكرا شكراً dziękuję dzieki dzięki дякую спасибо የቐንየለይ "
    "mahadsanid ممنون متشکرم مرسی gracias "
    "tanmirt 🙏 ❤️",
}


def schoon(tekst: str) -> str:
    """Text without control, zero-width and direction marks; white space folded; newlines kept."""
    regels = (" ".join(regel.split()) for regel in _ONZICHTBAAR.sub("", tekst).split("\n"))
    return "\n".join(regels).strip()


def vouw(tekst: str) -> str:
    """A form to compare by: NFKC, case folded (both Turkish i's alike), no marks around, and a
    letter that is held down counts once.

    >>> vouw("  STOOOOP!! ")
    'stop'
    """
    plat = unicodedata.normalize("NFKC", schoon(tekst)).replace("İ", "i").casefold().replace("ı", "i")
    plat = _SIER.sub("", plat).strip(" \n\t.,!?;:/\\'\"«»„“”‘’()[]*_-…¡¿،؟؛")
    return _VEEL.sub(r"\1", " ".join(plat.split()))


def _lijst(soorten: dict[str, str]) -> dict[str, str]:
    return {vouw(woord.replace("_", " ")): soort for soort, woorden in soorten.items() for woord in woorden.split()}


_PER_OPDRACHT = _lijst(_OPDRACHTEN)
_PER_BEDOELING = _lijst(_BEDOELD)
# "para" is money in Turkish, "dur" hard in Spanish-speaking ears, "baja" low, "dil" heart …
_EIGEN = {"para": "es", "pare": "es", "parar": "es", "baja": "es", "dur": "tr", "dil": "tr", "بس": "fa"}


def opdracht(tekst: str, taal: str = "") -> str | None:
    """'stop', 'menu', 'help', 'mens', 'tip' or 'taal' when the whole message is such a word, with or without a slash.

    A word that means something else in another language counts only in its own; of who is not known yet (``taal``
    is '') every language counts.
    """
    woord = _zonder_beleefd(vouw(zonder_beeld(tekst)))
    eigen = _EIGEN.get(woord)
    return _PER_OPDRACHT.get(woord) if not taal or eigen is None or eigen == taal else None


def met_streep(tekst: str, woorden: Container[str]) -> str | None:
    """One of these words when the whole message is that word behind a slash ("/nieuw"), or None."""
    plat = schoon(tekst)
    return vouw(plat) if plat.startswith("/") and vouw(plat) in woorden else None


def bedoeling(tekst: str) -> str | None:
    """'ja', 'nee', 'misschien', 'klaar', 'gelukt' or 'bedankt' when the whole message means that, in any language."""
    vormen = (vouw(tekst), _zonder_beleefd(vouw(tekst)), _zonder_beleefd(vouw(zonder_beeld(tekst))))
    return next((_PER_BEDOELING[vorm] for vorm in vormen if vorm in _PER_BEDOELING), None)


def _zonder_beleefd(tekst: str) -> str:
    return re.sub(r"\s*(alstublieft|alsjeblieft|aub|a\.u\.b|svp|please|lütfen|proszę|por favor)$", "", tekst)


def getal(tekst: str) -> int | None:
    """A whole number of at most three digits in any script's digits ("3", "٣", "۳", "3+"), or None."""
    plat = vouw(tekst).rstrip("+")
    if not 1 <= len(plat) <= 3 or not all(unicodedata.category(c) == "Nd" for c in plat):
        return None
    return int("".join(str(unicodedata.digit(c)) for c in plat))


def zonder_beeld(tekst: str) -> str:
    """The words of a label without its pictograms: what somebody would type, and what is spoken."""
    return " ".join("".join(c for c in tekst if not _is_beeld(c)).split())


def beeld(tekst: str) -> str:
    """The pictograms of a label without its words: what somebody taps on a keyboard instead of the button."""
    return "".join(c for c in tekst if _is_beeld(c))


@cache
def _is_beeld(teken: str) -> bool:
    return (unicodedata.category(teken) in {"So", "Sk", "Cs", "Mn"} and ord(teken) > 0x2000) or teken in "\ufe0f\u200d"


def alleen_beeld(tekst: str) -> bool:
    """Whether there is nothing to read: empty, or only emoji and punctuation."""
    return not any(unicodedata.category(c)[0] in "LN" for c in tekst)


def naam(tekst: str) -> str | None:
    """A name as typed: one line, 1–60 characters with at least one letter; None otherwise."""
    plat = " ".join(schoon(tekst).split())
    return plat if 0 < len(plat) <= 60 and any(c.isalpha() for c in plat) else None
