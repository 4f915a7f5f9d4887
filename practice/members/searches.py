"""The searches of the kernel, under the name the pages about access know them by."""

from __future__ import annotations

from practice.searches import keep, words_of

__all__ = ["keep", "words_of"]
