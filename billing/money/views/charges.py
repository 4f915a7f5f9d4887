"""One charge: what is open on it, and what can be done besides paying it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from billing.claims.policies import visible_claims
from billing.earned import earned
from billing.models import Claim, LedgerLine
from billing.money import running, selectors, services
from billing.money.forms import MoveForm, UnapplyForm, WriteOffForm
from billing.money.policies import visible_clients
from billing.money.views._pages import ACCOUNT, act_and_return, address, charge_page, post_form, shown
from practice.http import PracticeRequest, page
from practice.templatetags.caseload import money


@page("money:view")
@require_GET
def client_charge(request: PracticeRequest, pk: int) -> HttpResponse:
    """What the charge is, who owes it, and what happened to it."""
    _, row, facts = charge_page(request, pk)
    return _page(request, row, facts)


@page("money:edit")
@require_POST
def write_off_charge(request: PracticeRequest, pk: int) -> HttpResponse:
    """Gives up what is open."""
    _, row, facts = charge_page(request, pk)
    form = WriteOffForm(request.POST, charge=row)

    def act() -> tuple[str, str]:
        entry = services.write_off(actor=request.actor, charge_id=pk, **form.cleaned_data)
        amount = money(form.cleaned_data["amount"])
        return f"{amount} of {row.name} is written off.", address(request, "undo_money_entry", entry.pk)

    return post_form(request, form, act, _back(request, facts)) or _page(request, row, facts, write_off=form)


@page("money:edit")
@require_POST
def move_charge(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks the other side for part of it."""
    _, row, facts = charge_page(request, pk)
    form = MoveForm(request.POST, charge=row)

    def act() -> tuple[str, str]:
        values = form.cleaned_data
        entry = services.move(actor=request.actor, charge_id=pk, **values)
        to = "the client" if values["to"] == "client" else row.payer
        return f"{money(values['amount'])} of {row.name} is asked of {to}.", address(
            request, "undo_money_entry", entry.pk
        )

    return post_form(request, form, act, _back(request, facts)) or _page(request, row, facts, move=form)


@page("money:edit")
@require_POST
def unapply_charge(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes what was paid off the charge and keeps it as credit."""
    _, row, facts = charge_page(request, pk)
    form = UnapplyForm(request.POST)

    def act() -> tuple[str, str]:
        entry = services.unapply(actor=request.actor, charge_id=pk, **form.cleaned_data)
        amount = money(form.cleaned_data["amount"])
        return f"{amount} is credit again.", address(request, "undo_money_entry", entry.pk)

    return post_form(request, form, act, _back(request, facts)) or _page(request, row, facts, unapply=form)


@page("money:edit")
@require_POST
def undo_money_entry(request: PracticeRequest, pk: int) -> HttpResponse:
    """Reverses a write-off, a move, or credit applied or taken off."""
    lines = LedgerLine.objects.filter(entry=pk, client__in=visible_clients(request.actor).values("pk"))
    client_id = lines.order_by("pk").values_list("client_id", flat=True).first()
    if client_id is None:
        raise Http404

    def act() -> str:
        services.undo_entry(actor=request.actor, entry_id=pk)
        return "It is undone."

    return act_and_return(request, act, address(request, ACCOUNT, client_id))


def _page(request: PracticeRequest, row: selectors.OpenCharge, facts: dict[str, Any], **sent: Any) -> HttpResponse:
    facts |= {
        "lines": running.account_of_charge(row.id, facts["today"]),
        "opens_claims": request.actor.may("claims:view"),
        "write_off_form": sent.get("write_off") or WriteOffForm(charge=row),
        "move_form": sent.get("move") or MoveForm(charge=row),
        "unapply_form": sent.get("unapply") or UnapplyForm(initial={"amount": row.paid}),
        "opened": next(iter(sent), ""),
        "claim": _claim(request, row.id),
        "earned": earned(request.practice, request.actor, [row.id]),
    }
    return shown(request, "billing/money/charge.html", facts, *sent.values())


def _claim(request: PracticeRequest, charge_id: int) -> Claim | None:
    """The newest claim that asks for the charge, for who may open it."""
    if not request.actor.may("claims:view"):
        return None
    return visible_claims(request.actor).filter(lines__charge=charge_id).order_by("-pk").first()


def _back(request: PracticeRequest, facts: dict[str, Any]) -> str:
    return address(request, ACCOUNT, facts["client"].pk)
