"""English: a sentence for each code that people in Discord may read, headings, numbers with their nouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pullquote.locales import english_articles, english_state
from pullquote.locales.english_operators import FOR_OPERATORS
from pullquote.locales.english_sources import SOURCES
from pullquote.locales.locale import Locale
from retrieval.answer import Verdict
from retrieval.progress import Step

# Seconds in a minute, and minutes in an hour; and the number of minutes from which hours are told.
_MINUTE = 60
_LONG = 120
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


def page_in(page: int, pages: int) -> str | None:
    """Which of several pages is shown, by its number from 0; None if there is a single one."""
    return f"page {page + 1:,} of {pages:,}" if pages > 1 else None


def quoted_in(answers: int) -> str | None:
    """How many answers quoted an article, as in "quoted in 12 answers"; None if no answer did."""
    return f"quoted in {counted(answers, 'answer')}" if answers else None


def alternatives(words: Sequence[str]) -> str:
    """Words as a list of alternatives, as in "a, b or c"."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def searched_with(questions: Sequence[str]) -> str:
    """That a question was searched with earlier questions, which are given as they are shown, in quotation marks."""
    return f"Searched with your question{'' if len(questions) == 1 else 's'} before: {', '.join(questions)}"


def progress_words(step: Step, done: int, total: int, seconds_left: float | None) -> str:
    """How far a step is, and what is left of it if that is a minute or more."""
    if step is Step.READING:
        return f"read {done:,} of {counted(total, 'article')}"
    share = f"read {done:,} of {total:,} new texts ({done / total:.0%})"
    if seconds_left is None or seconds_left < _MINUTE:
        return share
    minutes = round(seconds_left / _MINUTE)
    left = counted(minutes, "minute") if minutes < _LONG else counted(round(minutes / _MINUTE), "hour")
    return f"{share}, about {left} left"


