"""Money for a claim of a former system: made into a claim in one step, posted, paid out, taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from billing.legacy import making
from billing.models import Account, Charge, Claim, Entry, LedgerLine, LegacyClaim, Remittance, RemittanceClaim
from billing.money.services import Opening, post_openings
from billing.remittances.errors import RemittanceRefusedError
from clients.models import Client, Coverage
from clinicians.models import Engagement
from edi.parties import Name
from edi.remittances import model as x12
from edi.remittances.reversals import negated
from payroll.models import PayLine
from practice.models import Service
from scheduling.models import Attendance
from tests.billing.claim_factories import Bench, books, cas, clearing, open_on, remittance
from tests.billing.remittances.hands import arrive, post, status
from tests.billing.remittances.rooms import Room, url
from tests.payroll.desk import Desk, at, share
from tests.people import Cast

MARCH = dt.date(2026, 3, 4)


def former(paid: str = "95.00", taken: str = "CO-45 30.00,PR-3 25.00", **facts: object) -> x12.ClaimPayment:
    """An answer to a claim under the former system's number, of one session of $150.00."""
    line = x12.LinePayment(
        x12.Procedure("HC", "90834", ()), Decimal("150.00"), Decimal(paid), adjustments=cas(taken), service_from=MARCH
    )
    said: dict[str, object] = {
        "status": "1",
        "charge": Decimal("150.00"),
        "filing_indicator": "CI",
        "payer_control_number": "OLD1",
        "names": (Name("QC", "TORRES", "MAYA", id_qualifier="MI", id="KM7"),),
        "lines": (line,),
    }
    return x12.ClaimPayment(1, "SP-4471", paid=Decimal(paid), **(said | facts))  # type: ignore[arg-type]


def maya(bench: Bench) -> Client:
    Service.objects.get_or_create(code="90834", name="Psychotherapy", kind="individual")
    row = Client.objects.create(number=900, first_name="Maya", last_name="Torres")
    Coverage.objects.create(client=row, payer=bench.payer, member_id="KM7", starts_on=dt.date(2026, 1, 1))
    return row


def made(bench: Bench, client: Client) -> tuple[Remittance, Claim]:
    [row] = arrive(bench, remittance(former()))
    answer = RemittanceClaim.objects.get(remittance=row)
    facts = {"client_id": client.pk, "clinician_id": bench.clinician.pk}
    claim = making.make(answer.pk, **facts, actor=bench.biller, practice=bench.practice)
    row.refresh_from_db()
    return row, claim


def test_one_step_makes_the_claim_and_the_remittance_is_ready(bench: Bench) -> None:
    client = maya(bench)
    row, claim = made(bench, client)
    assert (row.status, claim.status, str(claim.total)) == ("ready", "accepted", "150.00")
    assert (claim.client_id, claim.rendering_id, claim.service_on) == (client.pk, bench.clinician.pk, MARCH)
    part = Attendance.objects.get(client=client)
    assert (part.brought_over, part.status) == (True, "confirmed")
    assert books() == {"insurer_receivable": "150.00", "opening_balance": "-150.00"}


def test_it_is_posted_by_the_same_rules_and_never_as_revenue(bench: Bench) -> None:
    row, claim = made(bench, maya(bench))
    post(bench, row)
    assert open_on(Charge.objects.get(claim_lines__claim=claim).pk) == {
        "payer_clearing": "95.00",
        "contractual": "30.00",
        "client_receivable": "25.00",
        "opening_balance": "-150.00",
    }
    assert (clearing(row), status(claim)) == (Decimal("95.00"), "paid")
    assert not LedgerLine.objects.filter(account=Account.REVENUE).exists()


def test_what_was_brought_over_for_the_client_is_used_up_first(bench: Bench) -> None:
    client = maya(bench)
    opening = Opening(client.pk, Decimal("100.00"), MARCH, by_insurer=True, payer_id=bench.payer.pk)
    post_openings(actor=bench.biller, practice=bench.practice, openings=[opening])
    made(bench, client)
    assert books() == {"insurer_receivable": "150.00", "opening_balance": "-150.00"}


