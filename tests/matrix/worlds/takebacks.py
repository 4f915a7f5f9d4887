"""Takebacks: one with money that waits for its claim, one that is disputed, and something that can be undone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from billing.ledger import services as ledger
from billing.ledger.postings import Posting
from billing.ledger.services import Draft
from billing.models import Account, Entry, Takeback, TakebackEvent
from billing.paper import drafts
from billing.takebacks import placing, recording, services
from billing.takebacks.recording import Payer, Told
from practice import clock
from practice.actors import Actor
from practice.models import Practice, PracticePayer
from tests.matrix.world import World, builds

DAY = dt.date(2026, 11, 16)
LATER = dt.date(2026, 12, 1)


@builds
def takebacks(world: World, practice: Practice) -> dict[str, Any]:
    """`taken_back` waits for its claim; `disputed_takeback`; `placed_event` can be undone; `paper_draft` is begun."""
    objects = world.objects[practice.pk]
    actor = Actor.system(practice.pk)
    claim, charge = objects["sent_claim"], objects["sent_charge"]
    _paid(charge, claim.payer_id, practice, actor)
    taken = _takeback(claim.payer, "WO-1", practice, actor)
    disputed = _takeback(claim.payer, "WO-2", practice, actor)
    services.dispute(disputed.pk, on=LATER, note="Refunded before", actor=actor, practice=practice)
    placing.place(taken.pk, claim_id=claim.pk, amount=Decimal("5.00"), actor=actor, practice=practice)
    event = TakebackEvent.objects.get(takeback=taken, kind=TakebackEvent.Kind.PLACED)
    draft = drafts.add_claim(drafts.start(actor=actor).pk, claim_id=claim.pk, actor=actor)
    return {"taken_back": taken, "disputed_takeback": disputed, "placed_event": event, "paper_draft": draft}


def _paid(charge: Any, payer_id: int, practice: Practice, actor: Actor) -> None:
    about = {"client_id": charge.client_id, "charge_id": charge.pk, "clinician_id": charge.clinician_id}
    lines = [
        Posting(Account.PAYER_CLEARING, Decimal("40.00"), payer_id=payer_id, **about),
        Posting(Account.INSURER_RECEIVABLE, Decimal("-40.00"), payer_id=payer_id, **about),
    ]
    ledger.post(Draft(Entry.Kind.REMITTANCE, lines, DAY), practice=practice, actor=actor)


def _takeback(payer: PracticePayer, reference: str, practice: Practice, actor: Actor) -> Takeback:
    """A letter of $60.00 of which $20.00 was withheld."""
    amount = Decimal("20.00")
    lines = [
        Posting(Account.PAYER_BALANCE, amount, payer_id=payer.pk, reference=reference),
        Posting(Account.PAYER_CLEARING, -amount, payer_id=payer.pk),
    ]
    entry = ledger.post(Draft(Entry.Kind.PROVIDER, lines, DAY), practice=practice, actor=actor)
    kinds = TakebackEvent.Kind
    told = [
        Told(reference, kinds.LETTER, DAY, announced=Decimal("60.00")),
        Told(reference, kinds.PAYMENT, DAY, balance=-amount, reason="WO", entry_id=entry.pk),
    ]
    rows = recording.ensure(Payer(payer.pk, payer.name), told, actor=actor)
    recording.record(rows, told, actor=actor, today=clock.today(practice))
    return next(iter(rows.values()))
