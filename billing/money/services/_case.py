"""What every change to client money begins with: the client, locked, and their charges, locked after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404

from billing.ledger import services as ledger
from billing.ledger.postings import Posting
from billing.ledger.services import Draft
from billing.models import Charge, Entry
from billing.money.errors import MoneyRefusedError
from billing.money.policies import visible_clients
from billing.receivables import Owed, owed
from clients.models import Client
from practice import audit, clock
from practice.actors import Actor
from practice.models import Practice
from practice.money import LARGEST, ZERO, cents
from practice.templatetags.caseload import money


@dataclass(frozen=True, slots=True)
class Case:
    """One client's money, locked until the transaction ends, with who acts."""

    actor: Actor
    practice: Practice
    client: Client

    @property
    def today(self) -> dt.date:
        """The present date where the practice is."""
        return clock.today(self.practice)

    def charges(self, ids: Collection[int]) -> dict[int, Charge]:
        """These charges of the client, locked by key. Http404 for one that is not theirs; refuses one taken back."""
        rows = Charge.objects.select_for_update(no_key=True).filter(client=self.client, pk__in=ids)
        found = {row.pk: row for row in rows.order_by("pk")}
        if set(ids) - found.keys():
            raise Http404
        if any(row.undone_at for row in found.values()):
            raise MoneyRefusedError("This charge was taken back. Nothing can be posted to it any more.")
        return found

    def charge(self, pk: int) -> tuple[Charge, Owed]:
        """One charge, locked, with what is open on it."""
        return self.charges([pk])[pk], owed([pk]).get(pk, Owed())

    def open_charges(self) -> dict[int, Decimal]:
        """What the client owes by charge, the oldest first; all of them locked."""
        rows = Charge.objects.select_for_update(no_key=True).filter(client=self.client, undone_at=None)
        charges = list(rows.order_by("pk"))
        found = owed([row.pk for row in charges])
        order = sorted(charges, key=lambda row: (row.service_on, row.pk))
        sums = {row.pk: found.get(row.pk, Owed()).by_client for row in order}
        return {pk: amount for pk, amount in sums.items() if amount > ZERO}

    def post(self, kind: str, lines: list[Posting], *, on: dt.date | None = None, **facts: Any) -> Entry:
        """Writes one entry, effective today unless told otherwise."""
        draft = Draft(kind, lines, on or self.today, **facts)
        return ledger.post(draft, practice=self.practice, actor=self.actor)

    def record(self, action: str, row: Any, **after: Any) -> None:
        """Writes into the trail what was done for this client."""
        audit.record(action, actor=self.actor, row=row, client_id=self.client.pk, after=after)


def lock(actor: Actor, client_id: int) -> Case:
    """The client, locked: whoever changes one client's money waits for the other. Http404 when not there."""
    found = visible_clients(actor).select_for_update(of=("self",), no_key=True).filter(pk=client_id).first()
    if found is None:
        raise Http404
    return Case(actor, Practice.objects.get(pk=actor.practice_id), found)


def lock_by_charge(actor: Actor, charge_id: int) -> Case:
    """The client of a charge, locked; Http404 when there is no such charge."""
    client_id = Charge.objects.filter(pk=charge_id).values_list("client_id", flat=True).first()
    return lock(actor, client_id or 0)


def refuse_amount(amount: Decimal, field: str = "amount") -> None:
    """MoneyRefusedError unless the amount is above zero and whole cents."""
    if amount <= ZERO:
        raise MoneyRefusedError("Give an amount above $0.00.", field)
    if amount != cents(amount):
        raise MoneyRefusedError("An amount has two places after the point.", field)
    if amount > LARGEST:
        raise MoneyRefusedError(f"The largest amount is {money(LARGEST)}.", field)


def refuse_future(day: dt.date, today: dt.date, field: str) -> None:
    """MoneyRefusedError for a day that has not come."""
    if day > today:
        raise MoneyRefusedError("This day is in the future. Money is written down when it is here.", field)


def refuse_above(amount: Decimal, limit: Decimal, sentence: str, field: str = "amount") -> None:
    """MoneyRefusedError with the sentence, in which `{}` is the open amount, when the amount is larger."""
    if amount > max(limit, ZERO):
        raise MoneyRefusedError(sentence.format(money(max(limit, ZERO))), field)


def plain(parts: Mapping[int, Decimal]) -> dict[str, str]:
    """Amounts by charge as the trail keeps them."""
    return {str(charge_id): str(part) for charge_id, part in parts.items()}
