"""What the billing day says: the attestation with its version, and why something was left."""

from __future__ import annotations

from typing import Final

ATTESTATION_VERSION: Final = "2026-11"
ATTESTATION: Final = "You attest these services were provided as recorded."
BY_CLINICIAN: Final = "Each clinician attested for their own sessions."
BY_CLINICIAN_AND_YOU: Final = "You attest your own sessions as recorded; the others attested theirs."
GONE: Final = ("gone", "It is no longer on the calendar.")
ALREADY: Final = ("already_billed", "It was billed already, by another click.")
NOT_BILLABLE: Final = ("canceled", "It was canceled.")
STOPPED: Final = ("stopped", "You stopped before this one.")
AS_HELD: Final = "Billed as held, run "
REFUSED: Final = ("refused", "It changed while it was billed.")


def count(number: int, noun: str) -> str:
    """`1 session`, `38 sessions`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def verb(number: int, one: str, many: str) -> str:
    """`needs` or `need`."""
    return one if number == 1 else many


def listed(parts: list[str]) -> str:
    """`4 need a fix, 3 wait on someone`; nothing for nothing."""
    return ", ".join(part for part in parts if part)
