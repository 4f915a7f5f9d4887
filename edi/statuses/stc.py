"""A status as STC says it, in claim acknowledgments (277CA) and in answers to status inquiries (277) alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from edi.codes.status import status_categories, status_codes
from edi.statuses.verdicts import Verdict, verdict, worst

REJECT = "U"


@dataclass(frozen=True, slots=True)
class StatusCode:
    """STC01, STC10 or STC11: category, code, and the entity that is meant.

    `code_list` is RX where a code is a pharmacy's (NCPDP) and not one of list 508.
    """

    category: str
    code: str
    entity: str = ""
    code_list: str = ""

    @property
    def verdict(self) -> Verdict:
        """What the category says."""
        return verdict(self.category)

    @property
    def words(self) -> str:
        """Category and code in words; what is not in our lists is shown as it came."""
        category = status_categories().get(self.category)
        code = None if self.code_list else status_codes().get(self.code)
        said = category.meaning if category else f"Category {self.category or '(none)'}"
        why = code.meaning if code else f"status code {self.code}" if self.code else ""
        return f"{said}: {why}" if why else said


@dataclass(frozen=True, slots=True)
class Status:
    """An STC: up to three codes and what comes with them.

    An acknowledgment has `action` (STC03: WQ accept, U reject) and free text, the most useful part. The answer to an
    inquiry has the charge in `amount` (STC04), what was `paid` (STC05), when that was decided (STC06), the day of the
    check or transfer (STC08) and its number (STC09).
    """

    codes: tuple[StatusCode, ...]
    effective_on: date | None = None
    action: str = ""
    amount: Decimal | None = None
    text: str = ""
    paid: Decimal | None = None
    decided_on: date | None = None
    remitted_on: date | None = None
    remittance_number: str = ""

    @property
    def verdict(self) -> Verdict:
        """The worst of its codes; a good category beside U (reject) is a contradiction, which is not known."""
        found = worst(code.verdict for code in self.codes)
        return Verdict.UNKNOWN if self.action == REJECT and found is not Verdict.REJECTED else found
