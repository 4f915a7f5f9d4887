"""A practice's books with one of everything that can happen to a charge."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from billing.charges import undo_many
from billing.ledger import services as ledger
from billing.ledger.postings import Posting
from billing.ledger.services import Draft
from billing.models import Account, Charge, Entry
from billing.money import services as money
from clients.models import Client, Coverage
from clinicians.models import Clinician
from practice import clock
from practice.actors import Actor
from practice.models import Practice, PracticePayer
from practice.money import total
from scheduling.models import Attendance, Session, SessionClinician
from tests.billing.money.making import make_charge, make_client, make_clinician, make_service

TODAY = dt.date(2026, 11, 17)
AUGUST = dt.date(2026, 8, 3)
OCTOBER = dt.date(2026, 10, 5)
NOVEMBER = dt.date(2026, 11, 2)


def make_books(practice: Practice, bob: Actor) -> None:
    """Self-pay and insured charges of three months; paid, adjusted, taken back, moved, written off, undone, opened."""
    charlie, dana = make_clinician(), make_clinician(first_name="Dana", last_name="Whitfield", credentials="LCSW")
    keystone, northgate = (PracticePayer.objects.create(name=name) for name in ("Keystone Mutual", "Northgate"))
    maya, theo = make_client(), make_client(2, "Lindgren")
    own = make_charge(practice, maya, charlie, "150.00", day=NOVEMBER)
    money.take_payment(
        actor=bob,
        client_id=maya.pk,
        method="check",
        amount=Decimal("100.01"),
        received_on=TODAY,
        applications={own.pk: Decimal("60.01")},
    )
    old = make_charge(practice, maya, dana, "120.00", day=AUGUST)
    money.write_off(actor=bob, charge_id=old.pk, amount=Decimal("19.99"), reason="Kindness", bad_debt=True)
    paid = insured(practice, theo, charlie, keystone, day=NOVEMBER)
    answer(practice, paid, "100.33", "41.67")
    again = insured(practice, theo, dana, keystone, day=OCTOBER)
    taken = answer(practice, again, "90.00", "20.00")
    ledger.reverse(taken, practice=practice, actor=bob, memo="The payer took it back")
    moved = insured(practice, theo, dana, northgate, day=dt.date(2026, 11, 9))
    money.move(actor=bob, charge_id=moved.pk, amount=Decimal("30.00"), to="client")
    undone = insured(practice, theo, charlie, northgate, day=dt.date(2026, 11, 10))
    undo_many([undone.attendance_id], practice=practice, actor=bob, reason="Wrong day")
    lines = [
        Posting(Account.CLIENT_RECEIVABLE, Decimal("77.10"), client_id=maya.pk),
        Posting(Account.OPENING_BALANCE, Decimal("-77.10"), client_id=maya.pk),
    ]
    ledger.post(Draft(Entry.Kind.OPENING, lines, dt.date(2026, 11, 1)), practice=practice, actor=bob)
    for status in ("late_canceled", "no_show", "scheduled"):
        session_of(practice, theo, charlie, status)


def insured(practice: Practice, client: Client, clinician: Clinician, payer: PracticePayer, *, day: dt.date) -> Charge:
    """$167.00, of which $25.00 are the client's copay."""
    plan = Coverage.objects.filter(client=client, payer=payer).first() or Coverage.objects.create(
        client=client, payer=payer, member_id="K1", starts_on=dt.date(2026, 1, 1),
        rank="primary" if payer.name == "Keystone Mutual" else "secondary",
    )  # fmt: skip
    return make_charge(practice, client, clinician, "167.00", day=day, payer=payer, copay="25.00", coverage=plan)


def answer(practice: Practice, charge: Charge, paid: str, taken_off: str) -> Entry:
    """What an insurer paid and took off, as a remittance posts it."""
    amounts = {Account.PAYER_CLEARING: Decimal(paid), Account.CONTRACTUAL: Decimal(taken_off)}
    amounts[Account.INSURER_RECEIVABLE] = -total(amounts.values())
    lines = [
        Posting(account, amount, charge.client_id, charge.pk, charge.payer_id, charge.clinician_id)
        for account, amount in amounts.items()
    ]
    draft = Draft(Entry.Kind.REMITTANCE, lines, TODAY)
    return ledger.post(draft, practice=practice, actor=Actor.system(practice.pk))


def session_of(practice: Practice, client: Client, clinician: Clinician, status: str, hour: int = 0) -> Attendance:
    """A session of Monday, November 16, that nobody confirmed."""
    hours = {"late_canceled": 9, "no_show": 10, "scheduled": 11, "held": 12}
    start = clock.instant(practice, dt.date(2026, 11, 16), dt.time(hour or hours[status]))
    service, end = make_service(), start + dt.timedelta(minutes=50)
    session = Session.objects.create(service=service, starts_at=start, ends_at=end, made_at=clock.now())
    SessionClinician.objects.create(session=session, clinician=clinician, starts_at=start, ends_at=end)
    return Attendance.objects.create(session=session, client=client, service=service, status=status)
