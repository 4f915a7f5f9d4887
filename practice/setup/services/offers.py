"""What changes which services the practice offers, and its own fees for them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django.db import IntegrityError, transaction

from practice import audit
from practice.actors import Actor
from practice.errors.database import constraint_of
from practice.models import Service, ServiceFee
from practice.overlaps import sharing_a_day
from practice.setup import words
from practice.setup.errors import SetupRefusedError
from practice.setup.services import _common

FACTS: Final = (
    "code", "name", "kind", "add_on_to", "time_min", "time_max", "units_rule",
    "minutes", "needs_diagnosis", "telehealth", "insured",
)  # fmt: skip


@transaction.atomic
def add_service(*, actor: Actor, fee: Decimal | None = None, fee_from: dt.date | None = None, **facts: Any) -> Service:
    """Adds a service with the facts named in `FACTS`, and its fee from a date on when one is given."""
    actor.require("practice:edit")
    service = Service()
    _common.fill(service, _checked(service, facts))
    _common.save_new(service, actor=actor, action="service.added")
    if fee is not None and fee_from is not None:
        set_fee(actor=actor, service_id=service.pk, amount=fee, starts_on=fee_from)
    return service


@transaction.atomic
def change_service(*, actor: Actor, service_id: int, **facts: Any) -> Service:
    """Changes a service. SetupRefusedError for a name in use, times out of order or an add-on to nothing."""
    actor.require("practice:edit")
    service = _common.locked(Service, service_id)
    _common.save_changed(service, _checked(service, facts), actor=actor, action="service.changed")
    return service


@transaction.atomic
def switch_service(*, actor: Actor, service_id: int, is_active: bool) -> Service:
    """Stops offering a service, or offers it again; sessions that had it keep it."""
    actor.require("practice:edit")
    service = _common.locked(Service, service_id)
    _common.save_changed(service, {"is_active": is_active}, actor=actor, action="service.switched")
    return service


@transaction.atomic
def set_fee(*, actor: Actor, service_id: int, amount: Decimal, starts_on: dt.date) -> ServiceFee:
    """The practice's own fee from a date on, in dollars.

    The fee that ran until then ends the day before; one that starts the same day is corrected. SetupRefusedError
    names the fee that would overlap.
    """
    actor.require("practice:edit")
    service = _common.locked(Service, service_id)
    sharing = list(sharing_a_day(ServiceFee.objects.filter(service=service), starts_on, None))
    same_day = next((fee for fee in sharing if fee.starts_on == starts_on), None)
    _refuse_later([fee for fee in sharing if fee.starts_on > starts_on], service)
    if same_day is not None:
        _common.save_changed(same_day, {"amount": amount}, actor=actor, action="fee.changed")
        return same_day
    for running in sharing:
        end = {"ends_on": starts_on - dt.timedelta(days=1)}
        _common.save_changed(running, end, actor=actor, action="fee.ended")
    return _new_fee(actor, service, amount, starts_on)


def _new_fee(actor: Actor, service: Service, amount: Decimal, starts_on: dt.date) -> ServiceFee:
    fee = ServiceFee(service=service)
    _common.fill(fee, {"amount": amount, "starts_on": starts_on})
    try:
        with transaction.atomic():
            fee.save()
    except IntegrityError as error:
        if constraint_of(error) != "service_fee_one_at_a_time":
            raise
        raise SetupRefusedError("Another fee was saved for these days meanwhile. Look again.", "starts_on") from error
    audit.record("fee.set", actor=actor, row=fee, after=audit.snapshot(fee))
    return fee


def _refuse_later(later: list[ServiceFee], service: Service) -> None:
    if later:
        fee = later[0]
        raise SetupRefusedError(
            f"The fee of {words.dollars(fee.amount)} for {service} {words.span(fee.starts_on, fee.ends_on)} overlaps."
            " Choose that day or a later one.",
            "starts_on",
        )


def _checked(service: Service, facts: dict[str, Any]) -> dict[str, Any]:
    values = {name: facts[name] for name in FACTS if name in facts}
    now = {name: values.get(name, getattr(service, name)) for name in FACTS}
    now["code"], now["name"] = str(now["code"]).strip().upper(), str(now["name"]).strip()
    taken = Service.objects.filter(code=now["code"], name__iexact=now["name"])
    _common.refuse_taken_name(taken, service, f"There is a service called {now['code']} {now['name']} already.")
    _refuse_times(now["time_min"], now["time_max"])
    if now["insured"] and not now["code"]:
        raise SetupRefusedError("Insurers need a procedure code. Enter one, or take the tick away.", "code")
    if now["kind"] == Service.Kind.ADD_ON and not now["add_on_to"]:
        raise SetupRefusedError("An add-on names the codes that it is added to.", "add_on_to")
    return values | {"code": now["code"], "name": now["name"]}


def _refuse_times(low: int | None, high: int | None) -> None:
    if low is not None and high is not None and low > high:
        raise SetupRefusedError(f"{low} minutes is more than {high}. The range goes from less to more.", "time_max")
