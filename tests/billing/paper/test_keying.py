"""A remittance keyed from paper: it adds up or says what is missing, then it is like any other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.models import Claim, ClaimLine, Denial, PaperDraft, Remittance
from billing.paper import drafts, finishing
from billing.paper.keying import amount_of, line
from billing.remittances import services
from billing.remittances.errors import RemittanceRefusedError
from practice.money import total
from tests.billing.claim_factories import Bench, answer, books, clearing, open_on, remittance
from tests.billing.remittances.hands import arrive, post, status
from tests.billing.remittances.rooms import Room, url


def draft_of(bench: Bench, *claims: Claim) -> PaperDraft:
    row = drafts.start(actor=bench.biller)
    for claim in claims:
        row = drafts.add_claim(row.pk, claim_id=claim.pk, actor=bench.biller)
    return row


def typed(claim: Claim, *lines: dict[str, str]) -> dict[str, str]:
    rows = ClaimLine.objects.filter(claim=claim).order_by("position")
    return {
        f"{claim.pk}-{row.charge_id}-{name}": value
        for row, said in zip(rows, lines, strict=True)
        for name, value in said.items()
    }


def head(bench: Bench, amount: str, **facts: Any) -> dict[str, str]:
    return {"payer": str(bench.payer.pk), "number": "20417", "paid_on": "2026-11-16", "amount": amount} | facts


def keyed(bench: Bench, claim: Claim, amount: str, *lines: dict[str, str], **facts: Any) -> Remittance:
    row = draft_of(bench, claim)
    drafts.save(row.pk, head(bench, amount, **facts) | typed(claim, *lines), actor=bench.biller)
    return finishing.finish(row.pk, actor=bench.biller, practice=bench.practice)


def test_what_adds_up_is_ready_and_posts_to_the_cent(bench: Bench) -> None:
    claim = bench.claim("150.00", copay="25.00")
    row = keyed(bench, claim, "$96.10", {"paid": "95.00", "contractual": "30", "copay": "25.00"}, interest="1.10")
    assert (row.status, row.source, row.trace, row.method) == ("ready", "paper", "20417", "CHK")
    post(bench, row)
    assert open_on(ClaimLine.objects.get(claim=claim).charge_id) == {
        "payer_clearing": "95.00",
        "contractual": "30.00",
        "client_receivable": "25.00",
        "revenue": "-150.00",
    }
    assert (clearing(row), status(claim), books()["interest"]) == (Decimal("96.10"), "paid", "-1.10")


def test_another_amount_under_its_group_and_reason_is_a_denial(bench: Bench) -> None:
    claim = bench.claim("150.00")
    row = keyed(bench, claim, "0.00", {"other": "150.00", "reason": "co-197"})
    post(bench, row)
    assert (Denial.objects.get().amount, status(claim)) == (Decimal("150.00"), "denied")


@pytest.mark.parametrize(
    ("amount", "said", "words"),
    [
        ("95.00", {"paid": "95.00"}, r"\$55.00 of \$150.00 is not explained"),
        ("95.00", {"paid": "95.00", "contractual": "60.00"}, r"\$5.00 more than the charge"),
        ("100.00", {"paid": "95.00", "contractual": "55.00"}, r"\$5.00 of the payment is on no claim"),
        ("90.00", {"paid": "95.00", "contractual": "55.00"}, r"come to \$5.00 more than the payment"),
        ("95.00", {"paid": "95.00", "other": "55.00"}, "enter group and reason"),
        ("95.00", {"paid": "95.005", "contractual": "55.00"}, "no amount of dollars and cents"),
        ("", {"paid": "95.00", "contractual": "55.00"}, "Enter the amount of the payment"),
    ],
)
def test_what_does_not_add_up_is_said_and_kept(bench: Bench, amount: str, said: dict[str, str], words: str) -> None:
    with pytest.raises(RemittanceRefusedError, match=words):
        keyed(bench, bench.claim("150.00"), amount, said)
    assert not Remittance.objects.exists()
    [row] = PaperDraft.objects.all()
    assert next(iter(row.claims[0]["lines"].values()))["paid"] == said["paid"]


def test_the_same_keyed_twice_is_refused(bench: Bench) -> None:
    claim = bench.claim("150.00")
    keyed(bench, claim, "150.00", {"paid": "150.00"})
    with pytest.raises(RemittanceRefusedError, match="keyed before"):
        keyed(bench, claim, "150.00", {"paid": "150.00"})


def test_an_835_of_the_same_check_is_noticed_whichever_comes_first(bench: Bench) -> None:
    first, second = bench.claim("150.00"), bench.claim("90.00")
    arrive(bench, remittance(answer(first, "150.00"), trace="20417"))
    row = keyed(bench, first, "150.00", {"paid": "150.00"})
    assert [one["code"] for one in row.held_for] == ["same_trace"]
    keyed(bench, second, "90.00", {"paid": "90.00"}, number="555")
    [late] = arrive(bench, remittance(answer(second, "90.00"), trace="555"), control=2)
    assert [one["code"] for one in late.held_for] == ["same_trace"]
    services.accept(late.pk, code="same_trace", actor=bench.biller)
    late.refresh_from_db()
    assert late.status == "ready"


def test_a_claim_that_was_never_sent_cannot_be_answered(bench: Bench) -> None:
    with pytest.raises(RemittanceRefusedError, match="never sent"):
        draft_of(bench, bench.claim("150.00", sent=False))


def test_the_page_keeps_what_is_typed_and_says_the_difference(room: Room) -> None:
    with room.open():
        claim = room.bench.claim("150.00", copay="25.00")
        fields = typed(claim, {"paid": "95.00", "contractual": "30.00"})
        more = typed(claim, {"copay": "25.00"})
        top = head(room.bench, "95.00")
    room.post("start_paper_remittance")
    with room.open():
        row = PaperDraft.objects.get()
    assert "The claim is on it." in room.post("add_paper_claim", row.pk, claim=claim.pk)
    page = room.post("save_paper_remittance", row.pk, **(top | fields))
    assert "$25.00 of $150.00 is not explained." in page
    assert 'value="95.00"' in room.get("paper_remittance", row.pk)
    refused = room.bob.post(url("finish_paper_remittance", row.pk), top | fields)
    assert refused.status_code == 422
    sums = room.bob.post(url("save_paper_remittance", row.pk), top | fields | more, headers={"HX-Request": "true"})
    assert "It adds up to $95.00" in sums.content.decode()
    page = room.post("finish_paper_remittance", row.pk, **(top | fields | more))
    for words in ("The remittance of $95.00 is keyed. It is ready to post.", "keyed by Bob Keller", "As keyed"):
        assert words in page
    assert room.bob.get(url("paper_remittance", row.pk)).status_code == 404


def test_claims_are_searched_taken_off_and_a_draft_is_thrown_away(room: Room) -> None:
    with room.open():
        claim = room.bench.claim("150.00")
        row = draft_of(room.bench, claim)
    found = room.bob.post(url("search_paper_claims", row.pk), {"q": "lindgren1"}, follow=True)
    assert "lindgren" not in found.redirect_chain[0][0].lower()
    assert "Add the claims it pays" in room.post("remove_paper_claim", row.pk, claim=claim.pk)
    assert "The draft is thrown away." in room.post("discard_paper_remittance", row.pk)
    with room.open():
        assert not PaperDraft.objects.exists()


@pytest.mark.parametrize(("text", "found"), [("$1,234.50", "1234.50"), (" 5 ", "5"), ("", None)])
def test_amounts_are_read_as_people_type_them(text: str, found: str | None) -> None:
    assert amount_of(text) == (Decimal(found) if found else None)


@pytest.mark.parametrize("text", ["abc", "1.234", "NaN", "Infinity", "99999999999999"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        amount_of(text)


CENTS = st.integers(0, 90_000).map(lambda number: Decimal(number) / 100)


@given(CENTS, st.tuples(CENTS, CENTS, CENTS, CENTS, CENTS))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_is_left_of_a_line_is_its_charge_less_all_that_is_typed(
    charge: Decimal, said: tuple[Decimal, ...]
) -> None:
    names = ("paid", "contractual", "deductible", "coinsurance", "copay")
    found, troubles = line(1, "A line", charge, dict(zip(names, map(str, said), strict=True)))
    assert not troubles
    assert found.left == charge - total(said)
