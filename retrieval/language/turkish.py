"""The rules of Turkish. An apostrophe parts a name from its endings, and the small letter of I is ı."""

from __future__ import annotations

from bm25s.stopwords import STOPWORDS_TURKISH

from retrieval.language.european import european, questions
from retrieval.language.stemmer import SnowballStemmer
from retrieval.language.words import accented

_CAPITALS = str.maketrans("İI", "iı")
_DOTLESS = str.maketrans("ı", "i")
_MORE = (
    "ama bir olan olarak oldu olduğu olur olmak olması var vardır yok yapmak yapılır eder edilir etmek sonra önce "
    "gerek gerekir ki mıdır midir dır dir dur dür"
)
# The endings of names, which stand behind an apostrophe.
_ENDINGS = (
    "nın nin nun nün ın in un ün da de ta te dan den tan ten a e ya ye ı i u ü yı yi yu yü na ne nı ni la le yla yle "
    "lı li lar ler nda nde ndan nden ca ce"
)

_SNOWBALL = SnowballStemmer("turkish")


def _fold(text: str) -> str:
    return accented(text.translate(_CAPITALS))


def _stem(form: str) -> str:
    return _SNOWBALL.stem(form).translate(_DOTLESS)


TURKISH = european(
    "tr",
    stemmer=_stem,
    stop_words=(*STOPWORDS_TURKISH, _MORE, _ENDINGS),
    apostrophe_parts=True,
    fold=_fold,
    questions=questions(
        when="zaman",
        who="kim kimi kime kimin kimler nerede nereye nereden neresi",
        how_many="kaç kaçı kaçta kaçıncı",
        which="hangi hangisi",
        others="ne nasıl neden niçin niye",
        times="yıl yılda yılı gün günü ay ayda yüzyıl tarih tarihte saat saatte dönem",
        numbers="sayı sayısı miktar yüzde nüfus oran yaş mesafe boyut maliyet fiyat toplam",
        names=(
            "ülke ülkede şehir şehirde il devlet yer yerde bölge kıta nehir kişi isim yazar başkan kral kraliçe lider "
            "bilim şirket kurum grup takım"
        ),
    ),
    numbers=(
        "sıfır bir iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli altmış yetmiş seksen doksan yüz bin "
        "milyon milyar yarım yarısı düzine birinci ikinci üçüncü ilk"
    ),
    times=(
        "yüzyıl yıl yılı yılında gün günü hafta ay ayı saat bugün dün yarın sabah akşam gece ilkbahar yaz sonbahar kış "
        "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık pazartesi salı çarşamba perşembe "
        "cuma cumartesi pazar"
    ),
    calendar="",
    abbreviations="alb av bkz bn cad çev doç dr ed gen hz ing krş mah mm no örn prof s sf sk sn tel ts vd vs yy yrd",
    ordinals=True,
)
