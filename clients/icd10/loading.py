"""Puts a release into its tables as the database owner: the web role may only read them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connections, transaction

from clients.icd10.release import Code, ReleaseRefusedError, Term
from clients.models import DiagnosisCode, DiagnosisRelease


def load(term: Term, codes: Iterable[Code], *, using: str = "owner") -> int:
    """Makes the release exactly these codes, whether or not it was loaded before; gives how many they are.

    ReleaseRefusedError when its days belong to another release, or it ends before it starts.
    """
    with transaction.atomic(using=using):
        _refuse_shared_days(term, using)
        release, _ = DiagnosisRelease.objects.using(using).update_or_create(
            name=term.name, defaults={"starts_on": term.starts_on, "ends_on": term.ends_on}
        )
        DiagnosisCode.objects.using(using).filter(release=release).delete()
        return _copy(release.pk, codes, using)


def is_loaded(term: Term, *, using: str = "owner") -> bool:
    """Whether this release is there already, with its codes."""
    return DiagnosisCode.objects.using(using).filter(release__name=term.name).exists()


def latest_codes(*, using: str = "owner") -> list[Code]:
    """The codes of the latest release that is loaded."""
    release = DiagnosisRelease.objects.using(using).first()
    rows = DiagnosisCode.objects.using(using).filter(release=release) if release else ()
    return [Code(row.code, row.words, row.billable) for row in rows]


def _refuse_shared_days(term: Term, using: str) -> None:
    if term.ends_on < term.starts_on:
        raise ReleaseRefusedError(f"{term.name} would end before it starts.")
    others = DiagnosisRelease.objects.using(using).exclude(name=term.name)
    clash = others.filter(starts_on__lte=term.ends_on, ends_on__gte=term.starts_on).first()
    if clash is not None:
        raise ReleaseRefusedError(
            f"{clash.name} is loaded for {clash.starts_on} to {clash.ends_on}. "
            f"Give --name {clash.name} to replace it, or other dates with --from and --to."
        )


def _copy(release_id: int, codes: Iterable[Code], using: str) -> int:
    """COPY, because 98,000 rows by INSERT take ten times as long; the table is shared and has no row security."""
    count = 0
    with connections[using].cursor() as cursor:
        table = connections[using].ops.quote_name(DiagnosisCode._meta.db_table)
        with cursor.copy(f"COPY {table} (release_id, code, words, billable) FROM STDIN") as rows:
            for code in codes:
                rows.write_row((release_id, code.code, code.words, code.billable))
                count += 1
    return count
