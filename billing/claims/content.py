"""From stored claims to what the 837P says: everything is loaded for all claims at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from billing.claims.coordinating import Earlier, coordinated, earlier
from billing.models import Claim, ClaimLine
from billing.receivables import paid_by_client
from clients.models import Client, Coverage
from clinicians.models import Clinician
from edi.claims import model as x12
from practice.addresses import Address
from practice.models import Location, PayerNumber, PayerRules, PracticePayer, PracticeSettings
from practice.money import ZERO, total
from scheduling.models import Attendance

AT_HOME_OR_REMOTE: Final = frozenset({"02", "10", "12"})
_POINTERS: Final = 4
_NAMED: Final = (
    "client", "coverage", "payer", "rendering", "supervising",
)  # fmt: skip


class Loaded(NamedTuple):
    """A claim with its lines, the office where the session took place, and what the client paid of it if asked."""

    claim: Claim
    lines: list[ClaimLine]
    location: Location | None
    paid: Decimal | None = None
    before: Earlier | None = None


def load(claim_ids: Sequence[int]) -> list[Loaded]:
    """Claims with their lines and everything they name, by payer and day; ten queries, and one more where a payer
    wants to know what the client paid.

    Each table is asked by itself: a join of eight is at the mercy of the planner, and what claims share is read once.
    """
    claims = list(Claim.objects.filter(pk__in=claim_ids).prefetch_related(*_NAMED))
    lines: dict[int, list[ClaimLine]] = {}
    for line in ClaimLine.objects.filter(claim__in=claim_ids).order_by("claim_id", "position"):
        lines.setdefault(line.claim_id, []).append(line)
    places, paid, before = _places(claims), _paid(claims, lines), earlier(claims)
    ordered = sorted(claims, key=lambda row: (row.payer.name, row.payer_id, _tells(row), row.service_on, row.pk))
    return [
        Loaded(row, lines.get(row.pk, []), places.get(row.attendance_id), paid.get(row.pk), before.get(row.pk))
        for row in ordered
    ]


def _places(claims: Sequence[Claim]) -> dict[int, Location]:
    """By attendance, where the session was scheduled to be."""
    known = {row.pk: row for row in Location.objects.all()}
    rows = Attendance.objects.filter(pk__in=[claim.attendance_id for claim in claims])
    pairs = rows.values_list("pk", "session__location_id")
    return {pk: known[place] for pk, place in pairs if place is not None}


def _paid(claims: Sequence[Claim], lines: Mapping[int, Sequence[ClaimLine]]) -> dict[int, Decimal]:
    """By claim, what the client paid so far of what it asks, never more; only where the payer wants to know."""
    asked = [claim for claim in claims if claim.reports_patient_paid]
    charges = {line.charge_id for claim in asked for line in lines.get(claim.pk, ())}
    paid = paid_by_client(charges) if charges else {}
    sums = {claim: total(paid.get(line.charge_id, ZERO) for line in lines.get(claim.pk, ())) for claim in asked}
    return {claim.pk: min(amount, claim.total) for claim, amount in sums.items() if amount > 0}


def _tells(claim: Claim) -> bool:
    """Whether the practice's own taxonomy is sent (2000A PRV), which all claims of an ST share."""
    return claim.taxonomy != PayerRules.Taxonomy.NONE


def payer_numbers(payer_ids: Sequence[int], clearinghouse: str) -> dict[int, str]:
    """What payers are called at a clearinghouse, where they go by another number there; one query."""
    rows = PayerNumber.objects.filter(payer__in=payer_ids, clearinghouse=clearinghouse)
    return dict(rows.values_list("payer_id", "number"))


def by_payer(rows: Sequence[Loaded], most: int) -> Iterator[tuple[PracticePayer, list[Loaded]]]:
    """The claims of one payer that wants them alike together, at most so many at a time: one ST each."""
    group: list[Loaded] = []
    for row in rows:
        if group and (not _together(row.claim, group[0].claim) or len(group) == most):
            yield group[0][0].payer, group
            group = []
        group.append(row)
    if group:
        yield group[0][0].payer, group


def _together(one: Claim, other: Claim) -> bool:
    """Whether one billing provider and one payer loop can stand over both."""
    return (one.payer_id, _tells(one)) == (other.payer_id, _tells(other))


