"""Each of Discord's rules with a message that keeps it and a message that breaks it."""

from __future__ import annotations

import pytest

from tests.support.made_bodies import (
    NO_PINGS,
    WEB,
    Json,
    Rule,
    buttons,
    embed,
    layout,
    one_button,
    shown,
)
from tests.support.payload_limits import (
    component_violations,
    message_violations,
)
from tests.support.payload_schema import schema_errors

PNG = {"attachments": [{"id": 0, "filename": "a.png"}]}
ILL_FORMED = "embeds[0].url: not a well-formed URL"

RULES = [
    Rule("empty", {"content": "x"}, {}, "message: empty"),
    Rule("empty parts", {"content": None} | embed(title="x"), {"content": None, "embeds": []}, "message: empty"),
    Rule("blank content", {"content": " x "}, {"content": " \n "}, "message: empty"),
    Rule("only a sticker", {"sticker_ids": [7]}, {"sticker_ids": []}, "message: empty"),
    Rule("only a file", PNG, {"attachments": []}, "message: empty"),
    Rule(
        "V2 without its flag",
        layout(shown()),
        {"components": [shown()]},
        "components: other than action rows, without the flag of Components V2",
    ),
    Rule(
        "V2 with content",
        layout(shown(), content=None),
        layout(shown(), content="x"),
        "content: not together with Components V2",
    ),
    Rule(
        "V2 with embeds",
        layout(shown(), embeds=[]),
        layout(shown(), embeds=[{"title": "x"}]),
        "embeds: not together with Components V2",
    ),
    Rule(
        "V2 with stickers",
        layout(shown(), sticker_ids=[]),
        layout(shown(), sticker_ids=[7]),
        "sticker_ids: not together with Components V2",
    ),
    Rule(
        "V2 with a poll",
        layout(shown(), poll=None),
        layout(shown(), poll={"question": {"text": "x"}, "answers": []}),
        "poll: not together with Components V2",
    ),
    Rule("same custom_id", buttons("a", "b"), buttons("a", "a"), "components: custom_id 'a' 2 times"),
    Rule(
        "button's scheme",
        one_button(url="http://example.org"),
        one_button(url="javascript:alert(1)"),
        "components[0].components[0].url: neither http nor https",
    ),
    Rule(
        "author's scheme",
        embed(author={"name": "a", "url": WEB}),
        embed(author={"name": "a", "url": "ftp://example.org/"}),
        "embeds[0].author.url: neither http nor https",
    ),
    Rule(
        "footer's icon",
        embed(footer={"text": "a", "icon_url": WEB}),
        embed(footer={"text": "a", "icon_url": "https://exa mple.org/"}),
        "embeds[0].footer.icon_url: not a well-formed URL",
    ),
    Rule(
        "image from a file",
        PNG | embed(image={"url": "attachment://a.png"}),
        PNG | embed(image={"url": "attachment://b.png"}),
        "embeds[0].image.url: neither http nor https",
    ),
    Rule("host", embed(title="x", url="https://example.org"), embed(title="x", url="https://"), ILL_FORMED),
    Rule(
        "port",
        embed(title="x", url="http://[::1]:65535"),
        embed(title="x", url="http://[::1]:65536"),
        ILL_FORMED,
    ),
    Rule("line break", embed(title="x", url=WEB), embed(title="x", url=WEB + "\n"), ILL_FORMED),
    Rule(
        "@everyone",
        {"content": "@everyone", "allowed_mentions": {"parse": ["users", "roles"]}},
        {"content": "@everyone", "allowed_mentions": {"parse": ["everyone"]}},
        "content: @everyone may ping",
    ),
    Rule(
        "nothing allowed or forbidden",
        {"content": "@here"},
        {"content": "@here", "allowed_mentions": None},
        "content: @here may ping",
    ),
    Rule(
        "no kinds named",
        {"content": "<@!7>"},
        {"content": "<@!7>", "allowed_mentions": {"replied_user": False}},
        "content: <@!7> may ping",
    ),
    Rule(
        "member",
        {"content": "<@7>", "allowed_mentions": {"parse": [], "users": [8]}},
        {"content": "<@7>", "allowed_mentions": {"parse": [], "users": [7]}},
        "content: <@7> may ping",
    ),
    Rule(
        "role",
        {"content": "<@&7>", "allowed_mentions": {"parse": ["users"]}},
        {"content": "<@&7>", "allowed_mentions": {"parse": ["roles"]}},
        "content: <@&7> may ping",
    ),
    Rule(
        "mention in a text display",
        layout(shown("<@7>")),
        layout(shown("<@7>"), allowed_mentions={"parse": ["users"]}),
        "components[0].content: <@7> may ping",
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_message_that_keeps_the_rule_passes(rule: Rule) -> None:
    assert list(message_violations(NO_PINGS | rule.kept, edit=False)) == []


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_message_that_keeps_the_rule_fits_the_schema(rule: Rule) -> None:
    assert schema_errors("POST", "/channels/5/messages", rule.kept) == []


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_message_that_breaks_the_rule_is_named(rule: Rule) -> None:
    assert list(message_violations(NO_PINGS | rule.broken, edit=False)) == [rule.said]


@pytest.mark.parametrize(
    "edit",
    [
        {"content": "x"},
        {"components": []},
        {"content": None} | embed(title="x"),
        {"flags": 4},
        {"content": ""},
    ],
)
def test_an_edit_keeps_what_it_does_not_name(edit: Json) -> None:
    assert list(message_violations(edit, edit=True)) == []


@pytest.mark.parametrize("edit", [{}, {"tts": False}, {"content": "", "embeds": []}])
def test_an_edit_that_leaves_nothing(edit: Json) -> None:
    assert list(message_violations(edit, edit=True)) == ["message: the edit leaves nothing to show"]


def test_modal_with_the_same_custom_id_twice() -> None:
    inputs = [{"type": 18, "label": "l", "component": {"type": 4, "custom_id": name, "style": 1}} for name in "aba"]
    assert list(component_violations({"custom_id": "a", "components": inputs[:2]})) == []
    assert list(component_violations({"components": inputs})) == ["components: custom_id 'a' 2 times"]
