"""What the API's description says about signing in; imported by the resources, so that the generator knows it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A token in the header."""

    target_class = "practice.api.signing_in.SignedIn"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """As OpenAPI names it."""
        return {"type": "http", "scheme": "bearer"}
