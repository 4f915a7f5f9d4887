"""Why the calendar refuses: each with a sentence that a person can act on."""

from __future__ import annotations

from practice.refusals import RefusedError


class SchedulingRefusedError(RefusedError):
    """A change of the calendar or of an attendance that is not made."""


class BookingRefusedError(SchedulingRefusedError):
    """What was entered cannot become a session."""


class DoubleBookedError(SchedulingRefusedError):
    """The clinician or the room is taken at that time."""


class AttendanceRefusedError(SchedulingRefusedError):
    """The attendance cannot become that, or cannot be changed now."""


class ConfirmRefusedError(SchedulingRefusedError):
    """The attendances cannot be confirmed as they are."""
