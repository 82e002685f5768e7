"""What moderators bring: a document of each kind, with what it says of itself where it can, and looks at drafts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pullquote.library.drafts import Draft
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.importing import Importer, NothingToAddError
from pullquote.library.resemblance import Likeness
from pullquote.locales import for_members
from retrieval.errors import ArticleError
from tests.support.packages import docx, epub, styled
from tests.support.pdfs import below, pdf, wrapped
from tests.support.states import MODERATOR, ZOO

FRONT = "---\ntitle: On ants\nauthor: A. Digger\ndate: 2026-01-02\nurl: https://example.org/ants\n---\n\n"
_CORE = "<dc:title>On deer</dc:title><dc:creator>D. Runner</dc:creator>"
_BOOK = "<dc:title>On eels</dc:title><dc:creator>E. Swimmer</dc:creator><dc:language>en</dc:language>"
_FIRST = wrapped("Foxes sleep by day in their earths, and hunt by night.")
_SECOND = wrapped("They carry what they catch to a larder, and cover it with leaves.", top=below(_FIRST))

DOCUMENTS: Mapping[str, str | bytes] = {
    "ants.md": FRONT + "# Ants\n\nAnts dig.\n\n## Leaves\n\nThey carry leaves.\n\n"
    "| Ant | Legs |\n| --- | --- |\n| Red | 6 |\n",
    "bees.markdown": "# Bees\n\nBees fly.\n\n# Flowers\n\n- red flowers\n- blue flowers\n",
    "cats.txt": "Cats sleep by day.\n\nCats hunt by night.\n",
    "deer.docx": docx(styled("Deer", "heading1"), styled("Deer doze in the shade."), properties=_CORE),
    "eels.epub": epub({"one.xhtml": "<h1>Eels</h1><p>Eels eat at night.</p>"}, _BOOK),
    "foxes.pdf": pdf([*_FIRST, *_SECOND], info={"Title": "On foxes", "Author": "F. Hunter"}),
    "lore/goats.html": "<html lang='en'><head><title>On goats</title></head><body><main><h1>Goats</h1>"
    "<p>Goats climb steep hills, and eat what grows there.</p></main></body></html>",
    "lore/hens.rst": "Hens\n====\n\nHens lay eggs.\n",
    "lore/index.adoc": "= Ibis\n\nIbises wade.\n",
}
"""Documents by their names."""


def raw_of(name: str) -> bytes:
    """The bytes of a document."""
    content = DOCUMENTS[name]
    return content.encode() if isinstance(content, str) else content


def put(library: GuildLibrary, draft: Draft) -> None:
    """Confirm a draft."""
    library.versions.put(draft.guild, draft.by, [part.new for part in draft.parts])


def names(draft: Draft) -> list[str]:
    """The names of a draft's articles."""
    return [part.article.file for part in draft.parts]


def resembled(draft: Draft) -> list[tuple[str, Likeness]]:
    """What a draft's articles resemble, and in what."""
    return [(each.article.file, each.likeness) for part in draft.parts for each in part.resembles]


def refusal(importer: Importer, file: str, raw: bytes) -> str:
    """Why a file is not taken, as moderators read it."""
    with pytest.raises((ArticleError, NothingToAddError)) as caught:
        importer.upload(ZOO, MODERATOR, file, raw)
    said = for_members(caught.value)
    assert said is not None
    return said