def test_a_session_that_was_brought_over_is_used(bench: Bench) -> None:
    client = maya(bench)
    row, claim = made(bench, client)
    making.undo(claim.pk, actor=bench.biller, practice=bench.practice)
    assert Attendance.objects.get(client=client).status == "canceled"
    row.refresh_from_db()
    assert [one["code"] for one in row.held_for] == ["unmatched"]


def test_undoing_it_leaves_nothing_in_the_books_and_is_linked(bench: Bench) -> None:
    row, claim = made(bench, maya(bench))
    making.undo(claim.pk, actor=bench.biller, practice=bench.practice)
    assert books() == {}
    assert Entry.objects.get(kind="reversal").reverses is not None
    assert status(claim) == "voided"
    assert LegacyClaim.objects.get().undone_at is not None
    assert RemittanceClaim.objects.get(remittance=row).claim_id is None


def test_it_is_not_undone_while_money_rests_on_it(bench: Bench) -> None:
    row, claim = made(bench, maya(bench))
    post(bench, row)
    with pytest.raises(RemittanceRefusedError, match="Take that posting back first"):
        making.undo(claim.pk, actor=bench.biller, practice=bench.practice)


def test_a_later_answer_finds_it_by_the_former_number(bench: Bench) -> None:
    row, claim = made(bench, maya(bench))
    post(bench, row)
    [back] = arrive(bench, remittance(replace(negated(former()), payer_control_number="OLD2"), trace="EFT2"), control=2)
    assert back.status == "ready"
    post(bench, back)
    assert status(claim) == "accepted"


@pytest.mark.parametrize(
    ("without", "words"), [("coverage", "no insurance on file"), ("service", "90834 is none of your services")]
)
def test_what_is_missing_is_said(bench: Bench, without: str, words: str) -> None:
    client = maya(bench)
    if without == "coverage":
        Coverage.objects.all().delete()
    else:
        Service.objects.update(code="90999")
    with pytest.raises(RemittanceRefusedError, match=words):
        made(bench, client)


def test_the_clinician_is_paid_for_it_and_loses_it_when_it_is_taken_back(bench: Bench, people: Cast) -> None:
    Engagement.objects.create(clinician=bench.clinician, kind=Engagement.Kind.CONTRACTOR, starts_on=dt.date(2026, 1, 1))
    desk = Desk(bench.practice, people.actor(people.alice), bench.payer)
    desk.rules(bench.clinician, share("0.60"), takebacks="shared")
    schedule = desk.schedule()
    with at(12):
        row, claim = made(bench, maya(bench))
        post(bench, row)
    with at(16):
        run = desk.run(schedule)
    line = PayLine.objects.get(run=run)
    assert (str(line.amount), line.is_held, line.charge_id) == ("57.00", False, claim.lines.get().charge_id)
    assert line.words.startswith("Keystone Mutual paid $95.00 on Nov 12.")


def test_the_page_makes_it_in_one_step_and_undoes_it(room: Room) -> None:
    with room.open():
        client = maya(room.bench)
        [row] = arrive(room.bench, remittance(former()))
        answer = RemittanceClaim.objects.get()
    page = room.get("remittance", row.pk)
    for words in ("Billed in your former system", "Maya Torres, same member ID", "Charlie Nguyen"):
        assert words in page
    assert room.bob.post(url("make_legacy_claim", answer.pk), {}).status_code == 422
    said = room.post("make_legacy_claim", answer.pk, client=client.pk, clinician=room.bench.clinician.pk)
    assert "A claim of $150.00 for Maya Torres is made from it." in said
    assert room.status(row) == "ready"
    with room.open():
        claim = Claim.objects.get()
    assert "Billed in a former system" in room.get("claim", claim.pk)
    assert "is undone. Its answer waits again." in room.post("undo_legacy_claim", claim.pk)
    assert room.status(row) == "held"
