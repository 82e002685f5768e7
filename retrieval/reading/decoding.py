"""A file's bytes → text, in UTF-8, the encoding that a byte order mark names, or else a guess, which is noted."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from charset_normalizer import from_bytes

from retrieval.errors import Reason, UnfitError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The encodings that old web pages and editors leave behind.
_LEGACY = ["cp1252", "cp1250", "cp1251", "cp1254", "cp1256"]
_LEGACY += ["shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "koi8_r", "iso8859_7"]
# The letters beyond a to z of the languages written in a Latin encoding; the commonest encoding comes first.
_WESTERN = ("àâæçèéêëîïôùûüÿœ", "áéíñóúü", "àáâãçéêíóôõúü", "àèéìíîòóù", "äæåéöøü", "áæðéíóöúýþ", "äõöšüž", "äöüß")
_CENTRAL = ("ąćęłńóśźż", "áäčďéěíĺľňóôŕřšťúůýž", "áéíóöőúüű", "âăîşţ", "ćčđšž")
_LATIN = {"cp1252": _WESTERN, "cp1250": _CENTRAL, "iso8859_2": _CENTRAL, "cp1254": ("âçğıİîöşüû",)}
# Signs that cp1252 has where other encodings have letters. Beside a letter they are taken for a misread letter.
_SIGN = re.compile(r"(?<![^\W\d_])[£¥¢½¼¾²³¹º](?![^\W\d_])|(?<!\w)[¿¡](?=[“«\"]?[A-ZÁÉÍÓÚÑ])|[«»€§©®°±]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# Bytes that may be letters: the bytes of quotation marks, dashes and fixed spaces are the same in many encodings. In
# Latin writing most such letters stand alone, as in "café"; in other scripts they come in runs.
_BYTES = rb"\x80-\x84\x86-\x90\x98-\x9f\xa1-\xaa\xac-\xba\xbc-\xff"
_LETTER = re.compile(rb"[%b]" % _BYTES)
_LONE_LETTER = re.compile(rb"(?<![%b])[%b](?![%b])" % (_BYTES, _BYTES, _BYTES))
# How many bytes the guess looks at, from the first byte that is not UTF-8.
_SAMPLE = 100_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")


class DecodingError(UnfitError):
    """The file is not text, or not text that can be read."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and a note if its encoding had to be guessed."""

    text: str
    note: Reason | None = None


def decode(raw: bytes) -> Decoded:
    """The text of a file. Raises DecodingError; positions in its fields are counted in bytes, from 0."""
    encoding = next((encoding for bom, encoding in _BOMS if raw.startswith(bom)), None)
    if encoding is None and (position := raw.find(0)) >= 0:
        raise DecodingError("zero-byte", position=position)
    try:
        return Decoded(raw.decode(encoding or "utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        position = error.start
        if encoding:
            name = encoding.upper()
            raise DecodingError("wrong-encoding", encoding=name, byte=raw[position], position=position) from error
        guess = None if _is_mostly_utf8(raw) else _guess(raw, raw[position : position + _SAMPLE])
        if guess is None or _is_binary(guess.text):
            raise DecodingError("unknown-encoding", byte=raw[position], position=position) from error
        note = Reason.of("guessed-encoding", byte=raw[position], position=position, encoding=guess.encoding)
        return Decoded(guess.text, note)


@dataclass(frozen=True, slots=True)
class _Guess:
    encoding: str
    text: str


def _guess(raw: bytes, sample: bytes) -> _Guess | None:
    """The encoding, by a sample. Languages in Latin letters are told apart here, for the detector confuses them."""
    guesses = [guess for encoding in _LATIN if (guess := _read_as(encoding, raw))]
    latin = max(guesses, key=lambda guess: _familiar(sample, guess.encoding), default=None)
    letters = len(_LETTER.findall(sample))
    if latin and 2 * len(_LONE_LETTER.findall(sample)) >= letters and 2 * _familiar(sample, latin.encoding) >= letters:
        return latin
    best = from_bytes(raw, cp_isolation=_LEGACY).best()
    return None if best is None else _Guess(best.encoding, str(best))


def _read_as(encoding: str, raw: bytes) -> _Guess | None:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _is_binary(text) else _Guess(encoding, text)


def _familiar(sample: bytes, encoding: str) -> int:
    """How many letters and signs beyond ASCII belong to the likeliest language of the encoding."""
    text = sample.decode(encoding)
    letters = Counter(_BEYOND_ASCII.findall(text))
    best = max(
        sum(count for letter, count in letters.items() if letter in alphabet or letter.lower() in alphabet)
        for alphabet in _LATIN[encoding]
    )
    return best + len(_SIGN.findall(text))


def _is_mostly_utf8(raw: bytes) -> bool:
    """Whether most characters beyond ASCII can be read as UTF-8: then no other encoding is right."""
    text = raw.decode("utf-8", errors="replace")
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    return beyond_ascii > 2 * text.count("\N{REPLACEMENT CHARACTER}")


def _is_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) > len(text) // 1000
