"""Why a payer refused something, as one reason that many claims may share, with its likely fix."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from billing.fixes import table
from billing.fixes.places import Link, Subject, link_to
from edi.codes.adjustments import adjustment_reasons
from edi.codes.remarks import RemarkKind, remark_codes
from edi.codes.status import status_codes
from edi.statuses.verdicts import Verdict, verdict
from practice.actors import Actor

_SAYS_NOTHING: Final = frozenset({"0", "20", "21", "247", "275", "634", "684"})
"""Status codes that only say that another code names the fault."""
_OTHERS: Final = "other"
NO_REASON: Final = "none"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a key for addresses, its code as the payer writes it, its words, and what usually helps.

    `cause` is the likely cause; without a row in the table it is what the code list advises. `place` is empty then.
    """

    key: str
    code: str
    words: str
    cause: str = ""
    place: str = ""
    source: str = ""

    def link(self, slug: str, subject: Subject, actor: Actor) -> Link | None:
        """What leads to the field that corrects it; None where the table knows no place."""
        return link_to(self.place, slug, subject, actor) if self.place else None


def of_answer(source: str, codes: str, detail: str) -> Reason:
    """The reason in a 277CA or 999 as the claim's timeline keeps it."""
    if source == table.X999:
        return _of_999(codes, detail)
    return _of_277ca(codes, detail)


def of_check(problems: Sequence[str]) -> Reason:
    """What our own check found before the claim left."""
    words = problems[0] if problems else "It was left behind by the check of the file"
    key = hashlib.sha256(words.encode()).hexdigest()[:10]
    return Reason(f"check-{key}", "Check", words, "Our own check stopped it before it left.", "form", "SNIP 1–5")


def of_denial(reasons: Sequence[Mapping[str, Any]]) -> Reason:
    """The first reason of a denial; a remark that names a fault says more than the reason itself."""
    if not reasons:
        return Reason(NO_REASON, "", "The payer gave no reason")
    first = reasons[0]
    remarks = [text.partition(":")[0] for text in first.get("remarks", [])]
    return of_adjustment(first.get("group", ""), first.get("reason", ""), remarks[0] if remarks else "", remarks)


def of_adjustment(group: str, reason: str, remark: str, remarks: Sequence[str] = ()) -> Reason:
    """A reason under a group, with its remarks; the first of them is part of the key."""
    telling = next((one for one in (*remarks, remark) if _names_fault(one)), "")
    fix = (table.find(table.RARC, telling) if telling else None) or table.find(table.CARC, reason)
    known = adjustment_reasons().get(reason)
    words = known.meaning if known else "Not in the code list"
    if telling:
        words = f"{remark_codes()[telling].meaning}" if reason == "16" else words
    code = " ".join(part for part in (f"{group}-{reason}", telling) if part)
    key = f"{group}-{reason}" + (f".{remark}" if remark else "")
    if fix:
        return Reason(key, code, words, fix.cause, fix.place, fix.source)
    return Reason(key, code, words, f"{known.next_action}." if known else "Ask the payer what this means.")


def split(key: str) -> tuple[str, str, str]:
    """Group, reason and first remark of a denial's key."""
    code, _, remark = key.partition(".")
    group, _, reason = code.partition("-")
    return group, reason, remark


def _names_fault(code: str) -> bool:
    known = remark_codes().get(code)
    return known is not None and (known.kind is RemarkKind.FIX or table.find(table.RARC, code) is not None)


def _of_277ca(codes: str, detail: str) -> Reason:
    refused = [one for one in map(_parts, codes.split()) if verdict(one[0]) is Verdict.REJECTED]
    if not refused:
        return Reason("277CA", codes, detail.splitlines()[0] if detail else "Rejected without a reason", place="form")
    category, code, entity = next((one for one in refused if one[1] not in _SAYS_NOTHING), refused[0])
    known = status_codes().get(code)
    words = known.meaning if known else "The payer uses a code that is not in the list"
    fix = table.find(table.STC, code, entity)
    cause = fix.cause if fix else f"{known.likely_fix}." if known else "Ask the payer what this means."
    shown = ":".join(part for part in (category, code, entity) if part)
    key = f"stc-{code}" + (f"-{entity}" if entity else "")
    return Reason(key, shown, words, cause, fix.place if fix else "form", fix.source if fix else "")


def _of_999(codes: str, detail: str) -> Reason:
    segment = codes.split(maxsplit=1)[0].partition("-")[0] if codes else _OTHERS
    fix = table.find(table.X999, segment)
    words = detail.splitlines()[0] if detail else "The file could not be read"
    if segment != _OTHERS:
        words = f"The segment {segment} was refused"
    cause = fix.cause if fix else "The receiver could not read this part of the claim."
    place, source = (fix.place, fix.source) if fix else ("form", "")
    shown = f"999 {codes.split(maxsplit=1)[0]}" if codes else "999"
    return Reason(f"999-{segment}", shown, words, cause, place, source)


def _parts(text: str) -> tuple[str, str, str]:
    category, code, entity = (*text.split(":"), "", "")[:3]
    return category, code, entity
