"""English: a sentence for each code that people in Discord may read, headings, numbers with their nouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pullquote.locales.english_operators import FOR_OPERATORS
from pullquote.locales.locale import Locale
from retrieval.answer import Verdict

VERDICT_HEADINGS: Mapping[Verdict, str] = {
    Verdict.ANSWERED: "The article says",
    Verdict.CLOSEST: "It may be here",
    Verdict.NOT_IN_CORPUS: "The articles don't say",
    Verdict.OTHER_LANGUAGE: "Another language",
}
"""What stands above an answer."""
VERDICT_NAMES: Mapping[Verdict, str] = {
    Verdict.ANSWERED: "answered",
    Verdict.CLOSEST: "closest",
    Verdict.NOT_IN_CORPUS: "not in the corpus",
    Verdict.OTHER_LANGUAGE: "another language",
}
"""What evaluations call the verdicts."""


def counted(number: int, noun: str) -> str:
    """A number with its noun, as in "1 article" and "2,000 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def alternatives(words: Sequence[str]) -> str:
    """Words as a list of alternatives, as in "a, b or c"."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


# Why questions, reloads and permissions are refused.
_REQUESTS = {
    "no-words": "I can look up words only. Ask me a question about the articles, in a few words.",
    "message-without-words": "That message has no words that I could look up.",
    "question-too-long": "That question has {length:,} characters. Please ask it in at most {limit:,}.",
    "busy": "A lot of questions are waiting just now. Please ask again in a minute.",
    "passage-gone": "The articles have changed since then. Please ask again.",
    "closing": "I am just being restarted. Please ask again in a minute.",
    "operators-only": (
        "All servers share the articles, and only whoever runs this bot can look after them: please ask them to do it."
    ),
    "moderators-elsewhere": (
        "All servers share the articles, and the moderators of another server look after them: "
        "please ask them, or whoever runs this bot."
    ),
    "not-moderator": "Only moderators can do this: you need the permission Manage Server.",
    "not-moderator-nor-role": (
        "Only moderators can do this: you need the permission Manage Server, or the role {role}."
    ),
    "reload-running": "A reload is already running, started by {started_by} at {started_at:%H:%M:%S} UTC.",
    "reload-cancelled": "The reload was stopped because the bot is shutting down. Nothing changed.",
    "reading-stopped": "The reading was stopped because the bot is shutting down.",
}
# What is wrong with articles. Most sentences complete the sentence "FILE: …".
_ARTICLES = {
    "article": "{file}: {reason}",
    "item": "- {reason}",
    "kept": "{reason}. Its last good version stays in use",
    "zero-byte": "is not a text file (a zero byte at position {position}); only text can be read",
    "wrong-encoding": "is not {encoding} (byte 0x{byte:02X} at position {position}); save it as UTF-8",
    "unknown-encoding": (
        "is not UTF-8 (byte 0x{byte:02X} at position {position}), and no other encoding fits; save it as UTF-8"
    ),
    "guessed-encoding": (
        "is not UTF-8 (byte 0x{byte:02X} at position {position}); it was read as {encoding}. "
        "If letters look wrong, save it as UTF-8"
    ),
    "front-matter-open-toml": "its front matter is not closed; put a line of three plus signs (+++) under it",
    "front-matter-open": "its front matter is not closed; put a line of three dashes (---) under it",
    "front-matter-long": "its front matter is longer than {limit} kB; shorten it or take it out",
    "front-matter-invalid": "its front matter is not valid {format}; mend it or take it out",
    "front-matter-invalid-at": (
        "its front matter is not valid {format} in line {line}, column {column}; mend it or take it out"
    ),
    "front-matter-number": "its front matter has an escape or a number that is out of range; mend it or take it out",
    "front-matter-deep": "its front matter is nested too deeply; write plain 'key: value' lines",
    "front-matter-list": "its front matter is not a list of 'key: value' lines; mend it or take it out",
    "not-one-line": "its {key} is not a single line of text and was left out",
    "not-a-url": "its url is not an http:// or https:// address of at most {limit} characters and was left out",
    "not-a-date": "its published date is not written as 2026-01-31 and was left out",
    "too-deep": "is nested too deeply to be read",
    "empty": "is empty; write the article into it, or delete it",
    "headings-only": "has headings but no text under them",
    "front-matter-only": "has front matter but no text under it",
    "no-text": "has no text in it",
    "reading-failed": (
        "cannot be read because of an error in Pullquote ({error}), which the log describes; "
        "leave the file out, or take out its unusual parts"
    ),
    "reading-slow": "takes more than {seconds:,} s to read; split it into several files",
    "reading-large": "needs more than {megabytes:,} MB of memory to be read; split it into several files",
    "reading-killed": (
        "was not read to its end: the process that read it ended ({signal}), perhaps for lack of memory; "
        "reload again, or split it into several files"
    ),
    "reading-ended": (
        "was not read to its end: the process that read it ended (exit code {exit_code}), perhaps for lack of memory; "
        "reload again, or split it into several files"
    ),
    "cannot-open": "cannot be opened ({reason})",
    "folder-link": "is a link to a folder; copy the folder here instead",
    "other-ending": "is not read; only {endings} files are",
    "same-name": "looks the same as another file's name; rename it",
    "link-outside": "is a link that leads out of the corpus folder; copy the file here instead",
    "link-nowhere": "is a link that leads nowhere; copy the file here instead",
    "not-a-file": "is not an ordinary file",
    "vanished": "vanished while it was being read; put it back, or reload again",
    "too-large": "is {megabytes:.1f} MB; the limit is {limit} MB, so split it into several files",
    "same-title": "has the same title as {other}; give either file another title",
    "index-not-saved": (
        "the saved index: could not be written ({reason}), so it is built anew at the next start; "
        "make room in the data folder, or mend its permissions"
    ),
}
_NO_CORPUS = "There is no corpus to answer from. Ask whoever runs the bot to look into its log."
_CORPUS = {
    "no-corpus-yet": _NO_CORPUS,
    "no-article": _NO_CORPUS,
    "no-folder": (
        "The folder with the articles is not there. "
        "Ask whoever runs the bot to create it and to put .md or .txt files into it."
    ),
    "folder-cannot-open": (
        "The folder with the articles cannot be opened ({reason}). "
        "Ask whoever runs the bot to mend its links and permissions."
    ),
    "no-articles": "There are no articles in the corpus folder. Put .md or .txt files there.",
    "no-article-readable": "No article in the corpus folder can be read:\n{problems}",
    "not-saved": (
        "The corpus could not be saved ({reason}). Nothing changed. "
        "Ask whoever runs the bot to make room on its disk or to mend the permissions of its data folder."
    ),
    "reader-cannot-start": _NO_CORPUS,
    "reader-ended-at-once": _NO_CORPUS,
}

ENGLISH = Locale(
    for_all={**_REQUESTS, **_ARTICLES},
    for_operators=FOR_OPERATORS,
    for_members=_CORPUS,
    conjunction=" and ",
)
