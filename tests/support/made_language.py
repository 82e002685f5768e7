"""A second language beside English: a few words of Esperanto, with rules that English does not have."""

from __future__ import annotations

import re

from retrieval.language.language import Language
from retrieval.language.question_kind import QuestionKind, QuestionRules

_ENDING = re.compile("[aeiou][jns]*$")

ESPERANTO = Language(
    code="eo",
    stop_words=frozenset("la kaj kiam kiu kiom da".split()),
    shortened=re.compile("'$"),
    stem=lambda form: _ENDING.sub("", form),
    capitals_name=False,
    sentence_begins=re.compile("[.] $"),
    numbers=frozenset(["tri"]),
    times=frozenset(["hierau"]),
    calendar=frozenset(["majo"]),
    questions=QuestionRules(
        forms={"kiam": "kiam", "kiu": "kiu", "kiun": "kiu", "kiom": "kiom", "kia": "kia"},
        kinds={"kiam": QuestionKind.TIME, "kiu": QuestionKind.NAME},
        measuring=frozenset(["kiom"]),
        amounts=frozenset(["da"]),
        choosing=frozenset(["kia"]),
        times=frozenset(["jaro"]),
        numbers=frozenset(["nombro"]),
        names=frozenset(["urbo"]),
    ),
    frequency=lambda form: 0.01 if form == "hundo" else 0.0,
)
