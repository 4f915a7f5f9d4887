"""What people do with one answer: look at it, set it aside, take its copay or its payer, and take that back."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from billing import kept
from billing.eligibility import acting, undoing
from billing.eligibility.errors import EligibilityRefusedError
from billing.eligibility.selectors import one
from clients.models import Coverage
from clients.selectors.parts import part
from practice.acting import act, url
from practice.http import PracticeRequest, page
from practice.money import ZERO
from practice.templatetags._words import money

USED: Final = "eligibility"


@page("eligibility:edit")
@require_POST
def look_at_check(request: PracticeRequest, pk: int) -> HttpResponse:
    """What the answer alerts to was seen; it leaves Today."""

    def change() -> str:
        acting.look(actor=request.actor, check_id=pk)
        return "It is looked at and leaves Today."

    return act(request, change, url(request, "eligibility_check", pk), undo=url(request, "look_again_at_check", pk))


@page("eligibility:edit")
@require_POST
def look_again_at_check(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes that back."""

    def change() -> str:
        acting.look_again(actor=request.actor, check_id=pk)
        return "It stands on Today again."

    return act(request, change, url(request, "eligibility_check", pk))


@page("eligibility:edit")
@require_POST
def set_check_aside(request: PracticeRequest, pk: int) -> HttpResponse:
    """The payer is mistaken: its answer holds nothing back."""

    def change() -> str:
        acting.set_aside(actor=request.actor, check_id=pk, why=request.POST.get("why", ""))
        return "The answer is set aside; it holds no claim back."

    return act(request, change, url(request, "eligibility_check", pk), undo=url(request, "count_check_again", pk))


@page("eligibility:edit")
@require_POST
def count_check_again(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes that back."""

    def change() -> str:
        acting.count_again(actor=request.actor, check_id=pk)
        return "The answer counts again."

    return act(request, change, url(request, "eligibility_check", pk))


@page("eligibility:edit")
@require_POST
def use_copay(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts the payer's copay on the coverage."""

    former = undoing.before(_asked_about(request, pk))
    try:
        row = acting.use_copay(actor=request.actor, check_id=pk)
        said = f"The copay with {row.payer} is {money(row.copay or ZERO)} from now on."
        messages.success(request, said, extra_tags=f"undo:{_undo_use(request, former, row)}")
    except EligibilityRefusedError as error:
        messages.error(request, str(error))
    return redirect(url(request, "eligibility_check", pk))


@page("eligibility:edit")
@require_POST
def use_payer(request: PracticeRequest, pk: int) -> HttpResponse:
    """Makes the payer that pays behavioral health the client's coverage."""
    text, former = request.POST.get("position", "0"), undoing.before(_asked_about(request, pk))
    position = int(text) if text.isascii() and text.isdigit() else -1
    try:
        row = acting.use_payer(actor=request.actor, check_id=pk, position=position)
    except EligibilityRefusedError as error:
        messages.error(request, str(error))
        return redirect(url(request, "eligibility_check", pk))
    said = f"{row.payer} is the client’s coverage now, and is asked."
    messages.success(request, said, extra_tags=f"undo:{_undo_use(request, former, row)}")
    return redirect(url(request, "client_coverage", row.client_id))


@page("eligibility:edit")
@require_POST
def undo_use(request: PracticeRequest) -> HttpResponse:
    """Takes back that a copay or a payer was put on the coverage."""
    facts = kept.kept(request, USED)
    if not facts:
        messages.error(request, kept.GONE)
        return redirect(url(request, "eligibility"))
    row = part(request.actor, Coverage, facts["coverage_id"])

    def change() -> str:
        return f"The coverage with {undoing.take_back(actor=request.actor, facts=facts).payer} is as it was before."

    return act(request, change, url(request, "client_coverage", row.client_id))


def _asked_about(request: PracticeRequest, pk: int) -> Coverage:
    """The coverage that a question was about; Http404 where it is not to be seen."""
    check = one.visible_checks(request.actor).select_related("coverage").filter(pk=pk).first()
    if check is None:
        raise Http404
    coverage: Coverage = check.coverage
    return coverage


def _undo_use(request: PracticeRequest, former: undoing.Before, made: Coverage) -> str:
    return url(request, "undo_use", of=kept.keep(request, USED, former.as_facts(made)))
