"""`bot.py evaluate` from end to end, with the real model and a question file as a moderator would write it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pullquote.evaluation.folders import folder_names
from tests.support.folders import CommandLine
from tests.support.program import Ended

LIGHTHOUSE = {
    "data": [
        {
            "title": "The lighthouse [at] Gull Point",
            "paragraphs": [
                {
                    "context": "The tower was finished in 1874. Its lamp burned whale oil.",
                    "qas": [
                        {"question": "What did the lamp burn?", "answers": [{"text": "whale oil"}]},
                        {"question": "When was the tower finished?", "answers": [{"text": "1874"}]},
                        {"question": "?!", "is_impossible": True},
                    ],
                },
                {
                    "context": "The last keeper left in 1962. He took his cat with him.",
                    "qas": [{"question": "Who took his cat with him?", "answers": [{"text": "He"}]}],
                },
            ],
        },
        {
            "title": "Honey",
            "paragraphs": [
                {
                    "context": "Foragers carry nectar home in a second stomach. It holds seventy milligrams.",
                    "qas": [{"question": "What holds seventy milligrams?"}],
                }
            ],
        },
    ]
}
FOOTBALL = {
    "data": [
        {
            "title": "Football",
            "paragraphs": [
                {
                    "context": "The match on Sunday ended without a goal.",
                    "qas": [{"question": "Who won the football match on Sunday?"}],
                }
            ],
        }
    ]
}
KEYS = [
    "file", "scope", "questions", "answerable", "unanswerable", "r1", "r3", "r5", "r10", "mrr", "pointing",
    "pointing_given_right", "verdicts", "answered_precision", "answered_precision_all", "coverage",
    "declined_answerable", "declined_unanswerable", "declined_near_miss", "declined_off_topic", "auroc_unanswerable",
    "auroc_near_miss", "auroc_off_topic", "calibration_error", "mixed_precision", "mixed_closest",
    "mixed_refusals", "mixed_calibration_error",
    "questions_per_second", "intervals", "worst_articles",
]  # fmt: skip
REFUSED = "1 of 5 questions have no word in them or are too long; they count as declined.\n"
PAGES = ["failures.html", "hits-by-rank.png", "reliability.png", "risk-coverage.png"]


Evaluate = Callable[..., Ended]


@pytest.fixture
def evaluate(cli: CommandLine, loads: list[str]) -> Evaluate:
    """Runs `evaluate` with these arguments in this process."""
    return lambda *arguments: cli("evaluate", *map(str, arguments))


@pytest.fixture
def lighthouse(tmp_path: Path) -> Path:
    return written(tmp_path / "lighthouse.json", LIGHTHOUSE)


@pytest.fixture
def football(tmp_path: Path) -> Path:
    return written(tmp_path / "football.json", FOOTBALL)


def written(file: Path, content: object) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


# For programs


def test_json_has_exactly_these_keys_and_values(evaluate: Evaluate, lighthouse: Path, loads: list[str]) -> None:
    ended = evaluate(lighthouse, "--json")
    assert (ended.code, ended.err) == (0, REFUSED)
    [figures] = ended.objects
    assert list(figures) == KEYS
    assert (figures["file"], figures["scope"]) == (str(lighthouse), "all")
    assert (figures["questions"], figures["answerable"], figures["unanswerable"]) == (5, 4, 1)
    for name in ("r1", "r3", "r5", "r10", "mrr", "pointing", "pointing_given_right"):
        assert figures[name] == 1
        assert figures["intervals"].get(name, [1, 1]) == [1, 1]
    assert list(figures["verdicts"]) == ["answerable", "unanswerable"]
    answerable = figures["verdicts"]["answerable"]
    assert list(answerable) == ["answered", "closest", "not_in_corpus", "other_language"]
    assert sum(answerable.values()) == 4
    assert figures["coverage"] == 1 - figures["declined_answerable"] == answerable["answered"] / 4 > 0
    assert figures["answered_precision"] == figures["answered_precision_all"] == 1
    assert figures["verdicts"]["unanswerable"] == {"answered": 0, "closest": 0, "not_in_corpus": 1, "other_language": 0}
    assert figures["declined_unanswerable"] == 1
    assert (figures["auroc_unanswerable"], figures["auroc_off_topic"], figures["declined_off_topic"]) == (1, None, None)
    assert 0 < figures["calibration_error"] < 1
    assert figures["questions_per_second"] > 0
    assert figures["worst_articles"] == [
        {"title": "The lighthouse [at] Gull Point", "questions": 3, "r1": 1, "pointing": 1}
    ]
    assert loads == ["all-MiniLM-L6-v2"]


def test_off_topic_questions_are_declined(evaluate: Evaluate, lighthouse: Path, football: Path) -> None:
    [figures] = evaluate(lighthouse, "--json", "--off-topic", football).objects
    assert list(figures) == KEYS
    assert figures["verdicts"]["off_topic"] == {"answered": 0, "closest": 0, "not_in_corpus": 1, "other_language": 0}
    assert (figures["declined_off_topic"], figures["auroc_off_topic"]) == (1, 1)
    assert figures["questions"] == 5


def test_each_file_gets_its_line(evaluate: Evaluate, lighthouse: Path, football: Path, loads: list[str]) -> None:
    ended = evaluate(lighthouse, football, "--json", "--scope", "article")
    assert ended.code == 0
    assert [(figures["file"], figures["scope"], figures["questions"]) for figures in ended.objects] == [
        (str(lighthouse), "article", 5),
        (str(football), "article", 1),
    ]
    assert len(loads) == 1


def test_a_file_name_that_is_not_text(evaluate: Evaluate, tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.json")
    try:
        file = written(tmp_path / name, FOOTBALL)
    except OSError:
        pytest.skip("this disk takes no such name")
    ended = evaluate(file, "--json")
    assert (ended.code, ended.objects[0]["file"]) == (0, str(tmp_path / "caf?.json"))
    assert evaluate(file).code == 0


# For people


def test_tables_for_people(evaluate: Evaluate, lighthouse: Path, football: Path) -> None:
    ended = evaluate(lighthouse, "--off-topic", football)
    assert (ended.code, ended.err) == (0, REFUSED.replace("5", "6"))
    lines = [line.strip() for line in ended.out.splitlines()]
    assert lines[0] == str(lighthouse)
    assert lines[1].startswith("5 questions (4 answerable, 1 unanswerable), asked of all articles; ")
    assert lines[1].endswith(" a second")
    rows = {line.split()[0]: line.split()[1:] for line in lines if line}
    assert rows["r1"] == ["1.000", "1.000–1.000", "right", "passage", "first"]
    assert rows["declined_off_topic"] == ["1.000", "declined,", "of", "off-topic"]
    assert sum(map(int, rows["answerable"])) == 4
    assert rows["unanswerable"] == ["0", "0", "1", "0"]
    assert rows["off-topic"] == ["0", "0", "1", "0"]
    assert any(line.split() == ["The", "lighthouse", "[at]", "Gull", "Point", "3", "1.000", "1.000"] for line in lines)


def test_tables_leave_out_what_is_not_known(evaluate: Evaluate, football: Path) -> None:
    ended = evaluate(football, "--scope", "article")
    assert (ended.code, ended.err) == (0, "")
    name, summary, *_ = ended.out.splitlines()
    assert name == str(football)
    assert summary.startswith("1 question (1 answerable, 0 unanswerable), each asked of its own article; ")
    assert "auroc" not in ended.out
    assert "Worst articles" not in ended.out


# --out


def test_pictures_and_failures_have_a_folder_for_each_file(evaluate: Evaluate, tmp_path: Path, football: Path) -> None:
    newer = written(tmp_path / "one" / "news.json", FOOTBALL)
    older = written(tmp_path / "two" / "news.json", FOOTBALL)
    out = tmp_path / "deep" / "out"
    ended = evaluate(newer, older, "--json", "--out", out)
    assert ended.code == 0
    assert len(ended.objects) == 2
    assert ended.err == "".join(f"Pictures and failures are in {out / name}\n" for name in ("news", "news-2"))
    for name in ("news", "news-2"):
        assert sorted(file.name for file in (out / name).iterdir()) == PAGES


def test_folders_never_share_a_name() -> None:
    files = [Path(name) for name in ("a.json", "b/a.json", "a-2.json", "A.txt", "c/a.json", "d")]
    assert folder_names(files) == ["a", "a-2", "a-2-2", "A-3", "a-4", "d"]


def test_a_folder_that_cannot_be_made_is_told_before_the_work(
    evaluate: Evaluate, football: Path, tmp_path: Path, loads: list[str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "football").write_text("in the way")
    ended = evaluate(football, "--out", tmp_path / "out")
    folder = tmp_path / "out" / "football"
    assert ended == Ended(1, "", f"The folder {folder} cannot be made (File exists).\n")
    assert loads == []


# What is wrong


def test_a_wrong_file_is_told_before_anything_is_asked(
    evaluate: Evaluate, football: Path, tmp_path: Path, loads: list[str]
) -> None:
    missing = tmp_path / "missing.json"
    complaint = f"The question set {missing} cannot be read (No such file or directory).\n"
    assert evaluate(football, missing) == Ended(1, "", complaint)
    assert evaluate(football, "--off-topic", missing, "--json") == Ended(1, "", complaint)
    assert loads == []


def test_a_file_is_not_off_topic_to_itself(evaluate: Evaluate, football: Path) -> None:
    ended = evaluate(football, "--off-topic", football)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.endswith("Name a set on other topics.\n")


@pytest.mark.parametrize("arguments", [(), ("x.json", "--scope", "some"), ("x.json", "--out"), ("--json",)])
def test_a_mistyped_command_line_is_explained(evaluate: Evaluate, arguments: tuple[str, ...]) -> None:
    ended = evaluate(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Error: " in ended.err
    assert "Traceback" not in ended.err


def test_a_file_is_not_a_folder_for_pictures(evaluate: Evaluate, football: Path) -> None:
    assert evaluate(football, "--out", football).code == 2


def test_help_explains_every_option(evaluate: Evaluate) -> None:
    help_text = " ".join(evaluate("--help").out.split())
    assert " evaluate [OPTIONS] {FILE}..." in help_text
    for option in ("--scope <article|all>", "--json", "--out DIR", "--off-topic OTHER.json"):
        assert option in help_text
