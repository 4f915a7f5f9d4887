"""The files that came back: the list, one file, one transaction in it, and the bytes themselves."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from billing.inbound import selectors, services, sorting
from billing.inbound.policies import visible_files
from billing.remittances.views._pages import base
from practice import audit, files
from practice.acting import act, url
from practice.http import PracticeRequest, page


@page("claims:view", "remittances:view")
@require_GET
def answers(request: PracticeRequest) -> HttpResponse:
    """Every file that came back, newest first."""
    found = selectors.file_list(request.actor, request.GET.get("group", ""), request.GET.get("page", "1"))
    pills = [
        {
            "label": label,
            "url": url(request, "answers", group="" if key == selectors.ALL else key),
            "current": key == found.shown,
            "count": count,
            "kind": "wait" if key == "look" and count else "",
        }
        for key, label, count in found.groups
    ]
    return _show(request, "list", {"found": found, "page": found.page, "pills": pills})


@page("claims:view", "remittances:view")
@require_GET
def answer(request: PracticeRequest, pk: int) -> HttpResponse:
    """One file with what stood in it; while it is being read the page looks again by itself."""
    found = selectors.file_page(request.actor, pk)
    if found is None:
        raise Http404
    audit.record("inbound.viewed", actor=request.actor, row=found[0].file)
    facts = {"row": found[0], "file": found[0].file, "parts": found[1]}
    return _show(request, "_file" if request.htmx else "file", facts)


@page("claims:view", "remittances:view")
@require_GET
def answer_part(request: PracticeRequest, pk: int) -> HttpResponse:
    """One transaction: what it says, segment by segment."""
    found = selectors.part_page(request.actor, pk, request.GET.get("page", "1"))
    if found is None:
        raise Http404
    audit.record("inbound.viewed", actor=request.actor, row=found.row.part)
    return _show(request, "part", {"found": found, "part": found.row.part, "file": found.row.part.inbound})


@page("claims:view", "remittances:view")
@require_GET
def answer_file(request: PracticeRequest, pk: int) -> HttpResponse:
    """The file exactly as it arrived."""
    row = get_object_or_404(visible_files(request.actor).select_related("file"), pk=pk)
    audit.record("inbound.downloaded", actor=request.actor, row=row)
    response = HttpResponse(files.read(row.file), content_type="application/edi-x12")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.name)
    return response


@page("claims:edit", "remittances:edit")
@require_POST
def read_answer_again(request: PracticeRequest, pk: int) -> HttpResponse:
    """Reads a file once more that could not be read."""

    def change() -> str:
        row = services.read_again(pk, actor=request.actor, practice=request.practice)
        return f"{row.name} is being read again."

    return act(request, change, url(request, "answer", pk))


@page("claims:edit", "remittances:edit")
@require_POST
def set_file_aside(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a file that cannot be read off the list; the message offers to undo it."""

    def change() -> str:
        row = sorting.set_file_aside(pk, actor=request.actor)
        return f"{row.name} is set aside."

    return act(request, change, url(request, "answers"), url(request, "bring_file_back", pk))


@page("claims:edit", "remittances:edit")
@require_POST
def bring_file_back(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts it back on the list; the message offers to undo it."""

    def change() -> str:
        row = sorting.bring_file_back(pk, actor=request.actor)
        return f"{row.name} is to be looked at again."

    return act(request, change, url(request, "answer", pk), url(request, "set_file_aside", pk))


@page("claims:view", "remittances:view")
@require_GET
def unmatched_answers(request: PracticeRequest) -> HttpResponse:
    """What matches nothing of ours or cannot be read, and what was set aside."""
    group = "aside" if request.GET.get("group") == "aside" else ""
    found, rows, counts = selectors.unmatched(request.actor, group, request.GET.get("page", "1"))
    pills = [
        {"label": "To look at", "url": url(request, "unmatched_answers"), "current": not group, "count": counts["odd"]},
        {
            "label": "Set aside",
            "url": url(request, "unmatched_answers", group="aside"),
            "current": bool(group),
            "count": counts["aside"],
        },
    ]
    return _show(request, "unmatched", {"page": found, "rows": rows, "pills": pills, "group": group})


@page("claims:edit", "remittances:edit")
@require_POST
def set_answer_aside(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes it off the list; the message offers to undo it."""

    def change() -> str:
        row = sorting.set_aside(pk, actor=request.actor)
        return f"The {row.kind} is set aside."

    return act(request, change, url(request, "unmatched_answers"), url(request, "bring_answer_back", pk))


@page("claims:edit", "remittances:edit")
@require_POST
def bring_answer_back(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts it back on the list; the message offers to undo it."""

    def change() -> str:
        row = sorting.bring_back(pk, actor=request.actor)
        return f"The {row.kind} is back among what matches nothing."

    return act(request, change, url(request, "unmatched_answers"), url(request, "set_answer_aside", pk))


def _show(request: PracticeRequest, template: str, facts: dict[str, Any]) -> HttpResponse:
    facts = base(request, "answers") | facts | {"may_edit": request.actor.may("claims:edit", "remittances:edit")}
    return TemplateResponse(request, f"billing/answers/{template}.html", facts)
