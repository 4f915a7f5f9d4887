"""The four ways of organizing a practice, in words (reference: business-model facts, ownership and fees)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from practice.models import PracticeSettings

_MODEL = PracticeSettings.BusinessModel


@dataclass(frozen=True, slots=True)
class Explained:
    """A way, what it means, and what it means for money."""

    value: str
    label: str
    means: str
    money: str


MODELS: Final = (
    Explained(
        _MODEL.INTEGRATED,
        _MODEL.INTEGRATED.label,
        "One business owns the practice, employs or contracts everybody, and signs with payers for all of them.",
        "What is left after pay and expenses belongs to its owner.",
    ),
    Explained(
        _MODEL.PARTNERSHIP,
        _MODEL.PARTNERSHIP.label,
        "Several owners hold shares and vote; votes need not follow the shares, and each matter has its own majority.",
        "What is left is split as the agreement says: by share, production, hours or a blend.",
    ),
    Explained(
        _MODEL.IPA,
        _MODEL.IPA.label,
        "You stay independent and join an association that carries payers’ offers; you alone answer each offer, and no"
        " other member sees your rates.",
        "You share the association’s costs equally, by revenue or by use, and it invoices you for your part.",
    ),
    Explained(
        _MODEL.MSO,
        _MODEL.MSO.label,
        "A management company does billing, payroll or IT for you. Every clinical decision, the books and the bank"
        " account stay yours.",
        "It invoices a fee set in advance at fair market value: flat, cost-plus or per claim. Some states forbid a"
        " percentage.",
    ),
)
