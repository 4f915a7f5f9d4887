"""What the pages of runs do alike: addresses, and acts that may be refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from payroll.errors import PayrollRefusedError
from payroll.models import PayRun
from payroll.runs.selectors import run as selectors
from practice.http import PracticeRequest
from practice.record_forms import Refusable
from practice.refusals import RefusedError
from practice.states import InvalidTransitionError

T = TypeVar("T")
REFUSALS: Final = (PayrollRefusedError, InvalidTransitionError)


def url(request: PracticeRequest, name: str, *ids: int | str, **query: str) -> str:
    """The address of a page in this practice; empty parts of the query are left out."""
    filled = urlencode({key: value for key, value in query.items() if value})
    return reverse(name, args=[request.practice.slug, *ids]) + (f"?{filled}" if filled else "")


def found_or_404(request: PracticeRequest, pk: int) -> PayRun:
    """The run, or the answer for what is not there."""
    run = selectors.one(request.actor, pk)
    if run is None:
        raise Http404
    return run


def act(request: PracticeRequest, change: Callable[[], str], back: str, undo: str = "") -> HttpResponse:
    """Does it and says so, with Undo where that is possible, or says why not; then back."""
    try:
        said = change()
    except REFUSALS as error:
        messages.error(request, str(error))
    else:
        if said:
            messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")
    return redirect(back)


def by_form(form: Refusable, change: Callable[[], T]) -> T | None:
    """What the change gives; None when the form stays, with what is wrong in it."""
    if not form.is_valid():
        return None
    try:
        return change()
    except PayrollRefusedError as error:
        form.refuse(error)
    except InvalidTransitionError as error:
        form.refuse(RefusedError(str(error)))
    return None
