"""Working one denial."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing import kept
from billing.models import Denial
from billing.remittances import denials as services
from billing.remittances.errors import RemittanceRefusedError
from billing.remittances.forms import FollowUpForm, resolve_form
from billing.remittances.selectors import denials as selectors
from billing.remittances.selectors.denials import DenialPage
from billing.remittances.views._pages import REFUSALS, base, by_form
from practice import audit, clock
from practice.acting import act, url
from practice.http import PracticeRequest, page
from practice.templatetags.caseload import day
from practice.today import counted

R = Denial.Resolution
_SAID: Final = {
    R.RESENT: "The denial is resolved: corrected and resent.",
    R.APPEALED: "The denial is resolved: appealed.",
    R.WRITTEN_OFF: "What was open is written off.",
    R.TO_CLIENT: "What was open is asked of the client.",
}
KIND: Final = "denials"


@page("remittances:view")
@require_GET
def denial(request: PracticeRequest, pk: int) -> HttpResponse:
    """One denial; that it was looked at stands in the trail."""
    return _show(request, pk)


@page("remittances:edit")
@require_POST
def follow_up_denial(request: PracticeRequest, pk: int) -> HttpResponse:
    """Waits for the payer until a day."""
    _found(request, pk)
    form = FollowUpForm(request.POST)

    def change() -> str:
        row = services.follow_up(pk, actor=request.actor, practice=request.practice, **form.cleaned_data)
        return f"It comes back on {day(row.follow_up_on, clock.today(request.practice))}."

    undo = url(request, "reopen_denial", pk)
    done = by_form(request, form, change, url(request, "denial", pk), undo)
    return done or _show(request, pk, 422, follow_up_form=form)


@page("remittances:edit")
@require_POST
def resolve_denial(request: PracticeRequest, pk: int) -> HttpResponse:
    """Says what became of it; written off or moved to the client it is posted so."""
    _found(request, pk)
    resolution = request.POST.get("resolution", "")
    form = resolve_form(resolution, request.POST)

    if form.is_valid():
        try:
            closed = services.close(pk, actor=request.actor, **form.cleaned_data)
        except REFUSALS as error:
            form.refuse(error)
        else:
            undo = url(request, "reopen_denial", pk)
            if closed.entries:
                undo = undo_write_off(request, [pk], [entry.pk for entry in closed.entries])
            messages.success(request, _SAID[R(resolution)], extra_tags=f"undo:{undo}")
            return redirect(url(request, "denial", pk))
    return _show(request, pk, 422, **{f"{resolution}_form": form})


@page("remittances:edit")
@require_POST
def reopen_written_off(request: PracticeRequest) -> HttpResponse:
    """Takes back that denials were written off, or moved to clients, with one click."""
    facts = kept.kept(request, KIND)

    def change() -> str:
        if not facts:
            raise RemittanceRefusedError(kept.GONE)
        rows = services.take_back(denial_ids=facts["denials"], entry_ids=facts["entries"], actor=request.actor)
        are = "is" if len(rows) == 1 else "are"
        return f"{counted(len(rows), 'denial')} {are} back to work, and what was posted is undone."

    return act(request, change, url(request, "denials"))


def undo_write_off(request: PracticeRequest, denials: list[int], entries: list[int]) -> str:
    """The address that takes back what closing denials posted."""
    return url(request, "reopen_written_off", of=kept.keep(request, KIND, {"denials": denials, "entries": entries}))


@page("remittances:edit")
@require_POST
def reopen_denial(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts a denial back to work."""

    def change() -> str:
        services.reopen(pk, actor=request.actor)
        return "The denial is back to work."

    return act(request, change, url(request, "denial", pk))


def _show(request: PracticeRequest, pk: int, status: int = 200, **forms: Any) -> HttpResponse:
    found = _found(request, pk)
    audit.record("denial.viewed", actor=request.actor, row=found.denial, client_id=found.claim.client_id)
    facts = base(request, "denials") | {
        "found": found,
        "denial": found.denial,
        "claim": found.claim,
        "follow_up_form": FollowUpForm(initial={"on": found.denial.follow_up_on, "note": found.denial.note}),
        **{f"{way}_form": resolve_form(way) for way in (R.RESENT, R.APPEALED, R.WRITTEN_OFF, R.TO_CLIENT)},
        "link": found.reason.link(request.practice.slug, found.subject, request.actor),
        "may_edit": request.actor.may("remittances:edit"),
        "may_correct": request.actor.may("claims:edit") and found.may_replace,
        "may_instead": request.actor.may("claims:edit"),
    }
    return TemplateResponse(request, "billing/denials/denial.html", facts | forms, status=status)


def _found(request: PracticeRequest, pk: int) -> DenialPage:
    found = selectors.denial_page(request.actor, pk, clock.today(request.practice))
    if found is None:
        raise Http404
    return found
