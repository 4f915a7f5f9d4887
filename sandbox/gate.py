"""Whether an interchange may come in at all: the check that a TA1 answers. Pure."""

from __future__ import annotations

from typing import Final

from edi.interchanges import Interchange
from sandbox.scenario import Receiver

ACCEPTED: Final = "000"
DUPLICATE: Final = "025"
UNREADABLE: Final = "022"
"""TA105 notes: no error, duplicate interchange control number, invalid control structure."""

VERSION: Final = "00501"
CONTROL_DIGITS: Final = 9
BY_DEFECT: Final = {"IEA": "023", "IEA01": "021", "IEA02": "001", "ISA": UNREADABLE}
"""The note of a defect in the envelope; defects of groups and transactions are answered by a 999."""


def refusal(interchange: Interchange, receiver: Receiver) -> str:
    """The TA105 note for which the interchange is turned away, or 000."""
    checks = (
        (interchange.receiver_qualifier == receiver.qualifier, "007"),
        (interchange.receiver == receiver.id, "008"),
        (bool(interchange.sender), "006"),
        (interchange.made_at is not None, "014"),
        (interchange.version == VERSION, "017"),
        (_is_control(interchange.control), "018"),
        (interchange.usage in receiver.usage, "020"),
        (bool(interchange.groups), "024"),
    )
    wrong = [note for fine, note in checks if not fine]
    wrong += [BY_DEFECT[defect.code] for defect in interchange.defects if defect.code in BY_DEFECT]
    return wrong[0] if wrong else ACCEPTED


def _is_control(control: str) -> bool:
    return control.isascii() and control.isdigit() and len(control) == CONTROL_DIGITS and int(control) > 0
