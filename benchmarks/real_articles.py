"""The public question sets → a folder of article files, as an operator would have it, and the questions on them."""

from __future__ import annotations

from pathlib import Path

from benchmarks.public_sets import SETS
from pullquote.evaluation.question_sets import read_entries
from retrieval.reading.sentences import split_sentences

FILES = ("squad2-tune.json", "squad2-report.json", "xquad-r-en.json", "onestopqa-news-10.json")


def write_articles(folder: Path, passages: int) -> list[str]:
    """Write plain text files with this number of passages in all, a paragraph each; return all questions.

    The sets together hold 1,325 paragraphs. If more are wanted, the longest are cut in two at a sentence end.
    """
    articles: dict[str, list[str]] = {}
    questions: list[str] = []
    seen: set[str] = set()
    for name in FILES:
        for entry in read_entries(SETS / name):
            for paragraph in entry.paragraphs:
                questions += (each.question for each in paragraph.qas)
                text = " ".join(paragraph.context.split())
                if text not in seen and len(seen) < passages:
                    seen.add(text)
                    articles.setdefault(entry.title, []).append(text)
    long = sorted((text for text in seen if len(_halves(text)) == 2), key=lambda text: (len(text), text), reverse=True)
    cut = set(long[: passages - len(seen)])
    for title, texts in articles.items():
        parts = [part for text in texts for part in (_halves(text) if text in cut else [text])]
        file = folder / f"{title.replace('/', '-')}.txt"
        file.write_text("\n\n".join(parts), encoding="utf-8")
    return questions


def _halves(text: str) -> list[str]:
    """Both sides of the sentence end nearest to the middle; the whole text if it is one sentence."""
    ends = [sentence.end for sentence in split_sentences(text)[:-1]]
    cut = min(ends, key=lambda end: abs(end - len(text) // 2), default=len(text))
    return [part for part in (text[:cut], text[cut:].strip()) if part]
