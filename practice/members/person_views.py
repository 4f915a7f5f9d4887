"""Pages about one person's access."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from practice import access
from practice.http import PracticeRequest, page
from practice.members import policies, selectors, services
from practice.members.acts import act_and_return, url_of
from practice.members.forms import PermissionsForm, RolesForm
from practice.members.policies import AccessRefusedError
from practice.models import Membership


@page("members:view")
@require_GET
def member(request: PracticeRequest, pk: int) -> HttpResponse:
    """One person: roles, every permission and where it comes from, and the end of their access."""
    return _member_page(request, _member(request, pk))


@page("members:edit")
@require_POST
def change_member_roles(request: PracticeRequest, pk: int) -> HttpResponse:
    """Saves the roles of a person."""
    form = RolesForm(request.POST, practice=request.practice)
    if form.is_valid():
        try:
            changed = services.change_roles(actor=request.actor, membership_id=pk, **form.cleaned_data)
        except AccessRefusedError as error:
            form.refuse(str(error), error.field)
        else:
            messages.success(request, f"{changed.user.name}: {changed.role_names}.")
            return redirect("member", slug=request.practice.slug, pk=pk)
    return _member_page(request, _member(request, pk), roles_form=form)


@page("members:edit")
@require_POST
def change_member_permissions(request: PracticeRequest, pk: int) -> HttpResponse:
    """Saves what exactly a person may do."""
    form = PermissionsForm(request.POST)
    if form.is_valid():
        try:
            changed = services.change_permissions(actor=request.actor, membership_id=pk, **form.cleaned_data)
        except AccessRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"What {changed.user.name} may do is saved.")
            return redirect("member", slug=request.practice.slug, pk=pk)
    return _member_page(request, _member(request, pk), permissions_form=form)


@page("members:edit")
@require_POST
def end_member(request: PracticeRequest, pk: int) -> HttpResponse:
    """Ends a person's access; the message offers to undo it."""

    def act() -> str:
        ended = services.end_access(actor=request.actor, membership_id=pk)
        return f"The access of {ended.user.name} has ended."

    return act_and_return(request, act, undo=url_of(request, "restore_member", pk))


@page("members:edit")
@require_POST
def restore_member(request: PracticeRequest, pk: int) -> HttpResponse:
    """Gives a person back the access they had."""

    def act() -> str:
        restored = services.restore_access(actor=request.actor, membership_id=pk)
        return f"{restored.user.name} has access again."

    return act_and_return(request, act)


def _member(request: PracticeRequest, pk: int) -> Membership:
    return get_object_or_404(access.members(request.actor), pk=pk)


def _member_page(
    request: PracticeRequest,
    membership: Membership,
    roles_form: RolesForm | None = None,
    permissions_form: PermissionsForm | None = None,
) -> TemplateResponse:
    given = {"roles": membership.roles, "agreement_on": membership.agreement_on}
    chosen = permissions_form.data.getlist("permissions") if permissions_form else None  # type: ignore[attr-defined]
    facts: dict[str, Any] = {
        "membership": membership,
        "roles_form": roles_form or RolesForm(initial=given, practice=request.practice),
        "permissions_form": permissions_form,
        "areas": selectors.areas(membership, chosen),
        "is_live": policies.is_live(membership),
        "may_edit": policies.may_manage(request.actor, membership),
        "is_me": membership.user_id == request.actor.user_id,
    }
    status = 422 if roles_form or permissions_form else 200
    return TemplateResponse(request, "practice/member.html", facts, status=status)
