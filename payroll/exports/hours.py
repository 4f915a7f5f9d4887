"""Hours for providers that multiply them by their own rate (`payroll.md` 0.3, W8)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from payroll.exports.facts import Payee, Sort
from practice.money import ZERO, cents

_OVERTIME = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Worked:
    """Hours at the rate, time off, hours at one and a half times the rate, and the premium left to pay in dollars."""

    regular: Decimal
    time_off: Decimal
    overtime: Decimal
    premium: Decimal

    def worth(self, payee: Payee) -> Decimal:
        """The dollars of the run that the file says as hours."""
        return payee.of(Sort.HOURS, Sort.TIME_OFF, Sort.OVERTIME) - self.premium


def worked(payee: Payee) -> Worked:
    """The hours; the premium counts as overtime hours only where it is exactly half the one rate for each of them.

    A premium for anything else, such as one blended with commission, stays in dollars: no provider would figure it.
    """
    hours, off = payee.hours_of(Sort.HOURS), payee.hours_of(Sort.TIME_OFF)
    over, premium = payee.hours_of(Sort.OVERTIME), payee.of(Sort.OVERTIME)
    found = rates(payee)
    if len(found) == 1 and ZERO < over <= hours and premium == cents(over * found[0] / 2):
        return Worked(hours - over, off, over, ZERO)
    return Worked(hours, off, ZERO, premium)


def paid_there(payee: Payee) -> Decimal:
    """What the provider makes of the hours: rounded once, where the run rounds each day (`payroll.md` W8)."""
    done, found = worked(payee), rates(payee)
    if len(found) != 1:
        return done.worth(payee)
    return cents(found[0] * (done.regular + done.time_off)) + cents(found[0] * _OVERTIME * done.overtime)


def apart(payee: Payee) -> Decimal:
    """The cents by which a provider's rate times the hours is more than the run pays for them."""
    return paid_there(payee) - worked(payee).worth(payee)


def rates(payee: Payee) -> list[Decimal]:
    """The hourly rates of the run, each once, the highest first."""
    found = {one.rate or ZERO for one in payee.pay if one.sort in {Sort.HOURS, Sort.TIME_OFF}}
    return sorted(found, reverse=True)
