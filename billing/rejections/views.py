"""The worklist of claims that came back, and what is done with several of them at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing.claims import resending
from billing.claims.errors import ClaimRefusedError
from billing.claims.selectors import listing
from billing.claims.views._pages import number, tabs
from billing.kept import GONE, keep
from billing.kept import kept as kept_facts
from billing.money.errors import MoneyRefusedError
from billing.rejections import selectors, services
from billing.rejections.errors import WorkRefusedError
from billing.rejections.forms import AssignForm, FollowUpManyForm, GiveUpForm, first_error
from billing.rejections.selectors import WORK, Wanted
from practice import access, clock, searches
from practice.acting import Done, url
from practice.http import PracticeRequest, page
from practice.templatetags.caseload import day, money
from practice.today import counted

KEPT: Final = ("s", "group", "reason", "payer", "clinician", "who", "near", "sort")
KIND: Final = "rejections"
_REFUSALS: Final = (WorkRefusedError, ClaimRefusedError, MoneyRefusedError)


@page("claims:view")
@require_GET
def rejections(request: PracticeRequest) -> HttpResponse:
    """What came back, what is at stake, and the reasons claims share."""
    wanted = wanted_of(request)
    found = selectors.rejections(request.actor, request.practice, wanted)
    facts = {
        "found": found,
        "page": found.page,
        "wanted": wanted,
        "today": clock.today(request.practice),
        "tabs": tabs(request, "rejections"),
        "pills": pills(request, "rejections", found.groups, found.shown.key),
        "filters": listing.filters(),
        "people": access.colleagues(request.actor, *services.WORKERS),
        "kept": kept(request),
        "may_edit": request.actor.may("claims:edit"),
        "may_write_off": request.actor.may("money:edit"),
    }
    return TemplateResponse(request, "billing/rejections/list.html", facts)


@page("claims:view")
@require_POST
def search_rejections(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address."""
    kept_on = {name: request.GET.get(name, "") for name in KEPT if name not in {"s", "reason"}}
    return redirect(url(request, "rejections", s=searches.keep(request, request.POST.get("q", "")), **kept_on))


@page("claims:edit")
@require_POST
def work_rejections(request: PracticeRequest) -> HttpResponse:
    """Does one thing with the chosen claims, or with all that match: sends again, assigns, rests, gives up."""
    acts: dict[str, Callable[[PracticeRequest, list[int]], str | Done]] = {
        "resend": _resend,
        "assign": _assign,
        "follow_up": _follow_up,
        "give_up": _give_up,
    }
    act = acts.get(request.POST.get("act", ""))
    try:
        if act is not None:
            made = act(request, _chosen(request))
            done = made if isinstance(made, Done) else Done(made)
            messages.success(request, done.words, extra_tags=f"undo:{done.undo}" if done.undo else "")
    except _REFUSALS as error:
        messages.error(request, str(error))
    return redirect(url(request, "rejections", **where(request)))


@page("claims:edit")
@require_POST
def take_up_again(request: PracticeRequest) -> HttpResponse:
    """Takes back that claims were given up with one click."""
    facts = kept_facts(request, KIND)
    try:
        if not facts:
            raise WorkRefusedError(GONE)
        rows = services.take_up_again(actor=request.actor, claim_ids=facts["claims"], entry_ids=facts["entries"])
        are = "is" if len(rows) == 1 else "are"
        messages.success(request, f"The write-off is undone, and {counted(len(rows), 'claim')} {are} ready to send.")
    except _REFUSALS as error:
        messages.error(request, str(error))
    return redirect(url(request, "rejections"))


def wanted_of(request: PracticeRequest) -> Wanted:
    """What the address asks for."""
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


def where(request: PracticeRequest) -> dict[str, str]:
    """The list as it was narrowed, sorted and turned to a page, for the way back to it."""
    return {name: request.GET.get(name, "") for name in (*KEPT, "page")}


def kept(request: PracticeRequest) -> dict[str, str]:
    """What the form of filters carries along."""
    return {name: request.GET[name] for name in ("s", "group", "reason", "sort") if request.GET.get(name)}


def pills(request: PracticeRequest, name: str, groups: list[Any], current: str) -> list[dict[str, Any]]:
    """The groups with their counts; changing the group forgets the reason."""
    carried = {key: request.GET.get(key, "") for key in KEPT if key not in {"reason", "group"}}
    return [
        {
            "label": group.label,
            "url": url(request, name, **(carried | {"group": group.key if group.key != WORK else ""})),
            "current": group.key == current,
            "count": group.count,
            "kind": "stop" if group.key == WORK and group.count else "",
        }
        for group in groups
    ]


def _chosen(request: PracticeRequest) -> list[int]:
    if request.POST.get("every") == "1":
        return selectors.ids_of(request.actor, request.practice, wanted_of(request))
    return [int(text) for text in request.POST.getlist("claim") if text.isascii() and text.isdigit()]


def _resend(request: PracticeRequest, ids: list[int]) -> str:
    if not ids:
        raise WorkRefusedError("Choose at least one claim to send again.")
    return resending.sentence_of(resending.resend_many(actor=request.actor, claim_ids=ids))


def _assign(request: PracticeRequest, ids: list[int]) -> str:
    people = access.colleagues(request.actor, *services.WORKERS)
    form = AssignForm(request.POST, people=people)
    if not form.is_valid():
        raise WorkRefusedError("Choose somebody of this practice who works claims.")
    to = form.cleaned_data["to"]
    count = services.assign(actor=request.actor, claim_ids=ids, to=to)
    who = f"{people[to]} works" if to else "Nobody in particular works"
    return f"{who} {counted(count, 'claim')} from now on."


def _follow_up(request: PracticeRequest, ids: list[int]) -> str:
    form = FollowUpManyForm(request.POST)
    if not form.is_valid():
        raise WorkRefusedError(first_error(form))
    count = services.follow_up(actor=request.actor, practice=request.practice, claim_ids=ids, **form.cleaned_data)
    comes = "comes" if count == 1 else "come"
    when = day(form.cleaned_data["on"], clock.today(request.practice))
    return f"{counted(count, 'claim')} {comes} back on {when}."


def _give_up(request: PracticeRequest, ids: list[int]) -> Done:
    form = GiveUpForm(request.POST)
    if not form.is_valid():
        raise WorkRefusedError(first_error(form))
    done = services.give_up(actor=request.actor, claim_ids=ids, reason=form.cleaned_data["why"])
    undo = url(request, "take_up_again", of=keep(request, KIND, {"claims": done.claims, "entries": done.entries}))
    return Done(f"{counted(done.count, 'claim')} withdrawn, {money(done.amount)} written off.", undo)
