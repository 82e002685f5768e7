"""The rules of Spanish."""

from __future__ import annotations

from bm25s.stopwords import STOPWORDS_SPANISH

from retrieval.language.european import european, questions
from retrieval.language.stemmer import SnowballStemmer

_MORE = (
    "además así aunque aún cada casi cualquier cuya cuyo debe deben dicho entonces hace hacer hago hasta hacia "
    "mediante mientras mismo misma parte podemos poder podría puede pueden puedo pues según ser si sino sólo solo tan "
    "tras través usted ustedes va vez ver"
)

SPANISH = european(
    "es",
    stemmer=SnowballStemmer("spanish").stem,
    stop_words=(*STOPWORDS_SPANISH, _MORE),
    questions=questions(
        when="cuándo",
        who="quién quiénes dónde adónde",
        how_many="cuánto cuánta cuántos cuántas",
        which="qué cuál cuáles",
        others="cómo",
        times="año día mes siglo década fecha hora época momento",
        numbers="número cantidad porcentaje población tasa edad distancia tamaño costo coste precio total",
        names=(
            "país ciudad estado lugar pueblo región continente río persona nombre autor presidente rey reina líder "
            "científico empresa compañía organización grupo equipo"
        ),
    ),
    numbers=(
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
        "dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil millón "
        "millones mitad docena primero primera segundo segunda tercero tercera cuarto cuarta"
    ),
    times=(
        "siglo siglos año años década décadas día días semana semanas mes meses hora horas hoy ayer mañana tarde noche "
        "primavera verano otoño invierno enero febrero marzo abril mayo junio julio agosto septiembre octubre "
        "noviembre diciembre lunes martes miércoles jueves viernes sábado domingo"
    ),
    calendar="",
    abbreviations=(
        "admón aprox art av avda cap cía d dña dr dra ee ej fig gral ing lic máx mín núm nº pág págs p.ej pdte prof "
        "profa ref s sr sra sres srta sta sto tel ud uds vol vs"
    ),
)