def billing_provider(settings: PracticeSettings, rows: Sequence[Loaded]) -> x12.BillingProvider:
    """The practice as it stands over claims that are sent together (2010AA, 2010AB)."""
    pay_to = x12.Address(
        settings.pay_to_address1,
        settings.pay_to_address2,
        settings.pay_to_city,
        settings.pay_to_state,
        _digits(settings.pay_to_zip),
    )
    return x12.BillingProvider(
        name=x12.Organization(settings.legal_name),
        npi=settings.npi,
        tax_id=_digits(str(settings.ein)),
        address=_address(settings),
        taxonomy=settings.taxonomy if _tells(rows[0].claim) else "",
        pay_to=pay_to if pay_to.line1 else None,
    )


def claim(loaded: Loaded, settings: PracticeSettings) -> x12.Claim:
    """One claim (2000B, 2000C, 2300 and below)."""
    row, lines = loaded.claim, loaded.lines
    pointers = tuple(range(1, min(len(row.diagnoses), _POINTERS) + 1))
    named = row.taxonomy == PayerRules.Taxonomy.BOTH
    made = x12.Claim(
        patient_control_number=row.number,
        subscriber=_subscriber(row),
        patient=None if row.coverage.is_own else _patient(row.coverage, row.client),
        charge=row.total,
        place_of_service=row.place_of_service,
        diagnoses=tuple(code.replace(".", "") for code in row.diagnoses),
        frequency=row.frequency,
        original_reference=row.payer_control_number if row.frequency != Claim.Frequency.ORIGINAL else "",
        prior_authorization=row.authorization_number,
        rendering=None if row.rendering.npi == settings.npi else _provider(row.rendering, named=named),
        supervising=_provider(row.supervising, named=False) if row.supervising else None,
        referring=_referring(row.coverage),
        facility=_facility(loaded, settings),
        patient_paid=loaded.paid,
        delay_reason=row.delay_reason,
        lines=tuple(_line(line, pointers) for line in lines),
    )
    return coordinated(made, row, lines, loaded.before)


def _line(line: ClaimLine, pointers: tuple[int, ...]) -> x12.Line:
    return x12.Line(
        reference=line.reference,
        code=line.code,
        modifiers=tuple(line.modifiers),
        amount=line.amount,
        units=Decimal(line.units),
        pointers=pointers,
        service_date=line.service_on,
        prior_authorization=line.authorization_number,
    )


def _subscriber(claim: Claim) -> x12.Subscriber:
    coverage, client = claim.coverage, claim.client
    own = coverage.is_own
    name = (
        _person(client) if own else x12.Person(last=coverage.subscriber_last_name, first=coverage.subscriber_first_name)
    )
    birth: dt.date | None = client.date_of_birth if own else coverage.subscriber_date_of_birth
    address = _address(client if own else coverage)
    return x12.Subscriber(
        name=name,
        member_id=coverage.member_id,
        filing_indicator=claim.payer.claim_filing_indicator,
        responsibility="P" if claim.follows_id is None else "S",
        group_number=coverage.group_number,
        plan_name=coverage.plan_name,
        address=address if address.line1 else None,
        birth_date=birth,
        sex=client.sex if own else coverage.subscriber_sex,
    )


def _patient(coverage: Coverage, client: Client) -> x12.Patient:
    return x12.Patient(
        name=_person(client),
        relationship=coverage.relationship,
        address=_address(client),
        birth_date=client.date_of_birth,
        sex=client.sex,
    )


def _person(client: Client) -> x12.Person:
    return x12.Person(last=client.last_name, first=client.first_name, middle=client.middle_name, suffix=client.suffix)


def _provider(clinician: Clinician, *, named: bool) -> x12.Provider:
    name = x12.Person(last=clinician.last_name, first=clinician.first_name, middle=clinician.middle_name)
    return x12.Provider(name=name, npi=clinician.npi, taxonomy=clinician.taxonomy if named else "")


def _referring(coverage: Coverage) -> x12.Provider | None:
    """Who referred the client, as the coverage says (2310A)."""
    if not (coverage.referring_npi and coverage.referring_last_name):
        return None
    name = x12.Person(last=coverage.referring_last_name, first=coverage.referring_first_name)
    return x12.Provider(name=name, npi=coverage.referring_npi)


def _facility(loaded: Loaded, settings: PracticeSettings) -> x12.Facility | None:
    """Where the session took place, when it is an office of ours at another address (2310C)."""
    location = loaded.location
    if location is None or location.is_telehealth or loaded.claim.place_of_service in AT_HOME_OR_REMOTE:
        return None
    there = _address(location)
    if not location.has_address or there == _address(settings):
        return None
    return x12.Facility(name=settings.legal_name, address=there, npi=location.npi)


def _address(row: Address) -> x12.Address:
    return x12.Address(row.address1, row.address2, row.city, row.state, _digits(row.zip))


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
