"""Answers to requests that go no further."""

from __future__ import annotations

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
    return request.path_info.startswith(_API) or wants_part(request)


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


def not_found(request: HttpRequest) -> HttpResponse:
    """The same answer for what is not there and for what the caller may not know of."""
    if request.path_info.startswith(_API):
        return JsonResponse({"detail": "Not found."}, status=404)
    return TemplateResponse(request, "404.html", status=404).render()
