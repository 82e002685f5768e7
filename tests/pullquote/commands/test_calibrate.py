"""`bot.py calibrate` from end to end, and what its weights change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.commands.calibrate import print_weights
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.ranking.weights import SHIPPED_WEIGHTS, calibrated_file, read_weights, write_weights
from tests.support.fake_weights import weights_of
from tests.support.folders import ARTICLES, CommandLine, MakeFolder
from tests.support.known_answers import KEEPER
from tests.support.made_questions import entries, write
from tests.support.program import Ended
from tests.support.tiny_models import make_encoder, make_reranker

SHIPPED = read_weights(SHIPPED_WEIGHTS).provenance
RANKER_LINE = f"✓ Ranker: fitted to squad2-tune.json and 13 other files on {SHIPPED.date}"


def stale(tmp_path: Path, encoder: SentenceTransformerEncoder) -> Path:
    """Weights for this encoder, of a version that had another feature."""
    file = calibrated_file(tmp_path / "data", encoder.fingerprint, None)
    file.parent.mkdir(parents=True)
    shipped = read_weights(SHIPPED_WEIGHTS)
    write_weights(replace(shipped, rank={**shipped.rank, "shoe_size": 1.0}), file)
    return file


def test_calibrated_weights_of_another_version_are_named_and_the_shipped_ones_used(
    cli: CommandLine,
    loads: list[str],
    make_folder: MakeFolder,
    tmp_path: Path,
    encoder: SentenceTransformerEncoder,
    caplog: pytest.LogCaptureFixture,
) -> None:
    make_folder(ARTICLES)
    complaint = (
        f"The ranker's weights in {stale(tmp_path, encoder)} cannot be used (there is no feature shoe_size); "
        "delete them, or calibrate again. Until then the shipped weights are used."
    )
    answered = cli("ask", KEEPER)
    assert (answered.code, answered.err) == (0, "")
    assert "The last keeper left in 1962" in answered.out
    assert caplog.messages[-1] == complaint
    checked = cli("check")
    assert (checked.code, checked.err) == (1, "")
    assert checked.out.splitlines()[-2:] == [RANKER_LINE, f"✗ {complaint}"]


def test_calibrate_says_what_is_wrong_with_a_file(cli: CommandLine, loads: list[str], tmp_path: Path) -> None:
    few = write(tmp_path / "few.json", entries(["harbour"]))
    complaint = "Each file must have questions on at least 4 articles; few.json has questions on 1. Put files together."
    assert cli("calibrate", str(few)) == Ended(1, "", f"{complaint}\n")
    assert list((tmp_path / "data" / "weights").iterdir()) == []


def test_what_is_calibrated_is_used_from_then_on(
    cli: CommandLine, make_folder: MakeFolder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """For a model and a reranker that nobody knows: first neither is trusted, then both are."""
    make_folder(ARTICLES)
    model, reranker = str(make_encoder(tmp_path / "tiny")), str(make_reranker(tmp_path / "cross"))
    variables = {"PULLQUOTE_MODEL": model, "PULLQUOTE_RERANKER": reranker}
    unused = f"The reranker {reranker} is not used, for it is not calibrated: python bot.py calibrate FILE… does that."
    checked = cli("check", **variables)
    assert (checked.code, checked.out.splitlines()[-1]) == (1, f"✗ {unused}")
    before = cli("ask", "--explain", "--json", KEEPER)
    assert (before.code, before.err) == (0, "")
    assert caplog.messages[-1] == unused
    assert "reranker" not in before.objects[0]["candidates"][0]["features"]

    visitors = write(tmp_path / "visitors.json", entries())
    ended = cli("calibrate", str(visitors))
    assert (ended.code, ended.err) == (0, "")
    [file] = (tmp_path / "data" / "weights").iterdir()
    weights = read_weights(file)
    assert weights.provenance.command == "python bot.py calibrate"
    assert ended.out.splitlines() == [
        *(f"{name}: {value}" for name, value in weights.provenance.metrics.items()),
        f"From now on they are used with this model: {file}",
    ]

    checked = cli("check")
    assert (checked.code, checked.err) == (0, "")
    ranker = f"✓ Ranker: fitted to visitors.json on {weights.provenance.date} with the reranker"
    assert checked.out.splitlines()[-2:] == [ranker, "Everything is in order."]
    after = cli("ask", "--explain", "--json", KEEPER).objects[0]
    assert all("reranker" in candidate["features"] for candidate in after["candidates"])
    best, second, *_ = (candidate["features"] for candidate in after["candidates"])
    assert weights.rerank is not None
    assert set(weights.rerank) == {"score", "reranker"}
    assert "reranker" in weights.answer
    assert best["score"] >= second["score"]


def test_weights_go_where_they_are_wanted_and_say_how_they_were_made(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "visitors.json", entries())
    model = str(make_encoder(tmp_path / "tiny"))
    ended = cli("calibrate", "visitors.json", "--into", "kept/weights.json", PULLQUOTE_MODEL=model)
    assert (ended.code, ended.err) == (0, "")
    weights = read_weights(tmp_path / "kept" / "weights.json")
    assert weights.provenance.command == "python bot.py calibrate visitors.json --into kept/weights.json"
    assert ended.out.splitlines()[-1] == "The weights are in this file: kept/weights.json"
    assert not (tmp_path / "data").exists()


def test_a_calibration_tells_its_metrics_and_its_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    weights = weights_of({"pairs": 1.0})
    metrics = {"r1": 0.925, "auroc_near_miss": 0.7}
    weights = replace(weights, provenance=replace(weights.provenance, metrics=metrics))
    file = Path("a folder with [a] long name/weights/0123456789abcdef.json")
    print_weights(weights, file, used=True)
    assert capsys.readouterr().out.splitlines() == [
        "r1: 0.925",
        "auroc_near_miss: 0.7",
        f"From now on they are used with this model: {file}",
    ]
    print_weights(weights, file, used=False)
    assert capsys.readouterr().out.splitlines()[-1] == f"The weights are in this file: {file}"
