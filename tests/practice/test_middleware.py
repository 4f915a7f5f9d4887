"""The middleware owns the transaction: what fails is rolled back and never answered with success."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client, override_settings
from django.urls import include, path

from practice.http import PracticeRequest, page
from practice.models import AuditEvent
from practice.tenancy.context import current_or_none, practice_context
from tests.people import Cast, make_cast, signed_in
from tests.shelf.models import Shelf

on_real_commits = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@page("clients:view")
def save(request: PracticeRequest) -> HttpResponse:
    Shelf.objects.create(name="Saved")
    return HttpResponse("saved")


@page("clients:view")
def save_and_fail(request: PracticeRequest) -> HttpResponse:
    Shelf.objects.create(name="Lost")
    return HttpResponse("broken", status=500)


@page("clients:view")
def save_and_swallow(request: PracticeRequest) -> HttpResponse:
    """What no view may do: a database error is caught, and the page says it went well."""
    Shelf.objects.create(name="Lost")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    except Exception:  # noqa: BLE001
        return HttpResponse("saved")
    raise AssertionError


@page("clients:view")
def lazy(request: PracticeRequest) -> HttpResponse:
    template = engines["django"].from_string("{% for shelf in shelves %}{{ shelf }} {% endfor %}")
    return TemplateResponse(request, template, {"shelves": Shelf.objects.all()})


@page(members=True)
def after_commit(request: PracticeRequest) -> HttpResponse:
    transaction.on_commit(lambda: seen.append(current_or_none()), robust=True)
    return HttpResponse("ok")


def unmarked(request: HttpRequest) -> HttpResponseBase:
    return HttpResponse("open to nobody")


seen: list[Any] = []
inner = [
    path("save/", save),
    path("fail/", save_and_fail),
    path("swallow/", save_and_swallow),
    path("lazy/", lazy),
    path("after/", after_commit),
    path("unmarked/", unmarked),
]
urlpatterns = [
    path("p/<slug:slug>/", include(inner)),
    path("account/", include("practice.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("config.urls")),
]
own_urls = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture
def stage(standing_clock: None, transactional_db: None) -> Cast:
    return make_cast()


def shelves(people: Cast) -> list[str]:
    with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True):
        return [shelf.name for shelf in Shelf.objects.all()]


def denials(people: Cast) -> list[tuple[str, str]]:
    with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True):
        return [(event.action, event.actor_name) for event in AuditEvent.objects.exclude(result="done")]


@own_urls
@on_real_commits
def test_a_page_that_answers_is_committed_and_lazy_rows_are_rendered(stage: Cast) -> None:
    client = signed_in(stage.alice)
    assert client.get("/p/fernhollow/save/").content == b"saved"
    assert client.get("/p/fernhollow/lazy/").content == b"Saved "


@own_urls
@on_real_commits
def test_an_answer_of_500_is_rolled_back_and_recorded(stage: Cast) -> None:
    assert signed_in(stage.alice).get("/p/fernhollow/fail/").status_code == 500
    assert shelves(stage) == []
    assert denials(stage) == [("page.failed", "Alice Moreau")]


@own_urls
@on_real_commits
def test_an_aborted_transaction_is_never_answered_with_success(stage: Cast) -> None:
    client = signed_in(stage.alice)
    client.raise_request_exception = False
    assert client.get("/p/fernhollow/swallow/").status_code == 500
    assert shelves(stage) == []


@own_urls
@on_real_commits
def test_the_context_is_closed_before_anything_runs_on_commit(stage: Cast) -> None:
    seen.clear()
    signed_in(stage.alice).get("/p/fernhollow/after/")
    assert seen == [None]


@own_urls
@on_real_commits
def test_denials_are_recorded_after_the_rollback(stage: Cast) -> None:
    assert signed_in(stage.erin).get("/p/fernhollow/save/").status_code == 403
    assert signed_in(stage.heidi).get("/p/fernhollow/save/").status_code == 404
    assert sorted(denials(stage)) == [("page.denied", "Erin Castillo"), ("practice.refused", "Heidi Sommer")]


@own_urls
def test_a_page_that_names_no_permission_is_closed_to_the_owner(people: Cast) -> None:
    assert signed_in(people.alice).get("/p/fernhollow/unmarked/").status_code == 403


@own_urls
def test_the_answer_for_an_outsider_is_the_one_for_nothing(people: Cast) -> None:
    client = signed_in(people.heidi)
    theirs = client.get("/p/fernhollow/save/")
    nobodys = client.get("/p/no-such-practice/save/")
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert len(theirs.content) == len(nobodys.content)


@own_urls
def test_without_a_second_factor_no_page_of_a_practice_opens(people: Cast) -> None:
    client = Client()
    client.force_login(people.alice)
    response = client.get("/p/fernhollow/save/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/2fa/")
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        assert client.get("/p/fernhollow/save/").status_code == 200


@own_urls
def test_programs_and_parts_of_pages_are_told_to_sign_in(people: Cast) -> None:
    response = Client().get("/p/fernhollow/save/", headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["Signin-Required"]) == (401, "true")
    response = Client().get("/p/fernhollow/save/?day=2026-11-16")
    assert response.headers["Location"] == "/account/login/?next=/p/fernhollow/save/%3Fday%3D2026-11-16".replace(
        "/p/fernhollow/save/", "%2Fp%2Ffernhollow%2Fsave%2F"
    )


@own_urls
def test_nothing_of_a_signed_in_page_stays_in_a_cache(people: Cast) -> None:
    response = signed_in(people.alice).get("/p/fernhollow/save/")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Frame-Options"] == "DENY"
