"""Pages about the licenses and documents of one clinician."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from clinicians import services
from clinicians.forms import DocumentForm, LicenseForm
from clinicians.models import ClinicianDocument, License
from clinicians.selectors import file
from clinicians.views._pages import address, form_page, person_page, sent, sent_files
from practice.http import PracticeRequest, page


@page("team:view", "team:own")
@require_GET
def clinician_papers(request: PracticeRequest, pk: int) -> HttpResponse:
    """Every license and document with its end."""
    person, facts = person_page(request, pk, "clinician_papers")
    facts |= {"licenses": file.licenses(person, facts["today"]), "documents": file.documents(person, facts["today"])}
    return TemplateResponse(request, "clinicians/papers.html", facts)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def add_license(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts a license on file."""
    person = file.clinician(request.actor, pk)

    def act(values: dict[str, Any]) -> str:
        return f"{services.add_license(actor=request.actor, clinician_id=pk, **values)} is on file."

    form = LicenseForm(sent(request), sent_files(request), initial={"kind": person.credentials[:40]})
    return _paper_page(request, form, act, pk, title="Add a license", clinician=person)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def edit_license(request: PracticeRequest, pk: int) -> HttpResponse:
    """Corrects or renews a license."""
    row = file.paper(request.actor, License, pk)

    def act(values: dict[str, Any]) -> str:
        return f"{services.change_license(actor=request.actor, license_id=pk, **values)} is saved."

    form = LicenseForm(sent(request), sent_files(request), instance=row)
    facts = {"title": str(row), "clinician": row.clinician, "paper": row}
    return _paper_page(request, form, act, row.clinician_id, remove=address(request, "remove_license", pk), **facts)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def add_document(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts another paper on file."""
    person = file.clinician(request.actor, pk)

    def act(values: dict[str, Any]) -> str:
        return f"{services.add_document(actor=request.actor, clinician_id=pk, **values)} is on file."

    form = DocumentForm(sent(request), sent_files(request))
    return _paper_page(request, form, act, pk, title="Add a document", clinician=person)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def edit_document(request: PracticeRequest, pk: int) -> HttpResponse:
    """Corrects or renews another paper."""
    row = file.paper(request.actor, ClinicianDocument, pk)

    def act(values: dict[str, Any]) -> str:
        return f"{services.change_document(actor=request.actor, document_id=pk, **values)} is saved."

    form = DocumentForm(sent(request), sent_files(request), instance=row)
    return _paper_page(request, form, act, row.clinician_id, title=str(row), clinician=row.clinician, paper=row)


@page("team:view", "team:own")
@require_GET
def license_scan(request: PracticeRequest, pk: int) -> HttpResponse:
    """The scan of a license, as a download."""
    return _scan(request, file.paper(request.actor, License, pk))


@page("team:view", "team:own")
@require_GET
def document_scan(request: PracticeRequest, pk: int) -> HttpResponse:
    """The scan of another paper, as a download."""
    return _scan(request, file.paper(request.actor, ClinicianDocument, pk))


def _paper_page(request: PracticeRequest, form: Any, act: Any, clinician_id: int, **facts: Any) -> HttpResponse:
    return form_page(
        request, form, act, back=address(request, "clinician_papers", clinician_id), submit="Save", **facts
    )


def _scan(request: PracticeRequest, row: License | ClinicianDocument) -> HttpResponse:
    try:
        kept, content = services.open_scan(actor=request.actor, row=row)
    except LookupError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=kept.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=kept.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
