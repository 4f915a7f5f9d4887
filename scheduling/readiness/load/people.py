"""Clients with their plans and diagnoses, and clinicians with their standing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db.models import Q

from clients.models import Authorization, Client, ClientDiagnosis, Coverage
from clinicians.models import Clinician, Enrollment, License, Supervision
from practice.models import PayerEnrollment, PayerRules, PracticePayer
from scheduling.readiness.facts import (
    AuthorizationFacts,
    ClientFacts,
    ClinicianFacts,
    CoverageFacts,
    DiagnosisFacts,
    EnrollmentFacts,
    LicenseFacts,
    PayerFacts,
    RulesFacts,
    SupervisionFacts,
)
from scheduling.readiness.load.packed import Packed, day, first_day, packed

_RULES: Final = (
    "starts_on", "ends_on", "withdrawn_at", "taxonomy", "home_place", "elsewhere_place", "video_modifier",
    "audio_modifier", "supervised", "supervised_modifier", "wants_cosignature", "wants_referring", "filing_days",
    "member_id_form", "authorized_codes",
)  # fmt: skip


def clients(ids: Collection[int], plans: Mapping[int, list[CoverageFacts]]) -> dict[int, ClientFacts]:
    """The clients by id; one query."""
    known = packed(ClientDiagnosis, "client", "rank", code="code", starts_on="starts_on", ends_on="ends_on")
    rows = Client.objects.filter(pk__in=ids).annotate(known=known)
    return {row.pk: _client(row, row.known, plans.get(row.pk, [])) for row in rows}


def plans(client_ids: Collection[int]) -> dict[int, list[CoverageFacts]]:
    """Every plan of the clients, the primary ones first, the latest before; one query."""
    rows = (
        Coverage.objects.filter(client__in=client_ids)
        .select_related("payer")
        .annotate(
            answers=packed(
                PayerEnrollment, "payer", outer="payer", transaction="transaction", since="since", npi="npi"
            ),
            wants=packed(PayerRules, "payer", "-starts_on", outer="payer", **{name: name for name in _RULES}),
            allowed=packed(
                Authorization,
                "coverage",
                "starts_on",
                id="pk",
                number="number",
                units="units",
                codes="codes",
                starts_on="starts_on",
                ends_on="ends_on",
            ),
        )
    )
    found: dict[int, list[CoverageFacts]] = {}
    for row in rows:
        payer = _payer(row.payer, row.answers, row.wants)
        found.setdefault(row.client_id, []).append(_coverage(row, row.allowed, payer))
    return found


def clinicians(ids: Collection[int]) -> dict[int, ClinicianFacts]:
    """The clinicians and whoever ever supervised them, by id; one query."""
    above = Supervision.objects.filter(supervisee__in=ids).values("supervisor")
    rows = Clinician.objects.filter(Q(pk__in=ids) | Q(pk__in=above)).annotate(
        held=packed(License, "clinician", state="state", kind="kind", issued_on="issued_on", expires_on="expires_on"),
        with_payers=packed(
            Enrollment,
            "clinician",
            payer_id="payer_id",
            status="status",
            effective_on="effective_on",
            ends_on="ends_on",
        ),
        under=packed(
            Supervision, "supervisee", supervisor_id="supervisor_id", starts_on="starts_on", ends_on="ends_on"
        ),
    )
    return {row.pk: _clinician(row) for row in rows}


def _client(row: Client, known: list[Packed], coverages: list[CoverageFacts]) -> ClientFacts:
    return ClientFacts(
        id=row.pk,
        first_name=row.first_name,
        last_name=row.last_name,
        date_of_birth=row.date_of_birth,
        sex=row.sex,
        has_address=row.has_address,
        state=row.state,
        own_rate=row.own_rate,
        diagnoses=tuple(
            DiagnosisFacts(code=one["code"], starts_on=first_day(one["starts_on"]), ends_on=day(one["ends_on"]))
            for one in known
        ),
        coverages=tuple(coverages),
    )


def _payer(row: PracticePayer, answers: list[Packed], wants: list[Packed]) -> PayerFacts:
    return PayerFacts(
        id=row.pk,
        name=row.name,
        payer_id=row.payer_id,
        rules=tuple(_rules(one) for one in wants if one["withdrawn_at"] is None),
        electronic_since={one["transaction"]: first_day(one["since"]) for one in answers},
        electronic_for={one["transaction"]: one["npi"] for one in answers if one["npi"]},
    )


def _rules(one: Packed) -> RulesFacts:
    same = {name: one[name] for name in _RULES[3:-1]}
    return RulesFacts(
        starts_on=first_day(one["starts_on"]),
        ends_on=day(one["ends_on"]),
        authorized_codes=tuple(one["authorized_codes"]),
        **same,
    )


def _coverage(row: Coverage, allowed: list[Packed], payer: PayerFacts) -> CoverageFacts:
    return CoverageFacts(
        id=row.pk,
        payer=payer,
        rank=row.rank,
        member_id=row.member_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_own=row.is_own,
        subscriber_first_name=row.subscriber_first_name,
        subscriber_last_name=row.subscriber_last_name,
        subscriber_date_of_birth=row.subscriber_date_of_birth,
        subscriber_has_address=row.has_address,
        referring_npi=row.referring_npi,
        authorizations=tuple(_authorization(one) for one in allowed),
    )


def _authorization(one: Packed) -> AuthorizationFacts:
    return AuthorizationFacts(
        id=one["id"],
        number=one["number"],
        units=one["units"],
        codes=tuple(one["codes"]),
        starts_on=first_day(one["starts_on"]),
        ends_on=first_day(one["ends_on"]),
    )


def _clinician(row: Any) -> ClinicianFacts:
    return ClinicianFacts(
        id=row.pk,
        first_name=row.first_name,
        last_name=row.last_name,
        level=row.level,
        npi=row.npi,
        taxonomy=row.taxonomy,
        licenses=tuple(_license(one) for one in row.held),
        enrollments=tuple(_enrollment(one) for one in row.with_payers),
        supervisions=tuple(_supervision(one) for one in row.under),
    )


def _license(one: Packed) -> LicenseFacts:
    return LicenseFacts(
        state=one["state"],
        kind=one["kind"],
        issued_on=day(one["issued_on"]),
        expires_on=first_day(one["expires_on"]),
    )


def _enrollment(one: Packed) -> EnrollmentFacts:
    return EnrollmentFacts(
        payer_id=one["payer_id"],
        status=one["status"],
        effective_on=day(one["effective_on"]),
        ends_on=day(one["ends_on"]),
    )


def _supervision(one: Packed) -> SupervisionFacts:
    return SupervisionFacts(
        supervisor_id=one["supervisor_id"], starts_on=first_day(one["starts_on"]), ends_on=day(one["ends_on"])
    )
