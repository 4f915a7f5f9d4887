"""What must be there before a file is made, as sentences: a file that leaves somebody out pays them nothing."""

from __future__ import annotations

from collections import Counter

from payroll.calculation.words import money
from payroll.exports.facts import About, Batch, Missing, Payee, Sort
from payroll.exports.hours import rates, worked
from practice.money import ZERO


def owners(batch: Batch) -> list[Missing]:
    """People whose terms became those of an owner since the run was computed."""
    return [
        Missing(
            f"{payee.name} is an owner or partner by now and is paid by draw, but this run pays {money(payee.amount)}.",
            About.RUN,
            payee.clinician_id,
        )
        for payee in batch.payees
        if payee.is_owner
    ]


def unmapped(batch: Batch, provider: str) -> list[Missing]:
    """People whom the provider's list does not name."""
    return [_about(one, f"{one.name} is not entered for {provider}.") for one in batch.payees if not one.is_mapped]


def unnumbered(batch: Batch, provider: str, *, longest: int | None = None) -> list[Missing]:
    """People without a number there, or with one that is too long."""
    found = []
    for payee in batch.payees:
        if payee.is_mapped and not payee.external_id:
            found.append(_about(payee, f"{payee.name} has no number at {provider}."))
        elif longest is not None and len(payee.external_id) > longest:
            found.append(_about(payee, f"{payee.name}’s number at {provider} has more than {longest} characters."))
    return found


def same_names(batch: Batch, provider: str, *, numbers_help: bool) -> list[Missing]:
    """People whom the provider cannot tell apart."""
    counted = Counter(_known_as(payee) for payee in batch.payees)
    twice = [payee for payee in batch.payees if counted[_known_as(payee)] > 1]
    if numbers_help:
        return [
            _about(one, f"{one.name} shares a name with somebody else at {provider} and needs a number there.")
            for one in twice
            if not one.external_id
        ]
    return [_about(one, f"{one.name} shares a name with somebody else at {provider}.") for one in twice]


def hours(batch: Batch, provider: str) -> list[Missing]:
    """People whose hours the provider would multiply by a wrong rate, or cannot take."""
    found = []
    for payee in batch.payees:
        known = rates(payee)
        done = worked(payee)
        if len(known) > 1:
            listed = " and ".join(money(rate) for rate in known)
            words = f"{payee.name} has hours at {listed}; the file for {provider} takes one hourly rate a person."
            found.append(Missing(words, About.RULES, payee.clinician_id))
        elif done.regular < ZERO or done.time_off < ZERO:
            words = f"{payee.name}’s hours are below zero; {provider} takes none below zero."
            found.append(Missing(words, About.HOURS, payee.clinician_id))
    return found


def salaries(batch: Batch, provider: str) -> list[Missing]:
    """Whether somebody said who pays salaries: paid by both they would be paid twice."""
    if batch.salaries or not any(payee.of(Sort.SALARY) for payee in batch.payees):
        return []
    return [Missing(f"Say whether {provider} pays salaries by itself or takes them from the file.", About.SETUP)]


def _about(payee: Payee, words: str) -> Missing:
    return Missing(words, About.PEOPLE, payee.clinician_id)


def _known_as(payee: Payee) -> tuple[str, str]:
    if payee.business_name and payee.tax_class == "1099":
        return payee.business_name.casefold(), ""
    return payee.first_name.casefold(), payee.last_name.casefold()
