"""Pages about where one clinician stands with payers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from clinicians import services
from clinicians.forms import EnrollmentForm
from clinicians.selectors import file, grid
from clinicians.views._pages import address, form_page, person_page, sent
from practice.http import PracticeRequest, page


@page("team:view")
@require_GET
def clinician_enrollment(request: PracticeRequest, pk: int) -> HttpResponse:
    """One clinician with every payer."""
    person, facts = person_page(request, pk, "clinician_enrollment")
    facts["payers"] = grid.payer_cells(person, facts["today"])
    return TemplateResponse(request, "clinicians/enrollment.html", facts)


@page("team:edit")
@require_http_methods(["GET", "POST"])
def edit_enrollment(request: PracticeRequest, pk: int, payer: int) -> HttpResponse:
    """Says where a clinician stands with a payer."""
    person = file.clinician(request.actor, pk)
    found, row = file.payer_standing(person, payer)

    def act(values: dict[str, Any]) -> str:
        saved = services.set_enrollment(actor=request.actor, clinician_id=pk, payer_id=payer, **values)
        return f"{person.name} with {found.name}: {saved.get_status_display().lower()}."

    from_grid = request.GET.get("from") == "grid"
    back = address(request, "enrollment_grid") if from_grid else address(request, "clinician_enrollment", pk)
    facts: dict[str, Any] = {
        "title": f"{person.name} with {found.name}",
        "clinician": person,
        "submit": "Save the enrollment",
    }
    return form_page(request, EnrollmentForm(sent(request), instance=row), act, back=back, **facts)
