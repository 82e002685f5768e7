"""Tables drawn with bars and rules, or with blanks alone → rows of cells, the head first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.plaintext.lines import Line

Row = list[str]

# A row of a grid begins with a bar, a rule with a bar or a corner.
_GRID_BEGINS = "+|│┃║├┣╠┌┏╔└┗╚"
_BARS = re.compile(r"[|│┃║]")
# "+---+---+", "|---|---|", "├───┼───┤"
_GRID_RULE = re.compile(rf"[{_GRID_BEGINS}](?=.*[-=─━═]{{2}})[-=:+|─━═┬┼┴┳╋┻╦╬╩┐┓╗┘┛╝┤┫╣ ]+")
# "====  =====": at least two columns
_COLUMN_RULE = re.compile(r"[-=─━═]{2,}(?: +[-=─━═]{2,})+")
_RULE = re.compile(r"[-=─━═]{3,}")
_COLUMN = re.compile(r"[-=─━═]+")
_GAP = re.compile(r"(?<=\S)(?: {2,})(?=\S)")
_BULLETS = re.compile(r"(?:[-*•·o+]|\(?\w{1,4}[.):]|)")
_NUMERIC = re.compile(r"[-+±(]?[$€£]?\d[\d.,:/ ]*[%)]?[kKMG]?B?")
# A row of more characters is text.
_WIDEST = 300
_FEWEST_ROWS = 3


def table_of(lines: Sequence[Line]) -> Block | None:
    """The table that the lines between two blank lines draw, or None."""
    if len(lines) < 2 or any(line.width > _WIDEST for line in lines):
        return None
    return _grid(lines) or _ruled(lines) or _columns(lines)


def _grid(lines: Sequence[Line]) -> Block | None:
    """Rows between bars. A bar that stands elsewhere than in the rules makes it a drawing."""
    if lines[0].text[:1] not in _GRID_BEGINS:
        return None
    drawn = [(bool(_GRID_RULE.fullmatch(line.text)), line.text) for line in lines]
    rows = [text for is_rule, text in drawn if not is_rule]
    if len(rows) < 2 or len(rows) == len(lines) or not all(_BARS.match(row) and row[-1] in "|│┃║" for row in rows):
        return None
    width = len(_between_bars(rows[0]))
    if width < 2 or any(len(_between_bars(row)) not in (1, width) for row in rows):
        return None
    # With rules between rows, the lines between two rules are a row.
    ruled = sum(is_rule for is_rule, _ in drawn[1:-1]) > 1
    merged: list[list[Row]] = []
    fresh = True
    for is_rule, text in drawn:
        cells = _between_bars(text)
        if is_rule:
            fresh = True
        elif ruled and not fresh and len(cells) == len(merged[-1][0]):
            merged[-1].append(cells)
        else:
            merged.append([cells])
            fresh = False
    return _table([_as_one(row) for row in merged])


def _between_bars(text: str) -> Row:
    return [cell.strip() for cell in _BARS.split(text.strip())[1:-1]]


def _as_one(rows: Sequence[Row]) -> Row:
    """The rows that lines of one row are, cell by cell."""
    return [" ".join(filter(None, cells)) for cells in zip(*rows, strict=True)]


def _ruled(lines: Sequence[Line]) -> Block | None:
    """Columns as wide as the dashes of a rule."""
    rule = next((line for line in lines if _COLUMN_RULE.fullmatch(line.raw.strip())), None)
    if rule is None:
        return None
    rows = [line for line in lines if not (_COLUMN_RULE.fullmatch(line.raw.strip()) or _RULE.fullmatch(line.text))]
    if len(rows) < 2:
        return None
    starts = [match.start() for match in _COLUMN.finditer(rule.raw)]
    if any(_crosses(row.raw, starts) for row in rows):
        return None
    return _table(_continued([_cut(row.raw, starts) for row in rows]))


def _crosses(raw: str, starts: Sequence[int]) -> bool:
    """Whether a word runs over the beginning of a column."""
    return any(start < len(raw) and raw[start - 1] != " " and raw[start] != " " for start in starts[1:])


def _cut(raw: str, starts: Sequence[int]) -> Row:
    ends = [*starts[1:], len(raw)]
    return [
        " ".join(raw[0 if i == 0 else start : end].split())
        for i, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _continued(rows: list[Row]) -> list[Row]:
    """The rows; one whose first cell is empty goes on with the row above."""
    whole: list[list[Row]] = []
    for row in rows:
        if whole and not row[0]:
            whole[-1].append(row)
        else:
            whole.append([row])
    return [_as_one(row) for row in whole]


def _columns(lines: Sequence[Line]) -> Block | None:
    """Columns with at least two blanks between them in every row."""
    if len(lines) < _FEWEST_ROWS or 3 * sum(bool(_GAP.search(line.raw)) for line in lines) < 2 * len(lines):
        return None
    rules = [i for i, line in enumerate(lines) if _RULE.fullmatch(line.text)]
    rows = [line for line in lines if not _RULE.fullmatch(line.text)]
    starts = _starts(rows)
    if len(starts) < 2 or len(rows) < 2:
        return None
    cells = [_cut(row.raw, starts) for row in rows]
    if all(_BULLETS.fullmatch(row[0]) for row in cells):
        return None
    filled = [sum(bool(row[i]) for row in cells) for i in range(len(starts))]
    if min(filled[1:]) * 2 < len(cells) or filled[0] * 3 < len(cells):
        return None
    cells = _continued(cells)
    if len(cells) < 2:
        return None
    if rules[:1] == [1] or _has_head(cells):
        return _table(cells)
    return Block(Kind.LINES, "\n".join(_as_line(row) for row in cells))


def _starts(rows: Sequence[Line]) -> list[int]:
    """Where columns begin: behind two blanks that all rows have at one place, or behind one that most have wider."""
    used = 0
    wide: Counter[int] = Counter()
    for row in rows:
        used |= _inked(row.raw)
        wide.update(match.end() for match in _GAP.finditer(row.raw))
    columns = f"{used:b}"[::-1]
    first = columns.find("1")
    starts = [first]
    blanks = 0
    for i in range(first, len(columns)):
        if columns[i] == "0":
            blanks += 1
        else:
            if blanks > 1 or (blanks and 2 * wide[i] > len(rows)):
                starts.append(i)
            blanks = 0
    return starts


def _inked(raw: str) -> int:
    """The columns with a character in them, as bits."""
    return int("".join("0" if char == " " else "1" for char in raw)[::-1] or "0", 2)


def _has_head(cells: list[Row]) -> bool:
    """Whether the first row names what stands below it: it has no number where the others have numbers."""
    head, *rows = cells
    if not all(head):
        return False
    numeric = [sum(bool(_NUMERIC.fullmatch(row[i])) for row in rows) for i in range(len(head))]
    named = any(2 * count > len(rows) and not _NUMERIC.fullmatch(head[i]) for i, count in enumerate(numeric))
    capitals = all(cell.isupper() for cell in head) and not all(cell.isupper() for row in rows for cell in row if cell)
    return named or capitals


def _as_line(row: Row) -> str:
    """A row of a table without a head: a name, and what belongs to it."""
    first, *rest = (cell for cell in row if cell)
    if not rest:
        return first
    glue = " " if first.endswith((":", "=", "-", "–", "—")) else ": "
    return f"{first}{glue}{'  '.join(rest)}" if len(row) == 2 else "  ".join([first, *rest])


def _table(cells: list[Row]) -> Block:
    return Block(Kind.TABLE, "\n".join(" | ".join(row) for row in cells))
