"""Pages about what payers agreed to pay."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from practice import acting, clock
from practice.http import PracticeRequest, page
from practice.models import Contract, PracticePayer
from practice.setup import lists, pages, services, words
from practice.setup.forms.payers import LEVELS, ContractForm, EndForm, RatesForm, contract_initial


@page("rates:edit")
@require_http_methods(["GET", "POST"])
def add_contract(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks for a payer's new contract, then opens its rates."""
    payer = get_object_or_404(PracticePayer.objects.all(), pk=pk)
    form = ContractForm(pages.posted(request), initial={"starts_on": clock.today(request.practice)})
    made: list[Contract] = []
    if pages.was_saved(
        form,
        lambda: made.append(services.add_contract(actor=request.actor, payer_id=pk, **form.cleaned_data)),
    ):
        messages.success(request, f"{made[0].name} is added. Enter its rates.")
        return redirect(pages.url(request, "contract", pk=made[0].pk))
    return pages.show(request, "contract_add", {"form": form, "payer": payer}, form)


@page("rates:view")
@require_GET
def contract(request: PracticeRequest, pk: int) -> HttpResponse:
    """One contract: its days, and a rate per service and credential level."""
    return _contract_page(request, _contract(pk))


@page("rates:edit")
@require_POST
def change_contract(request: PracticeRequest, pk: int) -> HttpResponse:
    """Saves the name and the days of a contract."""
    row, form = _contract(pk), ContractForm(request.POST)
    if pages.was_saved(
        form, lambda: services.change_contract(actor=request.actor, contract_id=pk, **form.cleaned_data)
    ):
        messages.success(request, f"{form.cleaned_data['name']} is saved.")
        return redirect(pages.url(request, "contract", pk=pk))
    return _contract_page(request, row, form=form)


@page("rates:edit")
@require_POST
def save_contract_rates(request: PracticeRequest, pk: int) -> HttpResponse:
    """Saves the grid of rates."""
    row = _contract(pk)
    form = RatesForm(request.POST, services=lists.rated_services(row), rates=lists.contract_rates(row))
    if pages.was_saved(form, lambda: services.save_rates(actor=request.actor, contract_id=pk, rates=form.rates())):
        messages.success(request, f"The rates of {row.name} are saved.")
        return redirect(pages.url(request, "contract", pk=pk))
    return _contract_page(request, row, rates_form=form)


@page("rates:edit")
@require_POST
def end_contract(request: PracticeRequest, pk: int) -> HttpResponse:
    """Ends a contract; the message offers to undo it."""
    row, form = _contract(pk), EndForm(request.POST)
    if row.ends_on is not None or not form.is_valid():
        messages.error(request, f"Nothing was changed. {row.name} needs a last day, and has none yet.")
        return redirect(pages.url(request, "contract", pk=pk))

    def change() -> str:
        ended = services.end_contract(actor=request.actor, contract_id=pk, **form.cleaned_data)
        return f"{ended.name} ends {words.date(ended.ends_on or ended.starts_on)}."

    undo = pages.url(request, "reopen_contract", pk=pk)
    return acting.act(request, change, pages.url(request, "contract", pk=pk), undo)


@page("rates:edit")
@require_POST
def reopen_contract(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes the end of a contract back."""

    def change() -> str:
        return f"{services.reopen_contract(actor=request.actor, contract_id=pk).name} has no end again."

    return acting.act(request, change, pages.url(request, "contract", pk=pk))


@page("rates:edit")
@require_http_methods(["GET", "POST"])
def copy_contract(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks for the days of a new contract with the same rates."""
    row = _contract(pk)
    form = ContractForm(pages.posted(request), initial={"starts_on": _following(row, clock.today(request.practice))})
    made: list[Contract] = []
    if pages.was_saved(
        form,
        lambda: made.append(services.copy_contract(actor=request.actor, contract_id=pk, **form.cleaned_data)),
    ):
        messages.success(request, f"{made[0].name} starts with the rates of {row.name}.")
        return redirect(pages.url(request, "contract", pk=made[0].pk))
    return pages.show(request, "contract_add", {"form": form, "payer": row.payer, "copied": row}, form)


def _contract(pk: int) -> Contract:
    return get_object_or_404(Contract.objects.select_related("payer"), pk=pk)


def _following(row: Contract, today: dt.date) -> dt.date:
    """The day after the contract ends, else the first of the next year."""
    return row.ends_on + dt.timedelta(days=1) if row.ends_on else dt.date(today.year + 1, 1, 1)


def _contract_page(
    request: PracticeRequest, row: Contract, form: ContractForm | None = None, rates_form: RatesForm | None = None
) -> TemplateResponse:
    today = clock.today(request.practice)
    grid = RatesForm(services=lists.rated_services(row), rates=lists.contract_rates(row))
    facts = {
        "contract": row,
        "phase": lists.phase(row.starts_on, row.ends_on, today),
        "form": form or ContractForm(initial=contract_initial(row)),
        "rates_form": rates_form or grid,
        "end_form": EndForm(initial={"ends_on": dt.date(today.year, 12, 31)}),
        "levels": [label for _, label in LEVELS],
        "may_edit_rates": request.actor.may("rates:edit"),
    }
    bound = [found for found in (form, rates_form) if found is not None]
    return pages.show(request, "contract", facts, *bound)
