"""What the pages of the set-up do alike: show a step, save it, and go on to the next one that is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from practice import clock, returning
from practice.http import PracticeRequest
from practice.setup import selectors, steps
from practice.setup.errors import SetupRefusedError
from practice.setup.steps import STEPS, Step


class Refusable(Protocol):
    """A form that can show a service's refusal at an entry."""

    @property
    def is_bound(self) -> bool: ...
    def is_valid(self) -> bool: ...
    def refuse(self, sentence: str, field: str | None) -> None: ...


def posted(request: PracticeRequest) -> Any:
    """What was sent, or None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def require_edit(request: PracticeRequest, permission: str = "practice:edit") -> None:
    """PermissionDenied before anything that was sent is looked at."""
    if request.method == "POST":
        request.actor.require(permission)


def only_where_clients_are_treated(request: PracticeRequest) -> None:
    """Http404 at an MSO or IPA, which treats nobody."""
    if not request.practice.treats_clients:
        raise Http404


def was_saved(form: Refusable, save: Callable[[], Any]) -> bool:
    """Whether the form was sent, is right, and the service took it; else the form says why not."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        save()
    except SetupRefusedError as error:
        form.refuse(str(error), error.field)
        return False
    return True


def show(request: PracticeRequest, template: str, facts: dict[str, Any], *forms: Any) -> TemplateResponse:
    """The page; 422 when a form on it was sent and refused."""
    facts["may_edit"] = request.actor.may("practice:edit")
    status = 422 if any(form.is_bound for form in forms) else 200
    return TemplateResponse(request, f"practice/setup/{template}.html", facts, status=status)


def step_facts(request: PracticeRequest, key: str) -> dict[str, Any]:
    """What every step page shows around its form."""
    found = selectors.step_states(request.practice, clock.today(request.practice))
    step = next((state.step for state in found if state.step.key == key), None)
    if step is None:
        raise Http404
    back = steps.before(key, request.practice.treats_clients)
    return {
        "step": step,
        "states": found,
        "number": [state.step.key for state in found].index(key) + 1,
        "back_url": url(request, back.url_name) if back else "",
        "is_last": steps.next_open(found, key) is None,
    }


def step_page(
    request: PracticeRequest, key: str, form: Any, save: Callable[[], Any], extra: dict[str, Any] | None = None
) -> HttpResponse:
    """A step that is one form: shows it, or saves it and goes on."""
    facts = step_facts(request, key) | {"form": form} | (extra or {})
    if was_saved(form, save):
        return go_on(request, key)
    return show(request, key, facts, form)


def go_on(request: PracticeRequest, key: str) -> HttpResponse:
    """To the next open step, or to the overview when none is open or the person leaves."""
    found = selectors.step_states(request.practice, clock.today(request.practice))
    following = steps.next_open(found, key)
    messages.success(request, f"{title_of(key)}: saved.")
    if back := returning.wanted(request):
        return redirect(back)
    if following is None or request.POST.get("go") == "leave":
        return redirect(url(request, "settings"))
    return redirect(url(request, following.url_name))


def url(request: PracticeRequest, name: str, **ids: int) -> str:
    """The address of a page in this practice."""
    return reverse(name, kwargs={"slug": request.practice.slug, **ids})


def title_of(key: str) -> str:
    """The title of a step."""
    return next(step.title for step in STEPS if step.key == key)


def first(found: list[steps.StepState]) -> Step | None:
    """Where to go on."""
    return steps.next_open(found)
