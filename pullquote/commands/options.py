"""Options and arguments that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pullquote.settings import Settings

CorpusOption = Annotated[
    Path | None,
    typer.Option("--corpus", metavar="DIR", help="Folder with the articles, instead of the one set."),
]
QuestionFiles = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="Articles and questions on them, in SQuAD's JSON shape.")
]


def with_corpus(settings: Settings, corpus: Path | None) -> Settings:
    """The settings, with the folder that `--corpus` names instead of their own."""
    return settings.model_copy(update={"corpus": corpus}) if corpus is not None else settings
