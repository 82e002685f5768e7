"""The page of failures, read back with Python's own HTML parser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pullquote.evaluation.failures import MAX_SHOWN, write_failures
from pullquote.evaluation.outcome import Outcome
from pullquote.evaluation.question_sets import Entry, SetQuestion, question_set
from pullquote.evaluation.run import judge
from retrieval.answer import Answer, Hit, Verdict
from tests.support.failures_page import Page, Shown
from tests.support.fake_encoder import LetterEncoder
from tests.support.made_answers import unparsed

TITLE = "Ferries & <i>boats</i>"
SET = question_set(
    [
        Entry.model_validate(entry)
        for entry in (
            {
                "title": TITLE,
                "paragraphs": [
                    {"context": 'The ferry leaves at seven. It carries no cars, but "bikes" <b>ride</b> & dogs too.'},
                    {"context": "Tea is free on board.\nThe captain pours it at seven."},
                ],
            },
            {"title": "Bread", "paragraphs": [{"context": "Rye bread keeps for two weeks. It is sour."}]},
        )
    ],
    LetterEncoder(),
)


def question(text: str, article: int, paragraph: int, *answers: str) -> SetQuestion:
    """A question on that paragraph of that article of the set; a question without answers cannot be answered."""
    passage = SET.articles[article].passages[paragraph]
    return SetQuestion(text, article, (passage.start, passage.end), bool(answers), answers)


def quote(article: int, paragraph: int, sentence: int, probability: float) -> Hit:
    passage = SET.articles[article].passages[paragraph]
    return Hit(SET.articles[article], passage, passage.sentences[sentence], probability, {})


def outcome(set_question: SetQuestion, *hits: Hit, verdict: Verdict = Verdict.ANSWERED) -> Outcome:
    """What became of a question with these hits; a question without hits could not be looked up."""
    answer = Answer(unparsed(set_question.text), verdict, hits, 1.0, 1.0, elapsed_ms=1.0) if hits else None
    return judge(set_question, answer)


def page(folder: Path, *outcomes: Outcome, title: str = "ferries.json") -> Page:
    return Page(write_failures(outcomes, title, folder))


def test_the_right_passage_stands_beside_a_wrong_first_quote(tmp_path: Path) -> None:
    set_question = question("When is tea?", 0, 1, "at seven")
    read = page(tmp_path, outcome(set_question, quote(0, 0, 0, 0.875), quote(1, 0, 0, 0.5), quote(0, 1, 1, 0.25)))
    assert read.sections["wrong"] == [
        Shown(
            "When is tea?",
            "1. Verdict: answered, 87.5\xa0% sure. Expected:\n*at seven*\n",
            [
                (
                    "First quote",
                    '⟦The ferry leaves *at seven*.⟧ It carries no cars, but "bikes" <b>ride</b> & dogs too.',
                    f"{TITLE}, paragraph 1, 87.5\xa0% sure\n",
                ),
                (
                    "The right one came in place 3 of 3",
                    "Tea is free on board.\n⟦The captain pours it *at seven*.⟧",
                    f"{TITLE}, paragraph 2, 25.0\xa0% sure\n",
                ),
            ],
        )
    ]


def test_a_right_paragraph_that_was_not_proposed_is_shown_out_of_its_article(tmp_path: Path) -> None:
    set_question = question("Who pours?", 0, 1, "captain")
    (shown,) = page(tmp_path, outcome(set_question, quote(1, 0, 0, 0.75), quote(0, 0, 0, 0.5))).sections["wrong"]
    assert shown.panes[1] == (
        "The right one was not among those proposed",
        "Tea is free on board.\nThe *captain* pours it at seven.",
        f"{TITLE}\n",
    )


def test_a_right_paragraph_that_is_not_at_hand_is_said_to_be_missing(tmp_path: Path) -> None:
    set_question = question("Who pours?", 0, 1, "captain")
    (shown,) = page(tmp_path, outcome(set_question, quote(1, 0, 1, 0.75))).sections["wrong"]
    assert shown.panes == [
        ("First quote", "Rye bread keeps for two weeks. ⟦It is sour.⟧", "Bread, paragraph 1, 75.0\xa0% sure\n"),
        (
            "The right one was not among those proposed",
            "",
            "Nothing else of its article was proposed, so it cannot be shown.\n",
        ),
    ]


def test_a_question_that_was_not_looked_up_has_no_passages(tmp_path: Path) -> None:
    set_question = question("?!", 1, 0, "sour")
    (shown,) = page(tmp_path, outcome(set_question, verdict=Verdict.NOT_IN_CORPUS)).sections["wrong"]
    assert shown == Shown(
        "?!",
        "1. Verdict: not in the corpus, 0.0\xa0% sure. Expected:\n*sour*\n"
        "It was not looked up: it has no word in it, or too many.\n",
    )


def test_a_right_quote_that_was_declined_is_shown(tmp_path: Path) -> None:
    set_question = question("How does it taste?", 1, 0, "sour")
    read = page(tmp_path, outcome(set_question, quote(1, 0, 1, 0.125), verdict=Verdict.CLOSEST))
    pane = ("First quote", "Rye bread keeps for two weeks. ⟦It is *sour*.⟧", "Bread, paragraph 1, 12.5\xa0% sure\n")
    about = "1. Verdict: closest, 12.5\xa0% sure. Expected:\n*sour*\n"
    assert read.sections == {
        "wrong": [],
        "declined": [Shown("How does it taste?", about, [pane])],
        "unanswerable": [],
        "unmarked": [],
    }


def test_an_answer_to_what_cannot_be_answered_is_shown(tmp_path: Path) -> None:
    set_question = question("Who baked it?", 1, 0)
    read = page(tmp_path, outcome(set_question, quote(1, 0, 0, 0.625)))
    pane = ("First quote", "⟦Rye bread keeps for two weeks.⟧ It is sour.", "Bread, paragraph 1, 62.5\xa0% sure\n")
    assert read.sections == {
        "wrong": [],
        "declined": [],
        "unanswerable": [Shown("Who baked it?", "1. Verdict: answered, 62.5\xa0% sure\n", [pane])],
        "unmarked": [],
    }


def test_a_marked_sentence_without_the_answer_is_shown(tmp_path: Path) -> None:
    set_question = question("How does it taste?", 1, 0, "sour", "It is sour")
    read = page(tmp_path, outcome(set_question, quote(1, 0, 0, 0.75)))
    pane = ("First quote", "⟦Rye bread keeps for two weeks.⟧ *It is sour*.", "Bread, paragraph 1, 75.0\xa0% sure\n")
    about = "1. Verdict: answered, 75.0\xa0% sure. Expected:\n*sour* or *It is sour*\n"
    assert read.sections == {
        "wrong": [],
        "declined": [],
        "unanswerable": [],
        "unmarked": [Shown("How does it taste?", about, [pane])],
    }


def test_what_went_well_is_not_shown(tmp_path: Path) -> None:
    read = page(
        tmp_path,
        outcome(question("How does it taste?", 1, 0, "sour"), quote(1, 0, 1, 0.75)),
        outcome(question("Who baked it?", 1, 0), quote(1, 0, 0, 0.25), verdict=Verdict.CLOSEST),
        # Nobody said what the answer would be, so nobody can say that it is not in the sentence.
        outcome(replace(question("How long?", 1, 0), answerable=True), quote(1, 0, 0, 0.75)),
    )
    assert read.sections == {"wrong": [], "declined": [], "unanswerable": [], "unmarked": []}
    assert "3 questions, 2 of them answerable." in read.text["header"]


def test_the_worst_come_first(tmp_path: Path) -> None:
    wrong = [outcome(question(f"wrong {score}", 0, 0, "seven"), quote(1, 0, 0, score)) for score in (0.5, 0.75, 0.25)]
    declined = [
        outcome(question(f"declined {score}", 1, 0, "sour"), quote(1, 0, 1, score), verdict=Verdict.CLOSEST)
        for score in (0.25, 0.125, 0.375)
    ]
    nothing = [outcome(question(f"nothing {score}", 1, 0), quote(1, 0, 1, score)) for score in (0.5, 0.75, 0.625)]
    read = page(tmp_path, *wrong, *declined, *nothing)
    assert {name: [shown.question for shown in failures] for name, failures in read.sections.items()} == {
        "wrong": ["wrong 0.75", "wrong 0.5", "wrong 0.25"],
        "declined": ["declined 0.125", "declined 0.25", "declined 0.375"],
        "unanswerable": ["nothing 0.75", "nothing 0.625", "nothing 0.5"],
        "unmarked": [],
    }


def test_the_head_counts_the_failures_and_leads_to_them(tmp_path: Path) -> None:
    wrong = outcome(question("Who pours?", 0, 1, "captain"), quote(1, 0, 0, 0.5))
    nothing = outcome(question("Who baked it?", 1, 0), quote(1, 0, 0, 0.5))
    unmarked = outcome(question("How does it taste?", 1, 0, "sour"), quote(1, 0, 0, 0.5))
    read = page(tmp_path, *[wrong] * (MAX_SHOWN + 2), nothing, unmarked, unmarked)
    assert "205 questions, 204 of them answerable." in read.text["header"]
    assert read.text["li"] == (
        "Another passage came first: 202"
        "Declined although the first quote was right: 0"
        "Called answered although nothing answers it: 1"
        "Right passage, wrong sentence: 2"
    )
    links = [value for name, value in read.attributes if name == "href"]
    assert links == [f"#{name}" for name in read.sections] == ["#wrong", "#declined", "#unanswerable", "#unmarked"]
    assert [len(failures) for failures in read.sections.values()] == [200, 0, 1, 2]
    assert "2 more are not shown." in read.text["section"]


def test_every_failure_can_be_linked_to(tmp_path: Path) -> None:
    unmarked = outcome(question("How does it taste?", 1, 0, "sour"), quote(1, 0, 0, 0.5))
    anchors = [value for name, value in page(tmp_path, unmarked, unmarked).attributes if name == "id"]
    assert anchors == ["wrong", "declined", "unanswerable", "unmarked", "unmarked-1", "unmarked-2"]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    hostile = "</h3></style><script>alert('1')</script> \"&amp;\" {{ 7 * 7 }} \u202eevil\u202c \u200f"
    ferry = [outcome(question(hostile, 0, 0, "<b>ride</b> & dogs"), quote(0, 0, 0, 0.5))]
    plain = [outcome(question("plain", 1, 0, "sour"), quote(1, 0, 0, 0.5))]
    read, expected = page(tmp_path, *ferry, title=hostile), page(tmp_path, *plain)
    (shown,) = read.sections["unmarked"]
    assert shown.question == hostile
    assert shown.about == "1. Verdict: answered, 50.0\xa0% sure. Expected:\n*<b>ride</b> & dogs*\n"
    assert shown.panes[0][1] == (
        '⟦The ferry leaves at seven.⟧ It carries no cars, but "bikes" *<b>ride</b> & dogs* too.'
    )
    assert read.text["title"] == read.text["h1"] == f"Failures: {hostile}"
    assert read.tags == expected.tags
    assert read.attributes == expected.attributes


def test_text_that_runs_from_right_to_left_does_not_turn_what_is_around_it(tmp_path: Path) -> None:
    path = write_failures(
        [outcome(question("\u202eWho?", 1, 0, "\u202esour"), quote(1, 0, 0, 0.5))], "\u202eset", tmp_path
    )
    html = path.read_text(encoding="utf-8")
    assert '<h1 dir="auto">Failures: \u202eset</h1>' in html
    assert '<h3 dir="auto">\u202eWho?</h3>' in html
    assert "<bdi>\u202esour</bdi>" in html
    assert "<cite><bdi>Bread</bdi></cite>" in html


def test_half_a_character_is_replaced(tmp_path: Path) -> None:
    read = page(tmp_path, outcome(question("Who \ud83d?", 0, 0, "seven"), quote(1, 0, 0, 0.5)))
    assert [shown.question for shown in read.sections["wrong"]] == ["Who ??"]


def test_every_occurrence_of_every_expected_answer_is_shown(tmp_path: Path) -> None:
    """Answers that overlap are one stretch; a line break in the passage is a space in the answer; a dot is a dot."""
    set_question = question("What?", 0, 1, "Tea is", "is free", "board. The", "e", "n.")
    read = page(tmp_path, outcome(set_question, quote(0, 1, 1, 0.5), verdict=Verdict.CLOSEST))
    assert read.sections["declined"][0].panes[0][1] == (
        "*Tea is free* on *board.\n*⟦*The* captain pours it at s*e*v*en.*⟧"
    )


def test_the_page_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    path = write_failures([], "ferries.json", tmp_path / "new" / "folder")
    assert path == tmp_path / "new" / "folder" / "failures.html"
    read = Page(path)
    assert read.tags.isdisjoint({"script", "link", "img", "iframe", "object", "base"})
    assert not {"src", "srcset", "style"} & {name for name, _ in read.attributes}
    assert "url(" not in read.text["style"]
    assert "@import" not in read.text["style"]
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in read.attributes
