"""The search in the bar: posted while somebody types; without script a page of its own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from practice import searches, searching
from practice.http import PracticeRequest, page
from practice.searching import Seeker


@page(members=True)
@require_http_methods(["GET", "POST"])
def search(request: PracticeRequest) -> HttpResponse:
    """What is found for the words, in the palette; else on a page at `?s=<random id>`."""
    if request.method == "GET":
        return _answer(request, searches.words_of(request), "practice/search.html")
    words = " ".join(request.POST.get("q", "").split())[: searches.LONGEST]
    if request.htmx:
        return _answer(request, words, "practice/_found.html")
    key = searches.keep(request, words)
    return redirect(reverse("search", args=[request.practice.slug]) + (f"?s={key}" if key else ""))


def _answer(request: PracticeRequest, words: str, template: str) -> HttpResponse:
    groups = searching.found(Seeker(request.practice, request.actor, words))
    count = sum(len(group.hits) for group in groups)
    return TemplateResponse(request, template, {"groups": groups, "words": words, "count": count})
