"""Words of other systems for what we know under another name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from desk.imports.problems import CellError

CLIENT_STATUS: Final = {
    "active": "active", "inactive": "inactive", "archived": "inactive", "discharged": "inactive", "prospect":
    "prospective", "prospective": "prospective", "lead": "prospective", "waitlist": "prospective", "new": "active",
    "true": "active", "false": "inactive", "yes": "active", "no": "inactive", "1": "active", "0": "inactive",
}  # fmt: skip
SKIP: Final = "skip"
SESSION_STATUS: Final = {
    "show": "held", "attended": "held", "arrived": "held", "in-progress": "held", "completed": "held", "kept": "held",
    "held": "held", "appointment": "held", "seen": "held",
    "no show": "no_show", "no_show": "no_show", "noshow": "no_show", "no-show": "no_show",
    "missed appointment": "no_show", "missed": "no_show",
    "late cancelled": "late_canceled", "late canceled": "late_canceled", "late cancellation": "late_canceled",
    "late cancel": "late_canceled", "late_cancel": "late_canceled",
    "cancelled": "canceled", "canceled": "canceled", "client_cancel": "canceled", "client cancelled": "canceled",
    "clinician cancelled": "canceled", "clinician canceled": "canceled", "clinician_cancel": "canceled",
    "booked": "scheduled", "booked online": "scheduled", "scheduled": "scheduled", "confirmed": "scheduled",
    "rescheduled": SKIP, "never booked": SKIP, "never_booked": SKIP, "archived": SKIP, "deleted": SKIP, "break": SKIP,
}  # fmt: skip
SEX: Final = {
    "m": "M", "male": "M", "man": "M", "f": "F", "female": "F", "woman": "F", "x": "U", "nonbinary": "U",
    "non-binary": "U", "other": "U", "u": "U", "unk": "U", "unknown": "U", "undifferentiated": "U",
    "decline to answer": "U", "prefer not to say": "U",
}  # fmt: skip
RELATIONSHIP: Final = {
    "self": "18", "18": "18", "spouse": "01", "01": "01", "1": "01", "husband": "01", "wife": "01", "child": "19",
    "19": "19", "son": "19", "daughter": "19", "domestic partner": "53", "life partner": "53", "53": "53",
    "other": "G8", "g8": "G8",
}  # fmt: skip
RANK: Final = {
    "primary": "primary", "p": "primary", "1": "primary", "secondary": "secondary", "s": "secondary",
    "2": "secondary",
}  # fmt: skip
EMPLOYMENT: Final = {
    "w2": "w2_nonexempt", "w-2": "w2_nonexempt", "employee": "w2_nonexempt", "exempt": "w2_exempt",
    "w2 exempt": "w2_exempt", "w2_exempt": "w2_exempt", "w2_nonexempt": "w2_nonexempt", "non-exempt": "w2_nonexempt",
    "1099": "contractor", "contractor": "contractor", "ipa_member": "contractor", "partner": "partner",
    "owner": "sole_owner", "sole_owner": "sole_owner", "supervisee": "w2_nonexempt", "intern": "w2_nonexempt",
}  # fmt: skip
NOTE_STATUS: Final = {
    "locked": "signed", "signed": "signed", "complete": "signed", "completed": "signed", "draft": "draft",
    "unlocked": "draft", "no note": "missing", "missing": "missing",
}  # fmt: skip
RESPONSIBILITY: Final = {
    "client": "client", "patient": "client", "self": "client", "insurance": "insurance", "insurer": "insurance",
    "payer": "insurance",
}  # fmt: skip
OWED: Final = {"balance": "balance", "owed": "balance", "due": "balance", "credit": "credit", "prepaid": "credit"}
MINUTES: Final = {
    "90791": 60, "90792": 60, "90832": 30, "90834": 45, "90837": 60, "90839": 60, "90846": 50, "90847": 50, "90853": 60,
}  # fmt: skip
USUAL_MINUTES: Final = 50
TELEHEALTH: Final = frozenset({"02", "10"})


def word_of(table: dict[str, str], what: str) -> Callable[[str], str]:
    """A reader of one of the tables; a word that is not in it is a CellError."""

    def read(text: str) -> str:
        found = table.get(" ".join(text.lower().split()))
        if found is None:
            raise CellError(f"“{text.strip()}” is no {what} we know.", "E-VALUE")
        return found

    return read
