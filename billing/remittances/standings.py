"""How charges stand before an answer is posted, read from the ledger in a few statements, the rows locked before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from django.db.models import Q

from billing.ledger.postings import ChargeFacts
from billing.models import Account, Charge, Entry, LedgerLine
from billing.receivables import Owed, owed, owed_by_later
from billing.remittances.posting import Standing
from clients.models import Client
from practice.money import ZERO

_ENDS: Final = (Entry.Kind.PAYMENT, Entry.Kind.APPLY, Entry.Kind.WRITE_OFF)


def lock_charges(charge_ids: Iterable[int]) -> dict[int, ChargeFacts]:
    """The charges, locked after their clients and in the order in which money services lock them."""
    ids = list(charge_ids)
    clients = Charge.objects.filter(pk__in=ids).values_list("client_id", flat=True)
    held = Client.objects.select_for_update(no_key=True).filter(pk__in=set(clients)).order_by("pk")
    list(held.values_list("pk", flat=True))
    rows = Charge.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    facts = rows.values_list("pk", "client_id", "clinician_id", "payer_id", "amount")
    return {fact[0]: ChargeFacts(*fact) for fact in facts}


def standings(charge_ids: Iterable[int]) -> dict[int, Standing]:
    """Each charge as it stands; one without lines stands at nothing."""
    ids = list(charge_ids)
    open_now, settled, later = owed(ids), _settled(ids), owed_by_later(ids)
    found = {}
    for pk in ids:
        now, (paid, given_up) = open_now.get(pk, Owed()), settled.get(pk, (ZERO, ZERO))
        of_later = later.get(pk, {})
        found[pk] = Standing(
            now.by_insurer,
            now.by_client,
            now.by_client + paid + given_up,
            paid,
            {coverage: one.by_insurer for coverage, one in of_later.items()},
            {coverage: one.by_client for coverage, one in of_later.items()},
        )
    return found


def _settled(ids: Sequence[int]) -> dict[int, tuple[Decimal, Decimal]]:
    """What clients paid on each charge, and what was given up of their share."""
    rows = LedgerLine.objects.filter(
        Q(entry__kind__in=_ENDS) | Q(entry__kind=Entry.Kind.REVERSAL, entry__reverses__kind__in=_ENDS),
        charge__in=ids,
        account=Account.CLIENT_RECEIVABLE,
    )
    found: dict[int, tuple[Decimal, Decimal]] = {}
    for pk, amount, kind, before in rows.values_list("charge_id", "amount", "entry__kind", "entry__reverses__kind"):
        if pk is not None:
            paid, given_up = found.get(pk, (ZERO, ZERO))
            gave_up = Entry.Kind.WRITE_OFF in (kind, before)
            found[pk] = (paid, given_up - amount) if gave_up else (paid - amount, given_up)
    return found
