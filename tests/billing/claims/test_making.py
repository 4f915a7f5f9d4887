"""What a billed session becomes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing import charges
from billing.claims import making
from billing.models import Charge, Claim, ClaimEvent, ClaimLine, ClaimNumber
from charting.models import Documentation
from clients.models import Authorization
from clinicians.models import Clinician, Enrollment
from practice.models import PayerRules
from scheduling.models import Attendance, AttendanceAddOn
from tests.billing.claims.cases import rules
from tests.billing.claims.hands import Post
from tests.scheduling.readiness import made

pytestmark = pytest.mark.django_db


def test_an_insured_session_becomes_one_claim_that_waits_in_a_batch(post: Post) -> None:
    row = post.session()
    (claim,) = post.claims(row)
    assert claim.status == Claim.Status.BATCHED
    assert (claim.total, claim.place_of_service, claim.diagnoses) == (Decimal("142.10"), "11", ["F41.1"])
    assert claim.authorization_number == "A1"
    assert claim.file_by is not None
    assert (claim.file_by - claim.service_on).days == 90


def test_add_ons_stand_on_lines_of_their_own(post: Post) -> None:
    row = post.session()
    AttendanceAddOn.objects.create(attendance=row, service=post.made["extra"], fee=Decimal("20.00"))
    (claim,) = post.claims(row)
    lines = list(ClaimLine.objects.filter(claim=claim))
    assert [(line.code, line.amount) for line in lines] == [("90834", Decimal("142.10")), ("90785", Decimal("20.00"))]
    assert claim.total == Decimal("162.10")
    assert len({line.reference for line in lines}) == 2


def test_an_add_on_says_how_the_session_was_given() -> None:
    add_on = Charge(kind=Charge.Kind.ADD_ON, code="90785", amount=Decimal("20.00"))
    line = making.line_of(Claim(number="A" * 17), add_on, 2, ["95"])
    assert (line.modifiers, line.reference) == (["95"], f"{'A' * 17}L02")


def test_a_number_has_seventeen_characters_and_is_registered(post: Post) -> None:
    (claim,) = post.claims(post.session())
    assert len(claim.number) == 17
    assert claim.number.endswith("01")
    found = ClaimNumber.objects.get(number=claim.number)
    assert (found.practice_id, found.claim_id) == (post.practice.pk, claim.pk)


def test_self_pay_and_no_show_make_no_claim(post: Post) -> None:
    post.bill(post.session(self_pay=True, coverage=None), post.undocumented(status="no_show"))
    assert not Claim.objects.exists()
    assert Charge.objects.count() == 2


def test_a_supervised_session_names_who_the_payer_wants(post: Post) -> None:
    rules(post, supervised=PayerRules.Supervised.SUPERVISOR)
    Clinician.objects.filter(pk=post.made["clinician"].pk).update(level="associate")
    Enrollment.objects.create(
        clinician=post.made["supervisor"], payer=post.made["payer"], status="effective", effective_on=made.KEPT
    )
    row = post.session(supervising=post.made["supervisor"])
    Documentation.objects.update(status="cosigned")
    (claim,) = post.claims(row)
    assert claim.rendering == post.made["supervisor"]
    assert claim.supervising is None


def test_the_timeline_begins_with_the_claim(post: Post) -> None:
    (claim,) = post.claims(post.session())
    titles = list(ClaimEvent.objects.filter(claim=claim).order_by("pk").values_list("title", flat=True))
    assert titles[0] == "Claim made"
    assert titles[1].startswith("Put in batch")


def test_without_a_connection_claims_stay_ready(post: Post) -> None:
    assert post.connection is not None
    post.connection.is_active = False
    post.connection.save(update_fields=["is_active"])
    (claim,) = post.claims(post.session())
    assert claim.status == Claim.Status.READY


def test_visits_are_put_on_the_authorization_with_room(post: Post) -> None:
    row = post.session()
    Authorization.objects.filter(number="A1").update(units=0)
    Authorization.objects.create(
        coverage=row.coverage, number="B1", units=5, starts_on="2026-01-01", ends_on="2026-12-31"
    )
    claim = making.make_many([_charge(row, post)], actor=post.bob)[0]
    assert claim.authorization_number == "B1"


def test_making_is_a_constant_number_of_statements(post: Post) -> None:
    assert post.connection is not None
    post.connection.is_active = False
    post.connection.save(update_fields=["is_active"])
    one, many = [_charge(post.session(), post)], [_charge(post.session(), post) for _ in range(7)]
    assert _queries(one, post) == _queries(many, post)


def _charge(row: Attendance, post: Post) -> Charge:
    row.service, row.rendering, row.fee = row.session.service, post.made["clinician"], Decimal("142.10")
    row.status, row.outcome, row.place_of_service = "confirmed", "held", "11"
    row.confirmed_at = row.session.starts_at
    row.save()
    return charges.charge_many([row.pk], practice=post.practice, actor=post.bob)[0]


def _queries(rows: list[Charge], post: Post) -> int:
    with CaptureQueriesContext(connection) as seen:
        making.make_many(rows, actor=post.bob)
    return len(seen)
