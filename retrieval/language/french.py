"""The rules of French. An apostrophe parts two words: "l'article" is l and article."""

from __future__ import annotations

from bm25s.stopwords import STOPWORDS_FRENCH

from retrieval.language.european import european, questions
from retrieval.language.stemmer import SnowballStemmer

_MORE = (
    "afin ainsi alors après aucun aucune aujourd hui aussi autre autres avant car ceci cela celle celles celui ceux "
    "cette cet chaque chez comme depuis dont donc elles entre être fait faire faut hors jusqu leurs lors lorsqu "
    "lorsque peu peut peuvent peux plus pendant puis puisqu puisque quand quelque quelques quoi sans si sous tous tout "
    "toute toutes très vers voici voilà doit doivent dois ça ci là où afin non avoir"
)

FRENCH = european(
    "fr",
    stemmer=SnowballStemmer("french").stem,
    stop_words=(*STOPWORDS_FRENCH, _MORE),
    apostrophe_parts=True,
    questions=questions(
        when="quand",
        who="qui où",
        how_many="combien",
        which="quel quelle quels quelles",
        others="comment pourquoi",
        times="année an jour mois siècle décennie date heure époque moment période",
        numbers="nombre quantité pourcentage population taux âge distance taille coût prix total montant",
        names=(
            "pays ville état lieu région continent fleuve rivière personne nom auteur président roi reine chef "
            "scientifique entreprise société organisation groupe équipe"
        ),
    ),
    numbers=(
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente "
        "quarante cinquante soixante cent cents mille million millions milliard milliards moitié douzaine premier "
        "première deuxième second seconde troisième quatrième"
    ),
    times=(
        "siècle siècles an ans année années décennie décennies jour jours semaine semaines mois heure heures hier "
        "demain matin soir nuit printemps été automne hiver janvier février mars avril mai juin juillet août septembre "
        "octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche"
    ),
    calendar="",
    abbreviations=(
        "adj art av bd cf ch chap dir dr env éd éds ex fig hab m me mgr mm mlle mme n° no p pp p.ex prof réf ste st "
        "tél trad vol vs"
    ),
)
