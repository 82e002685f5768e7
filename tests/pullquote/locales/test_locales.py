"""Every code that the program uses has a sentence, for the right readers, with the fields that the code brings."""

from __future__ import annotations

import ast
import datetime as dt
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from pullquote.library.errors import NoArticlesError, NoFolderError, ReloadInProgressError
from pullquote.library.problems import Problem, Remark
from pullquote.locales import for_members, for_operators
from pullquote.locales.english import ENGLISH
from pullquote.locales.locale import Locale
from retrieval.errors import CorpusError, PullquoteError, Reason

ROOT = Path(__file__).parents[3]
TABLES = {"all": ENGLISH.for_all, "operators": ENGLISH.for_operators, "members": ENGLISH.for_members}
# Fields that may hold a path of the host, or a name of a model, which can be a path.
PATHS = {"folder", "path", "model", "shelf", "variable", "value"}
# The ends of the names of constructors whose first argument is a code: our errors, and reasons.
MAKERS = ("Error", "Reason.of", "super().__init__")
NOT_OURS = {"TimeoutError", "ValueError"}


@dataclass(frozen=True)
class Use:
    """Where a code is written in the program, and the fields that it brings there."""

    where: str
    code: str
    fields: frozenset[str]


def uses() -> Iterator[Use]:
    files = [ROOT / "bot.py", *(ROOT / "pullquote").rglob("*.py"), *(ROOT / "retrieval").rglob("*.py")]
    for file in sorted(files):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (code := code_of(node)):
                fields = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                yield Use(f"{file.relative_to(ROOT).as_posix()}:{node.lineno}", code, fields)


def code_of(call: ast.Call) -> str | None:
    maker = ast.unparse(call.func)
    if not maker.endswith(MAKERS) or maker in NOT_OURS or not call.args:
        return None
    code = call.args[0]
    return code.value if isinstance(code, ast.Constant) and isinstance(code.value, str) else None


USES = list(uses())
# The program keeps these two codes in a variable.
INSTEAD = [
    Use("retrieval/ranking/weights.py", code, frozenset({"reason"}))
    for code in ("shipped-weights-instead", "weights-without-reranker-instead")
]


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_codes_of_all_rooms_are_seen() -> None:
    codes = {use.code for use in USES}
    assert {"no-words", "zero-byte", "busy", "not-saved", "token-refused", "few-questions", "not-https"} <= codes


@pytest.mark.parametrize("use", [*USES, *INSTEAD], ids=lambda use: f"{use.where} {use.code}")
def test_a_code_has_a_sentence_whose_fields_it_brings(use: Use) -> None:
    sentences = [table[use.code] for table in TABLES.values() if use.code in table]
    assert sentences
    assert set.union(*map(placeholders, sentences)) <= use.fields
    assert use.fields - placeholders(sentences[0]) <= PATHS  # a field that nobody reads is not carried about


def test_no_sentence_is_left_over() -> None:
    codes = {use.code for use in [*USES, *INSTEAD]}
    assert {code for table in TABLES.values() for code in table} - codes == set()


@pytest.mark.parametrize("table", ["all", "members"])
def test_nobody_in_discord_is_shown_a_path_or_a_variable(table: str) -> None:
    for code, sentence in TABLES[table].items():
        assert placeholders(sentence) & PATHS == set(), code
        assert not any(word in sentence for word in ("PULLQUOTE_", "DISCORD_", "make setup", "bot.py")), code


def test_moderators_are_told_of_every_problem_and_of_whatever_keeps_a_corpus_from_them() -> None:
    in_discord = ENGLISH.for_all.keys() | ENGLISH.for_members.keys()
    corpus = [use for use in USES if "CorpusError(" in line_of(use) or "reason.of(" in line_of(use).lower()]
    reading = [use for use in corpus if use.where.startswith(("retrieval/reading", "pullquote/library"))]
    assert len(reading) > 20
    assert {use.code for use in reading} - in_discord == set()


def line_of(use: Use) -> str:
    file, number = use.where.split(":")
    return (ROOT / file).read_text(encoding="utf-8").splitlines()[int(number) - 1]


# How sentences are filled in


SAID = (
    Problem("a.md", Reason.of("kept", reason=Reason.of("empty"))),
    Remark(None, Reason.of("files-not-articles", files=6, kinds=("3 .png", "2 .yml", "1 .css"))),
)


def test_reasons_lie_in_one_another() -> None:
    assert for_members(NoArticlesError("/srv/articles", SAID)) == (
        "No article in the corpus folder can be read:\n"
        "- a.md: is empty; write the article into it, or delete it. Its last good version stays in use\n"
        "- 6 files are not articles: 3 .png, 2 .yml and 1 .css"
    )


def test_operators_and_members_read_what_is_for_them() -> None:
    error = NoFolderError(Path("/srv/articles"))
    assert for_operators(error) == (
        "There is no corpus folder at /srv/articles. Create it and put .md or .txt files into it."
    )
    assert for_members(error) == (
        "The folder with the articles is not there. "
        "Ask whoever runs the bot to create it and to put .md or .txt files into it."
    )


def test_braces_in_a_name_are_braces() -> None:
    assert for_members(Problem("{file}.md", Reason.of("same-title", other="{0}")).line) == (
        "{file}.md: has the same title as {0}, so its quotes show the file's name as well; "
        "give either file another title"
    )


def test_what_is_for_operators_alone_has_no_words_for_members() -> None:
    assert for_members(PullquoteError("other-format", found=1, wanted=2)) is None


def test_a_reason_without_words_for_a_reader_is_named_by_its_code_and_shows_no_fields() -> None:
    reason = Reason.of("kept", reason=Reason.of("misshapen-weights", path="/srv/secret"))
    assert for_members(reason) == "misshapen-weights. Its last good version stays in use"


def test_an_error_without_a_sentence_is_shown_as_developers_see_it() -> None:
    error = CorpusError("eaten", by="moths")
    assert for_operators(error) == str(error) == "eaten: {'by': 'moths'}"


# Another language

SWEDISH: Mapping[str, str] = {
    "item": "* {reason}",
    "article": "{file} {reason}",
    "empty": "är tom",
    "kept": "{reason} och den gamla versionen gäller",
    "files-not-articles": "{files} filer är inte artiklar: {kinds}",
    "reload-running": "{started_by} laddar redan om sedan kl. {started_at:%H.%M}.",
}
ANOTHER = Locale(
    for_all=SWEDISH,
    for_operators={"no-article-readable": "Ingen artikel i {folder} kan läsas:\n{problems}"},
    for_members={"no-article-readable": "Ingen artikel kan läsas:\n{problems}"},
    conjunction=" och ",
)


def test_the_same_errors_in_another_language() -> None:
    lines = "* a.md är tom och den gamla versionen gäller\n* 6 filer är inte artiklar: 3 .png, 2 .yml och 1 .css"
    error = NoArticlesError("/srv/articles", SAID)
    assert for_operators(error, ANOTHER) == f"Ingen artikel i /srv/articles kan läsas:\n{lines}"
    assert for_members(error, ANOTHER) == f"Ingen artikel kan läsas:\n{lines}"
    running = ReloadInProgressError("Ada", dt.datetime(2026, 1, 1, 12, 30, tzinfo=dt.UTC))
    assert for_members(running, ANOTHER) == "Ada laddar redan om sedan kl. 12.30."
