"""Taking in files of answers by hand, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from billing.inbound import selectors, services
from billing.inbound.forms import UploadAnswersForm
from billing.models import InboundFile
from billing.remittances.views._pages import base, keys
from practice.acting import url
from practice.files import FileRefusedError
from practice.http import PracticeRequest, page

Refused = list[tuple[str, str]]


@page("claims:edit", "remittances:edit")
@require_http_methods(["GET", "POST"])
def upload_answers(request: PracticeRequest) -> HttpResponse:
    """Takes files in; then the page says of each what it was, and looks again while one is being read."""
    form = UploadAnswersForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    kept = keys(request, "file")
    refused: Refused = []
    if form.is_bound and form.is_valid():
        kept, refused = _keep(request, form.cleaned_data["answers"])
        if not refused:
            return redirect(f"{url(request, 'upload_answers')}?{urlencode({'file': kept}, doseq=True)}")
    rows = selectors.file_rows(request.actor, kept)
    left = [row for row in rows if row.file.status == InboundFile.Status.STORED]
    facts = {
        "form": form,
        "rows": rows,
        "refused": refused,
        "left": left,
        "done": len(rows) - len(left),
        "count": len(rows),
        "query": urlencode({"file": kept}, doseq=True),
    }
    template = "_results" if request.htmx else "upload"
    status = 422 if form.is_bound else 200
    facts = base(request, "answers") | facts
    return TemplateResponse(request, f"billing/answers/{template}.html", facts, status=status)


def _keep(request: PracticeRequest, given: Iterable[UploadedFile[Any]]) -> tuple[list[int], Refused]:
    kept: list[int] = []
    refused: Refused = []
    for file in given:
        name = file.name or "A file without a name"
        try:
            row = services.receive(
                file.read(),
                name=name,
                source=InboundFile.Source.UPLOAD,
                connection=None,
                actor=request.actor,
                practice=request.practice,
            )
        except FileRefusedError as refusal:
            refused.append((name, str(refusal)))
        else:
            kept.append(row.pk)
    return kept, refused
