"""Where people arrive: their practices."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from practice import access
from practice.access import Door
from practice.models import User


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """With one practice straight into it; else the practices a person may enter."""
    user = cast("User", request.user)
    doors = access.doors(user)
    if len(doors) == 1:
        return redirect("practice_start", slug=doors[0].practice.slug)
    if not doors and access.may_found(user):
        return redirect("found_practice")
    return _list(request, doors)


@login_required
@require_GET
def practices(request: HttpRequest) -> HttpResponse:
    """The practices a person may enter, also when it is only one."""
    return _list(request, access.doors(cast("User", request.user)))


def _list(request: HttpRequest, doors: list[Door]) -> HttpResponse:
    facts = {"doors": doors, "may_found": access.may_found(cast("User", request.user))}
    return TemplateResponse(request, "desk/home.html", facts)
