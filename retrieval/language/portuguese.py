"""The rules of Portuguese."""

from __future__ import annotations

from bm25s.stopwords import STOPWORDS_PORTUGUESE

from retrieval.language.european import european, questions
from retrieval.language.stemmer import SnowballStemmer

_MORE = (
    "além ainda algum alguma alguns algumas antes apenas após assim cada contra cujo cuja desde deve devem dele "
    "durante enquanto então estar faz fazer faço há lá mesma nem nesse nessa neste nesta onde outra outras outro "
    "outros pode podem posso porque pois quanto sendo sob sobre tal tanto ter toda todas todo todos tudo vai vez "
    "àquele"
)

PORTUGUESE = european(
    "pt",
    stemmer=SnowballStemmer("portuguese").stem,
    stop_words=(*STOPWORDS_PORTUGUESE, _MORE),
    questions=questions(
        when="quando",
        who="quem onde aonde",
        how_many="quanto quanta quantos quantas",
        which="qual quais que quê",
        others="como",
        times="ano dia mês século década data hora época momento",
        numbers="número quantidade porcentagem percentagem população taxa idade distância tamanho custo preço total",
        names=(
            "país cidade estado lugar região continente rio pessoa nome autor presidente rei rainha líder cientista "
            "empresa companhia organização grupo equipe equipa"
        ),
    ),
    numbers=(
        "zero um dois duas três quatro cinco seis sete oito nove dez onze doze treze catorze quatorze quinze dezesseis "
        "dezasseis dezessete dezassete dezoito dezenove dezanove vinte trinta quarenta cinquenta sessenta setenta "
        "oitenta noventa cem cento mil milhão milhões bilhão bilhões metade dúzia primeiro primeira segundo segunda "
        "terceiro terceira quarto quarta"
    ),
    times=(
        "século séculos ano anos década décadas dia dias semana semanas mês meses hora horas hoje ontem amanhã manhã "
        "tarde noite primavera verão outono inverno janeiro fevereiro março abril maio junho julho agosto setembro "
        "outubro novembro dezembro segunda terça quarta quinta sexta sábado domingo"
    ),
    calendar="",
    abbreviations=(
        "aprox art av cap cia d dr dra ed eng ex fig gov máx mín n.º núm p pág págs p.ex pref prof profa ref s sr sra "
        "srta sto sta tel v vol vs"
    ),
)
