"""The models as JSON and back: generic over frozen dataclasses, strict on reading."""

from __future__ import annotations

from edi.json.reading import ShapeError, parse, read
from edi.json.writing import Json, write

__all__ = ["Json", "ShapeError", "parse", "read", "write"]
