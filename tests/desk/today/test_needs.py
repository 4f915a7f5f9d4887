"""What needs somebody: by role, worst clock first, each with a count that its page holds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from billing.models import (
    Batch,
    Claim,
    ClaimSession,
    Connection,
    Denial,
    InboundFile,
    InboundTransaction,
    Remittance,
    RemittanceClaim,
)
from billing.models.claim_session import sessions_of
from clients.models import Authorization, Client, Coverage
from clinicians.models import Clinician, License, Supervision
from practice import clock, files, today
from practice.actors import Actor
from practice.models import Practice, PracticePayer
from practice.today import MOVE, STOP, WAIT, Asker, Need
from scheduling.models import Attendance, Session, SessionClinician
from tests.billing.money.making import make_charge, make_client, make_service
from tests.desk.reports.books import make_books
from tests.people import NOW, Cast, signed_in

TODAY = dt.date(2026, 11, 17)


@pytest.fixture
def scene(people: Cast, inside: Any) -> Practice:
    """One of everything that somebody must do at Fernhollow."""
    with inside(people.fernhollow):
        make_scene(people)
    return people.fernhollow


def make_scene(people: Cast) -> None:
    practice = people.fernhollow
    charlie = Clinician.objects.create(first_name="Charlie", last_name="Nguyen", level="associate", user=people.charlie)
    grace = Clinician.objects.create(first_name="Grace", last_name="Lindqvist", user=people.grace)
    Supervision.objects.create(supervisee=charlie, supervisor=grace, starts_on=dt.date(2026, 1, 1))
    License.objects.create(clinician=charlie, state="PA", kind="LPC", number="1", expires_on=dt.date(2026, 11, 29))
    payer = PracticePayer.objects.create(name="Keystone Mutual")
    covered, bare = make_client(), make_client(2, "Lindgren")
    plan = Coverage.objects.create(client=covered, payer=payer, member_id="K1", starts_on=dt.date(2026, 1, 1))
    Authorization.objects.create(
        coverage=plan, number="A1", units=10, starts_on=dt.date(2026, 9, 1), ends_on=dt.date(2026, 11, 30)
    )
    _session(practice, charlie, covered, dt.date(2026, 11, 16))
    _session(practice, charlie, bare, dt.date(2026, 11, 18))
    _claims(practice, charlie, covered, plan)


def _session(practice: Practice, clinician: Clinician, client: Client, day: dt.date) -> Attendance:
    start = clock.instant(practice, day, dt.time(9))
    session = Session.objects.create(
        service=make_service(), starts_at=start, ends_at=start + dt.timedelta(minutes=50), made_at=clock.now()
    )
    SessionClinician.objects.create(
        session=session, clinician=clinician, starts_at=session.starts_at, ends_at=session.ends_at
    )
    return Attendance.objects.create(session=session, client=client, service=session.service)


def _claims(practice: Practice, clinician: Clinician, client: Client, plan: Coverage) -> None:
    made = {}
    for place, status in enumerate(("ready", "rejected", "denied", "sent")):
        charge = make_charge(
            practice, client, clinician, "167.00", day=dt.date(2026, 10, 5 + place), payer=plan.payer, coverage=plan
        )
        made[status] = Claim.objects.create(
            attendance=charge.attendance, client=client, coverage=plan, payer=plan.payer, rendering=clinician,
            number=f"N{place}", status=status, total=charge.amount, service_on=charge.service_on, made_at=clock.now(),
            file_by=dt.date(2026, 11, 20) if status == "ready" else dt.date(2027, 1, 29), place_of_service="11",
        )  # fmt: skip
        ClaimSession.objects.bulk_create(sessions_of(made[status], [charge.attendance_id]))
    connection = Connection.objects.create(
        name="Sandbox", layout="sandbox", host="localhost", checked_at=clock.now(), trouble="It does not answer.",
        trouble_since=NOW - dt.timedelta(days=1),
    )  # fmt: skip
    Batch.objects.create(connection=connection, leaves_at=NOW + dt.timedelta(minutes=8), made_at=NOW)
    file = files.store(b"ISA", name="a.835", actor=Actor.system(practice.pk))
    inbound = InboundFile.objects.create(file=file, source="upload", name="a.835", sha256="0" * 64, received_at=NOW)
    part = InboundTransaction.objects.create(inbound=inbound, position=1, kind="835")
    held, _ = (_remittance(part, status) for status in ("held", "ready"))
    answer = RemittanceClaim.objects.create(
        remittance=held, claim=made["denied"], position=1, number="N2", status_code="4", charge=Decimal("167.00"),
        paid=Decimal("0.00"), is_denial=True,
    )  # fmt: skip
    Denial.objects.create(claim=made["denied"], remittance_claim=answer, amount=Decimal("142.00"), made_at=NOW)


def _remittance(part: InboundTransaction, status: str) -> Remittance:
    facts = {"amount": Decimal("4318.27"), "content_hash": status * 8, "received_at": NOW - dt.timedelta(days=1)}
    return Remittance.objects.create(transaction=part, payer_name="Blue Harbor", status=status, **facts)


def titles(page: Any) -> list[str]:
    return [need.title for need in page.context["needs"]]


def opened(browser: Browser) -> Any:
    page = browser.get(reverse("practice_start", args=["fernhollow"]))
    assert page.status_code == 200
    return page


def test_the_owner_sees_all_of_it_worst_clock_first(scene: Practice, people: Cast) -> None:
    found = titles(opened(signed_in(people.alice)))
    assert set(found) == {
        "5 notes of 1 clinician unsigned",
        "1 session of Mon, Nov 16 to bill",
        "Trouble with the connection to Sandbox",
        "1 remittance held",
        "1 remittance ready to post",
        "1 claim needs correction",
        "1 claim ready to send",
        "Filing deadline near for 1 session",
        "1 denial to work",
        "1 authorization runs out",
        "1 session of the next 7 days without coverage",
        "Charlie Nguyen: PA license ends Sun, Nov 29",
        "Set up Fernhollow Therapy: 8 steps to go",
    }
    assert found[0] == "5 notes of 1 clinician unsigned"
    assert (
        found.index("Trouble with the connection to Sandbox")
        < found.index("1 remittance held")
        < found.index("1 denial to work")
    )


@pytest.mark.parametrize(
    ("persona", "expected"),
    [
        ("frank", {"1 authorization runs out", "1 session of the next 7 days without coverage"}),
        ("charlie", {"5 notes to write", "Your PA license ends Sun, Nov 29"}),
        ("grace", set()),
        ("dana", set()),
        ("erin", set()),
    ],
)
def test_each_sees_what_is_theirs(scene: Practice, people: Cast, persona: str, expected: set[str]) -> None:
    assert {title for title in titles(opened(signed_in(getattr(people, persona)))) if "attestation" not in title} == (
        expected
    )


def test_a_supervisor_is_asked_to_co_sign(scene: Practice, people: Cast, inside: Any) -> None:
    from charting.models import Documentation

    with inside(people.fernhollow):
        row = Attendance.objects.order_by("session__starts_at")[0]
        Documentation.objects.create(attendance=row, status="signed", text="Seen.", changed_at=NOW)
    assert "1 note to co-sign" in titles(opened(signed_in(people.grace)))


def test_a_day_with_nothing_to_do_says_so_kindly(people: Cast) -> None:
    page = opened(signed_in(people.erin))
    assert "Nothing needs you" in page.content.decode()
    assert "the day is yours" in page.content.decode()


def test_what_leaves_by_itself_needs_nobody_and_can_be_held_back(scene: Practice, people: Cast) -> None:
    page = opened(signed_in(people.bob))
    assert [need.title.split(" leaves ")[1] for need in page.context["leaving"]] == ["at 10:30 AM"]
    assert "leaves at" not in " ".join(titles(page))


def test_every_item_opens_to_its_rows(scene: Practice, people: Cast) -> None:
    alice = signed_in(people.alice)
    page = opened(alice)
    for need in [*page.context["needs"], *page.context["leaving"]]:
        assert alice.get(need.url).status_code == 200, need.title
    near = alice.get(reverse("claims", args=["fernhollow"]), {"near": "1"})
    assert [row.claim.number for row in near.context["found"].rows] == ["N0"]
    missing = alice.get(reverse("today_coverage", args=["fernhollow"])).content.decode()
    assert "Maya Lindgren" in missing
    assert "Maya Torres" not in missing
    assert "A1" in alice.get(reverse("today_authorizations", args=["fernhollow"])).content.decode()


def test_money_in_motion_opens_to_what_it_says(scene: Practice, people: Cast) -> None:
    bob = signed_in(people.bob)
    tiles = {tile.label: tile for tile in opened(bob).context["tiles"]}
    assert {label: str(tile.amount) for label, tile in tiles.items()} == {
        "Not billed yet": "0.00",
        "Sent": "167.00",
        "With the payer": "0.00",
        "Paid, not posted": "8636.54",
        "Posted in Nov": "0.00",
    }
    assert (tiles["Not billed yet"].text, tiles["Not billed yet"].note) == ("1", "session of 1 day")
    for tile in tiles.values():
        assert bob.get(tile.url).status_code == 200
    assert bob.get(tiles["Sent"].url).context["found"].shown.total == tiles["Sent"].amount


def test_money_in_motion_agrees_with_the_report(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        make_books(people.fernhollow, people.actor(people.bob))
    bob = signed_in(people.bob)
    tiles = {tile.label: tile for tile in opened(bob).context["tiles"]}
    for label, amount in (("Posted in Nov", "100.33"),):
        assert str(tiles[label].amount) == amount
        assert str(bob.get(tiles[label].url).context["found"].sum) == amount


def test_an_insured_client_is_covered_and_one_who_pays_needs_nothing(
    scene: Practice, people: Cast, inside: Any
) -> None:
    with inside(people.fernhollow):
        Attendance.objects.filter(client__number=2).update(self_pay=True)
    assert not any("without coverage" in title for title in titles(opened(signed_in(people.frank))))


def test_a_source_is_not_asked_for_who_may_not_know(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    need = Need("A", "", "/", "Do", 1, TODAY)
    closed = today.Source("closed", ("claims:view",), lambda _: [need])
    monkeypatch.setattr(today, "_sources", [closed])
    bob, erin = (Asker(people.fernhollow, people.actor(who), TODAY) for who in (people.bob, people.erin))
    assert today.needs(bob) == [need]
    assert today.needs(erin) == []
    assert today.needs(Asker(people.northlight, bob.actor, TODAY)) == []


def test_the_worst_clock_comes_first_and_what_runs_by_itself_last(people: Cast, monkeypatch: Any) -> None:
    facts = [(WAIT, 18), (STOP, 20), (STOP, 18), (MOVE, 1), (WAIT, 9)]
    needs = [Need(f"{kind}{day}", "", "/", "Do", 1, dt.date(2026, 11, day), kind) for kind, day in facts]
    monkeypatch.setattr(today, "_sources", [today.Source("all", ("claims:view",), lambda _: needs)])
    found = today.needs(Asker(people.fernhollow, people.actor(people.bob), TODAY))
    assert [need.title for need in found] == ["wait9", "stop18", "wait18", "stop20", "move1"]
