"""What the pages of runs do alike: addresses, and acts that may be refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from django.http import Http404

from payroll.errors import PayrollRefusedError
from payroll.models import PayRun
from payroll.runs.selectors import run as selectors
from practice.http import PracticeRequest
from practice.record_forms import Refusable
from practice.refusals import RefusedError
from practice.states import InvalidTransitionError

T = TypeVar("T")
REFUSALS: Final = (PayrollRefusedError, InvalidTransitionError)


def found_or_404(request: PracticeRequest, pk: int) -> PayRun:
    """The run, or the answer for what is not there."""
    run = selectors.one(request.actor, pk)
    if run is None:
        raise Http404
    return run


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
