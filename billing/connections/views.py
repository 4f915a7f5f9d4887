"""Pages about connections to clearinghouses, in Settings."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from billing.claims import timing
from billing.clearinghouses.layouts import LAYOUTS
from billing.connections import health, selectors, services, shares
from billing.connections.forms import ConnectionForm, TimesForm
from billing.models import Connection
from practice import acting, clock
from practice.http import PracticeRequest, page
from practice.setup import pages
from practice.setup.selectors import get_settings


@page("connections:view")
@require_GET
def connections(request: PracticeRequest) -> HttpResponse:
    """Every connection, and which one claims leave through."""
    facts = {
        "rows": selectors.connections(),
        "layouts": LAYOUTS.values(),
        "times": timing.chosen(),
        "delay": get_settings().send_delay_minutes,
    }
    return _show(request, "connections", facts)


@page("connections:edit")
@require_http_methods(["GET", "POST"])
def sending_times(request: PracticeRequest) -> HttpResponse:
    """When claims leave: after the delay, or at times of day."""
    pages.only_where_clients_are_treated(request)
    form = TimesForm(pages.posted(request), times=timing.chosen())
    if pages.was_saved(form, lambda: services.choose_times(actor=request.actor, times=form.times)):
        return redirect(pages.url(request, "connections"))
    return _show(request, "times", {"form": form, "delay": get_settings().send_delay_minutes}, form)


@page("connections:edit")
@require_http_methods(["GET", "POST"])
def add_connection(request: PracticeRequest) -> HttpResponse:
    """Asks for a login; what is known of the clearinghouse is filled in."""
    chosen = request.GET.get("at", "")
    form = ConnectionForm(
        pages.posted(request),
        initial=services.defaults_of(chosen) if chosen in LAYOUTS else {"usage": "T"},
        layout=LAYOUTS.get(request.POST.get("layout", chosen)),
    )
    if pages.was_saved(form, lambda: services.add_connection(actor=request.actor, **form.cleaned_data)):
        return redirect(pages.url(request, "connections"))
    return _show(request, "connection_form", {"form": form, "layout": LAYOUTS.get(chosen)}, form)


@page("connections:view")
@require_GET
def connection(request: PracticeRequest, pk: int) -> HttpResponse:
    """One connection: whether it works, its key, its numbers."""
    row = get_object_or_404(Connection.objects.all(), pk=pk)
    facts = {
        "connection": row,
        "standing": selectors.standing(row),
        "key": selectors.key_of(row),
        "layout": LAYOUTS[row.layout],
        "to_check": selectors.to_check(row),
        "health": health.health(request.actor, row, is_for_others=not request.practice.treats_clients),
        "practices": [] if request.practice.treats_clients else shares.practices(request.actor, row),
        "unassigned": 0 if request.practice.treats_clients else shares.unassigned_count(request.actor, row),
    }
    return _show(request, "_connection" if request.htmx else "connection", facts)


@page("connections:edit")
@require_http_methods(["GET", "POST"])
def change_connection(request: PracticeRequest, pk: int) -> HttpResponse:
    """Changes a login."""
    row = get_object_or_404(Connection.objects.all(), pk=pk)
    initial = {name: getattr(row, name) for name in services.FACTS}
    form = ConnectionForm(
        pages.posted(request),
        initial=initial,
        layout=LAYOUTS.get(request.POST.get("layout", row.layout)),
        password_set=selectors.set_on(row.password_set_at, request.practice) if row.password else "",
    )
    if pages.was_saved(
        form, lambda: services.change_connection(actor=request.actor, connection_id=pk, **form.cleaned_data)
    ):
        return redirect(pages.url(request, "connection", pk=pk))
    return _show(request, "connection_form", {"form": form, "connection": row, "layout": LAYOUTS[row.layout]}, form)


@page("connections:edit")
@require_POST
def check_connection(request: PracticeRequest, pk: int) -> HttpResponse:
    """Looks again whether it answers."""
    return _act(request, pk, services.check_again, "{name} is being checked.")


@page("connections:edit")
@require_POST
def trust_key(request: PracticeRequest, pk: int) -> HttpResponse:
    """Pins the key the server showed."""
    return _act(request, pk, services.trust_key, "The key of {name} is trusted. No other one is accepted from now on.")


@page("connections:edit")
@require_POST
def forget_key(request: PracticeRequest, pk: int) -> HttpResponse:
    """Trusts the key no longer, and asks the server for the one it shows now."""
    return _act(
        request, pk, services.forget_key, "The key of {name} is no longer trusted. Compare the one it shows now."
    )


@page("connections:edit")
@require_POST
def send_through(request: PracticeRequest, pk: int) -> HttpResponse:
    """Makes it the connection claims leave through."""
    return _act(request, pk, services.send_through, "Claims leave through {name} from now on.")


@page("connections:edit")
@require_POST
def deactivate_connection(request: PracticeRequest, pk: int) -> HttpResponse:
    """Stops using it; the message offers to undo it."""
    return _switch(request, pk, is_active=False)


@page("connections:edit")
@require_POST
def activate_connection(request: PracticeRequest, pk: int) -> HttpResponse:
    """Uses it again; the message offers to undo it."""
    return _switch(request, pk, is_active=True)


@page("claims:view")
@require_GET
def late_claims(request: PracticeRequest, pk: int, what: str) -> HttpResponse:
    """The claims that wait for an answer longer than it may take."""
    row = get_object_or_404(Connection.objects.all(), pk=pk)
    if what not in health.OVERDUE:
        raise Http404
    found, rows = health.late_claims(request.actor, row, health.OVERDUE[what], request.GET.get("page", "1"))
    facts = {
        "connection": row,
        "what": health.OVERDUE[what],
        "page": found,
        "rows": rows,
        "today": clock.today(request.practice),
    }
    return _show(request, "late", facts)


@page("connections:edit")
@require_POST
def confirm_layout(request: PracticeRequest, pk: int) -> HttpResponse:
    """The first file went through; the message offers to undo it."""

    def change() -> str:
        return f"{services.confirm_layout(actor=request.actor, connection_id=pk).name} is confirmed."

    return acting.act(
        request, change, pages.url(request, "connection", pk=pk), pages.url(request, "doubt_layout", pk=pk)
    )


@page("connections:edit")
@require_POST
def doubt_layout(request: PracticeRequest, pk: int) -> HttpResponse:
    """It is to be looked at again."""
    return _act(request, pk, services.doubt_layout, "{name} is to be confirmed with the next file.")


def _switch(request: PracticeRequest, pk: int, *, is_active: bool) -> HttpResponse:
    def change() -> str:
        row = services.switch_connection(actor=request.actor, connection_id=pk, is_active=is_active)
        return f"{row.name} is {'in use again' if is_active else 'switched off'}."

    undo = pages.url(request, "deactivate_connection" if is_active else "activate_connection", pk=pk)
    return acting.act(request, change, pages.url(request, "connections"), undo)


def _act(request: PracticeRequest, pk: int, service: Callable[..., Connection], said: str) -> HttpResponse:
    def change() -> str:
        return said.format(name=service(actor=request.actor, connection_id=pk).name)

    return acting.act(request, change, pages.url(request, "connection", pk=pk))


def _show(
    request: PracticeRequest, template: str, facts: dict[str, object], *forms: ConnectionForm | TimesForm
) -> HttpResponse:
    facts["may_edit"] = request.actor.may("connections:edit")
    status = 422 if any(form.is_bound for form in forms) else 200
    return TemplateResponse(request, f"billing/connections/{template}.html", facts, status=status)
