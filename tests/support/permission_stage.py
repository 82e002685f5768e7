"""Everything of the permissions' table, done for real on the loopback Discord by whoever with whatever permissions."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass, replace

from pullquote.cogs.answers.more import places_code
from pullquote.cogs.client import Pullquote
from pullquote.library.consents import Message
from pullquote.library.drafts import Draft, Part
from pullquote.library.records import Entry, NewVersion, Origin, OriginKind
from retrieval.answer import Hit
from retrieval.article import Article
from retrieval.reading.articles import Document, read_article
from tests.support.documents import document
from tests.support.loopback import Caller, LoopbackDiscord, LoopbackInteraction, events, payloads
from tests.support.loopback.payloads import EPHEMERAL
from tests.support.loopback.world import GUILD_ID, JSON, KEEPERS_ID, OTHER_ID, PERMISSIONS, role, user
from tests.support.permission_matrix import Action, Column, Kind

ELSEWHERE = "1100000000000000010"
GUILDS = (int(GUILD_ID), int(ELSEWHERE))
FERRY = document("ferry.md", "# The ferry\n\nThe ferry to Norra leaves at noon.\n")
MILL = document("mill.md", "# The mill\n\nThe mill grinds rye on Mondays.\n")
DELETED = "nothing is shown any more"
"""What somebody is told where the message that they pressed a button of is gone."""
NOON = "When does the ferry to Norra leave?"

MANAGE_SERVER = str(int(PERMISSIONS) | 1 << 5)
CALLERS = {
    Column.MEMBER: Caller("1100000000000000021"),
    Column.ROLE: Caller("1100000000000000022", roles=(KEEPERS_ID,)),
    Column.MANAGE_SERVER: Caller("1100000000000000023", permissions=MANAGE_SERVER),
    # Whoever has the permission Administrator has all of them, as Discord sends it.
    Column.ADMINISTRATOR: Caller("1100000000000000024", permissions=str((1 << 50) - 1)),
    Column.OPERATOR: Caller(OTHER_ID),
}
COLLEAGUE = Caller("1100000000000000025", permissions=MANAGE_SERVER)
"""Another moderator."""

# What the commands cannot be called without.
_ARTICLE: JSON = {"name": "article", "type": 3, "value": "ferry.md"}
_TAG: JSON = {"name": "tag", "type": 3, "value": "keys"}
_STATE: JSON = {"name": "state", "type": 4, "value": 0}
_OPTIONS: dict[str, list[JSON]] = {
    "show": [_ARTICLE],
    "edit": [_ARTICLE],
    "remove": [_ARTICLE],
    "rollback": [_STATE],
    "folder": [{"name": "shared", "type": 5, "value": True}],
    "tag": [_ARTICLE, {"name": "add", "type": 3, "value": "harbour"}],
    "scope allow": [_TAG, {"name": "role", "type": 8, "value": KEEPERS_ID}],
    "scope refuse": [_TAG],
    "scope open": [_TAG],
    "test": [{"name": "question", "type": 3, "value": NOON}],
}
_FIELDS = {"TextForm": {"title": "Rye", "text": "Rye is ground."}, "TagsForm": {"tags": "harbour"}}
_DETAILS = {"title": "Changed", "author": "", "published": "", "url": "", "language": ""}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action."""

    told: str
    """A form's title, the choices, or the title or text of the message that was shown last."""
    changed: bool
    """Whether anything in `Standing` is not what it was."""
    private: bool
    """Whether nobody but the caller sees it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a refused action must leave as it is."""

    articles: tuple[object, ...]
    shared: object
    scopes: tuple[object, ...]
    drafts: dict[str, object]
    messages: dict[str, object]


