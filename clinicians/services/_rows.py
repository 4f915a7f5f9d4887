"""Finding and locking the clinician whose file is changed."""

from __future__ import annotations

from django.http import Http404

from clinicians.models import Clinician


def locked(clinician_id: int) -> Clinician:
    """The clinician, locked: whoever changes the file of one clinician waits for the other. Http404 when not there."""
    found = Clinician.objects.select_for_update(of=("self",)).filter(pk=clinician_id).first()
    if found is None:
        raise Http404
    return found
