"""Whom to call for a client."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import services
from clients.forms import ContactForm
from clients.models import Contact
from clients.selectors import record
from clients.selectors.parts import part
from clients.views._pages import address, form_page, record_page, sent
from practice import acting
from practice.http import PracticeRequest, page


@page("clients:view", "clients:own")
@require_GET
def client_contacts(request: PracticeRequest, pk: int) -> HttpResponse:
    """Everybody to call for a client."""
    client, facts = record_page(request, pk, "client_contacts")
    facts["contacts"] = record.contacts(client)
    return TemplateResponse(request, "clients/contacts.html", facts)


@page("clients:edit")
@require_http_methods(["GET", "POST"])
def add_contact(request: PracticeRequest, pk: int) -> HttpResponse:
    """Adds somebody to call."""

    def act(values: dict[str, Any]) -> str:
        return f"{services.add_contact(actor=request.actor, client_id=pk, **values).name} is a contact."

    return _form(request, pk, ContactForm(sent(request)), act, "Add a contact")


@page("clients:edit")
@require_http_methods(["GET", "POST"])
def edit_contact(request: PracticeRequest, pk: int) -> HttpResponse:
    """Changes how somebody is reached."""
    row = part(request.actor, Contact, pk)

    def act(values: dict[str, Any]) -> str:
        return f"{services.change_contact(actor=request.actor, contact_id=pk, **values).name} is saved."

    return _form(request, row.client_id, ContactForm(sent(request), instance=row), act, row.name)


@page("clients:edit")
@require_POST
def remove_contact(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a contact off the record; the message offers to undo it."""
    row = part(request.actor, Contact, pk)

    def act() -> str:
        return f"{services.remove_contact(actor=request.actor, contact_id=pk).name} is removed."

    back = address(request, "client_contacts", row.client_id)
    return acting.act(request, act, back=back, undo=address(request, "restore_contact", row.client_id, pk))


@page("clients:edit")
@require_POST
def restore_contact(request: PracticeRequest, pk: int, contact: int) -> HttpResponse:
    """Puts a contact back."""

    def act() -> str:
        return f"{services.restore_contact(actor=request.actor, contact_id=contact).name} is back."

    return acting.act(request, act, back=address(request, "client_contacts", pk))


def _form(request: PracticeRequest, client_id: int, form: ContactForm, act: Any, title: str) -> HttpResponse:
    back = address(request, "client_contacts", client_id)
    return form_page(
        request, client_id, form, act, back=back, template="clients/form.html", form_title=title, tab="Contacts"
    )
