"""The worklist of denials, and what is done with several of them at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing.claims import resending
from billing.claims.errors import ClaimRefusedError
from billing.claims.selectors import listing
from billing.claims.views._pages import number
from billing.money.errors import MoneyRefusedError
from billing.rebilling import services as rebilling
from billing.rebilling.views import undo_of
from billing.rejections.forms import AssignForm, FollowUpManyForm, GiveUpForm, first_error
from billing.rejections.views import KEPT, kept, pills, where
from billing.remittances import denials_many as services
from billing.remittances.errors import RemittanceRefusedError
from billing.remittances.selectors import worklist
from billing.remittances.selectors.worklist import WORK, Wanted
from billing.remittances.views._pages import base, key
from billing.remittances.views.denials import undo_write_off
from practice import access, clock, searches
from practice.acting import Done, url
from practice.http import PracticeRequest, page
from practice.templatetags.caseload import day, money
from practice.today import counted

_REFUSALS: Final = (RemittanceRefusedError, ClaimRefusedError, MoneyRefusedError)


@page("remittances:view")
@require_GET
def denials(request: PracticeRequest) -> HttpResponse:
    """What payers refused and may still be got, the worst clock first, with the reasons they share."""
    wanted = _wanted(request)
    found = worklist.denial_list(request.actor, request.practice, wanted, clock.today(request.practice))
    filters = listing.filters()
    facts = base(request, "denials") | {
        "found": found,
        "page": found.page,
        "wanted": wanted,
        "pills": pills(request, "denials", found.groups, found.shown.key),
        "filters": filters,
        "people": access.colleagues(request.actor, *services.WORKERS),
        "kept": kept(request),
        "may_edit": request.actor.may("remittances:edit"),
        "may_correct": request.actor.may("claims:edit"),
        "may_write_off": request.actor.may("money:edit"),
        "instead": filters["payers"] if request.actor.may("claims:edit") else [],
    }
    return TemplateResponse(request, "billing/denials/list.html", facts)


@page("remittances:view")
@require_POST
def search_denials(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address."""
    kept_on = {name: request.GET.get(name, "") for name in KEPT if name not in {"s", "reason"}}
    return redirect(url(request, "denials", s=searches.keep(request, request.POST.get("q", "")), **kept_on))


@page("remittances:edit")
@require_POST
def work_denials(request: PracticeRequest) -> HttpResponse:
    """Does one thing with the chosen denials, or with all that match: sends again, assigns, rests, writes off."""
    acts: dict[str, Callable[[PracticeRequest, list[int]], Done]] = {
        "resend": _resend,
        "assign": _assign,
        "follow_up": _follow_up,
        "write_off": _write_off,
        "bill_instead": _bill_instead,
    }
    act = acts.get(request.POST.get("act", ""))
    try:
        if act is not None:
            done = act(request, _chosen(request))
            messages.success(request, done.words, extra_tags=f"undo:{done.undo}" if done.undo else "")
    except _REFUSALS as error:
        messages.error(request, str(error))
    return redirect(url(request, "denials", **where(request)))


def _wanted(request: PracticeRequest) -> Wanted:
    return Wanted(
        words=searches.words_of(request),
        group=request.GET.get("group", WORK),
        reason=request.GET.get("reason", "")[:60],
        payer=number(request, "payer"),
        clinician=number(request, "clinician"),
        who=request.GET.get("who", ""),
        near=request.GET.get("near") == "1",
        sort=request.GET.get("sort", ""),
        page=request.GET.get("page", "1"),
    )


def _chosen(request: PracticeRequest) -> list[int]:
    if request.POST.get("every") == "1":
        return worklist.ids_of(request.actor, _wanted(request), clock.today(request.practice))
    return [int(text) for text in request.POST.getlist("denial") if text.isascii() and text.isdigit()]


def _resend(request: PracticeRequest, ids: list[int]) -> Done:
    return Done(resending.sentence_of(services.resend(actor=request.actor, denial_ids=ids)))


def _assign(request: PracticeRequest, ids: list[int]) -> Done:
    people = access.colleagues(request.actor, *services.WORKERS)
    form = AssignForm(request.POST, people=people)
    if not form.is_valid():
        raise RemittanceRefusedError("Choose somebody of this practice who works denials.")
    to = form.cleaned_data["to"]
    count = services.assign(actor=request.actor, denial_ids=ids, to=to)
    who = f"{people[to]} works" if to else "Nobody in particular works"
    return Done(f"{who} {counted(count, 'denial')} from now on.")


def _follow_up(request: PracticeRequest, ids: list[int]) -> Done:
    form = FollowUpManyForm(request.POST)
    if not form.is_valid():
        raise RemittanceRefusedError(first_error(form))
    count = services.follow_up(actor=request.actor, practice=request.practice, denial_ids=ids, **form.cleaned_data)
    comes = "comes" if count == 1 else "come"
    when = day(form.cleaned_data["on"], clock.today(request.practice))
    return Done(f"{counted(count, 'denial')} {comes} back on {when}.")


def _write_off(request: PracticeRequest, ids: list[int]) -> Done:
    form = GiveUpForm(request.POST)
    if not form.is_valid():
        raise RemittanceRefusedError(first_error(form))
    done = services.write_off(actor=request.actor, denial_ids=ids, note=form.cleaned_data["why"])
    left = f" Of {counted(done.left, 'denial')} nothing was open any more." if done.left else ""
    words = f"{counted(done.count, 'denial')} written off, {money(done.amount)}.{left}"
    return Done(words, undo_write_off(request, done.denials, done.entries) if done.denials else "")


def _bill_instead(request: PracticeRequest, ids: list[int]) -> Done:
    payer = key(request.POST.get("instead", "")) or 0
    sent = rebilling.bill_instead_many(actor=request.actor, practice=request.practice, denial_ids=ids, payer_id=payer)
    return Done(resending.sentence_of(sent), undo_of(request, sent))
