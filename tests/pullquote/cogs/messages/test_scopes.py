"""Who may ask what, as moderators read it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pullquote.cogs.messages.scopes import scope_embed, scopes_embed, tags_text
from pullquote.library.records import Scope
from tests.support.discord_drafts import ASKERS, NUMBERS, TAGS
from tests.support.discord_embeds import check_embed
from tests.support.discord_markdown import TEXT, rendered

SCOPES = st.builds(Scope, TAGS.filter(bool).map(lambda tags: tags[0]), st.lists(ASKERS, max_size=50).map(tuple))


@given(SCOPES, NUMBERS)
def test_a_scope_keeps_to_discords_limits(scope: Scope, articles: int) -> None:
    check_embed(scope_embed(scope, articles))


@given(st.lists(SCOPES, max_size=100))
def test_all_scopes_keep_to_discords_limits(scopes: list[Scope]) -> None:
    check_embed(scopes_embed(scopes, {}))


@given(TAGS)
def test_tags_are_mere_text_and_short(tags: tuple[str, ...]) -> None:
    text = tags_text(tags, 100)
    assert {span.kind for span in rendered(text, line_start=False)} == {TEXT}
    assert len(text) <= len("tags: ") + 100
