"""A language asked for by its name in any language, or by a flag: "türkçe", "po polsku", "العربية", 🇹🇷.

Only when that is the whole message. A flag asks for a language and says nothing about who sends it: it is never kept,
and one of a country with several languages asks which.
"""

from __future__ import annotations

import re
import unicodedata

from dialogen.begrijpen import vouw, zonder_beeld

WELKE = ""
"""Asked for a language, but not for one of ours: which is a question."""

# Words that are also somebody's first name are not here ("Arab", "Pol"). A blank is written as "_".
_NAMEN: dict[str, str] = {
    "nl": "nederlands hollands dutch felemenkçe flemenkçe hollandaca hollandais néerlandais neerlandés "
    "holandés الهولندية هولندية هولندي بالهولندية بالهولندي niderlandzki holenderski po_niderlandzku "
    "po_holendersku нідерландська нідерландською голландська нидерландский голландский по_голландски ደችኛ "
    "holandees هلندی به_هلندی",
    "en": "engels english ingilizce الإنجليزية الانجليزية إنجليزي انجليزي بالإنجليزية بالانجليزي angielski "
    "po_angielsku англійська англійською английский по_английски እንግሊዝኛ ብእንግሊዝኛ ingiriisi af_ingiriisi "
    "انگلیسی به_انگلیسی inglés en_inglés anglais",
    "tr": "turks turkish türkçe turkce türk_dili التركية تركي بالتركية بالتركي turecki po_turecku турецька "
    "турецькою турецкий по_турецки ቱርክኛ ብቱርክኛ turkish_ka af_turki ترکی به_ترکی turco en_turco turc",
    "ar": "arabisch standaardarabisch arabic arapça arabça العربية عربي عربية بالعربية بالعربي اللغة_العربية "
    "الفصحى بالفصحى arabski po_arabsku арабська арабською арабский по_арабски ዓረብኛ ብዓረብኛ carabi "
    "af_carabi عربی به_عربی árabe en_árabe arabe",
    "ary": "darija darija_marokkaans marokkaans_arabisch moroccan_arabic الدارجة دارجة بالدارجة "
    "الدارجة_المغربية dialecte_marocain",
    "rif": "tarifit tarifiyt rifijns riffijns rif_berbers riffian tmazight_n_arrif ⵜⴰⵔⵉⴼⵉⵜ الريفية تاريفيت "
    "تريفيت بالريفية rifeño",
    "pl": "pools polish lehçe polonca البولندية بولندي بالبولندية polski po_polsku język_polski польська "
    "польською польский по_польски ፖላንድኛ boolish لهستانی به_لهستانی polaco en_polaco polonais",
    "uk": "oekraïens ukrainian ukraynaca الأوكرانية أوكراني اوكراني بالأوكرانية ukraiński po_ukraińsku "
    "українська українською українська_мова украинский по_украински ዩክሬንኛ yukreeniyaan اوکراینی "
    "ucraniano ukrainien",
    "ti": "tigrinya tigrigna tigrinja tigrinyaans ትግርኛ ብትግርኛ tigrinyaca التغرينية التيغرينية تيغرينيا تغرينية "
    "tigrinia тигринья تیگرینیا tigriña",
    "so": "somalisch somali soomaali af_soomaali afsoomaali somalice الصومالية صومالي بالصومالية somalijski "
    "po_somalijsku сомалійська сомалийский ሶማልኛ سومالیایی سومالی somalí",
    "fa": "farsi perzisch persian dari farsça الفارسية فارسي بالفارسية perski po_persku перська перською фарсі "
    "персидский фарси ፋርሲ faarisi فارسی به_فارسی دری persa en_persa",
    "es": "spaans spanish ispanyolca الإسبانية الاسبانية إسباني اسباني بالإسبانية hiszpański po_hiszpańsku "
    "іспанська іспанською испанский по_испански ስጳንኛ isbaanish اسپانیایی español castellano en_español "
    "espagnol",
    WELKE: "koerdisch kurdish kurmancî kurmanci sorani kurdî kürtçe الكردية كردي کوردی كوردي kurdyjski pasjtoe "
    "pashto پښتو پشتو bulgaars bulgarian български roemeens romanian română portugees portuguese "
    "português papiaments papiamentu amhaars amharic አማርኛ frans french français الفرنسية فرنسي duits "
    "german deutsch almanca russisch russian русский по_русски російська rusça chinees chinese 中文 "
    "berbers berber tamazight tmazight amazigh ⵜⴰⵎⴰⵣⵉⵖⵜ الأمازيغية marokkaans moroccan marocain "
    "italiaans italian italiano urdu اردو hindi हिन्दी vietnamees vietnamese tiếng_việt grieks greek "
    "ελληνικά servisch kroatisch bosnisch albanees shqip hongaars magyar tsjechisch čeština thais",
}
_VLAGGEN: dict[str, str] = {
    "nl": "NL SR",
    "en": "GB US AU IE",
    "tr": "TR",
    "ar": "SY SA EG JO YE KW QA AE OM BH LY",
    "pl": "PL",
    "uk": "UA",
    "so": "SO",
    "fa": "IR",
    "es": "ES MX AR CO CL VE EC CU DO UY CR PA GT HN NI SV",
}
_VLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0020-\U000e007f]+")
_NAAST = " \ufe0f\u200d!.,?🙏👍/+&\n"
_BELEEFD = re.compile(
    r"^(?:graag |liever |ik wil(?: graag)? |kan het |mag het )?(?:in het |in |op zijn )?(.+?)"
    r"(?: taal| language| dili| dilinde| мова| jezyk)?(?: graag| aub| alsjeblieft| please| lutfen| prosze| por favor)?$"
)


def gevraagd(tekst: str) -> str | None:
    """The code of the language that this whole message asks for, ``WELKE`` when it is not one of ours or not clear
    which; None when it is something else.
    """
    vlaggen = _VLAG.findall(tekst)
    if vlaggen and not _VLAG.sub("", tekst).strip(_NAAST):
        talen = {_PER_VLAG.get(vlag, WELKE) for vlag in vlaggen}
        return talen.pop() if len(talen) == 1 else WELKE
    plat = _kaal(zonder_beeld(tekst))
    kern = _BELEEFD.match(plat)
    return _PER_NAAM.get(plat, _PER_NAAM.get(kern[1]) if kern else None)


def _kaal(tekst: str) -> str:
    """Folded, and without the marks that a keyboard may not have: "espanol", "oekraiens"."""
    return "".join(c for c in unicodedata.normalize("NFD", vouw(tekst)) if not unicodedata.combining(c))


def _letters(land: str) -> str:
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in land)


_PER_NAAM = {_kaal(naam.replace("_", " ")): code for code, namen in _NAMEN.items() for naam in namen.split()}
_PER_VLAG = {_letters(land): code for code, landen in _VLAGGEN.items() for land in landen.split()}
