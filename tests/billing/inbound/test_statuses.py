"""What claim acknowledgments (277CA) do to claims."""

from __future__ import annotations

from billing.models import Claim, ClaimEvent
from practice import states
from practice.actors import Actor
from practice.models import PayerRules
from practice.models.payer_rules import ALWAYS
from tests.billing.claim_factories import Bench
from tests.billing.inbound.test_acknowledging import ISA, last
from tests.billing.remittances.hands import status, take


def x277(*claims: str, source: str = "PR", batch: str = "1", receiver: str = "", provider: str = "") -> bytes:
    """A claim acknowledgment: `receiver` and `provider` are statuses above the claims."""
    body = f"BHT*0085*08*{source}1*20261117*0900*TH~HL*1**20*1~NM1*{source}*2*KEYSTONE*****PI*KEY01~TRN*1*T1~"
    body += f"DTP*050*D8*20261117~DTP*009*D8*20261117~HL*2*1*21*1~NM1*41*2*FERN*****46*FERN01~TRN*2*{batch}~"
    body += f"STC*{receiver or 'A1:19:PR'}*20261117*{'U' if receiver else 'WQ'}*1~"
    if claims or provider:
        body += "HL*3*2*19*1~NM1*85*2*FERN*****XX*1234567893~TRN*1*0~"
        body += f"STC*{provider}*20261117*U*1~" if provider else ""
    for place, claim in enumerate(claims, 4):
        body += f"HL*{place}*3*PT~NM1*QC*1*LINDGREN*THEO****MI*K1~{claim}"
    segments = f"ST*277*0001*005010X214~{body}"
    count = segments.count("~") + 1
    group = f"GS*HN*SANDBOX*FERN01*20261117*0900*1*X*005010X214~{segments}SE*{count}*0001~GE*1*1~"
    return f"{ISA}{group}IEA*1*000000009~".encode()


def said(claim: Claim, code: str, text: str = "", icn: str = "") -> str:
    verdict = "U" if code[:2] in {"A3", "A6", "A7", "A8"} else "WQ"
    free = f"********{text}" if text else ""
    number = f"REF*1K*{icn}~" if icn else ""
    return f"TRN*2*{claim.number}~STC*{code}*20261117*{verdict}*150{free}~{number}DTP*472*D8*20261102~"


def test_accepted_received_and_rejected(bench: Bench) -> None:
    claims = [bench.claim("150.00", sent=False) for _ in range(3)]
    bench.send(*claims)
    row = take(
        bench,
        x277(
            said(claims[0], "A2:20", icn="PCN77"),
            said(claims[1], "A1:19"),
            said(claims[2], "A7:164:IL", "MEMBER ID NOT FOUND"),
        ),
    )
    assert [status(claim) for claim in claims] == ["accepted", "received", "rejected"]
    assert claims[0].payer_control_number == "PCN77"
    event = last(claims[2])
    assert (event.title, event.source) == ("Rejected", "277CA, payer")
    assert "A7:164:IL" in event.codes
    assert "MEMBER ID NOT FOUND" in event.detail
    assert row.transactions.get().summary == "1 accepted, 1 received, 1 rejected."


def test_where_the_payer_never_says_more_received_is_accepted(bench: Bench) -> None:
    claims = [bench.claim("150.00", sent=False) for _ in range(3)]
    PayerRules.objects.create(payer=bench.payer, starts_on=ALWAYS, received_is_accepted=True)
    bench.send(*claims)
    take(bench, x277(said(claims[0], "A1:19"), said(claims[1], "A0:20"), said(claims[2], "A7:164")))
    assert [status(claim) for claim in claims] == ["accepted", "received", "rejected"]
    assert last(claims[0]).title == "Accepted"


def test_what_the_clearinghouse_received_is_not_accepted_by_the_payer(bench: Bench) -> None:
    claim = bench.claim("150.00", sent=False)
    PayerRules.objects.create(payer=bench.payer, starts_on=ALWAYS, received_is_accepted=True)
    bench.send(claim)
    take(bench, x277(said(claim, "A1:19"), source="AY"))
    assert status(claim) == "received"


def test_a_file_refused_above_the_claims_rejects_every_claim_in_it(bench: Bench) -> None:
    claims = [bench.claim("150.00", sent=False) for _ in range(4)]
    request = bench.send(*claims)
    take(bench, x277(batch=f"{request.control_number}0001", receiver="A3:24:41"))
    assert [status(claim) for claim in claims] == ["rejected", "rejected", "sent", "sent"]


def test_a_provider_refused_above_a_claim_rejects_the_claim(bench: Bench) -> None:
    claim = bench.claim("150.00")
    take(bench, x277(said(claim, "A2:20"), provider="A3:132:85"))
    assert status(claim) == "rejected"


def test_an_unknown_category_is_never_acceptance(bench: Bench) -> None:
    claim = bench.claim("150.00")
    take(bench, x277(said(claim, "Q9:20")))
    assert status(claim) == "sent"
    assert last(claim).title == "Answered in a way we do not know"


def test_a_refusal_by_the_payer_counts_whatever_the_clearinghouse_says_after(bench: Bench) -> None:
    claim = bench.claim("150.00")
    take(bench, x277(said(claim, "A2:20"), source="AY"))
    assert status(claim) == "accepted"
    take(bench, x277(said(claim, "A3:33")))
    assert status(claim) == "rejected"
    take(bench, x277(said(claim, "A2:21"), source="AY"))
    assert status(claim) == "rejected"
    take(bench, x277(said(claim, "A2:21")))
    assert status(claim) == "accepted"
    assert ClaimEvent.objects.filter(claim=claim, source__startswith="277CA").count() == 4


def test_a_paid_claim_is_never_moved_back(bench: Bench) -> None:
    claim = bench.claim("150.00")
    states.transition(claim, "paid", actor=Actor.system(bench.practice.pk))
    take(bench, x277(said(claim, "A3:33")))
    assert status(claim) == "paid"
    assert last(claim).title == "Rejected"


def test_an_answer_to_an_earlier_sending_does_not_move_the_claim(bench: Bench) -> None:
    claim = bench.claim("150.00")
    early = claim.number
    take(bench, x277(said(claim, "A3:33")))
    states.transition(claim := Claim.objects.get(pk=claim.pk), "ready", actor=Actor.system(bench.practice.pk))
    claim.number = f"{early[:15]}02"
    claim.save(update_fields=["number"])
    bench.send(claim)
    claim.number = early
    take(bench, x277(said(claim, "A3:158")))
    assert Claim.objects.get(pk=claim.pk).status == "sent"
    take(bench, x277(said(Claim.objects.get(pk=claim.pk), "A2:20")))
    assert Claim.objects.get(pk=claim.pk).status == "accepted"


def test_what_was_not_sent_from_here_is_told(bench: Bench) -> None:
    claim = bench.claim("150.00", sent=False)
    found = take(bench, x277(said(claim, "A2:20"))).transactions.get()
    assert found.status == "unmatched"
    assert found.defects == [f"{claim.number} was not sent from here."]
