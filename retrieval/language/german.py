"""The rules of German: nouns have capitals, so that capitals make no names."""

from __future__ import annotations

from bm25s.stopwords import STOPWORDS_GERMAN

from retrieval.language.european import european, questions
from retrieval.language.stemmer import SnowballStemmer

_SNOWBALL = SnowballStemmer("german")

_MORE = (
    "ab ans beim bereits bitte bzw dabei dafür daher darf darfst davon dazu deren deshalb dessen dürfen dürft "
    "eigentlich etwa gab gäbe geht gibt gilt hast hätte hätten hierfür irgendwo je jemand kannst konnte konnten "
    "können könnten könnt lässt mag möchte möchten mögen musst müssen müsst müsste nämlich neben niemand oft schon "
    "seid seit sogar sollen sollst sollten sowie trotzdem unserer usw weder wäre wären wenige werdet willst wollt "
    "worden wurde wurden zudem"
)


def _stem(form: str) -> str:
    """The stem by Snowball, which does not see that "installiert" is a form of "installieren"."""
    stem = _SNOWBALL.stem(form)
    return stem[:-3] if len(stem) > 6 and stem.endswith("iert") else stem


GERMAN = european(
    "de",
    stemmer=_stem,
    stop_words=(*STOPWORDS_GERMAN, _MORE),
    capitals_name=False,
    questions=questions(
        when="wann",
        who="wer wem wen wessen wo wohin woher",
        how_many="wieviel wieviele",
        how="wie",
        amounts="viel viele vielen lange lang oft hoch groß alt weit schwer teuer tief breit schnell häufig",
        which="welche welcher welches welchem welchen was",
        others="warum wieso weshalb wozu womit wofür wodurch worin woran worauf",
        times="jahr jahre tag monat jahrhundert jahrzehnt datum zeit uhrzeit zeitpunkt",
        numbers="zahl anzahl prozent prozentsatz betrag preis größe alter entfernung länge kosten menge",
        names=(
            "land stadt staat ort gegend region kontinent fluss person name autor präsident könig königin leiter "
            "wissenschaftler firma unternehmen organisation gruppe mannschaft team"
        ),
    ),
    numbers=(
        "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
        "siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend "
        "million millionen milliarde milliarden dutzend hälfte erste ersten zweite zweiten dritte dritten vierte "
        "prozent"
    ),
    times=(
        "jahrhundert jahrhunderte jahr jahre jahren jahrzehnt jahrzehnte tag tage tagen woche wochen monat monate "
        "monaten stunde stunden heute gestern morgen abend nacht frühling sommer herbst winter"
    ),
    calendar=(
        "januar februar märz april mai juni juli august september oktober november dezember montag dienstag mittwoch "
        "donnerstag freitag samstag sonnabend sonntag"
    ),
    abbreviations=(
        "abb abs abschn allg art aufl bd bes bspw bzgl bzw ca dr d.h dipl ebd eigtl engl evtl frz gegr geb ggf hg hrsg "
        "inkl insb jh kap lat max min mio mrd mind nr o.ä prof s.o s.u sog st std str tab tel u.a urspr vgl vs zb zit "
        "z.b zzgl"
    ),
    ordinals=True,
)
