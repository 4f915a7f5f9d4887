"""What a payer authorized."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from clients import services
from clients.forms import AuthorizationForm
from clients.models import Coverage
from clients.selectors import parts
from clients.views._pages import address, form_page, sent
from practice import acting
from practice.http import PracticeRequest, page


@page("clients:edit")
@require_http_methods(["GET", "POST"])
def add_authorization(request: PracticeRequest, pk: int) -> HttpResponse:
    """Adds units that the payer of a coverage allowed."""
    coverage = parts.part(request.actor, Coverage, pk)

    def act(values: dict[str, Any]) -> str:
        return f"Authorization {services.add_authorization(actor=request.actor, coverage_id=pk, **values)} is saved."

    title = f"Add an authorization by {coverage.payer}"
    return _form(request, coverage.client_id, AuthorizationForm(sent(request)), act, title)


@page("clients:edit")
@require_http_methods(["GET", "POST"])
def edit_authorization(request: PracticeRequest, pk: int) -> HttpResponse:
    """Corrects an authorization."""
    row = parts.authorization(request.actor, pk)

    def act(values: dict[str, Any]) -> str:
        changed = services.change_authorization(actor=request.actor, authorization_id=pk, **values)
        return f"Authorization {changed} is saved."

    form = AuthorizationForm(sent(request), instance=row)
    return _form(request, row.coverage.client_id, form, act, f"Authorization {row.number}")


@page("clients:edit")
@require_POST
def remove_authorization(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes an authorization off the record; the message offers to undo it."""
    client_id = parts.authorization(request.actor, pk).coverage.client_id

    def act() -> str:
        gone = services.remove_authorization(actor=request.actor, authorization_id=pk)
        return f"Authorization {gone} is removed."

    back = address(request, "client_coverage", client_id)
    return acting.act(request, act, back=back, undo=address(request, "restore_authorization", client_id, pk))


@page("clients:edit")
@require_POST
def restore_authorization(request: PracticeRequest, pk: int, authorization: int) -> HttpResponse:
    """Puts an authorization back."""

    def act() -> str:
        row = services.restore_authorization(actor=request.actor, authorization_id=authorization)
        return f"Authorization {row} is back."

    return acting.act(request, act, back=address(request, "client_coverage", pk))


def _form(request: PracticeRequest, client_id: int, form: AuthorizationForm, act: Any, title: str) -> HttpResponse:
    back = address(request, "client_coverage", client_id)
    return form_page(
        request, client_id, form, act, back=back, template="clients/form.html", form_title=title, tab="Coverage"
    )
