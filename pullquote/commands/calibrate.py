"""`calibrate`: fits the ranker's weights to the model that is set."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from pullquote.commands.opening import open_encoder, open_reranker
from pullquote.commands.options import QuestionFiles
from pullquote.commands.printing import out, print_line
from pullquote.evaluation.fitting.calibration import calibrate as fit_weights
from pullquote.evaluation.mix import MIX, Mix
from pullquote.settings import load_settings
from retrieval.ranking.weights import Weights, calibrated_file

_MIX = "/".join(f"{100 * share:g}" for share in MIX)


def calibrate(
    files: QuestionFiles,
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="FILE", help="Write the weights there instead of the data folder."),
    ] = None,
    mix: Annotated[
        str | None,
        typer.Option(
            "--mix",
            metavar="A/N/O",
            help="Of a hundred questions, how many the articles answer, how many they nearly answer, how many are off "
            "their topic: what probabilities are calibrated for. Without it: the mix that the file states, "
            f"or else {_MIX}.",
        ),
    ] = None,
) -> None:
    """Fit the ranker to the model that is set, with known answers."""
    shares = None if mix is None else mix_of(mix)
    settings = load_settings().for_many_questions()
    encoder, reranker = open_encoder(settings), open_reranker(settings)
    default = calibrated_file(settings.data, encoder.fingerprint, reranker.fingerprint if reranker else None)
    target = into or default
    command = "python bot.py calibrate"
    if into:
        command = " ".join([command, *map(str, files), "--into", str(into)])
    weights = fit_weights(files, encoder, target, command, reranker, shares)
    if into:
        # Files of the data folder are private; a file that somebody wants elsewhere can be read by everybody.
        with suppress(OSError):  # a file that belongs to somebody else stays as it is
            into.chmod(0o644)
    print_weights(weights, target, used=into is None)


def mix_of(text: str) -> Mix:
    """The mix that an option spells, such as "70/15/15". Raises BadParameter."""
    try:
        answerable, near_miss, off_topic = (float(part) for part in text.split("/"))
    except ValueError as error:
        raise _not_a_mix(text) from error
    if min(answerable, near_miss, off_topic) <= 0:
        raise _not_a_mix(text)
    return Mix.of(answerable, near_miss, off_topic)


def _not_a_mix(text: str) -> typer.BadParameter:
    return typer.BadParameter(f"{text} is not three numbers above 0 with / between them.")


def print_weights(weights: Weights, file: Path, *, used: bool) -> None:
    """Print how well fitted weights do, where they are, and whether they are used from now on."""
    for name, value in weights.provenance.metrics.items():
        out.print(f"{name}: {value}")
    where = "From now on they are used with this model" if used else "The weights are in this file"
    print_line(out, f"{where}: {file}", "green")
