"""Questions on the articles of `folders.ARTICLES`, and their answers as Discord shows them; questions without any."""

from __future__ import annotations

TOWER = "When was the tower finished?"
TOWER_QUOTE = (
    "> **The tower was finished in 1874.** Its lamp burned whale oil.\n"
    "— [The lighthouse at Gull Point](https://example.org/lighthouse) · Building · paragraph 1"
)
QUEEN = "What do most players choose?"
QUEEN_QUOTE = "> **Most players choose a queen.**\n— chess · paragraph 2"
KEEPER = "When did the last keeper leave?"
KEEPER_QUOTE = (
    "> **The last keeper left in 1962, when the light became automatic.** He took his cat with him.\n"
    "— [The lighthouse at Gull Point](https://example.org/lighthouse) · Keepers · paragraph 2"
)

# Nothing in these articles answers it; the article that ships with the project does.
MAILOUT = "Who wrote the mailout?"
NO_WORDS = "I can look up words only. Ask me a question about the articles, in a few words."
