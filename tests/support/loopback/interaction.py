"""The life of one interaction: what Discord allows after it was sent, and the messages it leads to."""

from __future__ import annotations

import secrets
from typing import Final

from . import payloads, world
from .events import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT
from .payloads import EPHEMERAL, LOADING
from .world import JSON

CHANNEL_MESSAGE, DEFERRED_CHANNEL_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, FORM = range(4, 10)
_MESSAGES = {CHANNEL_MESSAGE, DEFERRED_CHANNEL_MESSAGE}
_UPDATES = {DEFERRED_UPDATE, UPDATE}
# What may answer an interaction of each kind.
_ANSWERS = {
    COMMAND: _MESSAGES | {FORM},
    COMPONENT: _MESSAGES | _UPDATES | {FORM},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: _MESSAGES | _UPDATES,
}


class RefusedError(Exception):
    """Discord's refusal of a request: an HTTP status with Discord's own code and sentence."""

    def __init__(self, status: int, code: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.body = payloads.error(code, text)


UNKNOWN_CHANNEL: Final = (404, 10003, "Unknown Channel")
UNKNOWN_INTERACTION: Final = (404, 10062, "Unknown interaction")
UNKNOWN_WEBHOOK: Final = (404, 10015, "Unknown Webhook")
UNKNOWN_MESSAGE: Final = (404, 10008, "Unknown Message")
ALREADY_ACKNOWLEDGED: Final = (400, 40060, "Interaction has already been acknowledged.")
INVALID_FORM: Final = (400, 50035, "Invalid Form Body")


class LoopbackInteraction:
    """One interaction as Discord knows it; `original` and `followups` are what a member would see now.

    `event` is its INTERACTION_CREATE.
    """

    def __init__(self, event: JSON, *, too_late: bool) -> None:
        self.id: Final = world.snowflake()
        self.token: Final = secrets.token_urlsafe(24)
        self.callback: JSON | None = None
        self.messages: dict[str, JSON] = {}
        self._kind: Final[int] = event["type"]
        self._shown: Final[JSON | None] = event.get("message")
        self._channel_id: Final[str] = event["channel_id"]
        self._too_late: Final = too_late
        self._original_id: str | None = None

    @property
    def callback_path(self) -> str:
        """Where the bot answers first."""
        return f"/interactions/{self.id}/{self.token}/callback"

    @property
    def followup_path(self) -> str:
        """Where the bot posts further messages."""
        return f"/webhooks/{world.BOT_ID}/{self.token}"

    @property
    def original_path(self) -> str:
        """Where the bot reads, edits and deletes its first message."""
        return f"{self.followup_path}/messages/@original"

    @property
    def original(self) -> JSON | None:
        """The first message, `LOADING` in its flags while the bot thinks; None before it and once deleted.

        Where the bot changes the message with the button that was pressed, that message comes first.
        """
        return self.messages.get(self._original_id or "")

    @property
    def followups(self) -> list[JSON]:
        """The messages after the first message, in order."""
        return [message for key, message in self.messages.items() if key != self._original_id]

    def answer(self, body: JSON) -> JSON:
        """The callback: its first and only answer, within the time Discord allows."""
        if self.callback is not None:
            raise RefusedError(*ALREADY_ACKNOWLEDGED)
        if self._too_late:
            raise RefusedError(*UNKNOWN_INTERACTION)
        kind = body.get("type")
        if kind not in _ANSWERS[self._kind] or (kind in _UPDATES and self._shown is None):
            raise RefusedError(*INVALID_FORM)
        self.callback = body
        if kind in (CHOICES, FORM):
            return {"interaction": {"id": self.id, "type": self._kind}}
        if kind in _UPDATES:
            return self._update(kind, body.get("data") or {})
        message = self._keep(body.get("data") or {})
        self._original_id = message["id"]
        if kind == DEFERRED_CHANNEL_MESSAGE:
            message["flags"] |= LOADING
            return {"interaction": self._state(message)}
        return {
            "interaction": self._state(message),
            "resource": {"type": CHANNEL_MESSAGE, "message": message},
        }

    def _update(self, kind: int, body: JSON) -> JSON:
        assert self._shown is not None
        message = self.messages[self._shown["id"]] = dict(self._shown)
        self._original_id = message["id"]
        message |= payloads.written(body)
        return {"interaction": self._state(message), "resource": {"type": kind, "message": message}}

    def follow_up(self, body: JSON) -> JSON:
        """A further message; the first message after a deferral takes the place of the waiting message."""
        if self.callback is None:
            raise RefusedError(*UNKNOWN_WEBHOOK)
        if self.original is not None and self.original["flags"] & LOADING:
            return self.edit("@original", body)
        return self._keep(body)

    def find(self, message_id: str) -> JSON:
        """A message of this interaction by its id, or `@original`."""
        if self.callback is None:
            raise RefusedError(*UNKNOWN_WEBHOOK)
        message = self.original if message_id == "@original" else self.messages.get(message_id)
        if message is None:
            raise RefusedError(*UNKNOWN_MESSAGE)
        return message

    def edit(self, message_id: str, body: JSON) -> JSON:
        """Change what the body names; whether a message is ephemeral was settled when it was made."""
        message = self.find(message_id)
        ephemeral = message["flags"] & EPHEMERAL
        message |= payloads.written(body)
        message["flags"] = message["flags"] & ~(LOADING | EPHEMERAL) | ephemeral
        message["edited_timestamp"] = payloads.now()
        return message

    def delete(self, message_id: str) -> None:
        """Remove a message."""
        del self.messages[self.find(message_id)["id"]]

    def _keep(self, body: JSON) -> JSON:
        message = payloads.message(world.BOT, body, channel_id=self._channel_id)
        message |= {"webhook_id": world.BOT_ID, "application_id": world.BOT_ID}
        self.messages[message["id"]] = message
        return message

    def _state(self, message: JSON) -> JSON:
        return {
            "id": self.id,
            "type": self._kind,
            "response_message_id": message["id"],
            "response_message_loading": bool(message["flags"] & LOADING),
            "response_message_ephemeral": bool(message["flags"] & EPHEMERAL),
        }
