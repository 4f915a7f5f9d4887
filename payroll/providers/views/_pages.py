"""What the pages of payroll providers do alike."""

from __future__ import annotations

from typing import Final

from django.http import Http404

from payroll.providers.known import Provider, of_target

MISSING: Final = "missing"


def provider_or_404(target: str) -> Provider:
    """The provider that takes a file, by the name of any of its files."""
    found = of_target(target)
    if found is None:
        raise Http404
    return found
