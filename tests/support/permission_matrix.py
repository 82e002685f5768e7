"""Who may do what in Discord: the table that the README shows, and that the tests walk.

Whatever the bot has to press, to send or to fill in has its line here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """Who does something, as the README's columns are called."""

    MEMBER = "member"
    ROLE = "moderators' role"
    MANAGE_SERVER = "*Manage Server*"
    ADMINISTRATOR = "Administrator"
    OPERATOR = "operator"


class Cell(StrEnum):
    """Whether somebody may do something."""

    YES = "yes"
    NO = "no"
    OWN_DRAFTS = "own drafts"
    OWN_MESSAGES = "own messages"
    OWN_ANSWERS = "own answers"


class Kind(StrEnum):
    """What the bot has that people can use."""

    COMMAND = "command"
    MENTION = "mention"
    BUTTON = "button"
    FORM = "form"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Action:
    """Something that people can do, by what it is called in the program, and by what the README calls it."""

    kind: Kind
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the README's table, in its words: what is done, and who may do it."""

    title: str
    cells: tuple[Cell, ...]
    actions: tuple[Action, ...]
    elsewhere: bool = False
    """Whether it is done in another guild than the guild whose moderators look after the folder."""

    def may(self, column: Column) -> Cell:
        """Whether somebody of a column may do it."""
        return self.cells[list(Column).index(column)]


def _commands(*labels: str) -> tuple[Action, ...]:
    return tuple(Action(Kind.COMMAND, label.strip("`/*"), label) for label in labels)


def _corpus(*names: str) -> tuple[Action, ...]:
    return tuple(Action(Kind.COMMAND, f"corpus {name}", name) for name in names)


def _actions(kind: Kind, **labels: str) -> tuple[Action, ...]:
    return tuple(Action(kind, name.replace("__", " "), label) for name, label in labels.items())


_EVERYBODY = (Cell.YES,) * len(Column)
_MODERATORS = (Cell.NO, *_EVERYBODY[1:])
_OPERATORS = (*(Cell.NO,) * (len(Column) - 1), Cell.YES)
_OWN_DRAFTS = (Cell.NO, *(Cell.OWN_DRAFTS,) * (len(Column) - 1))
_OWN_ANSWERS = (Cell.OWN_ANSWERS, *_EVERYBODY[1:])
_OWN_MESSAGES = (Cell.OWN_MESSAGES,) * len(Column)

TABLE = (
    Row(
        "`/ask`, a mention, *Find the passage*; titles, offered while typing; **Show the nearest passage**, "
        "**Context**, **More**, **Share**",
        _EVERYBODY,
        (
            *_commands("`/ask`", "*Find the passage*"),
            Action(Kind.MENTION, "mention", "mention"),
            Action(Kind.CHOICES, "ask article", "titles"),
            *_actions(
                Kind.BUTTON,
                Nearest="**Show the nearest passage**",
                Context="**Context**",
                More="**More**",
                Share="**Share**",
            ),
        ),
    ),
    Row("**Delete**", _OWN_ANSWERS, _actions(Kind.BUTTON, Delete="**Delete**")),
    Row(
        "`/corpus` `add`, `import`, `export`, `refresh`, `list`, `show`, `test`, `history`, `status`, `edit`, "
        "`remove`, `rollback`, `folder`, `tag`, `scope`; *Add to corpus*",
        _MODERATORS,
        (
            *_corpus(
                "add", "import", "export", "refresh", "list", "show", "test", "history", "status", "edit", "remove"
            ),
            *_corpus("rollback", "folder", "tag"),
            *(Action(Kind.COMMAND, f"corpus scope {name}", "scope") for name in ("allow", "refuse", "open", "show")),
            *_commands("*Add to corpus*"),
        ),
    ),
    Row("`/corpus reload` in the server that `PULLQUOTE_GUILD` names", _MODERATORS, _corpus("reload")),
    Row("`/corpus reload` in another server", _OPERATORS, _corpus("reload"), elsewhere=True),
    Row(
        "names of articles, tags and numbers of states, offered while typing",
        _MODERATORS,
        _actions(
            Kind.CHOICES,
            corpus__show__article="names",
            corpus__history__article="names",
            corpus__edit__article="names",
            corpus__remove__article="names",
            corpus__rollback__article="names",
            corpus__rollback__state="states",
            corpus__tag__article="names",
            corpus__scope__allow__tag="tags",
            corpus__scope__refuse__tag="tags",
            corpus__scope__open__tag="tags",
        ),
    ),
    Row(
        "a preview's **Add** or **Replace**, **Edit details**, **Tags**, **Keep both**, **Cancel**; the forms with its "
        "details and tags",
        _OWN_DRAFTS,
        (
            *_actions(
                Kind.BUTTON,
                DraftButton__add="**Add** or **Replace**",
                DraftButton__edit="**Edit details**",
                DraftButton__tag="**Tags**",
                DraftButton__beside="**Keep both**",
                DraftButton__cancel="**Cancel**",
            ),
            Action(Kind.FORM, "DetailsForm draft", "details"),
            Action(Kind.FORM, "TagsForm", "tags"),
        ),
    ),
    Row(
        "**Remove** or **Go back**, **Cancel**; **Undo**; **◀ Back**, **Next ▶**, **Older**, **The text around**; "
        "the forms for a text and for an article's details",
        _MODERATORS,
        (
            *_actions(
                Kind.BUTTON,
                Confirm__remove="**Remove**",
                Confirm__rollback="**Go back**",
                Confirm__cancel="**Cancel**",
                Undo="**Undo**",
                ListPage="**◀ Back**, **Next ▶**",
                TextPage="**The text around**",
                HistoryPage="**Older**",
            ),
            *_actions(Kind.FORM, TextForm="text", DetailsForm__article="an article's details"),
        ),
    ),
    Row(
        "**I agree** and **No**, when the bot asks a message's author",
        _OWN_MESSAGES,
        _actions(Kind.BUTTON, Consent__yes="**I agree**", Consent__no="**No**"),
    ),
    Row("**Preview**, once the author agreed", _MODERATORS, _actions(Kind.BUTTON, Consent__preview="**Preview**")),
)


def written(document: str) -> list[tuple[str, ...]]:
    """The cells of the table in a Markdown document that has our columns, row by row, without its head."""
    lines = document.splitlines()
    start = lines.index(f"| what | {' | '.join(Column)} |")
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
    return rows


def listed() -> set[tuple[Kind, str]]:
    """Everything that the table has. A form has a line for each use, which is named after its class."""
    actions = {action for row in TABLE for action in row.actions}
    return {(each.kind, each.name.split()[0] if each.kind is Kind.FORM else each.name) for each in actions}
