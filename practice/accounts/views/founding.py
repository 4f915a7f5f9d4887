"""Founding a practice."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from practice import access
from practice.accounts.forms import FoundForm
from practice.accounts.founding import found_practice
from practice.models import User
from practice.network import client_ip


@login_required
@require_http_methods(["GET", "POST"])
def new_practice(request: HttpRequest) -> HttpResponse:
    """Asks for the name, the kind and the clock; whoever founds a practice owns it."""
    user = cast("User", request.user)
    if not access.may_found(user):
        raise PermissionDenied("Only somebody who owns a practice, or was invited to found one, can do this.")
    form = FoundForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        practice = found_practice(user=user, ip=client_ip(request), **form.cleaned_data)
        messages.success(request, f"{practice} is founded, and you own it.")
        return redirect("practice_start", slug=practice.slug)
    facts = {"form": form, "is_first": not access.doors(user)}
    return TemplateResponse(request, "accounts/found.html", facts, status=422 if form.is_bound else 200)
