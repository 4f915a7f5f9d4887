"""What readiness says about an attendance: what is wrong, in words, and the action that clears it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduling.readiness import addresses


class Severity(StrEnum):
    """Whether a finding stops the step or only warns."""

    BLOCK = "block"
    WARN = "warn"


class Stage(StrEnum):
    """The step a finding is about."""

    CONFIRM = "confirm"
    BILL = "bill"
    PAY = "pay"


@dataclass(frozen=True, slots=True)
class Action:
    """One way to clear a finding.

    With `field` the page sets that fact of the attendance to `value`; with `url_name` it opens a page of the
    practice (reversed with the slug and `url_args`). LookupError when no such page is known.
    """

    label: str
    field: str = ""
    value: str = ""
    url_name: str = ""
    url_args: tuple[int | str, ...] = ()

    def __post_init__(self) -> None:
        if self.url_name and self.url_name not in addresses.KNOWN:
            raise LookupError(f"Findings lead to no page called «{self.url_name}».")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stands between an attendance and a step.

    `title` is the first sentence (what is wrong), `why` the second (why or since when). `field` names the fact
    that is missing or wrong, so that a page can mark it in place; `waits_on` names the person it waits for.
    `overridden` says who went past a warning and why; such a finding is shown and counts no more.
    """

    code: str
    severity: Severity
    stage: Stage
    title: str
    why: str = ""
    field: str = ""
    waits_on: str = ""
    actions: tuple[Action, ...] = ()
    overridden: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the step cannot be taken."""
        return self.severity is Severity.BLOCK

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look at it."""
        return not self.overridden

    @property
    def kind(self) -> str:
        """The tone of its row: amber and red are for this user, gray for whoever it waits on or for a hint."""
        if self.waits_on or self.overridden or not self.blocks:
            return "calm"
        return "wait" if self.field else "stop"

    @property
    def glyph(self) -> str:
        """The shape beside it."""
        if self.overridden:
            return "over"
        if self.waits_on:
            return "held"
        return {"calm": "ready", "wait": "needs-you", "stop": "stopped"}[self.kind]
