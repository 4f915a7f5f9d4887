"""Reads the segments that organizations, claims and lines of a remittance have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from edi.delimiters import Delimiters
from edi.parties import Contact, Name, Reference
from edi.quick import quick
from edi.remittances.drafts import ClaimDraft, Draft
from edi.remittances.model import Adjustment, Amount, Procedure
from edi.remittances.tolerant import REMEMBERED, Notes, element

make_adjustment, make_amount = quick(Adjustment), quick(Amount)
make_name, make_reference = quick(Name), quick(Reference)

GROUPS = frozenset({"CO", "PR", "OA", "PI"})
NO_NAME = [""] * 10
ONE_REASON = 4

Reader = Callable[[list[str]], None]


class DetailReader(Notes):
    """Adds what a detail segment says to whatever was opened last: organization, claim or line."""

    def __init__(self, delimiters: Delimiters) -> None:
        super().__init__()
        self.delimiters = delimiters
        self.opened = Draft()
        self.claim: ClaimDraft | None = None

    def details(self) -> dict[str, Reader]:
        """What reads which detail."""
        return {
            "AMT": self.read_amount,
            "CAS": self.read_adjustments,
            "DTM": self.read_date,
            "LQ": self.read_remark,
            "MIA": self.read_inpatient,
            "MOA": self.read_outpatient,
            "NM1": self.read_name,
            "PER": self.read_contact,
            "REF": self.read_reference,
        }

    def read_adjustments(self, elements: list[str]) -> None:
        """CAS: a group and up to six reasons with amount and quantity."""
        if self.claim is None:
            self.note("CAS stands before any claim; the adjustment was left out.", grave=True)
        elif len(elements) == ONE_REASON and elements[1] in GROUPS and elements[2]:
            amount = self.money(elements, 3, "adjustment")
            self.opened.adjustments.append(make_adjustment(elements[1], elements[2], amount))
        else:
            self.read_several_adjustments(elements)

    def read_several_adjustments(self, elements: list[str]) -> None:
        """CAS with several reasons, with quantities, or with something odd."""
        group = element(elements, 1)
        if group not in GROUPS:
            self.note(f"CAS01 “{group}” is no adjustment group of version 5010.")
        for at in range(2, len(elements), 3):
            if "".join(elements[at : at + 3]):
                amount = self.money(elements, at + 1, "adjustment")
                quantity = self.number_of(elements, at + 2, "adjusted quantity")
                self.opened.adjustments.append(make_adjustment(group, elements[at], amount, quantity))

    def read_amount(self, elements: list[str]) -> None:
        """AMT: a supplemental amount, which no balance counts."""
        amount = self.number_of(elements, 2, "amount")
        if amount is not None:
            self.opened.amounts.append(make_amount(elements[1], amount))

    def read_date(self, elements: list[str]) -> None:
        """DTM: what is dated, and the date."""
        self.opened.dates.append((element(elements, 1), self.day(elements, 2, "date")))

    def read_remark(self, elements: list[str]) -> None:
        """LQ: a remark code of the line (HE)."""
        if elements[1:2] == ["HE"]:
            self.opened.remarks += elements[2:3]

    def read_inpatient(self, elements: list[str]) -> None:
        """MIA: of an inpatient claim only the remark codes are kept."""
        self.opened.remarks += [code for code in (*elements[5:6], *elements[20:24]) if code]

    def read_outpatient(self, elements: list[str]) -> None:
        """MOA: of an outpatient claim only the remark codes are kept."""
        self.opened.remarks += [code for code in elements[3:8] if code]

    def read_name(self, elements: list[str]) -> None:
        """NM1: somebody named by the claim."""
        if self.claim is None:
            self.note("NM1 stands before any claim; the name was left out.")
            return
        _, role, kind, last, first, middle, _, suffix, qualifier, number = (elements + NO_NAME)[:10]
        named = make_name(role, last.strip(), first, middle.strip(), suffix, qualifier, number.strip(), kind != "2")
        self.claim.names.append(named)

    def read_contact(self, elements: list[str]) -> None:
        """PER: whom to ask at the payer, or about the claim."""
        pairs = zip(elements[3::2], elements[4::2], strict=False)
        ways = tuple(pair for pair in pairs if pair[1])
        self.opened.contacts.append(Contact(element(elements, 1), element(elements, 2), ways))

    def read_reference(self, elements: list[str]) -> None:
        """REF: an identifier."""
        value = element(elements, 2).strip()
        if value:
            self.opened.references.append(make_reference(elements[1], value))

    def procedure(self, elements: list[str], at: int) -> Procedure:
        """SVC01 or SVC06: code system, code and modifiers; a bare code has no system."""
        text = element(elements, at)
        if self.delimiters.component not in text:
            self.note(f"SVC{at:02} “{text}” does not say which code system it is from.")
        return _procedure(text, self.delimiters.component)


@lru_cache(maxsize=REMEMBERED)
def _procedure(text: str, component: str) -> Procedure:
    """The few codes of a practice recur on every line."""
    parts = text.split(component)
    if len(parts) == 1:
        return Procedure("", text)
    return Procedure(parts[0], parts[1], tuple(code for code in parts[2:6] if code))
