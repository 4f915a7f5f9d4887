"""Which session is this: what the payer wrote of a claim that matches none, and the claims of ours it may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Q, QuerySet, Subquery

from billing.claims.policies import visible_claims
from billing.models import Claim, ClaimLine, Remittance, RemittanceClaim, RemittanceLine
from billing.remittances.selectors.claims import ClaimShown, Listed, shown
from billing.remittances.suggesting import Sign, suggestions
from practice.actors import Actor
from practice.today import listed

_FOUND: Final = 8
_COMPARED: Final = ("code", "modifiers", "date", "charge")
_NUMBER: Final = 4
_NEVER_LEFT: Final = (Claim.Status.DRAFT, Claim.Status.READY, Claim.Status.BATCHED, Claim.Status.WITHDRAWN)
_OPEN: Final = (Remittance.Status.HELD, Remittance.Status.READY)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim of ours with what of it agrees: a word, the chip's kind, and both values."""

    claim: Claim
    codes: str
    signs: Sequence[tuple[str, str, str]] = ()

    @property
    def why(self) -> str:
        """Why it is suggested, in a sentence: what agrees, and what does not."""
        same = [_lower(label) for label, kind, _ in self.signs if kind == "done"]
        return _why(same, [_lower(label) for label, kind, _ in self.signs if kind != "done"]) if self.signs else ""

    @property
    def is_likely(self) -> bool:
        """Whether nothing but the spelling of the name speaks against it, so that it is chosen beforehand."""
        return bool(self.signs) and all(kind != "stop" for _, kind, _ in self.signs)


@dataclass(frozen=True, slots=True)
class Question:
    """A claim that matches none, and what it may be; `more` was found by somebody's own search."""

    claim: ClaimShown
    candidates: list[Candidate]
    more: list[Candidate]
    others: list[RemittanceClaim]


@dataclass(frozen=True, slots=True)
class LineQuestion:
    """A line of a matched claim that fits no line we sent, and the lines there are."""

    line: RemittanceLine
    choices: list[ClaimLine]

    @property
    def likely(self) -> ClaimLine | None:
        """The line that agrees in most, the first of several."""
        return max(self.choices, key=lambda one: len(self._agrees(one)), default=None)

    @property
    def why(self) -> str:
        """What of the likely one agrees, and what does not."""
        likely = self.likely
        if likely is None:
            return ""
        same = self._agrees(likely)
        return _why(same, [label for label in _COMPARED if label not in same])

    def _agrees(self, one: ClaimLine) -> list[str]:
        said, code = self.line, self.line.original or self.line.code
        facts = (code == one.code, said.modifiers == one.modifiers, said.service_on == one.service_on)
        checks = (*facts, abs(said.charged) == one.amount)
        return [label for label, agrees in zip(_COMPARED, checks, strict=True) if agrees]


def question(actor: Actor, row: Remittance, found: Listed, wanted: int | None, words: str) -> Question | None:
    """What is asked about the chosen claim, else about the first; None when everything is matched or posted."""
    if row.status not in _OPEN or not found.unmatched:
        return None
    chosen = next((one for one in found.unmatched if one.pk == wanted), found.unmatched[0])
    made = suggestions(chosen)
    signs = {one.claim.pk: one.signs for one in made}
    candidates = _candidates(visible_claims(actor).filter(pk__in=signs), signs)
    more = _candidates(search_claims(actor, words).exclude(pk__in=signs)[:_FOUND], {}) if words else []
    ordered = sorted(candidates, key=lambda one: list(signs).index(one.claim.pk))
    return Question(shown(chosen), ordered, more, [one for one in found.unmatched if one is not chosen])


def line_questions(row: Remittance, rows: Iterable[ClaimShown]) -> list[LineQuestion]:
    """The lines on this page that somebody must give a session."""
    if row.status not in _OPEN:
        return []
    free = [line.row for one in rows for line in one.lines if line.is_free]
    by_claim = {one.row.pk: one.row.claim_id for one in rows}
    asked: dict[int, list[ClaimLine]] = {}
    for line in ClaimLine.objects.filter(claim__in=[by_claim[one.remittance_claim_id] for one in free]):
        asked.setdefault(line.claim_id, []).append(line)
    return [LineQuestion(one, asked.get(by_claim[one.remittance_claim_id] or 0, [])) for one in free]


def search_claims(actor: Actor, words: str) -> QuerySet[Claim]:
    """Claims that left, by words of the client's name or the beginning of a number; the newest first."""
    found = Q()
    for word in words.split():
        one = Q(client__first_name__icontains=word) | Q(client__last_name__icontains=word)
        one |= Q(client__preferred_name__icontains=word)
        if len(word) >= _NUMBER:
            one |= Q(number__startswith=word.upper()) | Q(payer_control_number__istartswith=word)
        found &= one
    return (
        visible_claims(actor)
        .filter(found)
        .exclude(status__in=_NEVER_LEFT)
        .select_related("client", "payer")
        .order_by("-service_on", "pk")
    )


def _candidates(rows: QuerySet[Claim], signs: Mapping[int, Sequence[Sign]]) -> list[Candidate]:
    codes = ClaimLine.objects.filter(claim=OuterRef("pk")).values("claim")
    named = rows.select_related("client", "rendering", "payer", "attendance__session").annotate(
        codes=Subquery(codes.annotate(all=StringAgg("code", ", ", order_by="position")).values("all"))
    )
    return [
        Candidate(claim, getattr(claim, "codes", None) or "", [_sign(one) for one in signs.get(claim.pk, ())])
        for claim in named
    ]


def _why(same: Sequence[str], other: Sequence[str]) -> str:
    """`Date and charge agree; name differs.`"""
    agree = f"{listed(same, len(same))} {'agrees' if len(same) == 1 else 'agree'}" if same else "nothing agrees"
    differ = f"; {listed(other, len(other))} {'differs' if len(other) == 1 else 'differ'}" if other else ""
    return f"{agree[:1].upper()}{agree[1:]}{differ}."


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _sign(sign: Sign) -> tuple[str, str, str]:
    """A name may be spelled otherwise; anything else that differs speaks against the claim."""
    differs = "wait" if sign.label == "Name" else "stop"
    return sign.label, "done" if sign.agrees else differs, sign.words
