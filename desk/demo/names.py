"""The facts of the demo's practices. All people are invented; the NPIs carry a right check digit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

SERVICES: Final[tuple[dict[str, Any], ...]] = (
    {"code": "90791", "name": "Intake", "kind": "intake", "minutes": 60, "fee": Decimal("215.00")},
    {"code": "90792", "name": "Medical intake", "kind": "intake", "minutes": 60, "fee": Decimal("260.00")},
    {
        "code": "90834",
        "name": "Therapy 45",
        "kind": "individual",
        "minutes": 45,
        "time_min": 38,
        "time_max": 52,
        "fee": Decimal("142.00"),
    },
    {
        "code": "90837",
        "name": "Therapy 60",
        "kind": "individual",
        "minutes": 55,
        "time_min": 53,
        "fee": Decimal("168.00"),
    },
    {
        "code": "90847",
        "name": "Couple or family",
        "kind": "family",
        "minutes": 50,
        "time_min": 26,
        "fee": Decimal("185.00"),
    },
    {"code": "90853", "name": "Group", "kind": "group", "minutes": 75, "fee": Decimal("60.00")},
    {
        "code": "99214",
        "name": "Medication visit",
        "kind": "medical",
        "minutes": 35,
        "time_min": 30,
        "fee": Decimal("178.00"),
    },
)

# Payers by the prefix of their members' numbers; the last three come from the shared directory.
PAYERS: Final[dict[str, dict[str, Any]]] = {
    "KM": {"name": "Keystone Mutual", "payer_id": "KEYM1", "filing_days": 90, "supervised": "associate"},
    "BH": {"name": "Blue Harbor PPO", "payer_id": "BLHB2", "filing_days": 180, "supervised": "supervisor"},
    "AE": {"name": "Aetna", "payer_id": "60054", "filing_days": 120},
    "CG": {"name": "Cigna Healthcare", "payer_id": "62308"},
    "UH": {"name": "UnitedHealthcare", "payer_id": "87726"},
}
OF_THE_DIRECTORY: Final = frozenset({"AE", "CG", "UH"})
TAKE_ASSOCIATES: Final = frozenset({"KM", "BH"})
COPAYS: Final = {"KM": Decimal("25.00"), "AE": Decimal("30.00"), "UH": Decimal("20.00")}

# What two payers agreed to, by code.
RATES: Final[dict[str, dict[str, Decimal]]] = {
    "KM": {"90791": Decimal("168.00"), "90834": Decimal("104.25"), "90837": Decimal("142.80")},
    "BH": {"90791": Decimal("155.40"), "90834": Decimal("98.60"), "90837": Decimal("131.15")},
}


@dataclass(frozen=True, slots=True)
class Colleague:
    """A clinician: who they are on claims, on which terms they work, and who answers for them, by place."""

    first_name: str
    last_name: str
    credentials: str
    npi: str
    engagement: str
    tin: str
    business_name: str = ""
    supervisor: int | None = None
    prescribes: bool = False

    @property
    def name(self) -> str:
        """As accounts and files have it."""
        return f"{self.first_name} {self.last_name}"

    @property
    def tin_type(self) -> str:
        """A contractor with a business is paid under its EIN."""
        return "ein" if self.business_name else "ssn"


FERNHOLLOW_TEAM: Final = (
    Colleague("Alice", "Moreau", "LCSW", "1740000017", "w2_exempt", "987-65-4320"),
    Colleague("Charlie", "Nguyen", "LPC", "1740000025", "w2_nonexempt", "987-65-4321"),
    Colleague("Dana", "Whitfield", "LCSW", "1740000033", "contractor", "987-65-4322"),
    Colleague("Grace", "Lindqvist", "PsyD", "1740000041", "w2_exempt", "987-65-4323"),
    Colleague("Marcus", "Bellamy", "LMFT", "1740000058", "contractor", "98-7654321", "Bellamy Family Therapy LLC"),
    Colleague("Priya", "Raman", "PMHNP", "1740000066", "w2_exempt", "987-65-4324", prescribes=True),
    Colleague("Jonah", "Whitaker", "LAPC", "1740000074", "w2_nonexempt", "987-65-4325", supervisor=3),
    Colleague("Simone", "Achterberg", "LAMFT", "1740000082", "w2_nonexempt", "987-65-4326", supervisor=0),
    Colleague("Tomas", "Varga", "LPC", "1740000090", "contractor", "987-65-4327"),
    Colleague("Leah", "Hollis", "LCSW", "1740000108", "w2_exempt", "987-65-4328"),
    Colleague("Noor", "Haddad", "PhD", "1740000116", "w2_exempt", "987-65-4329"),
    Colleague("Lena", "Brandt", "LMFT", "1740000124", "contractor", "987-65-4332"),
)
RIVERMARK_TEAM: Final = (
    Colleague("Heidi", "Sommer", "LCSW", "1740000132", "partner", "987-65-4330"),
    Colleague("Ruben", "Aldana", "LPC", "1740000140", "partner", "987-65-4331"),
    Colleague("Mei", "Thornton", "LMFT", "1740000157", "contractor", "98-7654323", "Thornton Therapy LLC"),
)

# fmt: off
FIRST_NAMES: Final = (
    "Marisol", "Theo", "Aisha", "Ben", "Delia", "Owen", "Yuki", "Farah", "Caleb", "Nina", "Rosa", "Peter",
    "Ingrid", "Malik", "Hana", "Silas", "Odette", "Ravi", "Corinne", "Emeka", "Lucia", "Anders", "Thandi",
    "Gideon", "Paloma", "Kofi", "Maren", "Elio", "Zainab", "Desmond", "Freya", "Tobias", "Imani", "Lars",
    "Noemi", "Hugo", "Saskia", "Amir", "Beatriz", "Nolan", "Ximena", "Felix", "Leila", "Arturo", "Maeve",
    "Kenji", "Solveig", "Dario", "Winnie", "Iker", "Petra", "Jamal", "Annika", "Rafael", "Tessa", "Viktor",
    "Salma", "Oscar", "Linnea", "Bruno",
)
# fmt: on
# fmt: off
LAST_NAMES: Final = (
    "Vega", "Lindgren", "Coleman", "Ostrowski", "Marsh", "Pruitt", "Sandoval", "Iqbal", "Winthrop",
    "Delacroix", "Imbert", "Hsu", "Barros", "Krall", "Fontaine", "Okafor", "Brandt", "Castellano", "Dunmore",
    "Eriksen", "Farrow", "Galloway", "Hartley", "Ibarra", "Jansen", "Kessler", "Lombardi", "Mercer",
    "Nakamura", "Oduya", "Pellegrin", "Quiroga", "Rasmussen", "Santoro", "Tillman", "Ueda", "Valdez",
    "Whitlock", "Yarrow", "Zielinski", "Abernathy", "Bhatt", "Corvino", "Dressler", "Ekholm", "Fairchild",
    "Grieves", "Hollander", "Ivarsson", "Jessup", "Kowalczyk", "Larkin", "Montoya", "Nyberg", "Orellana",
    "Prescott", "Rourke", "Sayegh", "Thackeray", "Underhill", "Voss",
)
# fmt: on

DIAGNOSES: Final = (
    ("F41.1",),
    ("F33.1", "F41.1"),
    ("F43.10",),
    ("F43.23",),
    ("F32.1",),
    ("F40.10",),
    ("F34.1",),
    ("F90.2",),
)

NOTES: Final = (
    "Seen as planned. Reviewed the week, practiced grounding, agreed on two small steps until next time.",
    "Worked on sleep and worry. Thought record for homework. No safety concerns.",
    "Explored the conflict at work; rehearsed what to say. Mood steadier than last time.",
    "Reviewed goals. Progress with exposure steps; next one chosen together.",
    "Grief came up strongly; stayed with it. Support at home is in place. No safety concerns.",
    "Went over the medication and its effects with the prescriber’s plan; coping skills practiced.",
)