class Stage:
    """The bot on the loopback Discord. It is run by `OTHER_ID`."""

    def __init__(self, server: LoopbackDiscord, bot: Pullquote) -> None:
        self.server = server
        self.bot = bot

    def standing(self) -> Standing:
        """What there is now, in all guilds."""
        articles = self.bot.articles
        return Standing(
            tuple(articles.catalogue.current(guild) for guild in GUILDS),
            self.bot.library.corpus,
            tuple(articles.scopes.of(guild) for guild in GUILDS),
            dict(articles.drafts._kept._kept),
            dict(articles.consents._kept._kept),
        )

    def own(self, caller: Caller, of: Document = FERRY) -> None:
        """Have the caller's guild own this article alone."""
        articles, guild = self.bot.articles, _guild(caller)
        others = {each.name for each in articles.catalogue.current(guild).entries} - {of.file}
        articles.change(guild, lambda: articles.versions.put(guild, None, [self._version(of)]))
        if others:
            articles.change(guild, lambda: articles.versions.remove(guild, None, others))

    def owned(self, caller: Caller) -> tuple[Entry, Article]:
        """The only article that the caller's guild owns: what a list shows of it, and as it is asked."""
        [entry] = self.bot.articles.catalogue.current(_guild(caller)).entries
        corpus = self.bot.articles.guilds.corpus(_guild(caller))
        [article] = [article for article in corpus.articles if article.file == entry.name]
        return entry, article

    def draft(self, owner: Caller, *documents: Document) -> str:
        """The key of a draft that somebody made of these documents."""
        parts = tuple(Part(self._version(each)) for each in documents or (MILL,))
        return self.bot.articles.drafts.keep(Draft(_guild(owner), int(owner.user_id), parts))

    def message(self, author: Caller, *, agreed: bool) -> str:
        """The key of a message that its author is asked about."""
        url, day = "https://discord.com/channels/1/2/3", dt.date(2026, 1, 31)
        said = Message(_guild(author), int(author.user_id), "The mill", "somebody", url, day, (MILL,), agreed)
        return self.bot.articles.consents.keep(said)

    async def told(self, interaction: LoopbackInteraction) -> Outcome:
        """What came of an interaction, but for what was changed."""
        await self.server.wait_for("POST", interaction.callback_path)
        while tasks := set(self.bot.in_flight._tasks):
            await asyncio.wait(tasks)
        assert interaction.callback is not None
        data = interaction.callback.get("data") or {}
        if "choices" in data:
            return Outcome(" / ".join(choice["name"] for choice in data["choices"]), changed=False, private=True)
        if "title" in data:
            return Outcome(data["title"], changed=False, private=True)
        shown = [message for message in (interaction.original, *interaction.followups) if message is not None]
        private = all(message["flags"] & EPHEMERAL for message in shown)
        return Outcome(_shown(shown[-1]) if shown else DELETED, changed=False, private=private)

    def _version(self, of: Document) -> NewVersion:
        article = read_article(of, self.bot.library.encoder.measure)
        return NewVersion(of, article, Origin(OriginKind.UPLOAD, of.file))

    async def do(self, action: Action, caller: Caller, owner: Caller) -> Outcome:
        """Somebody does something, with what `owner` made, in a guild that owns the article FERRY."""
        custom_id = self._button(action.name, caller, owner) if action.kind is Kind.BUTTON else ""
        opened = await self.opened(action.name, owner) if action.kind is Kind.FORM else None
        before = self.standing()
        if opened is not None:
            outcome = await self.send(opened, action.name, caller)
        elif custom_id:
            outcome = await self.press(custom_id, caller)
        elif action.kind is Kind.CHOICES:
            outcome = await self.type(action.name, caller)
        elif action.kind is Kind.MENTION:
            outcome = await self._mention(caller)
        else:
            outcome = await self.command(action.name, caller)
        return replace(outcome, changed=self.standing() != before)

    async def command(self, name: str, caller: Caller) -> Outcome:
        """Somebody sends a command."""
        if name.startswith("corpus "):
            return await self.told(await self._corpus(name.removeprefix("corpus "), caller))
        data = events.ask(NOON, private=True) if name == "ask" else events.on_message(name, NOON)
        return await self.told(await self.server.command(data, caller))

    async def _corpus(self, name: str, caller: Caller) -> LoopbackInteraction:
        options = _OPTIONS.get(name, [])
        resolved: dict[str, dict[str, JSON]] = {}
        if name == "import":
            file = payloads.attached("ferry.md")
            options = [{"name": "file", "type": 11, "value": file["id"]}]
            resolved = {"attachments": {file["id"]: file}}
        if name == "scope allow":
            resolved = {"roles": {KEEPERS_ID: role(KEEPERS_ID, "Keepers")}}
        return await self.server.command(events.subcommand("corpus", name, options, **resolved), caller)

    async def type(self, name: str, caller: Caller) -> Outcome:
        """Somebody begins to type on an option of a command."""
        group, *command, option = name.split()
        typed = {"name": option, "type": 4 if option == "state" else 3, "value": "", "focused": True}
        data = events.subcommand(group, " ".join(command), [typed]) if command else events.command(group, [typed])
        return await self.told(await self.server.command(data, caller, events.AUTOCOMPLETE))

    async def _mention(self, caller: Caller) -> Outcome:
        path = "/channels/*/messages"
        count = len(self.server.rest.sent("POST", path))
        await self.server.mention(NOON, author=user(caller.user_id, "member"))
        reply = await self.server.wait_for("POST", path, count=count + 1)
        return Outcome(_shown(reply.body), changed=False, private=False)

    async def press(self, custom_id: str, caller: Caller) -> Outcome:
        """Somebody presses a button."""
        shown = events.with_buttons(custom_id, question=NOON) if custom_id == "share" else None
        return await self.told(await self.server.press(custom_id, caller, shown))

    def _button(self, name: str, caller: Caller, owner: Caller) -> str:
        """The custom_id of a button for what there is in the caller's guild."""
        entry, article = self.owned(caller)
        item, _, action = name.partition(" ")
        match item:
            case "DraftButton":
                return f"draft:{action}:{self.draft(owner)}"
            case "Consent":
                return f"consent:{action}:{self.message(owner, agreed=action == 'preview')}"
            case "Confirm":
                return f"confirm:{action}:{0 if action == 'rollback' else entry.version}:0"
            case "Undo":
                return f"undo:{self.bot.articles.catalogue.current(_guild(caller)).state}"
            case "Nearest" | "Context" | "More":
                return leading_to(item, article)
            case "Delete":
                return f"delete:{owner.user_id}"
            case "Share":
                return "share"
        pages = {"ListPage": "articles:title:0:", "TextPage": f"text:{article.digest[:16]}:0"}
        return pages.get(item, "history:999999")

    async def opened(self, name: str, opener: Caller) -> LoopbackInteraction:
        """Somebody who moderates opens a form."""
        opener = replace(opener, permissions=MANAGE_SERVER)
        match name:
            case "TextForm":
                opened = await self._corpus("add", opener)
            case "DetailsForm article":
                opened = await self._corpus("edit", opener)
            case _:
                action = "tag" if name == "TagsForm" else "edit"
                opened = await self.server.press(f"draft:{action}:{self.draft(opener)}", opener)
        await self.told(opened)
        return opened

    async def send(self, opened: LoopbackInteraction, name: str, caller: Caller) -> Outcome:
        """Somebody sends a form that was opened."""
        assert opened.callback is not None
        fields = _FIELDS.get(name, _DETAILS)
        shown = events.with_buttons() if name in ("DetailsForm draft", "TagsForm") else None
        return await self.told(await self.server.submit(opened.callback["data"]["custom_id"], fields, caller, shown))


def _guild(caller: Caller) -> int:
    assert caller.guild_id is not None
    return int(caller.guild_id)


def leading_to(item: str, article: Article) -> str:
    """The custom_id of a button that shows the only passage of an article."""
    [passage] = article.passages
    digest, start, highlight = article.digest[:16], passage.start, passage.sentences[0].start
    places = places_code([Hit(article, passage, passage.sentences[0], 0.0, {})])
    custom_ids = {
        "Nearest": f"nearest:{digest}:{start}:{highlight}",
        "Context": f"context:{digest}:{start}:{passage.end}:{highlight}",
        "More": f"more:{places}",
    }
    return custom_ids[item]


def run_by_somebody_else(server: LoopbackDiscord) -> None:
    """Have the application belong to `OTHER_ID`; before the bot starts."""
    server.rest.application["owner"] = user(OTHER_ID, "somebody")


def _shown(message: JSON) -> str:
    for embed in message["embeds"]:
        return str(embed.get("title") or embed["description"])
    names = [file["filename"] for file in message.get("attachments", [])]
    return " ".join(names) or str(message["content"]).replace("\\", "")