# Why questions, reloads and permissions are refused.
_REQUESTS = {
    "no-words": "I can look up words only. Ask me a question about the articles, in a few words.",
    "message-without-words": "That message has no words that I could look up.",
    "question-too-long": "That question has {length:,} characters. Please ask it in at most {limit:,}.",
    "busy": "A lot of questions are waiting just now. Please ask again in a minute.",
    "member-too-fast": (
        "You have asked {questions} questions in the last half minute. Please ask again in {seconds} seconds."
    ),
    "guild-too-fast": "A lot is asked on this server just now. Please ask again in {seconds} seconds.",
    "passage-gone": "The articles have changed since then. Please ask again.",
    "answer-of-another": "Only whoever asked, or a moderator, can delete this answer.",
    "shared-already": "This answer was shared already.",
    "nothing-to-share": "This channel may not see anything that would answer it, so nothing was shared.",
    "closing": "I am just being restarted. Please ask again in a minute.",
    "operators-only": (
        "All servers share the articles of the folder, and only whoever runs this bot can reload them: "
        "please ask them to do it."
    ),
    "moderators-elsewhere": (
        "All servers share the articles of the folder, and the moderators of another server look after them: "
        "please ask them, or whoever runs this bot."
    ),
    "not-moderator": "Only moderators can do this: you need the permission Manage Server.",
    "not-moderator-nor-role": (
        "Only moderators can do this: you need the permission Manage Server, or the role {role}."
    ),
    "reload-running": "A reload is already running, started by {started_by} at {started_at:%H:%M:%S} UTC.",
    "reload-cancelled": "The reload was stopped because the bot is shutting down. Nothing changed.",
    "reading-stopped": "The reading was stopped because the bot is shutting down.",
    "guild-without-articles": "There are no articles here yet. A moderator can add some with /corpus add.",
    "guild-corpus-in-the-making": "The articles are being read for the first time. Please ask again in a minute.",
}
# What is wrong with articles. Most sentences complete the sentence "FILE: …".
_ARTICLES = {
    "article": "{file}: {reason}",
    "item": "- {reason}",
    "kept": "{reason}. Its last good version stays in use",
    "is-pdf": "is a PDF, whatever its name says; rename it to .pdf",
    "is-document": (
        "is an office document, whatever its name says; save it as .docx, as a web page (.html) or as plain text (.txt)"
    ),
    "is-docx": "is an office document, whatever its name says; rename it to .docx",
    "is-book": "is an e-book, whatever its name says; rename it to .epub",
    "is-archive": "is a ZIP archive, whatever its name says; put the files that are in it here",
    "is-web-page": "is a web page, whatever its name says; rename it to .html",
    "is-notebook": "is a notebook, whatever its name says; rename it to .ipynb",
    "is-data": "is a table of data (CSV), not an article; leave it out, or write what it says in sentences",
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
    "not-tags": "its tags are not a list of short texts and were left out",
    "unfit-tags": (
        "some of its tags were left out: an article has at most {most} tags, each of at most {longest} characters "
        "and without a comma"
    ),
    "too-deep": "is nested too deeply to be read",
    "not-a-notebook": "is not a notebook: it has no cells; open it in Jupyter and save it again",
    "notebook-json": (
        "is not a notebook: its JSON is wrong in line {line}, column {column}; open it in Jupyter and save it again"
    ),
    "not-docx": "is not a .docx document; open it in a word processor and save it as .docx",
    "not-epub": "is not an e-book in EPUB; save the book as EPUB once more, or as plain text (.txt)",
    "package-damaged": "is damaged and cannot be read; open it in the program that made it and save it once more",
    "package-part-missing": (
        "is damaged: its part {name} is missing; open it in the program that made it and save it once more"
    ),
    "package-locked": (
        "is locked (encrypted), so it cannot be read; put a copy without a password or copy protection here"
    ),
    "package-large": "holds more than {limit} MB of text and markup; split it into several files",
    "package-many-parts": "has more than {limit:,} parts; split it into several files",
    "package-entities": "declares entities, which no word processor writes; open it in one and save it once more",
    "not-zip": "is not a ZIP archive; pack the files once more, or add them one by one",
    "archive-many": "holds more than {limit:,} documents; split it into several archives",
    "archive-path": "its path leads out of the archive, so it was left out; pack it once more under a plain name",
    "archive-link": "is a link, so it was left out; pack the file itself instead",
    "archive-nested": "is an archive in an archive, so it was left out; add it by itself",
    "not-pdf": "is not a PDF; open it in the program that made it and save it as PDF once more",
    "pdf-damaged": "is damaged and cannot be read; open it in a PDF reader and save or print it as PDF once more",
    "pdf-locked": "is locked with a password, so it cannot be read; put a copy without a password here",
    "pdf-pictures": (
        "has pictures of pages and no text in it, as a scanner makes them; have a program for text recognition (OCR) "
        "add the text, or put the text here"
    ),
    "pdf-pages": "has more than {limit:,} pages; split it into several files",
    "pdf-large": "has more than {limit:,} characters; split it into several files",
    "pdf-page-left-out": "1 of its pages is damaged and was left out",
    "pdf-pages-left-out": "{pages:,} of its pages are damaged and were left out",
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
    "unread-document": "is not read; save it as .docx, as a web page (.html) or as plain text (.txt)",
    "unread-book": "is not read; save the book as EPUB (.epub) or as plain text (.txt)",
    "unread-markup": "is not read; turn it into Markdown (.md), as pandoc does",
    "file-not-article": "1 file is not an article: {kind}",
    "files-not-articles": "{files:,} files are not articles: {kinds}",
    "likewise": "{remark} ({others:,} more files likewise)",
    "same-name": "looks the same as another file's name; rename it",
    "link-outside": "is a link that leads out of the corpus folder; copy the file here instead",
    "link-nowhere": "is a link that leads nowhere; copy the file here instead",
    "not-a-file": "is not an ordinary file",
    "vanished": "vanished while it was being read; put it back, or reload again",
    "too-large": "is {megabytes:.1f} MB; the limit is {limit} MB, so split it into several files",
    "same-title": (
        "has the same title as {other}, so its quotes show the file's name as well; give either file another title"
    ),
    "same-content": "holds the same as {other}, word for word, so both may be quoted; delete either file",
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
    for_all={**_REQUESTS, **_ARTICLES, **english_articles.FOR_ALL, **SOURCES, **english_state.FOR_ALL},
    for_operators={**FOR_OPERATORS, **english_state.FOR_OPERATORS},
    for_members={**_CORPUS, **english_state.FOR_MEMBERS},
    conjunction=" and ",
)
