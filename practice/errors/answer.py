"""Answers to requests that go no further."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse

_API = "/api/"


def wants_data(request: HttpRequest) -> bool:
    """Whether the caller is a program, or a part of a page that cannot follow a redirect."""
    return request.path_info.startswith(_API) or request.headers.get("HX-Request") == "true"


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Back to the sign-in page; 401 for the API and for parts of pages, which then ask in place."""
    if wants_data(request):
        response: HttpResponse = JsonResponse({"detail": "Sign in first."}, status=401)
        response["Signin-Required"] = "true"
        return response
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")


def not_found(request: HttpRequest) -> HttpResponse:
    """The same answer for what is not there and for what the caller may not know of."""
    if request.path_info.startswith(_API):
        return JsonResponse({"detail": "Not found."}, status=404)
    return TemplateResponse(request, "404.html", status=404).render()


def unlock_first(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the password again; 401 where it is asked in place."""
    if wants_data(request):
        return sign_in_first(request)
    return HttpResponseRedirect(f"{reverse('sign_in_again')}?{urlencode({'next': request.get_full_path()})}")
