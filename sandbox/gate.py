"""Whether an interchange may come in at all: the check that a TA1 answers. Pure."""

from __future__ import annotations

from typing import Final

from edi.claims.checks.elements import elements
from edi.claims.rows import row_of
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

CONTENT: Final = "024"
"""What stands in the file is not right: nothing in it, or segments that belong to no group."""

GROUPS: Final = frozenset({"HC", "HS", "HR", "HP", "HN", "HB", "HI", "BE", "RA"})
"""Groups (GS01) that a 999 can answer: not 999s themselves (FA), nor what has no such code."""

OUTSIDE: Final = frozenset({"GE", "SE", "stray"})

BY_ELEMENT: Final = {
    "ISA01": "010",
    "ISA02": "011",
    "ISA03": "012",
    "ISA04": "013",
    "ISA05": "005",
    "ISA06": "006",
    "ISA10": "015",
    "ISA11": "016",
    "ISA14": "019",
    "ISA16": "027",
}
"""The note of an element of the ISA that is not as the guide has it."""


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
        (bool(interchange.groups), CONTENT),
        (all(group.functional_id in GROUPS for group in interchange.groups), CONTENT),
    )
    wrong = [note for fine, note in checks if not fine]
    wrong += [BY_DEFECT[defect.code] for defect in interchange.defects if defect.code in BY_DEFECT]
    wrong += _elements(interchange)
    if _is_anything_outside(interchange):
        wrong.append(CONTENT)
    return wrong[0] if wrong else ACCEPTED


def _elements(interchange: Interchange) -> list[str]:
    """The notes of elements of the ISA that do not have their form."""
    row = row_of("ISA", "ISA", "")
    faults = elements(row, interchange.header) if row else ()
    return [BY_ELEMENT[fault.element] for fault in faults if fault.element in BY_ELEMENT]


def _is_anything_outside(interchange: Interchange) -> bool:
    """Whether a segment stands outside every group, where no 999 can speak of it."""
    known = {group.control for group in interchange.groups}
    return any(defect.code in OUTSIDE and defect.group not in known for defect in interchange.defects)


def _is_control(control: str) -> bool:
    return control.isascii() and control.isdigit() and len(control) == CONTROL_DIGITS and int(control) > 0
