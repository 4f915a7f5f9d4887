"""The filing clock: everything no payer was asked for, by its deadline and by what stands in the way."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.claims import correcting
from billing.holds import services as holds
from billing.models import Claim
from billing.unbilled import selectors
from billing.unbilled.selectors import Unbilled, Wanted
from billing.unbilled.shapes import Entry, bucket
from billing.unbilled.words import WORDS
from practice import states
from practice.models import PayerRules
from practice.models.payer_rules import ALWAYS
from scheduling.models import Attendance
from scheduling.readiness import findings_for, load, registered
from tests.billing.claims.office import Office

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 17)


def seen(office: Office, **wanted: object) -> Unbilled:
    with office.inside():
        return selectors.unbilled(office.post.bob, office.post.practice, Wanted(**wanted))  # type: ignore[arg-type]


def entries(office: Office, **wanted: object) -> list[Entry]:
    return list(seen(office, **wanted).page.object_list)


def keep_back(office: Office, row: Attendance) -> None:
    """Puts a session on hold, so that something stands in its way."""
    holds.hold_attendance(
        actor=office.post.bob, practice=office.post.practice, attendance_id=row.pk, reason="Wait for the new card."
    )


def test_a_session_that_is_not_billed_has_readiness_words_and_its_deadline(office: Office) -> None:
    with office.inside():
        row = office.post.session()
        keep_back(office, row)
        (facts,) = load([row.pk])
        worst = next(one for one in findings_for([row])[row.pk] if one.code == "on_hold")
    (one,) = entries(office)
    assert (one.stage, one.deadline, one.amount) == ("session", facts.deadline, Decimal("142.10"))
    assert (one.title, one.why) == (worst.title, worst.why)
    assert one.way is not None


def test_a_claim_waits_until_it_is_sent(office: Office) -> None:
    (claim,) = office.claims()
    assert entries(office) == []
    with office.inside():
        states.transition(claim, Claim.Status.READY, actor=office.post.system)
    (one,) = entries(office)
    assert (one.code, one.deadline, one.amount) == ("send", claim.file_by, Decimal("142.10"))
    with office.inside():
        holds.hold_claims(actor=office.post.bob, practice=office.post.practice, claim_ids=[claim.pk], reason="New card")
    assert [(one.code, one.why) for one in entries(office)] == [("on_hold", "New card")]


def test_what_is_billed_and_has_no_claim_is_found(office: Office) -> None:
    (claim,) = office.claims()
    with office.inside():
        states.transition(claim, Claim.Status.READY, actor=office.post.system)
        correcting.withdraw(actor=office.post.bob, claim_id=claim.pk)
    (one,) = entries(office)
    assert (one.stage, one.code, one.amount, one.deadline) == ("charged", "no_claim", Decimal("142.10"), claim.file_by)
    assert one.way is not None
    assert one.way.url == office.url("claim", claim.pk)


def test_parts_sum_to_the_whole_and_narrow_it(office: Office) -> None:
    with office.inside():
        office.post.session()
        keep_back(office, office.post.session())
    found = seen(office)
    assert sum(one.count for one in found.buckets) == sum(one.count for one in found.stages) == found.shown.count == 2
    assert sum(one.amount for one in found.blocks) == found.shown.amount == Decimal("284.20")
    assert [part.key for part in found.blocks] == ["on_hold", "ready"]
    assert seen(office, block=found.blocks[0].key).shown.count == 1
    assert seen(office, payer=999999).shown.count == 0


def test_today_counts_what_runs_out_and_its_page_lists_as_many(office: Office) -> None:
    with office.inside():
        office.post.session()
        payer = office.post.made["payer"]
        PayerRules.objects.update_or_create(payer=payer, defaults={"starts_on": ALWAYS, "filing_days": 10})
        assert selectors.running_out(office.post.bob, office.post.practice) == (1, dt.date(2026, 11, 26))
    assert seen(office, near="due").shown.count == 1
    page = office.get("practice_start").content.decode()
    assert "Filing deadline near for 1 session" in page
    assert f"{office.url('unbilled')}?near=due" in page


@pytest.mark.parametrize(("days", "key"), [(-1, "over"), (0, "14"), (14, "14"), (15, "30"), (31, "60"), (61, "later")])
def test_how_near_a_deadline_is(days: int, key: str) -> None:
    assert bucket(TODAY + dt.timedelta(days=days), TODAY) == key


def test_without_a_payer_there_is_no_deadline() -> None:
    assert bucket(None, TODAY) == "none"


def test_every_finding_that_can_block_has_words_for_many() -> None:
    assert [check.code for check in registered() if check.code not in WORDS and check.severity == "block"] == []


def test_the_page_asks_no_more_for_sixty_than_for_five(office: Office) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert office.get("unbilled").status_code == 200
        return len(counted)

    with office.inside():
        for _ in range(5):
            office.post.session()
    queries()
    few = queries()
    with office.inside():
        for _ in range(55):
            office.post.session()
    assert queries() == few <= 48, few
