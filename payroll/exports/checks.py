"""What must be there before a file is made, as sentences: a file that leaves somebody out pays them nothing."""

from __future__ import annotations

from collections import Counter

from payroll.calculation.words import money
from payroll.exports.facts import Batch, Payee, Sort
from payroll.exports.hours import rates, worked
from practice.money import ZERO


def owners(batch: Batch) -> list[str]:
    """People whose terms became those of an owner since the run was computed."""
    return [
        f"{payee.name} is an owner or partner by now and is paid by draw, but this run pays {money(payee.amount)}."
        for payee in batch.payees
        if payee.is_owner
    ]


def unmapped(batch: Batch, provider: str) -> list[str]:
    """People whom the provider's list does not name."""
    return [f"{payee.name} is not entered for {provider}." for payee in batch.payees if not payee.is_mapped]


def unnumbered(batch: Batch, provider: str, *, longest: int | None = None) -> list[str]:
    """People without a number there, or with one that is too long."""
    found = []
    for payee in batch.payees:
        if payee.is_mapped and not payee.external_id:
            found.append(f"{payee.name} has no number at {provider}.")
        elif longest is not None and len(payee.external_id) > longest:
            found.append(f"{payee.name}’s number at {provider} has more than {longest} characters.")
    return found


def same_names(batch: Batch, provider: str, *, numbers_help: bool) -> list[str]:
    """People whom the provider cannot tell apart."""
    counted = Counter(_known_as(payee) for payee in batch.payees)
    twice = [payee for payee in batch.payees if counted[_known_as(payee)] > 1]
    if numbers_help:
        return [
            f"{payee.name} shares a name with somebody else at {provider} and needs a number there."
            for payee in twice
            if not payee.external_id
        ]
    return [f"{payee.name} shares a name with somebody else at {provider}." for payee in twice]


def hours(batch: Batch, provider: str) -> list[str]:
    """People whose hours the provider would multiply by a wrong rate, or cannot take."""
    found = []
    for payee in batch.payees:
        known = rates(payee)
        done = worked(payee)
        if len(known) > 1:
            listed = " and ".join(money(rate) for rate in known)
            found.append(f"{payee.name} has hours at {listed}; the file for {provider} takes one hourly rate a person.")
        elif done.regular < ZERO or done.time_off < ZERO:
            found.append(f"{payee.name}’s hours are below zero; {provider} takes none below zero.")
    return found


def salaries(batch: Batch, provider: str) -> list[str]:
    """Whether somebody said who pays salaries: paid by both they would be paid twice."""
    if batch.salaries or not any(payee.of(Sort.SALARY) for payee in batch.payees):
        return []
    return [f"Say whether {provider} pays salaries by itself or takes them from the file."]


def _known_as(payee: Payee) -> tuple[str, str]:
    if payee.business_name and payee.tax_class == "1099":
        return payee.business_name.casefold(), ""
    return payee.first_name.casefold(), payee.last_name.casefold()
