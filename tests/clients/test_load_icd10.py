"""manage.py load_icd10."""

from __future__ import annotations

import datetime as dt
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clients.icd10 import loading, package
from clients.models import DiagnosisCode, DiagnosisRelease
from tests.clients.test_icd10_files import ORDER, PLAIN, written
from tests.icd10 import CODES

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def nothing_loaded() -> None:
    DiagnosisRelease.objects.using("owner").all().delete()


def load(*arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command("load_icd10", *arguments, stdout=out, **options)
    return out.getvalue()


def test_a_file_becomes_the_release_its_name_says(tmp_path: Path) -> None:
    said = load(written(tmp_path, ORDER))
    assert said == "FY2027, valid 2026-10-01 to 2027-09-30: 3 codes and headings\n"
    release = DiagnosisRelease.objects.get()
    assert (release.name, release.starts_on, release.ends_on) == ("FY2027", dt.date(2026, 10, 1), dt.date(2027, 9, 30))
    assert list(release.codes.values_list("code", "billable")) == [("F41", False), ("F41.0", True), ("T36.0X1A", True)]


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, ORDER)
    assert load(path) == load(path)
    assert (DiagnosisRelease.objects.count(), DiagnosisCode.objects.count()) == (1, 3)


def test_a_second_release_stands_beside_the_first(tmp_path: Path) -> None:
    load(written(tmp_path, ORDER))
    load(written(tmp_path, PLAIN, "icd10cm_codes_2028.txt"))
    assert list(DiagnosisRelease.objects.values_list("name", flat=True)) == ["FY2028", "FY2027"]
    newer = DiagnosisCode.objects.filter(release__name="FY2028")
    assert list(newer.values_list("code", "billable")) == [("F41", False), ("F41.0", True), ("F41.1", True)]


def test_days_of_another_release_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, ORDER)
    load(path)
    with pytest.raises(CommandError, match="FY2027 is loaded for 2026-10-01 to 2027-09-30"):
        load(path, name="APR27", starts_on=dt.date(2027, 4, 1), ends_on=dt.date(2027, 9, 30))


def test_a_wrong_file_leaves_everything_as_it_was(tmp_path: Path) -> None:
    load(written(tmp_path, ORDER))
    with pytest.raises(CommandError, match="Line 4"):
        load(written(tmp_path, ORDER + "nonsense\n"))
    assert DiagnosisCode.objects.count() == 3


def test_without_a_file_it_is_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "read", lambda: CODES)
    assert load().startswith("FY2026, valid 2025-10-01 to 2026-09-30: 10 codes")
    assert [code.code for code in loading.latest_codes()] == sorted(code.code for code in CODES)


def test_nothing_is_read_nor_said_when_the_release_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "read", lambda: CODES)
    load()
    monkeypatch.setattr(package, "read", lambda: pytest.fail("the package was read again"))
    monkeypatch.setitem(sys.modules, "simple_icd_10_cm", None)
    assert not load(if_missing=True)


def test_verbosity_zero_says_nothing(tmp_path: Path) -> None:
    assert not load(written(tmp_path, ORDER), verbosity=0)
    assert DiagnosisCode.objects.count() == 3
