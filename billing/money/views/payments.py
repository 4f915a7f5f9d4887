"""Payments, credit and refunds of one client."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from billing.models import ClientPayment
from billing.money import previewing, selectors, services
from billing.money.forms import AppliedForm, PaymentForm, RefundForm, TakeBackForm, first_values
from billing.money.policies import visible_clients
from billing.money.views._pages import ACCOUNT, act_and_return, address, money_page, numbers, post_form, sent, shown
from billing.money.words import method_words
from practice import clock
from practice.http import PracticeRequest, page
from practice.money import ZERO, total
from practice.templatetags.caseload import money


@page("money:edit")
@require_http_methods(["GET", "POST"])
def take_payment(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks what was received and what it pays, and posts it."""
    _, facts = money_page(request, pk)
    form = _payment_form(request, pk, facts["today"])
    back = address(request, ACCOUNT, pk)

    def act() -> tuple[str, str]:
        payment = services.take_payment(actor=request.actor, client_id=pk, **form.facts())
        return f"The payment of {money(payment.amount)} is posted.", address(request, "undo_payment", payment.pk)

    done = post_form(request, form, act, back) if form.is_bound else None
    if done is not None:
        return done
    facts |= {"form": form, "back": back, "preview": _preview_of(form)}
    return shown(request, "billing/money/payment.html", facts, form)


@page("money:edit")
@require_GET
def preview_payment(request: PracticeRequest, pk: int) -> HttpResponse:
    """What the payment would do: laid out anew when the amount changes, counted when a part does."""
    client = get_object_or_404(visible_clients(request.actor), pk=pk)
    charges = selectors.owing_charges(client.pk, clock.today(request.practice))
    amount = previewing.amount_of(request.GET.get("amount", ""))
    if request.htmx.trigger_name == "amount":
        parts = previewing.spread(amount, charges, numbers(request, "charge"))
        template = "billing/money/_applied.html"
    else:
        parts = {row.id: previewing.amount_of(request.GET.get(f"apply_{row.id}", "")) for row in charges}
        template = "billing/money/_rest.html"
    form = PaymentForm(charges=charges, parts=parts, preview_url=request.get_full_path().partition("?")[0])
    return TemplateResponse(request, template, {"form": form, "preview": previewing.preview(amount, parts)})


@page("money:edit")
@require_http_methods(["GET", "POST"])
def apply_credit(request: PracticeRequest, pk: int) -> HttpResponse:
    """Pays charges from the client's credit."""
    client, facts = money_page(request, pk)
    charges = selectors.owing_charges(client.pk, facts["today"])
    form = AppliedForm(sent(request), charges=charges, parts=previewing.spread(facts["balance"].credit, charges, []))
    back = address(request, ACCOUNT, pk)

    def act() -> tuple[str, str]:
        parts = form.applications()
        services.apply_credit(actor=request.actor, client_id=pk, applications=parts)
        return f"{money(total(parts.values()))} of credit is applied.", ""

    done = post_form(request, form, act, back) if form.is_bound else None
    if done is not None:
        return done
    return shown(request, "billing/money/credit.html", facts | {"form": form, "back": back}, form)


@page("money:edit")
@require_http_methods(["GET", "POST"])
def refund_client(request: PracticeRequest, pk: int) -> HttpResponse:
    """Writes down that credit went back to the client."""
    _, facts = money_page(request, pk)
    form = RefundForm(sent(request), initial=first_values(facts["today"], facts["balance"].credit))
    back = address(request, ACCOUNT, pk)

    def act() -> tuple[str, str]:
        refund = services.refund(actor=request.actor, client_id=pk, **form.facts())
        return f"The refund of {money(refund.amount)} is posted.", address(request, "undo_payment", refund.pk)

    done = post_form(request, form, act, back) if form.is_bound else None
    if done is not None:
        return done
    return shown(request, "billing/money/refund.html", facts | {"form": form, "back": back}, form)


@page("money:edit")
@require_POST
def undo_payment(request: PracticeRequest, pk: int) -> HttpResponse:
    """Undo right after a payment or a refund was posted; later it is taken back with a reason."""
    payment = _payment(request, pk)

    def act() -> str:
        services.reverse_payment(actor=request.actor, payment_id=pk)
        return f"The {payment.get_direction_display().lower()} of {money(payment.amount)} is taken back."

    return act_and_return(request, act, address(request, ACCOUNT, payment.client_id))


@page("money:edit")
@require_http_methods(["GET", "POST"])
def take_back_payment(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks why a payment or a refund is taken back, and takes it back."""
    payment = _payment(request, pk)
    _, facts = money_page(request, payment.client_id)
    form, back = TakeBackForm(sent(request)), address(request, ACCOUNT, payment.client_id)
    name = f"{payment.get_direction_display().lower()} of {money(payment.amount)}"

    def act() -> tuple[str, str]:
        services.reverse_payment(actor=request.actor, payment_id=pk, reason=form.reason)
        return f"The {name} is taken back.", ""

    done = post_form(request, form, act, back) if form.is_bound else None
    if done is not None:
        return done
    facts |= {"form": form, "back": back, "payment": payment, "name": name, "how": method_words(payment)}
    return shown(request, "billing/money/take_back.html", facts, form)


def _payment(request: PracticeRequest, pk: int) -> ClientPayment:
    return get_object_or_404(ClientPayment.objects.filter(client__in=visible_clients(request.actor)), pk=pk)


def _payment_form(request: PracticeRequest, pk: int, today: Any) -> PaymentForm:
    charges, chosen = selectors.owing_charges(pk, today), numbers(request, "charge")
    wanted = [row.by_client for row in charges if not chosen or row.id in chosen]
    amount = total(wanted)
    chosen_in_url = request.META.get("QUERY_STRING", "")
    return PaymentForm(
        sent(request),
        charges=charges,
        parts=previewing.spread(amount, charges, chosen),
        preview_url=address(request, "preview_payment", pk) + (f"?{chosen_in_url}" if chosen else ""),
        initial=first_values(today, amount),
    )


def _preview_of(form: PaymentForm) -> previewing.Preview:
    parts = {row.id: previewing.amount_of(str(field.value() or "")) for row, field in form.applied}
    return previewing.preview(previewing.amount_of(str(form["amount"].value() or ZERO)), parts)
