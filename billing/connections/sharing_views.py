"""Pages about a connection that several practices send through: consent on both sides, files, and what is nobody's."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from billing.connections import calling, shares, sharing, through
from billing.inbound import assigning, sorting
from billing.inbound.errors import InboundRefusedError
from billing.models import Connection, InboundTransaction
from practice import acting, audit
from practice.http import PracticeRequest, page
from practice.setup import pages
from practice.setup.errors import SetupRefusedError


@page("connections:edit")
@require_POST
def offer_connection(request: PracticeRequest, pk: int) -> HttpResponse:
    """Offers a practice to send through it."""

    def change() -> str:
        share = sharing.offer(actor=request.actor, connection_id=pk, practice_id=_number(request, "for"))
        return f"{share.practice_name} is offered this connection, and chooses in its Settings."

    return acting.act(request, change, pages.url(request, "connection", pk=pk))


@page("connections:edit")
@require_POST
def end_share(request: PracticeRequest, pk: int) -> HttpResponse:
    """Sends for this practice no longer."""
    back: list[str] = []

    def change() -> str:
        share = sharing.end_for(actor=request.actor, share_id=pk)
        back.append(pages.url(request, "connection", pk=share.connection_id))
        return f"Nothing of {share.practice_name} is sent any more. What comes back is still handed over."

    answer = acting.act(request, change, pages.url(request, "connections"))
    if back:
        answer["Location"] = back[0]
    return answer


@page("connections:edit")
@require_POST
def accept_connection(request: PracticeRequest, pk: int) -> HttpResponse:
    """The practice sends through its organization's connection from now on; the message offers to end it."""

    def change() -> str:
        row = sharing.choose(actor=request.actor, connection_id=pk)
        return f"Claims leave through {row.through_name} from now on."

    return acting.act(request, change, pages.url(request, "connection", pk=pk))


@page("connections:edit")
@require_POST
def end_through(request: PracticeRequest, pk: int) -> HttpResponse:
    """The practice sends through it no longer."""

    def change() -> str:
        row = sharing.end(actor=request.actor, connection_id=pk)
        return f"Nothing is sent through {row.through_name} any more. Choose another connection for your claims."

    return acting.act(request, change, pages.url(request, "connections"))


@page("claims:view")
@require_GET
def connection_files(request: PracticeRequest, pk: int) -> HttpResponse:
    """What went through it for practices and what came back, practice by practice and file by file."""
    row = get_object_or_404(Connection.objects.all(), pk=pk)
    practices = through.practices(request.actor, row)
    chosen = next((one for one in practices if str(one.practice_id) == request.GET.get("for")), None)
    found, rows = shares.files(request.actor, row, chosen.practice_id if chosen else None, request.GET.get("page", "1"))
    facts = {
        "connection": row,
        "practices": practices,
        "chosen": chosen,
        "page": found,
        "rows": rows,
        "days": through.SINCE.days,
        "may_call": any(one.may_call for one in practices),
    }
    return _show(request, "files", facts)


@page("claims:edit")
@require_POST
def call_for_batches(request: PracticeRequest, pk: int) -> HttpResponse:
    """Lets what waits at the practices leave now."""

    def change() -> str:
        called = calling.call(actor=request.actor, connection_id=pk)
        return " ".join(through.sentence_of(share) for share in called)

    return acting.act(request, change, pages.url(request, "connection_files", pk=pk))


@page("claims:view", "remittances:view")
@require_GET
def unassigned_answers(request: PracticeRequest, pk: int) -> HttpResponse:
    """What came through it and belongs to nobody."""
    row = get_object_or_404(Connection.objects.all(), pk=pk)
    group = "aside" if request.GET.get("group") == "aside" else ""
    found, counts = shares.unassigned(request.actor, row, group, request.GET.get("page", "1"))
    here = pages.url(request, "unassigned_answers", pk=pk)
    pills = [
        {"label": "To assign", "url": here, "current": not group, "count": counts["open"]},
        {"label": "Set aside", "url": f"{here}?group=aside", "current": bool(group), "count": counts["aside"]},
    ]
    facts = {"connection": row, "page": found, "pills": pills, "group": group, "senders": shares.senders(row)}
    audit.record("inbound.unassigned_viewed", actor=request.actor, row=row)
    return _show(request, "unassigned", facts)


@page("claims:edit", "remittances:edit")
@require_POST
def assign_answer(request: PracticeRequest, pk: int) -> HttpResponse:
    """Hands it to the practice that was chosen."""

    def change() -> str:
        row = assigning.assign(pk, share_id=_number(request, "share"), actor=request.actor)
        return f"The {row.kind} is handed over. {row.summary}"

    return _back(request, pk, change)


@page("claims:edit", "remittances:edit")
@require_POST
def set_unassigned_aside(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes it off the list; the message offers to undo it."""

    def change() -> str:
        return f"The {sorting.set_aside(pk, actor=request.actor).kind} is set aside."

    return _back(request, pk, change, pages.url(request, "bring_unassigned_back", pk=pk))


@page("claims:edit", "remittances:edit")
@require_POST
def bring_unassigned_back(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts it back on the list."""

    def change() -> str:
        return f"The {sorting.bring_back(pk, actor=request.actor).kind} is back on the list."

    return _back(request, pk, change)


def _back(request: PracticeRequest, pk: int, change: Any, undo: str = "") -> HttpResponse:
    row = get_object_or_404(InboundTransaction.objects.select_related("inbound"), pk=pk)
    number = row.inbound.connection_id
    names = ("unassigned_answers", {"pk": number}) if number else ("connections", {})
    return acting.act(request, _refusable(change), pages.url(request, names[0], **names[1]), undo)


def _refusable(change: Any) -> Any:
    """What the inbound side refuses is said like every refusal of the set-up."""

    def changed() -> str:
        try:
            said: str = change()
        except InboundRefusedError as error:
            raise SetupRefusedError(str(error)) from error
        return said

    return changed


def _number(request: PracticeRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0  # noqa: PLR2004 - a bigint


def _show(request: PracticeRequest, template: str, facts: dict[str, Any]) -> HttpResponse:
    facts["may_edit"] = request.actor.may("claims:edit")
    return TemplateResponse(request, f"billing/connections/{template}.html", facts)
