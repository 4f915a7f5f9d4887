"""How the browser's files are stored where people work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """Names with a digest, compressed; a reference to a missing file is an error in our own files only.

    Packages name source maps and pictures that they leave out; such a reference stays as it is.
    """

    def url_converter(self, name: str, *arguments: Any, **options: Any) -> Callable[[Any], str]:
        """The function that puts digests into one file's references."""
        convert: Callable[[Any], str] = super().url_converter(name, *arguments, **options)
        if (settings.BASE_DIR / "static" / name).is_file():
            return convert

        def lenient(match: Any) -> str:
            try:
                return convert(match)
            except ValueError:
                return str(match["matched"])

        return lenient
