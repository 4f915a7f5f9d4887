"""Every kind of therapy on a claim: the segments of the file, which pyx12 accepts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.claims import content
from billing.models import Claim, Request
from billing.money.services import take_payment
from charting.models import Documentation
from clients.models import Authorization, Client, Coverage
from clinicians.models import Clinician, Enrollment
from practice.models import Location, PayerRules
from practice.models.payer_rules import ALWAYS
from scheduling.models import Attendance
from tests.billing.claims.cases import (
    VISITS,
    add_on,
    by_telehealth,
    lasting,
    lines_of,
    of,
    one,
    rules,
    segments_of,
    service,
    written,
)
from tests.billing.claims.hands import Post
from tests.billing.claims.hands import content as interchange
from tests.scheduling.readiness import made

pytestmark = pytest.mark.django_db
NPI_OF_FOX = "1003000126"


def codes(segments: list[str]) -> list[str]:
    """What the lines ask: SV101 to SV104."""
    return ["*".join(text.split("*")[1:5]) for text in of(segments, "SV1")]


def test_interactive_complexity_stands_beside_its_session(post: Post) -> None:
    row = post.session()
    add_on(row, "90785", "90834")
    found = one(post, row)
    assert codes(found) == ["HC:90834*142.1*UN*1", "HC:90785*20*UN*1"]
    assert of(found, "DTP*472") == ["DTP*472*D8*20261116"] * 2
    assert len(of(found, "CLM")) == len(of(found, "NM1*82")) == 1


@pytest.mark.parametrize(("extra", "minutes"), [("90833", 20), ("90836", 45), ("90838", 60)])
def test_a_medical_visit_carries_its_therapy(post: Post, extra: str, minutes: int) -> None:
    visit = service("99213", kind="medical", fee="95.00")
    row = post.session(service=visit, **lasting(minutes))
    add_on(row, extra, *VISITS, fee="80.00")
    assert codes(one(post, row)) == ["HC:99213*95*UN*1", f"HC:{extra}*80*UN*1"]


def test_a_long_crisis_counts_its_further_half_hours(post: Post) -> None:
    crisis = service("90839", kind="crisis", fee="180.00", time_min=30, time_max=74)
    row = post.session(service=crisis, **lasting(110))
    add_on(row, "90840", "90839", units=2, fee="90.00")
    assert codes(one(post, row)) == ["HC:90839*180*UN*1", "HC:90840*90*UN*2"]


@pytest.mark.parametrize("code", ["90846", "90847"])
def test_a_family_session_is_the_clients_own_claim(post: Post, code: str) -> None:
    row = post.session(service=service(code, kind="family", fee="160.00"), others="Her mother")
    found = one(post, row)
    assert codes(found) == [f"HC:{code}*160*UN*1"]
    assert not [text for text in found if "MOTHER" in text]


def test_a_group_is_one_claim_for_each_who_came(post: Post) -> None:
    group = service("90853", kind="group", fee="45.00")
    first = post.session(service=group)
    others = [made.client(number, post.made["payer"]) for number in (71, 72)]
    rows = [
        Attendance.objects.create(
            session=first.session, client=who, coverage=plan, status="held", service=group, diagnoses=["F41.1"],
            actual_start=made.START, actual_stop=made.START + dt.timedelta(minutes=45),
        )
        for who, plan in others
    ]  # fmt: skip
    for row in rows:
        Documentation.objects.create(attendance=row, status="signed", text="Seen.", changed_at=made.START)
    post.claims(first, *rows)
    found = written(post)
    assert [codes(one_claim) for one_claim in found] == [["HC:90853*45*UN*1"]] * 3
    assert len({text for one_claim in found for text in of(one_claim, "NM1*IL")}) == 3


def test_units_of_time_are_on_the_line(post: Post) -> None:
    counted = service("H0004", fee="30.00", units_rule="quarter hours", time_min=8)
    row = post.session(service=counted, units=3, **lasting(45))
    assert codes(one(post, row)) == ["HC:H0004*90*UN*3"]


def test_one_authorization_for_all_stands_at_the_claim(post: Post) -> None:
    row = post.session()
    add_on(row, "90785", "90834")
    found = one(post, row)
    assert of(found, "REF*G1") == ["REF*G1*A1"]
    assert found.index("REF*G1*A1") < found.index("LX*1")


def test_a_line_with_an_authorization_of_its_own_names_it(post: Post) -> None:
    row = post.session()
    Authorization.objects.update(codes=["90834"])
    Authorization.objects.create(
        coverage=row.coverage, number="TEST7", units=4, codes=["96131"], starts_on=made.KEPT,
        ends_on=dt.date(2026, 12, 31),
    )  # fmt: skip
    add_on(row, "96131", "90834")
    found = one(post, row)
    assert of(found, "REF*G1") == ["REF*G1*A1", "REF*G1*TEST7"]
    assert found.index("LX*2") < found.index("REF*G1*TEST7")


def test_who_referred_comes_from_the_coverage(post: Post) -> None:
    row = post.session()
    Coverage.objects.filter(client=row.client_id).update(
        referring_first_name="Fay", referring_last_name="Fox", referring_npi=NPI_OF_FOX
    )
    found = one(post, row)
    assert of(found, "NM1*DN") == [f"NM1*DN*1*FOX*FAY****XX*{NPI_OF_FOX}"]
    assert found.index(of(found, "NM1*DN")[0]) < found.index(of(found, "NM1*82")[0])


@pytest.mark.parametrize(
    ("way", "rendering", "supervising", "modifier"),
    [
        (PayerRules.Supervised.SUPERVISOR, "GRACE", None, ""),
        (PayerRules.Supervised.ASSOCIATE, "PRIYA", "GRACE", ""),
        (PayerRules.Supervised.ASSOCIATE, "PRIYA", "GRACE", "HL"),
        (PayerRules.Supervised.SUPERVISOR, "GRACE", None, "HO"),
    ],
)
def test_a_supervised_session_goes_as_its_payer_wants(
    post: Post, way: str, rendering: str, supervising: str | None, modifier: str
) -> None:
    rules(post, supervised=way, supervised_modifier=modifier)
    Clinician.objects.filter(pk=post.made["clinician"].pk).update(level="associate")
    Clinician.objects.filter(pk=post.made["supervisor"].pk).update(npi="1679576722")
    Enrollment.objects.create(
        clinician=post.made["supervisor"], payer=post.made["payer"], status="effective", effective_on=made.KEPT
    )
    row = post.session()
    Documentation.objects.update(status="cosigned")
    add_on(row, "90785", "90834")
    found = one(post, row)
    assert [text.split("*")[4] for text in of(found, "NM1*82")] == [rendering]
    assert [text.split("*")[4] for text in of(found, "NM1*DQ")] == ([supervising] if supervising else [])
    tail = f":{modifier}" if modifier else ""
    assert [text.split("*")[1] for text in of(found, "SV1")] == [f"HC:90834{tail}", f"HC:90785{tail}"]


def test_an_independent_clinician_renders_although_somebody_is_named_above(post: Post) -> None:
    rules(post, supervised=PayerRules.Supervised.SUPERVISOR, supervised_modifier="HO")
    found = one(post, post.session(supervising=post.made["supervisor"]))
    assert [text.split("*")[4] for text in of(found, "NM1*82")] == ["PRIYA"]
    assert codes(found) == ["HC:90834*142.1*UN*1"]


@pytest.mark.parametrize(
    ("wants", "place", "sent", "line"),
    [
        ({}, "10", "10:B:1", "HC:90834:95"),
        ({}, "02", "02:B:1", "HC:90834:95"),
        ({"video_modifier": "GT", "home_place": "02"}, "10", "02:B:1", "HC:90834:GT"),
        ({"video_modifier": "", "home_place": "11"}, "10", "11:B:1", "HC:90834"),
    ],
)
def test_telehealth_goes_as_its_payer_wants(
    post: Post, wants: dict[str, Any], place: str, sent: str, line: str
) -> None:
    rules(post, **wants)
    found = one(post, by_telehealth(post.session(), place))
    assert of(found, "CLM")[0].split("*")[5] == sent
    assert of(found, "SV1")[0].split("*")[1] == line
    assert of(found, "NM1*77") == []


def test_the_rules_of_the_day_of_service_count(post: Post) -> None:
    rules(post, ends_on=dt.date(2026, 11, 14), video_modifier="GT", filing_days=60)
    rules(post, dt.date(2026, 11, 15), video_modifier="95", filing_days=120)
    before, after = by_telehealth(post.session(days=4)), by_telehealth(post.session())
    post.claims(before, after)
    assert [of(found, "SV1")[0].split("*")[1] for found in written(post)] == ["HC:90834:GT", "HC:90834:95"]
    left = Claim.objects.order_by("service_on").values_list("file_by", "service_on")
    assert [(until - on).days for until, on in left if until] == [60, 120]


@pytest.mark.parametrize(("wants", "mark"), [({}, "93"), ({"audio_modifier": "FQ"}, "FQ")])
def test_a_session_by_phone_says_so_on_every_line(post: Post, wants: dict[str, Any], mark: str) -> None:
    rules(post, **wants)
    row = by_telehealth(post.session(), modifiers=[mark])
    add_on(row, "90785", "90834")
    assert [text.split("*")[1] for text in of(one(post, row), "SV1")] == [f"HC:90834:{mark}", f"HC:90785:{mark}"]


def test_another_office_is_the_service_facility(post: Post) -> None:
    row = post.session()
    annex = Location.objects.create(
        name="Annex", address1="9 Elm Street", city="Narberth", state="PA", zip="19072-0001", npi="1679576722"
    )
    row.session.location = annex
    row.session.save(update_fields=["location"])
    found = one(post, row)
    at = found.index(of(found, "NM1*77")[0])
    assert found[at : at + 3] == [
        "NM1*77*2*FERNHOLLOW PLLC*****XX*1679576722", "N3*9 ELM STREET", "N4*NARBERTH*PA*190720001",
    ]  # fmt: skip


def test_a_dependent_stands_under_who_is_insured(post: Post) -> None:
    row = post.session()
    Coverage.objects.filter(client=row.client_id).update(
        relationship="19", subscriber_first_name="Ruth", subscriber_last_name="Lindgren",
        subscriber_date_of_birth=dt.date(1960, 1, 5), subscriber_sex="F", **made.ADDRESS,
    )  # fmt: skip
    found = one(post, row)
    assert of(found, "NM1*IL")[0].startswith("NM1*IL*1*LINDGREN*RUTH*")
    assert of(found, "PAT") == ["PAT*19"]
    assert of(found, "NM1*QC")[0].startswith("NM1*QC*1*LINDGREN 1*THEO")
    assert of(found, "SBR")[0].split("*")[2] == ""


def test_what_the_client_paid_is_said_where_the_payer_wants_it(post: Post) -> None:
    quiet = post.session()
    Coverage.objects.update(copay=Decimal("25.00"))
    post.claims(quiet)
    (first,) = Claim.objects.all()
    take_payment(
        actor=post.bob, client_id=quiet.client_id, amount=Decimal("25.00"), method="cash",
        received_on=dt.date(2026, 11, 16),
    )  # fmt: skip
    (plain,) = content.load([first.pk])
    assert plain.paid is None, "most contracts leave the copay to the practice"
    Claim.objects.update(reports_patient_paid=True)
    (found,) = written(post)
    assert of(found, "AMT*F5") == ["AMT*F5*25"]


def test_a_late_claim_says_why(post: Post) -> None:
    rules(post, filing_days=1)
    row = post.session(late_reason="8")
    found = one(post, row)
    assert of(found, "CLM")[0].split("*")[20] == "8"


@pytest.mark.parametrize(
    ("wants", "own", "rendering"), [("both", True, True), ("billing", True, False), ("none", False, False)]
)
def test_taxonomies_are_sent_as_the_payer_wants(post: Post, wants: str, own: bool, rendering: bool) -> None:
    rules(post, taxonomy=wants)
    post.claims(post.session())
    (request,) = post.leave()
    (segments,) = segments_of(request)
    assert bool(of(segments, "PRV*PE")) is rendering
    (transaction,) = interchange(request).transactions
    assert any(str(segment).startswith("PRV*BI*PXC*261QM0801X") for segment in transaction.segments) is own


def test_claims_of_one_payer_with_and_without_taxonomy_leave_in_sets_of_their_own(post: Post) -> None:
    rules(post, ends_on=dt.date(2026, 11, 14), taxonomy="none")
    post.claims(post.session(days=4), post.session())
    (request,) = post.leave()
    assert len(segments_of(request)) == 2
    tells = [
        any(str(segment).startswith("PRV*BI") for segment in one_set.segments)
        for one_set in interchange(request).transactions
    ]
    assert tells == [False, True]


def test_a_claim_that_is_made_keeps_what_it_was_made_with(post: Post) -> None:
    (claim,) = post.claims(by_telehealth(post.session()))
    rules(post, ALWAYS, video_modifier="GT", home_place="02", taxonomy="none", filing_days=30)
    (found,) = written(post)
    assert of(found, "SV1")[0].split("*")[1] == "HC:90834:95"
    assert of(found, "CLM")[0].split("*")[5] == "10:B:1"
    assert of(found, "PRV*PE")
    claim.refresh_from_db()
    assert claim.file_by == claim.service_on + dt.timedelta(days=90)


def test_a_thousand_cases_are_loaded_in_as_many_queries_as_one(post: Post) -> None:
    rows = [post.session() for _ in range(5)]
    for row in rows:
        add_on(row, "90785", "90834")
    claims = post.claims(*rows)
    Claim.objects.update(reports_patient_paid=True)
    with CaptureQueriesContext(connection) as single:
        content.load([claims[0].pk])
    with CaptureQueriesContext(connection) as all_of_them:
        content.load([claim.pk for claim in claims])
    assert len(single) == len(all_of_them) <= 11
    assert len(lines_of(claims[0])) == 2
    assert Request.objects.count() == 0
    assert Client.objects.count() == 5
