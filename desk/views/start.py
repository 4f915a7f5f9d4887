"""Where people arrive: their practices, and the first page of one."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from practice import access, navigation
from practice.http import PracticeRequest, page
from practice.models import User


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The practices a person may enter; with one only, straight into it."""
    doors = access.doors(cast(User, request.user))
    if len(doors) == 1:
        return redirect("practice_start", slug=doors[0].practice.slug)
    return TemplateResponse(request, "desk/home.html", {"doors": doors})


@page(members=True)
def practice_start(request: PracticeRequest) -> HttpResponse:
    """To the first page the person may open here."""
    url = navigation.first_url(request.practice, request.actor)
    if url is None:
        raise PermissionDenied("Your role opens no page of this practice yet.")
    return redirect(url)
