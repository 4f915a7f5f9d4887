"""A client's sessions: a tab of their record."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from clients import actions, services, tabs
from clients.models import Client
from clients.selectors import record
from practice import clock
from practice.http import PracticeRequest, page
from scheduling.places import TAB
from scheduling.selectors.client import ClientSessions, Which, sessions_of_client

_ON_A_PAGE: Final = 50
_SHOWS: Final[dict[str, Which]] = {"past": "past", "coming": "coming", "all": "all"}


@page("calendar:view", "calendar:own")
@require_GET
def client_sessions(request: PracticeRequest, pk: int) -> HttpResponse:
    """Every session of a client that the person may see, the latest first; written down as viewed."""
    actor, today = request.actor, clock.today(request.practice)
    client = services.open_record(actor=actor, client_id=pk)
    which: Which = _SHOWS.get(request.GET.get("show", ""), "past")
    found = sessions_of_client(actor, request.practice, client.pk, which)
    facts = {
        "client": client,
        "head": record.head(client, record.caseloads(client), today),
        "tabs": tabs.entries(request.practice, actor, client, TAB),
        "actions": actions.entries(request.practice, actor, client),
        "other_statuses": [status for status in Client.Status if status != client.status],
        "may_edit": actor.may("clients:edit"),
        "pills": _pills(found, which),
        "which": which,
        "page": Paginator(found.lines, _ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return TemplateResponse(request, "scheduling/client.html", facts)


def _pills(found: ClientSessions, which: Which) -> list[dict[str, Any]]:
    shown = (("past", "Until now", found.past), ("coming", "To come", found.coming))
    both = (*shown, ("all", "All", found.past + found.coming))
    return [
        {"label": label, "url": f"?show={key}", "count": count, "current": key == which} for key, label, count in both
    ]
