"""US addresses and phone numbers: the columns, and the faults in words."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

_CODES: Final = (
    "AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP"
    " MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY"
)
STATES: Final = tuple(_CODES.split())
STATE_CHOICES: Final = [(state, state) for state in sorted(STATES)]
_PO_BOX: Final = re.compile(r"\b(p\.?\s*o\.?\s*box|post office box)\b", re.IGNORECASE)

zip_validator = RegexValidator(r"^\d{5}(-?\d{4})?$", "A ZIP code has 5 digits, or 9 as 12345-6789.")
zip9_validator = RegexValidator(r"^\d{5}-?\d{4}$", "Claims need the nine-digit ZIP code, as 12345-6789.")
phone_validator = RegexValidator(
    r"^\(?[2-9]\d{2}\)?[ .-]?[2-9]\d{2}[ .-]?\d{4}( ?x\d{1,6})?$",
    "Write a US phone number with area code, for example 215-555-0142.",
)


def refuse_po_box(line: str) -> None:
    """ValidationError for a PO box: the billing provider's address on a claim is a street (005010X222A1 2010AA)."""
    if _PO_BOX.search(line):
        raise ValidationError(
            "Payers reject a PO box here. Enter the street address; a PO box may be the pay-to address."
        )


class Address(models.Model):
    """A US address that may be unfinished."""

    address1 = models.CharField("street", max_length=55, blank=True)
    address2 = models.CharField("suite, unit", max_length=55, blank=True)
    city = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=2, blank=True, choices=STATE_CHOICES)
    zip = models.CharField("ZIP code", max_length=10, blank=True, validators=[zip_validator])

    class Meta:
        abstract = True

    @property
    def has_address(self) -> bool:
        """Whether all a claim needs is there."""
        return all((self.address1, self.city, self.state, self.zip))

    @property
    def address_lines(self) -> list[str]:
        """The lines of an envelope."""
        last = f"{self.city}, {self.state} {self.zip}".strip(" ,")
        return [line for line in (self.address1, self.address2, last) if line]
