"""`check`: what is there, and every problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from pullquote.commands.check import print_findings
from retrieval.ranking.weights import SHIPPED_WEIGHTS, read_weights
from tests.support.folders import ARTICLES, CommandLine, MakeFolder
from tests.support.program import Ended
from tests.support.tiny_models import make_encoder

SECRET = "MTEwMDAwMDAwMDAwMDAwMDAwMg.secret.token"


SHIPPED = read_weights(SHIPPED_WEIGHTS).provenance
RANKER_LINE = f"✓ Ranker: fitted to squad2-tune.json and 13 other files on {SHIPPED.date}"


def saved_line(tmp_path: Path, passages: int = 7) -> str:
    """What is said about the saved index: the sizes of its files, added up here."""
    [shelf] = (folder for folder in (tmp_path / "data").iterdir() if folder.name.startswith("corpus-"))
    size = sum(file.stat().st_size for file in shelf.rglob("*") if file.is_file())
    return f"✓ Saved index: {size / 1_000_000:.1f} MB, {size // passages:,} bytes a passage, in {shelf}"


def test_check_finds_everything_in_order(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(ARTICLES)
    assert cli("check") == Ended(
        0,
        "✓ DISCORD_TOKEN: not set: only the terminal works\n"
        "✓ Model: all-MiniLM-L6-v2 (384 dimensions)\n"
        f"✓ Corpus: 3 articles, 7 passages, 11 sentences in {folder}\n"
        f"{saved_line(tmp_path)}\n{RANKER_LINE}\n"
        "Everything is in order.\n",
        "",
    )


BROKEN: dict[str, str | bytes] = {
    "empty.md": "",
    "escape.md": '---\ntitle: "\\UFFFFFFFF"\n---\n\nText.',
    "good.md": "# Honey\n\nBees make it.\n",
    "twin.md": "# Honey\n\nBears eat it.\n",
    "binary.txt": b"\x00\x01",
    "style.css": "",
}
BROKEN_LINES = [
    "✗ binary.txt: is not a text file (a zero byte at position 0); only text can be read",
    "✗ empty.md: is empty; write the article into it, or delete it",
    "✗ escape.md: its front matter has an escape or a number that is out of range; mend it or take it out",
]
NOTE_LINES = [
    "· 1 file is not an article: 1 .css",
    "· twin.md: has the same title as good.md, so its quotes show the file's name as well; "
    "give either file another title",
]
SETTINGS_LINES = [
    "✗ PULLQUOTE_MODLE is not a setting of Pullquote; see the README for their names.",
    "✗ DISCORD_API_BASE='nowhere': must be a web address such as https://discord.com/api/v10.",
    "✗ PULLQUOTE_LOG_LEVEL='loud': Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'.",
]
BAD_SETTINGS = {
    "PULLQUOTE_MODLE": "x",
    "PULLQUOTE_LOG_LEVEL": "loud",
    "DISCORD_API_BASE": "nowhere",
    "DISCORD_TOKEN": SECRET,
}


def test_check_lists_every_problem(cli: CommandLine, loads: list[str], make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(BROKEN)
    ended = cli("check", **BAD_SETTINGS)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.splitlines() == [
        "✓ DISCORD_TOKEN: set",
        "✓ Model: all-MiniLM-L6-v2 (384 dimensions)",
        f"✓ Corpus: 2 articles, 2 passages, 2 sentences in {folder}",
        saved_line(tmp_path, passages=2),
        RANKER_LINE,
        *NOTE_LINES,
        *SETTINGS_LINES,
        *BROKEN_LINES,
    ]


def test_check_says_that_the_index_cannot_be_saved(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(ARTICLES)
    (tmp_path / "data").write_text("a file where the folder should be")
    ended = cli("check")
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.splitlines() == [
        "✓ DISCORD_TOKEN: not set: only the terminal works",
        "✓ Model: all-MiniLM-L6-v2 (384 dimensions)",
        f"✓ Corpus: 3 articles, 7 passages, 11 sentences in {folder}",
        RANKER_LINE,
        "✗ the saved index: could not be written (Not a directory), so it is built anew at the next start; "
        "make room in the data folder, or mend its permissions",
    ]


def test_check_looks_at_the_articles_even_without_a_model(cli: CommandLine, make_folder: MakeFolder) -> None:
    make_folder(BROKEN)
    ended = cli("check", PULLQUOTE_MODEL="./no such model", **BAD_SETTINGS)
    assert (ended.code, ended.err) == (1, "")
    lines = ended.out.splitlines()
    assert lines[:6] == ["✓ DISCORD_TOKEN: set", *NOTE_LINES, *SETTINGS_LINES]
    assert lines[6].startswith("✗ The model './no such model' could not be loaded (")
    assert lines[7:] == BROKEN_LINES


def test_a_folder_of_real_documents_is_in_order(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(
        {
            "server/faq.md": "# FAQ\n\nThe server listens on a port of its own.\n",
            "proxy/faq.md": "# FAQ\n\nThe proxy forwards what it is sent.\n",
            "proxy/index.md": "---\ntitle: Proxy\nurl: /proxy\n---\n",
            "assets/logo.png": b"\x89PNG",
            "guide.rtf": b"{\\rtf1}",
        }
    )
    ended = cli("check")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[2] == f"✓ Corpus: 2 articles, 2 passages, 2 sentences in {folder}"
    assert ended.out.splitlines()[5:] == [
        "· guide.rtf: is not read; save it as .docx, as a web page (.html) or as plain text (.txt)",
        "· 1 file is not an article: 1 .png",
        "· proxy/index.md: has front matter but no text under it",
        "Everything is in order.",
    ]


@pytest.mark.parametrize("model", ["all-MiniLM-L6-v2", "./no such model"])
def test_check_names_a_missing_folder_whatever_the_model(cli: CommandLine, tmp_path: Path, model: str) -> None:
    folder = tmp_path / "missing"
    ended = cli("check", "--corpus", str(folder), PULLQUOTE_MODEL=model)
    assert ended.code == 1
    line = f"✗ There is no corpus folder at {folder}. Create it and put .md or .txt files into it."
    assert ended.out.splitlines()[-1] == line


def test_check_never_shows_the_token(cli: CommandLine, tmp_path: Path) -> None:
    ended = cli("check", "--corpus", str(tmp_path / "missing"), DISCORD_TOKEN=f"{SECRET} {SECRET}")
    assert ended.code == 1
    assert "DISCORD_TOKEN: holds characters that no token has" in ended.out
    assert SECRET not in ended.out + ended.err


@pytest.mark.usefixtures("encoder")  # which, when it is loaded, has transformers show no progress
def test_check_says_when_the_ranker_was_fitted_to_another_model(
    cli: CommandLine, make_folder: MakeFolder, tmp_path: Path
) -> None:
    make_folder(ARTICLES)
    model = str(make_encoder(tmp_path / "tiny"))
    ended = cli("check", PULLQUOTE_MODEL=model)
    assert (ended.code, ended.err) == (0, "")
    assert f"✓ Model: {model} (16 dimensions)\n" in ended.out
    assert ended.out.splitlines()[-2:] == [
        f"{RANKER_LINE} for all-MiniLM-L6-v2, not for this model. Its thresholds are conservative therefore; "
        "python bot.py calibrate FILE… fits it to yours",
        "Everything is in order.",
    ]


def test_check_names_the_languages_of_the_articles(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    make_folder(
        {
            "honey.md": "# Honey\n\nBees make it.\n",
            "hafen.md": "---\nlanguage: de\n---\n\n# Der Hafen\n\nDie Fähre fährt.\n\n## Gebühren\n\nSie steigen.\n",
            "satama.md": "---\nlanguage: fi\n---\n\n# Satama\n\nLautta kulkee.\n",
        }
    )
    ended = cli("check")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[-4:-2] == [
        "✓ Languages: German (2 passages), English (1 passage), Finnish (1 passage, read as plain words)",
        "✓ Most passages are in languages that all-MiniLM-L6-v2 does not know: they are found by their words alone. "
        "A multilingual model, such as paraphrase-multilingual-MiniLM-L12-v2, finds more: PULLQUOTE_MODEL names it",
    ]


def test_a_few_articles_in_another_language_are_no_reason_for_another_model(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder
) -> None:
    make_folder({"honey.md": "Bees make it.", "hafen.md": "---\nlanguage: de\n---\nDie Fähre fährt."})
    assert cli("check").out.splitlines()[-3:] == [
        "✓ Languages: German (1 passage), English (1 passage)",
        RANKER_LINE,
        "Everything is in order.",
    ]


def test_check_names_a_reranker_that_cannot_be_loaded(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, tmp_path: Path
) -> None:
    make_folder(ARTICLES)
    ended = cli("check", PULLQUOTE_RERANKER=str(tmp_path / "nowhere"))
    assert ended.code == 1
    last = ended.out.splitlines()[-1]
    assert last.startswith(f"✗ The reranker '{tmp_path / 'nowhere'}' could not be loaded (")
    assert last.endswith(
        "Set PULLQUOTE_RERANKER to a sentence-transformers CrossEncoder or its folder, or leave it out."
    )


def test_a_check_lists_what_was_found_and_every_problem(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    print_findings(
        ["Model: [x]"],
        ["1 file is not an article: 1 .png"],
        ["a.md: is empty, and this line is long", "b.md: is empty"],
    )
    assert capsys.readouterr().out.splitlines() == [
        "✓ Model: [x]",
        "· 1 file is not an article: 1 .png",
        "✗ a.md: is empty, and this line is long",
        "✗ b.md: is empty",
    ]


def test_a_check_without_problems_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings(["Model: x"], ["a.md: has no text in it"], [])
    assert capsys.readouterr().out.splitlines() == [
        "✓ Model: x",
        "· a.md: has no text in it",
        "Everything is in order.",
    ]
