"""The question about a claim that was sent: a 276 made of what the 837P said, and what its answer is held against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from edi.claims.model import Claim, ClaimTransaction
from edi.claims.parties import Organization, Person
from edi.envelope import Submitter
from edi.errors import X12Error
from edi.inquiries.outcomes import Held
from edi.inquiries.requests import (
    ClaimAsked,
    DependentAsked,
    PayerAsked,
    ProviderAsked,
    ReceiverAsked,
    StatusRequest,
    SubscriberAsked,
)
from edi.parties import Name

SEXES = frozenset({"F", "M"})
"""What a 276 can say; an 837P also knows U."""


def ask(number: str, submitter: Submitter, sent: ClaimTransaction, traces: Mapping[str, str]) -> StatusRequest:
    """A request (BHT03 `number`) about the claims that `traces` names: patient control number to the question's TRN02.

    The billing provider asks, by claim, without its lines. Raises X12Error for a number that was not sent.
    """
    claims = {one.patient_control_number: one for one in sent.claims}
    missing = sorted(set(traces) - set(claims))
    if missing:
        raise X12Error(f"The transaction holds no claim {', '.join(missing)}.")
    asked = tuple(_subscriber(claims[number], trace) for number, trace in traces.items())
    provider = ProviderAsked(_named("1P", sent.billing.name, "XX", sent.billing.npi), asked)
    receiver = Name("41", submitter.name, id_qualifier="46", id=submitter.etin, is_person=False)
    payer = Name("PR", sent.payer.name, id_qualifier=sent.payer.id_qualifier, id=sent.payer.id, is_person=False)
    return StatusRequest(number, payers=(PayerAsked(payer, (ReceiverAsked(receiver, (provider,)),)),))


def held(claim: Claim, trace: str) -> Held:
    """What the answer under a trace is compared with."""
    return Held(trace, claim.patient_control_number, claim.charge, *_days(claim))


def _subscriber(claim: Claim, trace: str) -> SubscriberAsked:
    """The subscriber with the claim, or with the dependent whose claim it is."""
    subscriber, patient = claim.subscriber, claim.patient
    name = _named("IL", subscriber.name, subscriber.member_id_qualifier, subscriber.member_id)
    asked = (ClaimAsked(trace, claim.patient_control_number, claim.charge, *_days(claim)),)
    if patient is None:
        return SubscriberAsked(name, subscriber.birth_date, _sex(subscriber.sex), asked)
    dependent = DependentAsked(_named("QC", patient.name), patient.birth_date, _sex(patient.sex), asked)
    return SubscriberAsked(name, dependents=(dependent,))


def _days(claim: Claim) -> tuple[date | None, date | None]:
    """The first and the last day of service."""
    first = [one.service_date for one in claim.lines if one.service_date]
    last = [one.ends_on for one in claim.lines if one.ends_on]
    return min(first, default=None), max(first + last, default=None)


def _named(role: str, who: Organization | Person, id_qualifier: str = "", id_: str = "") -> Name:
    """NM1 of a person or an organization."""
    if isinstance(who, Organization):
        return Name(role, who.name, id_qualifier=id_qualifier, id=id_, is_person=False)
    return Name(role, who.last, who.first, who.middle, who.suffix, id_qualifier, id_)


def _sex(text: str) -> str:
    return text if text in SEXES else ""
