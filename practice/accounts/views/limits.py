"""What a person reads who tried too often."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from practice.errors.answer import wants_part


def too_many(request: HttpRequest) -> HttpResponse:
    """429 in words, as a page or as part of one; allauth asks the project's URLs for it (`handler429`)."""
    template = "accounts/_too_many.html" if wants_part(request) else "accounts/too_many.html"
    return TemplateResponse(request, template, status=429).render()
