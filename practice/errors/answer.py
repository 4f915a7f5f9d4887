"""Answers to requests that go no further."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse

from practice.accounts import again, again_page
from practice.accounts.again import Words
from practice.models import User

_API = "/api/"


def wants_data(request: HttpRequest) -> bool:
    """Whether the caller is a program, or a part of a page that cannot follow a redirect."""
    return is_program(request) or wants_part(request)


def is_program(request: HttpRequest) -> bool:
    """Whether the address is one of the API."""
    return request.path_info.startswith(_API)


def wants_part(request: HttpRequest) -> bool:
    """Whether the caller puts the answer into a page that is open already."""
    return request.headers.get("HX-Request") == "true" or "text/html-fragment" in request.headers.get("Accept", "")


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Back to the sign-in page; 401 for the API and for parts of pages, which then ask in place."""
    if wants_data(request):
        response: HttpResponse = JsonResponse({"detail": "Sign in first."}, status=401)
        response["Signin-Required"] = "true"
        return response
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")


def sign_in_again(request: HttpRequest, user: User) -> HttpResponse:
    """To the page that asks for the password again; a form that was being sent waits there.

    401 where it is asked in place.
    """
    if wants_data(request):
        return sign_in_first(request)
    words = Words.sent_with(request)
    if words is None:
        here = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{again.address(user)}&{here}")
    return TemplateResponse(request, again_page.FULL, again_page.facts(request, user, words=words), status=401).render()


def prove_first(request: HttpRequest, where: str) -> HttpResponse:
    """To the page that asks for the second factor; a part of a page takes the whole page there."""
    address = f"{where}?{urlencode({'next': request.get_full_path()})}"
    if not wants_data(request):
        return HttpResponseRedirect(address)
    response = JsonResponse({"detail": "Prove your second factor first."}, status=403)
    if wants_part(request):
        response["HX-Redirect"] = where
    return response


def not_allowed(needed: Collection[str]) -> HttpResponse:
    """What a program is told that asks for more than it or its owner may; a person gets the page of the error."""
    return JsonResponse({"detail": f"This needs {' or '.join(sorted(needed))}."}, status=403)


def not_found(request: HttpRequest) -> HttpResponse:
    """The same answer for what is not there and for what the caller may not know of."""
    if is_program(request):
        return JsonResponse({"detail": "Not found."}, status=404)
    return TemplateResponse(request, "404.html", status=404).render()
