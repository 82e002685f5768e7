"""The rules of Dutch."""

from __future__ import annotations

from bm25s.stopwords import STOPWORDS_DUTCH

from retrieval.language.european import european, questions
from retrieval.language.stemmer import SnowballStemmer

_MORE = (
    "bent daarna daarom dergelijke deed dezelfde doet eerst elk elke enige enkele etc gaan gaat geven haar hebt hen "
    "hierbij hoewel hun iedere ieder jij jou jouw jullie jullie kunt liever mag mocht moeten mogen nadat nooit omdat "
    "onze sinds steeds terwijl tijdens totdat tussen vaak vanaf vanuit verder vind vinden volgens wanneer weer wegens "
    "welke wij wilt zelfs zit zoals zodat zult"
)

DUTCH = european(
    "nl",
    stemmer=SnowballStemmer("dutch").stem,
    stop_words=(*STOPWORDS_DUTCH, _MORE),
    questions=questions(
        when="wanneer",
        who="wie wiens waar waarheen",
        how_many="hoeveel",
        how="hoe",
        amounts="veel lang vaak hoog groot oud ver zwaar duur diep breed snel",
        which="welk welke wat",
        others="waarom waarmee waarvoor waardoor",
        times="jaar dag maand eeuw decennium datum tijd tijdstip moment uur",
        numbers="aantal getal percentage bevolking leeftijd afstand grootte omvang kosten prijs totaal bedrag",
        names=(
            "land stad staat plaats regio continent rivier persoon naam auteur president koning koningin leider "
            "wetenschapper bedrijf organisatie groep team"
        ),
    ),
    numbers=(
        "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
        "achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen "
        "miljard helft dozijn eerste tweede derde vierde procent"
    ),
    times=(
        "eeuw eeuwen jaar jaren decennium decennia dag dagen week weken maand maanden uur uren vandaag gisteren morgen "
        "ochtend avond nacht lente zomer herfst winter januari februari maart april mei juni juli augustus september "
        "oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
    ),
    calendar="",
    abbreviations=(
        "afb art bijv bijz blz bv ca d.w.z dhr dr drs dwz e.d enz evt fig gem incl ing ir jl max mevr min mr mw nl nr "
        "o.a oa par prof resp st t.a.v tel t/m vb vgl vnl vs"
    ),
)
