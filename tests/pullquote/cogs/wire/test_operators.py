"""Who may look after the articles: the application's owner or its team, and the moderators of one guild."""

from __future__ import annotations

from pathlib import Path

import pytest

from pullquote.library.library import Library
from pullquote.settings import Settings
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from tests.support.folders import ARTICLES, MakeFolder
from tests.support.loopback import LoopbackDiscord, payloads
from tests.support.loopback.world import (
    GUILD_ID,
    JSON,
    MEMBER_ID,
    OTHER_ID,
    user,
)
from tests.support.wire import EPHEMERAL, connected

ELSEWHERE = "1100000000000000010"
MANAGE_GUILD = str(1 << 5)
REFUSALS = {
    "0": "Only moderators can do this: you need the permission Manage Server.",
    MANAGE_GUILD: (
        "All servers share the articles of the folder, and only whoever runs this bot can reload them: "
        "please ask them to do it."
    ),
}


@pytest.fixture
def library(make_folder: MakeFolder, tmp_path: Path, encoder: SentenceTransformerEncoder) -> Library:
    """A library of the test's own: a library that a bot has closed reloads no more."""
    return Library.open(make_folder(ARTICLES), tmp_path / "data", encoder)


async def may_reload(server: LoopbackDiscord, guild_id: str = GUILD_ID, permissions: str = MANAGE_GUILD) -> bool:
    """Whether the member may reload the folder; who may not is told privately why."""
    interaction = await server.corpus("reload", guild_id=guild_id, permissions=permissions)
    callback = await server.wait_for("POST", interaction.callback_path)
    if callback.body["type"] == 4:
        assert callback.body["data"]["flags"] == EPHEMERAL
        assert callback.body["data"]["content"] == REFUSALS[permissions]
        return False
    edit = await server.wait_for("PATCH", interaction.original_path)
    assert [embed["title"] for embed in edit.body["embeds"]] == ["Reload finished"]
    return True


@pytest.mark.parametrize(
    ("team", "may"),
    [
        (None, True),
        (payloads.team(MEMBER_ID, (MEMBER_ID, 2, "admin")), True),
        (payloads.team(OTHER_ID, (OTHER_ID, 2, "admin"), (MEMBER_ID, 2, "admin")), True),
        (payloads.team(OTHER_ID, (OTHER_ID, 2, "admin"), (MEMBER_ID, 2, "developer")), True),
        (payloads.team(OTHER_ID, (OTHER_ID, 2, "admin"), (MEMBER_ID, 2, "read_only")), False),
        (payloads.team(OTHER_ID, (OTHER_ID, 2, "admin"), (MEMBER_ID, 1, "admin")), False),
        (payloads.team(OTHER_ID, (OTHER_ID, 2, "admin")), False),
    ],
    ids=["owner", "team's owner", "admin", "developer", "reader", "invited", "former owner"],
)
async def test_whoever_runs_the_bot_looks_after_the_articles_anywhere(
    server: LoopbackDiscord, settings: Settings, library: Library, team: JSON | None, may: bool
) -> None:
    server.rest.application["team"] = team
    async with connected(server, settings.model_copy(update={"guild": None}), library):
        assert await may_reload(server) is may
        assert await may_reload(server, guild_id=ELSEWHERE) is may
        assert await may_reload(server, permissions="0") is may
    assert len(server.rest.sent("GET", "/oauth2/applications/@me")) == 1


async def test_another_owner_has_moderators_of_one_guild_beside_them(
    server: LoopbackDiscord, settings: Settings, library: Library
) -> None:
    server.rest.application["owner"] = user(OTHER_ID, "somebody")
    async with connected(server, settings, library):
        assert await may_reload(server)
        refused = await server.corpus("list", permissions="0")
        answer = await server.wait_for("POST", refused.callback_path)
        assert answer.body["data"]["content"].startswith("Only moderators can do this: you need the permission")
        refused = await server.corpus("reload", guild_id=ELSEWHERE, permissions=MANAGE_GUILD)
        answer = await server.wait_for("POST", refused.callback_path)
        assert "the moderators of another server look after them" in answer.body["data"]["content"]
