"""Answers a 276 from what became of the claims it asks about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from edi.amounts import ZERO
from edi.inquiries.answers import (
    ClaimAnswer,
    DependentAnswer,
    PayerAnswer,
    ProviderAnswer,
    ReceiverAnswer,
    StatusAnswer,
    SubscriberAnswer,
)
from edi.inquiries.requests import ClaimAsked, ProviderAsked, StatusRequest, SubscriberAsked
from edi.parties import Name, Reference
from edi.remittances.denials import is_denial
from edi.remittances.model import ClaimPayment
from edi.statuses.stc import Status, StatusCode
from sandbox.fates import Fate, Fates, Paid, Wanted
from sandbox.releasing import reopen
from sandbox.scenario import Scenario

NOT_ON_FILE: Final = "35"
ACCEPTED: Final = StatusCode("A2", "20")
PENDING: Final = StatusCode("P1", "20")
PAID: Final = StatusCode("F1", "65")
NOTHING_DUE: Final = StatusCode("F4", "104")
REPLACED: Final = StatusCode("F3", "104")
DENIED: Final = "F2"
OTHERWISE: Final = "585"
BY_REASON: Final = {"16": "21", "18": "54", "27": "88", "29": "718", "197": "84"}
"""Status codes for the reasons (CARC) of denials; every other one is 585, denied or not covered."""


class Teller:
    """Answers one request on the payer's day."""

    def __init__(self, scenario: Scenario, fates: Fates, day: date) -> None:
        self._scenario = scenario
        self._fates = fates
        self._day = day

    def answer(self, request: StatusRequest, number: str) -> StatusAnswer:
        """The 277 to a 276."""
        payers = tuple(
            PayerAnswer(
                payer.name,
                receivers=tuple(
                    ReceiverAnswer(
                        receiver.name, providers=tuple(self._provider(payer.name, one) for one in receiver.providers)
                    )
                    for receiver in payer.receivers
                ),
            )
            for payer in request.payers
        )
        return StatusAnswer(number, self._day, payers)

    def _provider(self, payer: Name | None, asked: ProviderAsked) -> ProviderAnswer:
        wanted = Wanted(payer.id if payer else "", asked.name.id if asked.name else "")
        return ProviderAnswer(asked.name, subscribers=tuple(self._subscriber(wanted, one) for one in asked.subscribers))

    def _subscriber(self, wanted: Wanted, asked: SubscriberAsked) -> SubscriberAnswer:
        wanted = replace(wanted, member=asked.name.id if asked.name else "")
        dependents = tuple(
            DependentAnswer(one.name, tuple(self._claims(wanted, one.claims))) for one in asked.dependents
        )
        return SubscriberAnswer(asked.name, tuple(self._claims(wanted, asked.claims)), dependents)

    def _claims(self, wanted: Wanted, asked: tuple[ClaimAsked, ...]) -> Iterator[ClaimAnswer]:
        """Every claim that each question means, or the word that there is none."""
        for one in asked:
            meant = replace(
                wanted,
                account=one.patient_control_number,
                number=one.payer_control_number,
                charge=one.charge,
                first=one.service_from,
                last=one.service_to,
            )
            found = self._fates.find(meant)
            yield from (self._found(one, fate) for fate in found)
            if not found:
                yield self._none(one, wanted.payer)

    def _none(self, asked: ClaimAsked, payer: str) -> ClaimAnswer:
        category = self._scenario.payer(payer).not_on_file
        status = Status((StatusCode(category, NOT_ON_FILE),), self._day, amount=asked.charge)
        return ClaimAnswer(asked.trace, (status,), service_from=asked.service_from, service_to=asked.service_to)

    def _found(self, asked: ClaimAsked, fate: Fate) -> ClaimAnswer:
        references = [Reference("1K", fate.number)] if fate.number else []
        references.append(Reference("EJ", fate.account))
        return ClaimAnswer(asked.trace, (self._status(fate),), tuple(references), fate.first, fate.last)

    def _status(self, fate: Fate) -> Status:
        """Where a claim stands."""
        why = fate.rejection
        if why is not None:
            return self._said(fate, StatusCode(why.category, why.status, why.entity))
        if self._fates.is_withdrawn(fate.number):
            return self._said(fate, REPLACED)
        payments = self._fates.payments(fate.number)
        if payments:
            return self._decided(fate, payments[-1])
        return self._said(fate, ACCEPTED if self._day <= fate.heard else PENDING)

    def _decided(self, fate: Fate, paid: Paid) -> Status:
        """Paid, denied, or decided without a payment because the patient owes all of it."""
        decision = reopen(paid.slip)[0].claims[0]
        return replace(
            self._said(fate, _decision(decision)),
            paid=decision.paid,
            decided_on=paid.paid_on,
            remitted_on=paid.paid_on,
            remittance_number=paid.trace,
        )

    def _said(self, fate: Fate, code: StatusCode) -> Status:
        return Status((code,), self._day, amount=fate.charge)


def _decision(decision: ClaimPayment) -> StatusCode:
    if decision.paid > ZERO:
        return PAID
    if not is_denial(decision):
        return NOTHING_DUE
    reasons = [one.reason for line in decision.lines for one in line.adjustments]
    code = next((BY_REASON[reason] for reason in reasons if reason in BY_REASON), OTHERWISE)
    return StatusCode(DENIED, code)
