"""Where pictures and failures of an evaluation are written: a folder for each question set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pullquote.evaluation.failures import write_failures
from pullquote.evaluation.pictures import require_matplotlib, write_pictures
from pullquote.evaluation.run import Run
from retrieval.errors import PullquoteError


class FolderError(PullquoteError):
    """For whoever evaluates: a folder or a file in it cannot be written."""


def make_folders(out: Path, files: Sequence[Path]) -> list[Path]:
    """Make a folder in `out` for each file, named after it. Raises PullquoteError if it will not be possible to write.

    Call it before the long work whose results are to be written.
    """
    require_matplotlib()
    folders = [out / name for name in folder_names(files)]
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderError("folder-not-made", folder=str(folder), reason=error.strerror or str(error)) from error
    return folders


def folder_names(files: Sequence[Path]) -> list[str]:
    """The files' names without their endings, with a number behind a name that is taken."""
    names: list[str] = []
    for file in files:
        name, number = file.stem, 1
        # Some disks know no difference between upper and lower case.
        while name.casefold() in (taken.casefold() for taken in names):
            number += 1
            name = f"{file.stem}-{number}"
        names.append(name)
    return names


def write_pages(run: Run, title: str, folder: Path) -> None:
    """Write pictures and the page of failures. Raises FolderError."""
    try:
        write_pictures(run.outcomes, run.off_topic or (), folder)
        write_failures(run.outcomes, title, folder)
    except OSError as error:
        raise FolderError(
            "not-written", path=str(error.filename or folder), reason=error.strerror or str(error)
        ) from error
