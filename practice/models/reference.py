"""Directory and code sets: shared reference rows that only the owner of the database writes (`load_reference`)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PayerDirectoryEntry(models.Model):
    """A payer as one clearinghouse lists it; a practice confirms the id with its own."""

    key = models.CharField(max_length=80, unique=True)
    payer_id = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=100)
    aliases = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20)
    states = ArrayField(models.CharField(max_length=2), default=list)
    claim_filing_indicator = models.CharField(max_length=2)
    electronic_claims = models.BooleanField(default=False)
    electronic_eligibility = models.BooleanField(default=False)
    electronic_remittance = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ServiceCode(models.Model):
    """A procedure code with its time range, units rule and what it is added to. Names are our own words."""

    code = models.CharField(max_length=5, unique=True)
    code_set = models.CharField(max_length=10)
    name = models.CharField(max_length=300)
    category = models.CharField(max_length=40)
    time_min = models.PositiveSmallIntegerField(null=True)
    time_max = models.PositiveSmallIntegerField(null=True)
    add_on_to = ArrayField(models.CharField(max_length=5), default=list)
    units_rule = models.CharField(max_length=80, blank=True)
    telehealth_ok = models.CharField(max_length=10, blank=True)
    needs_diagnosis = models.BooleanField(default=True)
    credential_groups = ArrayField(models.CharField(max_length=2), default=list)
    notes = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Taxonomy(models.Model):
    """A provider taxonomy code (NUCC)."""

    code = models.CharField(max_length=10, unique=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=150)
    profession = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "taxonomies"

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Credential(models.Model):
    """Letters behind a name, and what they usually mean for billing."""

    abbreviation = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    level = models.CharField(max_length=20)
    profession = models.CharField(max_length=80, blank=True)
    taxonomy = models.CharField(max_length=10, blank=True)
    typical_modifier = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["abbreviation"]

    def __str__(self) -> str:
        return f"{self.abbreviation} · {self.name}"


class PlaceOfService(models.Model):
    """Where a service was given, as claims say it (CMS)."""

    code = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=120)
    telehealth = models.BooleanField(default=False)
    relevance = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "places of service"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Modifier(models.Model):
    """Two characters that say more about a service."""

    code = models.CharField(max_length=2, unique=True)
    category = models.CharField(max_length=40, blank=True)
    meaning = models.CharField(max_length=200)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.meaning}"
