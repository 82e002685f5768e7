"""The rules of Polish."""

from __future__ import annotations

from retrieval.language.european import european, questions
from retrieval.language.stemmer import SnowballStemmer

_STOP_WORDS = (
    "a aby albo ale ależ ani aż bardziej bardzo bez bo bowiem by być był była było były będą będzie będę chce choć "
    "ci ciebie cię co coś czasem czy czyli dla dlatego do dość dużo gdy gdyby gdyż go i ich im innych inne inny iż "
    "ja jako jakoś je jeden jedna jednak jedno jego jej jemu jest jestem jesteś jeszcze jeśli jeżeli już ją każda "
    "każdy każde ku lub ma mają mam masz mi między mimo mnie mną moja moje może możesz można mogą mogę mu musi muszę "
    "my mój na nad nam nami nas nasz nasza nasze natomiast nawet nic nich nie niech niego niej nimi nim niż no o "
    "obok od on ona one oni ono oraz po pod podczas ponad ponieważ poza przed przede przez przy raz również się sam "
    "sama sobie swoje swój są ta tak taka taki takie także tam te tego tej temu ten też to tobie tu tutaj tych tylko "
    "tym tymi ty tą tę u w was wam wasz we według wiele więc więcej wszyscy wszystkich wszystkie wszystko właśnie z "
    "za zawsze ze zatem że żeby która które którego której który których którym którzy"
)

_SNOWBALL = SnowballStemmer("polish")
# The stroke of ł is not an accent that can be taken apart from the letter.
_WITHOUT_STROKE = str.maketrans("ł", "l")


def _stem(form: str) -> str:
    return _SNOWBALL.stem(form).translate(_WITHOUT_STROKE)


POLISH = european(
    "pl",
    stemmer=_stem,
    stop_words=(_STOP_WORDS,),
    questions=questions(
        when="kiedy",
        who="kto kogo komu kim gdzie dokąd skąd",
        how_many="ile ilu",
        which="jaki jaka jakie jakiego jakiej jakim który która które którego której którym co",
        others="jak dlaczego czemu po",
        times="rok roku dzień dniu miesiąc miesiącu wiek wieku dekada data godzina godzinie czas okres",
        numbers="liczba ilość procent ludność populacja wiek odległość rozmiar koszt cena suma kwota wysokość",
        names=(
            "kraj kraju miasto mieście państwo miejsce miejscu region kontynent rzeka osoba imię nazwa autor prezydent "
            "król królowa przywódca naukowiec firma organizacja grupa drużyna"
        ),
    ),
    numbers=(
        "zero jeden jedna jedno dwa dwie dwóch trzy trzech cztery czterech pięć pięciu sześć siedem osiem dziewięć "
        "dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście "
        "dziewiętnaście dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt "
        "dziewięćdziesiąt sto dwieście trzysta tysiąc tysiące tysięcy milion miliony milionów miliard miliardy "
        "miliardów połowa tuzin pierwszy pierwsza drugi druga trzeci trzecia procent"
    ),
    times=(
        "wiek wieku wieki rok roku lata lat dzień dnia dni tydzień tygodnia tygodnie miesiąc miesiąca miesięcy "
        "godzina godziny godzin dzisiaj dziś wczoraj jutro rano wieczór wieczorem noc nocy wiosna wiosną lato latem "
        "jesień jesienią zima zimą styczeń stycznia luty lutego marzec marca kwiecień kwietnia maj maja czerwiec "
        "czerwca lipiec lipca sierpień sierpnia wrzesień września październik października listopad listopada "
        "grudzień grudnia poniedziałek wtorek środa środę czwartek piątek sobota sobotę niedziela niedzielę"
    ),
    calendar="",
    abbreviations=(
        "al art dr doc dyr godz gr hab im inż itp jw kpt ks lek lic łac m.in mgr mld mln m.st nast np nr ok os pl "
        "p.n.e pkt pł por pow płk prof ps red rozdz ryc rys str tab tel tj tys tzn tzw ub ul ur wg woj wyd zł zm zob "
        "św"
    ),
    ordinals=True,
)
