"""Random sessions over every case, billed, sent, and sent again by the product: pyx12 accepts each claim."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import pytest

from billing.claims import batching, correcting, leaving, resending
from billing.claims.arriving import record_sent
from billing.claims.grouping import MOST_LINES
from billing.inbound import reading
from billing.inbound.services import receive
from billing.models import Batch, Charge, Claim, ClaimLine, InboundFile, Request
from clients.models import Coverage
from edi.claims.reading import read_file
from edi.remittances import model as x12
from practice import files, states
from scheduling.models import Attendance
from tests.billing.claim_factories import PAYER, Bench, answer, line, remittance
from tests.billing.claims.hands import Post, content
from tests.billing.claims.town import CASES, Town, build
from tests.billing.inbound.test_statuses import said, x277
from tests.billing.remittances.hands import arrive_and_post
from tests.edi.oracles import pyx12_errors

pytestmark = pytest.mark.django_db
QUICK, ALL = 40, 1000
AGAIN = 5
"""Of so many claims one is rejected and one is taken, and go again."""
CENT: Final = Decimal("0.01")


@pytest.fixture
def town(post: Post) -> Town:
    return build(post)


def billed(town: Town, seeds: Sequence[int]) -> list[Attendance]:
    """The sessions of these seeds, each billed by one click and none left."""
    rows = [row for seed in seeds for row in town.add(seed)]
    run = town.post.bill(*rows)
    assert [one["titles"] for one in run.left] == []
    return rows


def leave(town: Town) -> int:
    """Lets every batch leave; how many claims are in its files, each of which pyx12 accepts."""
    count = 0
    for batch in Batch.objects.filter(status=Batch.Status.WAITING).order_by("pk"):
        batching.send_now(actor=town.post.bob, batch_id=batch.pk)
        leaving.leave(town.post.practice.pk, str(batch.pk))
        for request in Request.objects.filter(batch=batch):
            assert pyx12_errors(files.read(request.file)) == []
            states.transition(request, Request.Status.SENDING, actor=town.post.system)
            record_sent(request, actor=town.post.system)
            count += request.claim_count
    assert list(Claim.objects.filter(status=Claim.Status.DRAFT).values_list("problems", flat=True)) == []
    return count


def answered(town: Town, claims: Sequence[Claim]) -> None:
    """The payers reject one of these and take the next."""
    told = [
        said(claim, "A2:20", icn=f"ICN{claim.pk}") if place % 2 else said(claim, "A7:164", "MEMBER ID NOT FOUND")
        for place, claim in enumerate(claims)
    ]
    row = receive(
        x277(*told), name="answer.x12", source=InboundFile.Source.CONNECTION, connection=town.post.connection,
        actor=town.post.bob, practice=town.post.practice,
    )  # fmt: skip
    reading.perform(town.post.practice.pk, str(row.pk))


def again(town: Town) -> int:
    """What came back goes again: corrected as an original, replaced, or voided where the payer takes voids."""
    sent = list(Claim.objects.filter(status=Claim.Status.SENT).order_by("pk"))
    answered(town, sent[:: len(sent) // max(len(sent) // AGAIN, 1)])
    rejected = Claim.objects.filter(status=Claim.Status.REJECTED)
    resending.resend_many(actor=town.post.bob, claim_ids=list(rejected.values_list("pk", flat=True)))
    taken = list(Claim.objects.filter(status=Claim.Status.ACCEPTED).select_related("payer").order_by("pk"))
    replaced, voided = taken[::2], [claim for claim in taken[1::2] if claim.payer.name != "Payer 6"]
    resending.replace_many(actor=town.post.bob, claim_ids=[claim.pk for claim in replaced])
    made = [correcting.void(actor=town.post.bob, claim_id=claim.pk) for claim in voided]
    if made:
        batching.batch_ready(actor=town.post.bob, claim_ids=[claim.pk for claim in made])
    return leave(town)


def paid(town: Town, most: int) -> None:
    """First payers answer line by line and leave a part to the second; the next claims are made."""
    twice = Coverage.objects.filter(rank="secondary").values("client")
    rows = Claim.objects.filter(status=Claim.Status.SENT, follows=None, client__in=twice).select_related("payer")
    assert town.post.connection is not None
    bench = Bench(town.post.practice, town.post.bob, town.payers[0], town.people[0], town.post.connection)
    for place, claim in enumerate(rows.order_by("pk")[:most], 1):
        name, payer_id = claim.payer.name.upper(), claim.payer.payer_id
        payer = x12.Organization(name, "XV", payer_id, PAYER.address, (), PAYER.contacts)
        said = remittance(half_of(claim), trace=f"EFT{claim.pk}", payer=payer)
        arrive_and_post(bench, said, control=1000 + place)
    assert list(Claim.objects.filter(status=Claim.Status.DRAFT).values_list("problems", flat=True)) == []
    waiting = Claim.objects.filter(status=Claim.Status.READY, follows__isnull=False)
    ids = list(waiting.values_list("pk", flat=True))
    if ids:
        batching.batch_ready(actor=town.post.bob, claim_ids=ids)


def half_of(claim: Claim) -> x12.ClaimPayment:
    """Half of each line is paid, a quarter left to the client, the rest taken off."""
    said, paid_ = [], Decimal("0.00")
    for row in ClaimLine.objects.filter(claim=claim).order_by("position"):
        part, share = (row.amount / 2).quantize(CENT), (row.amount / 4).quantize(CENT)
        said.append(line(row, part, f"CO-45 {row.amount - part - share}, PR-2 {share}"))
        paid_ += part
    return answer(claim, paid_, lines=said)


def whole(rows: Sequence[Attendance]) -> None:
    """Every insured charge is asked for exactly once; claims are of one kind, within their limits, add-ons beside."""
    charges = set(Charge.objects.filter(attendance__in=[row.pk for row in rows], payer__isnull=False).values_list("pk"))
    lines = list(ClaimLine.objects.select_related("charge__attendance", "claim"))
    assert sorted((one.charge_id,) for one in lines) == sorted(charges)
    by_claim: dict[Claim, list[ClaimLine]] = {}
    for one in lines:
        by_claim.setdefault(one.claim, []).append(one)
    for claim, own in by_claim.items():
        assert len(own) <= MOST_LINES
        sessions = {line.charge.attendance_id for line in own if line.charge.kind == Charge.Kind.SESSION}
        assert {line.charge.attendance_id for line in own} == sessions
        assert claim.session_count == len(sessions) == claim.sessions.count()
        assert claim.total == sum(line.amount for line in own)
        assert {line.charge.client_id for line in own} == {claim.client_id}
        assert {(line.service_on.year, line.service_on.month) for line in own} == {
            (claim.service_on.year, claim.service_on.month)
        }
        assert {tuple(line.charge.attendance.diagnoses) for line in own} == {tuple(claim.diagnoses)}
        assert {min(line.service_on for line in own)} == {claim.service_on}
        assert max(line.service_on for line in own) == claim.last_on


def through(town: Town, seeds: Sequence[int]) -> int:
    """From the calendar to the files; how many claims pyx12 accepted."""
    rows = billed(town, seeds)
    whole(rows)
    count = leave(town)
    assert count == Claim.objects.count()
    paid(town, 5)
    return count + leave(town) + again(town)


def test_random_sessions_become_claims_that_pyx12_accepts(town: Town) -> None:
    assert through(town, range(QUICK)) > QUICK


def test_they_hold_every_case(town: Town) -> None:
    """Nobody takes a case out of the drawing unseen."""
    through(town, range(len(CASES) * 6))
    text = "".join(files.read(request.file).decode() for request in Request.objects.all())
    for code in ("90785", "90833", "90836", "90839", "90840", "90846", "90847", "90853", "H0004", "96131"):
        assert f"HC:{code}" in text, code
    for mark in (":95", ":GT", ":93", ":FQ", ":HO", ":HL", "*02:B:", "*10:B:", "*11:B:1", "*11:B:7", ":B:8"):
        assert mark in text, mark
    for segment in ("REF*G1", "REF*F8", "NM1*DN", "NM1*DQ", "NM1*77", "PAT*19", "PAT*01", "DTP*472", "SVD*"):
        assert segment in text, segment
    claims = [
        claim
        for request in Request.objects.all()
        for file in read_file(content(request))
        for transaction in file.transactions
        for claim in transaction.claims
    ]
    assert any(len({line.service_date for line in claim.lines}) > 2 for claim in claims)
    assert any(claim.delay_reason for claim in claims)


@pytest.mark.long
def test_a_thousand_random_claims_are_accepted(town: Town) -> None:
    count, seed = 0, 0
    while count < ALL:
        count, seed = count + through_more(town, range(seed, seed + 250)), seed + 250
    assert count >= ALL


def through_more(town: Town, seeds: Sequence[int]) -> int:
    """A further click and what becomes of it."""
    billed(town, seeds)
    count = leave(town)
    paid(town, 40)
    return count + leave(town) + again(town)
