"""From a coverage to the 270 that asks about it, and what of it is missing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from clients.models import Client, Coverage
from edi.eligibility.inquiry import Inquiry, Member, Question, Subscriber
from edi.eligibility.people import OUR_TRACE, Dated, Identity, Receiver, Trace
from edi.parties import Name, Reference
from practice.models import PracticePayer, PracticeSettings

PLAN_DATE: Final = "291"
_SEXES: Final = frozenset({"F", "M"})
_COMPANY: Final = "1"
_ID_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact without which a payer is not asked: a sentence, and the page and the entry where it is given."""

    sentence: str
    url_name: str
    entry: str
    of_client: bool = False


def gaps(coverage: Coverage, client: Client) -> list[Gap]:
    """What the record lacks before a payer can find the client."""
    found = []
    if not coverage.member_id:
        found.append(Gap("The member ID is missing.", "edit_coverage", "member_id"))
    if client.date_of_birth is None:
        found.append(Gap("The client’s date of birth is missing.", "edit_client", "date_of_birth", of_client=True))
    if not coverage.is_own and coverage.subscriber_date_of_birth is None:
        found.append(Gap("The subscriber’s date of birth is missing.", "edit_coverage", "subscriber_date_of_birth"))
    return found


def trace_of(settings: PracticeSettings, number: str) -> Trace:
    """Our own number for the question, which the answer gives back (TRN)."""
    digits = "".join(sign for sign in str(settings.ein) if sign.isdigit())[:_ID_DIGITS]
    return Trace(OUR_TRACE, number, f"{_COMPANY}{digits.rjust(_ID_DIGITS, '0')}")


def inquiry(
    coverage: Coverage,
    *,
    client: Client,
    settings: PracticeSettings,
    payer_number: str,
    trace: Trace,
    service_on: dt.date,
    service_types: Sequence[str],
) -> Inquiry:
    """One real-time question: the practice asks about one person."""
    asked = tuple(Question((code,)) for code in service_types)
    dates = (Dated(PLAN_DATE, service_on),)
    return Inquiry(
        number=trace.number,
        payer=Name("PR", coverage.payer.name, id_qualifier="PI", id=payer_number, is_person=False),
        receiver=Receiver(
            Name("1P", settings.legal_name, id_qualifier="XX", id=settings.npi, is_person=False),
        ),
        subscribers=(_subscriber(coverage, client, asked, (trace,), dates),),
        is_real_time=True,
    )


def fingerprint(coverage: Coverage, client: Client, payer_number: str) -> str:
    """What was asked about, as one hash: when it is another, the former answer is about something else."""
    subscriber = (
        coverage.subscriber_first_name,
        coverage.subscriber_last_name,
        coverage.subscriber_date_of_birth,
    )
    said = (
        coverage.payer_id,
        payer_number,
        coverage.member_id,
        coverage.relationship,
        *subscriber,
        client.first_name,
        client.last_name,
        client.date_of_birth,
    )
    return hashlib.sha256(repr([str(one or "") for one in said]).encode()).hexdigest()


def payer_number(payer: PracticePayer, numbers: dict[int, str]) -> str:
    """The payer's ID at the clearinghouse that is asked."""
    return numbers.get(payer.pk) or payer.payer_id


def _subscriber(
    coverage: Coverage,
    client: Client,
    asked: tuple[Question, ...],
    traces: tuple[Trace, ...],
    dates: tuple[Dated, ...],
) -> Subscriber:
    group = (Reference("6P", coverage.group_number),) if coverage.group_number else ()
    name = Name("IL", client.last_name, client.first_name, client.middle_name, client.suffix)
    if coverage.is_own:
        own = _named(name, coverage.member_id)
        identity = Identity(own, group, birth_date=client.date_of_birth, sex=_sex(client.sex), dates=dates)
        return Subscriber(Member(identity, traces, asked))
    holder = Name("IL", coverage.subscriber_last_name, coverage.subscriber_first_name)
    subscriber = Identity(
        _named(holder, coverage.member_id),
        group,
        birth_date=coverage.subscriber_date_of_birth,
        sex=_sex(coverage.subscriber_sex),
    )
    patient = Identity(
        Name("03", client.last_name, client.first_name, client.middle_name, client.suffix),
        birth_date=client.date_of_birth,
        sex=_sex(client.sex),
        relationship=coverage.relationship if coverage.relationship in {"01", "19"} else "34",
        dates=dates,
    )
    return Subscriber(Member(subscriber), (Member(patient, traces, asked),))


def _named(name: Name, member_id: str) -> Name:
    return Name(name.role, name.last, name.first, name.middle, name.suffix, "MI", member_id)


def _sex(text: str) -> str:
    return text if text in _SEXES else ""
