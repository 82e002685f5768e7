"""Words errors, reasons and problems for operators and for people in Discord."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from pullquote.locales.english import ENGLISH
from pullquote.locales.locale import Locale
from retrieval.errors import Field, Reason


class Said(Protocol):
    """An error or a reason."""

    @property
    def code(self) -> str:
        """What happened."""

    @property
    def fields(self) -> Mapping[str, Field]:
        """What fills the sentence."""


def for_operators(said: Said, locale: Locale = ENGLISH) -> str:
    """The words for the terminal and the log, whose readers may see paths and names of settings."""
    return _worded(said, (locale.for_operators, locale.for_all), locale) or str(said)


def for_members(said: Said, locale: Locale = ENGLISH) -> str | None:
    """The words for Discord, where nobody may see paths and names of settings; None if nobody there can help."""
    return _worded(said, (locale.for_members, locale.for_all), locale)


def _worded(said: Said, tables: Sequence[Mapping[str, str]], locale: Locale) -> str | None:
    sentence = next((table[said.code] for table in tables if said.code in table), None)
    if sentence is None:
        return None
    return sentence.format_map({name: _shown(value, tables, locale) for name, value in said.fields.items()})


def _shown(value: Field, tables: Sequence[Mapping[str, str]], locale: Locale) -> object:
    match value:
        case Reason():
            return _worded(value, tables, locale) or value.code
        case (Reason(), *_):
            reasons = cast("tuple[Reason, ...]", value)
            return "\n".join(_worded(reason, tables, locale) or reason.code for reason in reasons)
        case (*words, str(last)):
            return locale.conjunction.join(filter(None, [", ".join(map(str, words)), last]))
        case _:
            return value
