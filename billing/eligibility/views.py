"""Pages about eligibility: the week's list, one answer, and asking."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from billing.claims.views._pages import number
from billing.eligibility import acting, asking, raw, standing, words
from billing.eligibility.errors import EligibilityRefusedError
from billing.eligibility.forms import SettingsForm
from billing.eligibility.selectors import listing, one
from billing.eligibility.selectors.listing import GROUPS, Wanted
from billing.pills import ALL
from clients.models import Coverage
from clients.selectors.parts import part
from practice import audit, clock, files, searches
from practice.acting import act, url
from practice.http import PracticeRequest, page

_TONES: Final = {"stopped": "stop", "changed": "wait", "unverified": "wait"}
_CONTENT: Final = "application/edi-x12"


@page("eligibility:view")
@require_GET
def eligibility(request: PracticeRequest) -> HttpResponse:
    """The coming week by coverage: verified, changed, not confirmed; what is chosen is verified with one click."""
    group = request.GET.get("group", ALL)
    wanted = Wanted(
        group=group if group in GROUPS else ALL,
        payer=number(request, "payer"),
        words=searches.words_of(request),
        sort=request.GET.get("sort", "day"),
        page=request.GET.get("page", "1"),
    )
    found = listing.eligibility_list(request.actor, request.practice, wanted)
    facts = {
        "found": found,
        "page": found.page,
        "wanted": wanted,
        "today": clock.today(request.practice),
        "pills": _pills(request, found.counts, wanted.group),
        "kept": {name: request.GET[name] for name in ("s", "group", "sort") if request.GET.get(name)},
        "progress": _progress(request.GET.get("asked", "")),
        "may_edit": request.actor.may("eligibility:edit"),
        "may_connect": request.actor.may("connections:view"),
    }
    return TemplateResponse(request, "billing/eligibility/list.html", facts)


@page("eligibility:view")
@require_POST
def search_eligibility(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address."""
    kept = {name: request.GET.get(name, "") for name in ("group", "payer", "sort")}
    return redirect(url(request, "eligibility", s=searches.keep(request, request.POST.get("q", "")), **kept))


@page("eligibility:edit")
@require_POST
def verify_many(request: PracticeRequest) -> HttpResponse:
    """Asks about everything that was chosen."""
    chosen = [int(text) for text in request.POST.getlist("coverage") if text.isascii() and text.isdigit()]
    try:
        asked = asking.ask_many(actor=request.actor, coverage_ids=chosen)
    except EligibilityRefusedError as error:
        messages.error(request, str(error))
        return redirect(url(request, "eligibility"))
    if asked.left:
        messages.info(request, words.left_words(asked.left, asked.why).strip())
    return redirect(url(request, "eligibility", asked=str(asked.together)))


@page("eligibility:view")
@require_GET
def eligibility_progress(request: PracticeRequest, together: uuid.UUID) -> HttpResponse:
    """How far a bulk verification is; when it is done, the list anew."""
    found = listing.progress(str(together))
    if found.is_done:
        answer = HttpResponse()
        answer["HX-Redirect"] = url(request, "eligibility", asked=found.together)
        return answer
    return TemplateResponse(request, "billing/eligibility/_progress.html", {"progress": found})


@page("eligibility:edit")
@require_POST
def verify_coverage(request: PracticeRequest, pk: int) -> HttpResponse:
    """Asks the payer about one coverage, now."""
    row = part(request.actor, Coverage, pk)
    back = url(request, "client_coverage", row.client_id) + f"#coverage-{row.pk}"

    def change() -> str:
        check = asking.ask(actor=request.actor, coverage_id=pk)
        return f"{check.payer} is being asked."

    return act(request, change, back)


@page("eligibility:view")
@require_GET
def coverage_eligibility(request: PracticeRequest, pk: int) -> HttpResponse:
    """What stands on the coverage's card, for the page that waits for an answer."""
    row = part(request.actor, Coverage, pk)
    card = one.cards(row.client, request.actor).get(row.pk)
    if card is None:
        raise Http404
    panel = {"card": card, "slug": request.practice.slug}
    facts = {"panel": panel, "practice": request.practice, "today": clock.today(request.practice)}
    return TemplateResponse(request, "billing/eligibility/_coverage.html", facts)


@page("eligibility:view")
@require_GET
def eligibility_check(request: PracticeRequest, pk: int) -> HttpResponse:
    """One answer, with every segment in words; that it was looked at stands in the trail."""
    found = one.check_page(request.actor, request.practice, pk)
    if found is None:
        raise Http404
    audit.record("eligibility.viewed", actor=request.actor, row=found.check, client_id=found.check.client_id)
    facts = {
        "found": found,
        "check": found.check,
        "client": found.check.client,
        "today": clock.today(request.practice),
        "asked_by": words.asked_words(found.check),
        "segments": raw.segments(files.read(found.check.answer)) if found.check.answer else [],
        "may_edit": request.actor.may("eligibility:edit"),
        "may_correct": request.actor.may("clients:edit"),
        "may_set_up": request.actor.may("practice:edit"),
    }
    return TemplateResponse(request, "billing/eligibility/check.html", facts)


@page("eligibility:view")
@require_GET
def eligibility_file(request: PracticeRequest, pk: int, kind: str) -> HttpResponse:
    """The bytes of the question or of the answer, as they went and came."""
    row = one.visible_checks(request.actor).select_related("inquiry", "answer").filter(pk=pk).first()
    file = {"270": row.inquiry, "271": row.answer}.get(kind) if row else None
    if row is None or file is None:
        raise Http404
    audit.record("eligibility.downloaded", actor=request.actor, row=row, client_id=row.client_id, after={"kind": kind})
    answer = HttpResponse(files.read(file), content_type=_CONTENT)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


@page("practice:view")
@require_http_methods(["GET", "POST"])
def eligibility_settings(request: PracticeRequest) -> HttpResponse:
    """Whether payers are asked by themselves, and by what."""
    if not request.practice.treats_clients:
        raise Http404
    if request.method == "POST":
        request.actor.require("practice:edit")
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=standing.wishes())
    if form.is_bound and form.is_valid():
        acting.change_settings(actor=request.actor, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect(url(request, "eligibility_settings"))
    facts = {
        "form": form,
        "known": standing.load(clock.today(request.practice)),
        "may_edit": request.actor.may("practice:edit"),
        "may_connect": request.actor.may("connections:view"),
    }
    return TemplateResponse(request, "billing/eligibility/settings.html", facts, status=422 if form.is_bound else 200)


def _progress(asked: str) -> listing.Progress | None:
    """How far the click in the address is; None without one."""
    try:
        found = listing.progress(str(uuid.UUID(asked))) if asked else None
    except ValueError:
        return None
    return found if found and found.of else None


def _pills(request: PracticeRequest, counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    kept = {name: request.GET.get(name, "") for name in ("s", "payer", "sort")}
    return [
        {
            "label": label,
            "url": url(request, "eligibility", **(kept | {"group": key if key != ALL else ""})),
            "current": key == current,
            "count": counts[key],
            "kind": _TONES.get(key, "") if counts[key] else "",
        }
        for key, label in GROUPS.items()
        if counts[key] or key in {ALL, current}
    ]
