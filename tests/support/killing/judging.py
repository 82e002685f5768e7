"""Whether what is found after a kill is the old or the new state, whole."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from tests.support.killing.finding import Found, Look, Saved


class Outcome(StrEnum):
    """What a kill left."""

    OLD = "old"
    NEW = "new"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Judge:
    """Knows what is found before an operation, and after it."""

    old: Found
    new: Found

    def of(self, found: Found, *, confirmed: bool) -> tuple[Outcome, str]:
        """What was found after a kill, and why that is a failure; `confirmed` says whether the operation was done."""
        if found == self.new:
            return Outcome.NEW, ""
        if confirmed:
            return Outcome.FAILURE, f"what was confirmed is not there: {_difference(found, self.new)}"
        if found == self.old:
            return Outcome.OLD, ""
        # The state is the truth: the index that is derived from it may still have to be built.
        if found.service == self.new.service and found.saved == self.old.saved:
            return Outcome.NEW, ""
        old, new = (_difference(found, each) for each in (self.old, self.new))
        return Outcome.FAILURE, f"it is not the old state: {old}; and not the new state: {new}"


def _difference(found: Found, wanted: Found) -> str:
    """Which parts are not as they should be."""
    ours, theirs = _parts(found), _parts(wanted)
    return ", ".join(f"{name} {ours[name]} instead of {theirs[name]}" for name in ours if ours[name] != theirs[name])


def _parts(found: Found) -> dict[str, object]:
    whole: dict[str, Saved | Look] = {
        "saved": found.saved,
        "first": found.service.first,
        "second": found.service.second,
    }
    parts = {
        f"{name} {field.name}": getattr(part, field.name) for name, part in whole.items() for field in fields(part)
    }
    return parts | {"files": found.service.files}
