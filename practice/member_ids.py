"""What member IDs look like: what any of them may hold, and the form one payer's have. Pure."""

from __future__ import annotations

import re
from typing import Final

FORM: Final = re.compile(r"[A9X]{2,30}")
"""`A` stands for a letter, `9` for a digit, `X` for either; Medicare's (CMS, MBI format) is 9AX9AX9AA99."""

_ANY: Final = re.compile(r"[A-Z0-9]{2,80}")
_SIGNS: Final = {"A": "[A-Z]", "9": "[0-9]", "X": "[A-Z0-9]"}
_EXAMPLE: Final = {"A": "A", "9": "1", "X": "A"}


def forms_in(text: str) -> list[str]:
    """The forms of a line such as `AAA999999999, 9AX9AX9AA99`, each once, in capitals."""
    return list(dict.fromkeys(word.upper() for word in re.split(r"[\s,;]+", text) if word))


def bare(number: str) -> str:
    """A member ID without the spaces and hyphens of the card, in capitals."""
    return re.sub(r"[\s-]", "", number).upper()


def is_possible(number: str) -> bool:
    """Whether any payer could have such a number: letters and digits, at least two (NM109)."""
    return bool(_ANY.fullmatch(bare(number)))


def fits(number: str, forms: str) -> bool:
    """Whether a number has one of the payer's forms; any has where none is known."""
    known = forms_in(forms)
    return not known or any(re.fullmatch(_pattern(one), bare(number)) for one in known)


def examples(forms: str) -> list[str]:
    """A number of each form, to show: `1AA1AA1AA11`."""
    return ["".join(_EXAMPLE[sign] for sign in one) for one in forms_in(forms)]


def _pattern(form: str) -> str:
    return "".join(_SIGNS[sign] for sign in form)
