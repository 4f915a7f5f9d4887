"""The worklist of claims that came back: reasons, what is at stake, and what is done with many at once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.claims import events, resending
from billing.models import Claim, ClaimEvent, ClaimWork
from billing.rejections import selectors, services
from billing.rejections.errors import WorkRefusedError
from billing.rejections.selectors import Wanted
from tests.billing.claim_factories import books
from tests.billing.claims.office import Office

pytestmark = pytest.mark.django_db
MEMBER = "Returned as unprocessable: Subscriber and member number not on file.\nMEMBER NOT FOUND"


def came_back(office: Office, count: int, codes: str = "A3:33", detail: str = MEMBER) -> list[Claim]:
    """Rejected claims with the answer that says why."""
    claims = office.sent(count, state=Claim.Status.REJECTED)
    with office.inside():
        kind, actor = ClaimEvent.Kind.ANSWER, office.post.system
        events.record(
            events.event(one, kind, "Rejected", actor=actor, source="277CA, payer", codes=codes, detail=detail)
            for one in claims
        )
    return claims


def found(office: Office, **wanted: object) -> selectors.Rejections:
    with office.inside():
        return selectors.rejections(office.post.bob, office.post.practice, Wanted(**wanted))  # type: ignore[arg-type]


def test_reasons_are_counted_and_summed_the_most_money_first(office: Office) -> None:
    came_back(office, 1, "A7:562:82", "NPI.")
    came_back(office, 2)
    shared = found(office).shared
    assert [(one.reason.key, one.count, str(one.stake)) for one in shared] == [
        ("stc-33", 2, "284.20"),
        ("stc-562-82", 1, "142.10"),
    ]


def test_a_reason_opens_its_claims_and_each_leads_to_the_field(office: Office) -> None:
    claims = came_back(office, 2)
    came_back(office, 1, "A7:562:82", "NPI.")
    page = found(office, reason="stc-33")
    assert [row.item.id for row in page.rows] == [claim.pk for claim in claims]
    assert page.stake == Decimal("284.20")
    row = page.rows[0]
    assert row.item.text == "MEMBER NOT FOUND"
    assert row.link is not None
    assert row.link.url.endswith(f"/coverages/{claims[0].coverage_id}/#id_member_id")


def test_what_runs_out_within_two_weeks_stands_first(office: Office) -> None:
    first, second = came_back(office, 2)
    with office.inside():
        Claim.objects.filter(pk=second.pk).update(file_by=dt.date(2026, 11, 25))
    assert [row.item.id for row in found(office).rows] == [second.pk, first.pk]
    assert [row.item.id for row in found(office, near=True).rows] == [second.pk]


def test_many_are_sent_again_as_originals_under_their_next_numbers(office: Office) -> None:
    claims = came_back(office, 3)
    with office.inside():
        sent = resending.resend_many(actor=office.post.bob, claim_ids=[claim.pk for claim in claims])
    assert sent.batch is not None
    assert {office.now(claim).status for claim in claims} == {"batched"}
    assert [office.now(claim).number for claim in claims] == [f"{claim.number[:15]}02" for claim in claims]
    assert resending.sentence_of(sent) == f"3 claims are in batch {sent.batch.pk}, which leaves soon."


@pytest.mark.parametrize("count", [2, 40])
def test_sending_again_takes_a_constant_number_of_statements(office: Office, count: int) -> None:
    ids = [claim.pk for claim in came_back(office, count)]
    with office.inside(), CaptureQueriesContext(connection) as counted:
        resending.resend_many(actor=office.post.bob, claim_ids=ids)
    assert len(counted) <= 34, len(counted)


def test_they_are_given_to_somebody_and_rest_until_a_day(office: Office) -> None:
    (claim,) = came_back(office, 1)
    bob, practice = office.post.bob, office.post.practice
    with office.inside():
        services.assign(actor=bob, claim_ids=[claim.pk], to=bob.user_id)
        services.follow_up(actor=bob, practice=practice, claim_ids=[claim.pk], on=dt.date(2026, 12, 1), note="Called")
        row = ClaimWork.objects.get(claim=claim)
        assert (row.assigned_to_id, row.follow_up_on, row.note) == (bob.user_id, dt.date(2026, 12, 1), "Called")
    assert [group.count for group in found(office).groups] == [0, 1, 0]
    assert len(found(office, group="waiting", who="mine").rows) == 1
    assert found(office, group="waiting", who="nobody").rows == []


def test_only_who_works_claims_is_given_any(office: Office) -> None:
    (claim,) = came_back(office, 1)
    with office.inside(), pytest.raises(WorkRefusedError, match="somebody of this practice"):
        services.assign(actor=office.post.bob, claim_ids=[claim.pk], to=office.people.charlie.pk)


def test_they_are_given_up_together(office: Office) -> None:
    claims = came_back(office, 2)
    with office.inside():
        ids = [claim.pk for claim in claims]
        done = services.give_up(actor=office.post.bob, claim_ids=ids, reason="Deadline passed")
        assert (done.count, done.amount, books()["write_off"]) == (2, Decimal("284.20"), "284.20")
    assert {office.now(claim).status for claim in claims} == {"withdrawn"}


def test_what_was_given_up_with_one_click_is_taken_up_again(office: Office) -> None:
    claims = came_back(office, 2)
    with office.inside():
        before = books()
    body = {"act": "give_up", "claim": [claim.pk for claim in claims], "why": "Deadline passed"}
    said = office.browser.post(office.url("work_rejections"), body, follow=True).content.decode()
    assert "2 claims withdrawn, $284.20 written off." in said
    undo = said.split('action="/p/fernhollow/claims/rejected/undo/')[1].split('"')[0]
    back = office.browser.post(office.url("take_up_again") + undo, follow=True).content.decode()
    assert "The write-off is undone, and 2 claims are ready to send." in back
    assert {office.now(claim).status for claim in claims} == {"ready"}
    with office.inside():
        assert books() == before


def test_the_page_does_what_is_chosen_and_all_of_a_reason(office: Office) -> None:
    claims = came_back(office, 2)
    other = came_back(office, 1, "A7:562:82", "NPI.")[0]
    page = office.page("rejections", reason="stc-33")
    assert "MEMBER NOT FOUND" in page
    assert "Correct the member ID" in page
    where = f"{office.url('work_rejections')}?reason=stc-33"
    answer = office.browser.post(where, {"act": "resend", "every": "1"}, follow=True).content.decode()
    assert "2 claims are in batch" in answer
    assert [office.now(one).status for one in (*claims, other)] == ["batched", "batched", "rejected"]


@pytest.mark.parametrize("body", [{"act": "resend"}, {"act": "follow_up", "on": ""}, {"act": "give_up"}, {"act": "x"}])
def test_nothing_chosen_changes_nothing(office: Office, body: dict[str, str]) -> None:
    (claim,) = came_back(office, 1)
    assert office.browser.post(office.url("work_rejections"), body, follow=True).status_code == 200
    assert office.now(claim).status == "rejected"


def test_the_list_asks_no_more_for_sixty_than_for_five(office: Office) -> None:
    came_back(office, 5)
    office.page("rejections")
    with CaptureQueriesContext(connection) as few:
        office.page("rejections")
    came_back(office, 60)
    with CaptureQueriesContext(connection) as many:
        office.page("rejections")
    assert len(many) == len(few) <= 28, len(many)


def test_a_search_stays_out_of_the_address(office: Office) -> None:
    (claim,) = came_back(office, 1)
    answer = office.act("search_rejections", q=claim.number[:9])
    assert claim.number[:9] not in answer["Location"]
    assert office.url("correct_claim", claim.pk) in office.browser.get(answer["Location"]).content.decode()
