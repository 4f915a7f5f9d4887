"""What clients pay: at the visit, by the month or late; a credit and its refund, and a small debt given up."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from billing.money import overview, selectors, services
from desk.demo import fate
from desk.demo.stage import Stage
from practice import clock

METHODS: Final = ("card", "card", "card", "card", "check", "transfer", "cash")
EVERY: Final = {"often": 3, "monthly": 5, "slow": 9}
OVERPAYS, IS_REFUNDED, IS_FORGIVEN = 12, 16, 15
_MORE: Final = Decimal("50.00")


def take(stage: Stage, week: int) -> None:
    """Whoever's turn it is pays what they owe."""
    today = clock.today(stage.practice)
    known = {pk: stage.people[key] for key, pk in stage.ids().items() if key in stage.people}
    for row in sorted(overview.client_money(stage.biller).rows, key=lambda row: row.number):
        person = known.get(row.id)
        if person is None or (week + person.place) % EVERY[person.habit] or person.place == IS_FORGIVEN:
            continue
        more = _MORE if person.place in {OVERPAYS, IS_REFUNDED} and not row.credit else Decimal(0)
        services.take_payment(
            actor=stage.biller,
            client_id=row.id,
            method=(method := fate.choose(METHODS, stage.draws(), "method", person.place)),
            amount=row.owes + more,
            received_on=today,
            reference=str(1000 + fate.draw(stage.draws(), "check", person.place, week)) if method == "check" else "",
        )


def tidy_up(stage: Stage) -> None:
    """Gives a credit back, and gives up on the oldest charge of somebody who cannot pay."""
    today, ids = clock.today(stage.practice), stage.ids()
    by_place = {person.place: ids[key] for key, person in stage.people.items() if key in ids}
    for row in overview.client_money(stage.biller, show=overview.CREDIT).rows:
        if row.id == by_place.get(IS_REFUNDED):
            services.refund(
                actor=stage.biller,
                client_id=row.id,
                method="check",
                amount=row.credit,
                paid_on=today,
                reference="2077",
                note="Paid twice",
            )
    owing = selectors.owing_charges(by_place.get(IS_FORGIVEN, 0), today)
    if owing:
        services.write_off(
            actor=stage.biller,
            charge_id=owing[0].id,
            amount=owing[0].by_client,
            reason="Hardship, agreed with the owner",
        )


def is_time_to_tidy(week: int, weeks: int) -> bool:
    """Once, a little before the end."""
    return week == max(weeks - 2, 1)
