"""Pay in words: each line with its arithmetic, for the person it pays and for those who run payroll."""

from __future__ import annotations

from typing import Final

from tests.matrix.row import Row
from tests.matrix.rows._facts import of, sends

SEES: Final = "alice ivan"
CLINICIANS: Final = "alice charlie dana grace"
OTHERS: Final = "alice dana grace"
_OWN = of("pay_run")
_PERSON = of("pay_run", clinician_id="clinician")
_SEARCH = sends(q="Lindgren")

ROWS: list[Row] = [
    Row("my_pay", CLINICIANS),
    Row("my_pay_run", "charlie", ids=_OWN, hidden=OTHERS),
    Row("search_my_pay", "charlie", "POST", ids=_OWN, body=_SEARCH, hidden=OTHERS),
    Row("my_pay_statement", "charlie", ids=_OWN, hidden=OTHERS),
    Row("pay_of_person", SEES, ids=_PERSON),
    Row("search_pay_of_person", SEES, "POST", ids=_PERSON, body=_SEARCH),
    Row("pay_statement", SEES, ids=_PERSON),
    Row("pay_statements", SEES, ids=_OWN),
]
