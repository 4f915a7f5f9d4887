"""Why the calendar refuses: each with a sentence that a person can act on."""

from __future__ import annotations


class SchedulingRefusedError(ValueError):
    """A change that is not made; `field` names the entry of a form it is about, or nothing."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class BookingRefusedError(SchedulingRefusedError):
    """What was entered cannot become a session."""


class DoubleBookedError(SchedulingRefusedError):
    """The clinician or the room is taken at that time."""


class AttendanceRefusedError(SchedulingRefusedError):
    """The attendance cannot become that, or cannot be changed now."""


class ConfirmRefusedError(SchedulingRefusedError):
    """The attendances cannot be confirmed as they are."""
