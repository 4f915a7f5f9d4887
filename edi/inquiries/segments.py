"""What writers of 276 and 277 have in common: service lines, and what must come back unchanged."""

from __future__ import annotations

from decimal import Decimal

from edi.amounts import format_amount
from edi.characters import clean
from edi.errors import X12Error
from edi.parties import Name
from edi.statuses.parts import Elements, Levels, named

LONGEST = 50
"""Characters of TRN02, REF02 and BHT03."""

UNIT_DECIMALS = 3


def known(name: Name | None, whom: str) -> Levels:
    """NM1; raises X12Error when nobody is named or the identifier is missing."""
    if name is None or not name.last or not name.id:
        raise X12Error(f"The {whom} needs a name and an identifier.")
    return named(name)


def unchanged(text: str, what: str, longest: int = LONGEST) -> str:
    """A value that must come back as it was sent; raises X12Error when X12 would change or cut it."""
    if clean(text) != text or len(text) > longest:
        raise X12Error(f"{what} “{text}” cannot be sent unchanged: at most {longest} plain upper-case characters.")
    return text


def required(text: str, what: str, longest: int = LONGEST) -> str:
    """The same for a value that has to be there."""
    if not text:
        raise X12Error(f"{what} is missing.")
    return unchanged(text, what, longest)


def service(procedure: tuple[str, ...], *money: Decimal | None, revenue_code: str, units: Decimal | None) -> Elements:
    """SVC with its amounts (charge, or charge and paid); raises X12Error when one, or the units, are missing."""
    if units is None or None in money:
        raise X12Error(f"Service {procedure[1]} needs its amounts and its units.")
    said = [format_amount(one) for one in money if one is not None]
    charge, paid = [*said, ""][:2]
    return "SVC", procedure, charge, paid, revenue_code, "", "", format_amount(units, UNIT_DECIMALS)
