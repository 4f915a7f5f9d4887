"""The demo's mailbox: what an installation where people work would have sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from practice.models import DemoMail

_ON_A_PAGE: Final = 30
View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """Outside of the demo there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """The messages, newest first."""
    page = Paginator(DemoMail.objects.order_by("-sent_at", "-pk"), _ON_A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "accounts/mailbox.html", {"page": page})


@demo_only
@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One message with its links."""
    return TemplateResponse(request, "accounts/letter.html", {"letter": get_object_or_404(DemoMail, pk=pk)})
