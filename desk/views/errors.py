"""Error pages in words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from practice.errors.answer import wants_data


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was missing or old."""
    if wants_data(request):
        return HttpResponse("This form is too old. Reload the page and send it again.", status=403)
    return TemplateResponse(request, "403.html", {"stale_form": True}, status=403).render()
