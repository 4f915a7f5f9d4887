"""What payroll's pages do alike: addresses, and acts and forms that a service may refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from payroll.errors import PayrollRefusedError
from practice.http import PracticeRequest
from practice.record_forms import Refusable


def by_form(
    request: PracticeRequest, form: Refusable, change: Callable[[], str], back: str, undo: str = ""
) -> HttpResponse | None:
    """Does what a valid form says and goes back; None when the form stays, with what is wrong in it."""
    if not form.is_valid():
        return None
    try:
        said = change()
    except PayrollRefusedError as error:
        form.refuse(error)
        return None
    messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")
    return redirect(back)


def sent(request: PracticeRequest) -> Any:
    """What was posted, or None."""
    return request.POST if request.method == "POST" else None
