"""The rules of Italian. An apostrophe parts two words: "l'articolo" is l and articolo."""

from __future__ import annotations

from bm25s.stopwords import STOPWORDS_ITALIAN

from retrieval.language.european import european, questions
from retrieval.language.stemmer import SnowballStemmer

_MORE = (
    "alcuni alcune allora altra altre altri altro ancora anzi bisogna cioè ciò così cosa cos d da dal deve devono devo "
    "dopo durante essere fa fare fra già invece mediante mentre mentre nei ogni ognuno oltre ora perciò però poi "
    "possono posso può prima proprio qualche quando quindi sempre senza solo soltanto sopra sotto stata state stati "
    "stato tra tutta tutte un verso viene vengono"
)

ITALIAN = european(
    "it",
    stemmer=SnowballStemmer("italian").stem,
    stop_words=(*STOPWORDS_ITALIAN, _MORE),
    apostrophe_parts=True,
    questions=questions(
        when="quando",
        who="chi dove dov",
        how_many="quanto quanta quanti quante",
        which="quale quali qual che",
        others="come perché cosa cos",
        times="anno giorno mese secolo decennio data ora epoca momento periodo",
        numbers="numero quantità percentuale popolazione tasso età distanza dimensione costo prezzo totale",
        names=(
            "paese città stato luogo regione continente fiume persona nome autore presidente re regina capo scienziato "
            "azienda società organizzazione gruppo squadra"
        ),
    ),
    numbers=(
        "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
        "diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento mille "
        "mila milione milioni miliardo miliardi metà dozzina primo prima secondo seconda terzo terza quarto quarta"
    ),
    times=(
        "secolo secoli anno anni decennio decenni giorno giorni settimana settimane mese mesi ora ore oggi ieri domani "
        "mattina sera notte primavera estate autunno inverno gennaio febbraio marzo aprile maggio giugno luglio agosto "
        "settembre ottobre novembre dicembre lunedì martedì mercoledì giovedì venerdì sabato domenica"
    ),
    calendar="",
    abbreviations=(
        "ad.es art avv ca cap cfr dott dott.ssa ed es fig geom ing max min n nn n.b on p pag pagg pp prof prof.ssa "
        "rif s sig sig.na sig.ra sigg tel v vol vs"
    ),
)
