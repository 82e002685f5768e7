"""Words by which a question leans on what was said before it: "and when?", "why him?"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DependingWords:
    """The words of a language, as forms, that make a question go on from an earlier question."""

    openings: frozenset[str]
    """Words that, at the start of a question, tie it to what was said before (and, but)."""
    pronouns: frozenset[str]
    """Words that stand for what was named before (he, it)."""
    pointers: frozenset[str] = frozenset()
    """Words that stand for it where no word of content comes next: "why that?", but not "that diplomat"."""
    asides: frozenset[str] = frozenset()
    """Words that say nothing of their own beside what was said before (instead, otherwise)."""
    speakers: frozenset[str] = frozenset()
    """Words for whoever asks and whoever is asked: "who are you?" goes on from nothing."""
    about: frozenset[tuple[str, str]] = frozenset()
    """Two words that, at the start, ask the earlier question of something else: "what about tea?"."""


def depending_words(code: str) -> DependingWords | None:
    """The words of the language with this code; None for a language whose words are not known well enough."""
    return _WORDS.get(code)


def _listed(openings: str, pronouns: str) -> DependingWords:
    return DependingWords(frozenset(openings.split()), frozenset(pronouns.split()))


# Words that often stand for nothing are left out: the German "es", the French "il", and what is also a polite "you".
_WORDS: Mapping[str, DependingWords] = {
    "en": DependingWords(
        openings=frozenset("and but or also".split()),
        pronouns=frozenset("he he's hes him his she she's her hers it it's its they they're them their theirs".split()),
        pointers=frozenset("this that that's thats these those one ones".split()),
        asides=frozenset(
            "again also another before else exactly instead more not other others otherwise same so still such then "
            "there too could do doing done get gets got happen happened happens know knows may mean might must said "
            "say says shall should tell think thinks thought told use used want wants would".split()
        ),
        speakers=frozenset("i i'm im me my mine we us our you your yours u".split()),
        about=frozenset([("what", "about"), ("how", "about")]),
    ),
    "de": _listed("und aber oder", "er ihn ihm sein seine seinen davon damit dafür dazu dabei darüber dagegen dadurch"),
    "es": _listed("y pero o", "él ella ellos ellas eso esto"),
    "fr": _listed("et mais ou", "elle elles ils lui celui celle ceux celles cela ça"),
    "pt": _listed("e mas ou", "ele ela eles elas isso isto dele dela deles delas nele nela"),
    "it": _listed("e ma o", "lui loro ciò"),
    "nl": _listed("en maar of", "hij hem"),
    "ru": _listed("а и но или", "он она они его её ее ему им их него неё них"),
    "uk": _listed("а і й та але", "він вона вони його її йому їх"),
    "pl": _listed("a i ale", "on ona oni jego jej ich go mu im"),
    "tr": _listed("ve peki ama", "onu ona onlar onların onun"),
}
