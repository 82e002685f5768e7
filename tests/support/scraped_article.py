"""An article as scraping leaves it: no blank lines, paragraphs of a line each, and line breaks where links stood."""

from __future__ import annotations

from pathlib import Path

# A published article of the same shape, which cannot be part of the project: tests read it too where it is at hand.
PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "article.txt"

SCRAPED = """\
The council of Marrow Bay sat down with the bridge company in May, weeks
ahead of a vote on whether the old harbour should be closed to every boat on the sound, says a radio station.
On a page for its members, the fishing guild tells how the company offered to be “generous with berths,” but only \
where the quay was sold first, where rents were paid for a century, and where nobody laid claim to Northness, \
Skarholm, Longsand or Easter Head.
The guild adds that the company expects to build “come what may,” even with a dry harbour as the price of a day in \
court over the quay, an old quarrel dating from 1987. A clerk answered it in writing: “we would give a great deal for \
a quiet summer.”
On Tuesday a list of much the same conditions hung on the door of the town hall, though with a second count of the \
ballots in four villages, which guild and church alike call a farce, under the eyes of the county.
During the spring floods the council
dared the guild to a rowing match and mentioned a telephone call with
engineers of the company, but not a meeting in May. It was well liked on the islands then, since the pumps that it \
lent out kept most cellars dry through the storm’s first night.
Pumps for Northness were asked for too, the guild says, and were denied. Readers of the weekly
Harbour Times, at home again on the far shore, write of water on their stairs. The council called such letters unkind,
adding that the depth of the water is “confidential.”
Skippers were brief about the bridge – a voice from the back told the clerk to
“go and jump in,” and a notice on the quay now asks all boats to sound their horns at noon.
For its part the company praised a
“sensible” way across the sound, in words that were soon
printed on posters.
The council calls itself
a friend of fishing, and wants nothing but dry feet for everyone.
Neither the council nor the company has answered our letters."""


def scraped_articles() -> dict[str, str]:
    """The articles by name: the made article, and the published article where it is at hand."""
    published = {"published": PUBLISHED.read_text(encoding="utf-8")} if PUBLISHED.is_file() else {}
    return {"made": SCRAPED, **published}
