"""How payers want claims, by the date of service."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from practice.models.payers import PracticePayer
from practice.overlaps import no_overlap
from practice.tenancy.base import TenantModel
from practice.tenancy.fields import TenantForeignKey

ALWAYS: Final = dt.date(1900, 1, 1)
"""The first day of rules that nobody dated: before anything the practice ever billed."""

HOME: Final = "10"
ELSEWHERE: Final = "02"
VIDEO: Final = frozenset({"95", "GT"})
AUDIO: Final = frozenset({"93", "FQ"})


class PayerRules(TenantModel):
    """How a payer wants claims for services of certain days; one row counts on a day, and without one the defaults.

    Rows are not rewritten: a correction withdraws the row it `replaces`, so that it can be undone.
    """

    class Supervised(models.TextChoices):
        REFUSED = "refused", "Not accepted from supervised clinicians"
        SUPERVISOR = "supervisor", "Supervisor as the rendering provider"
        ASSOCIATE = "associate", "Associate rendering, supervisor named"

    class Taxonomy(models.TextChoices):
        BOTH = "both", "Billing and rendering"
        BILLING = "billing", "Billing only"
        NONE = "none", "Leave out"

    class Place(models.TextChoices):
        HOME = "10", "10 Telehealth, client at home"
        ELSEWHERE = "02", "02 Telehealth, client elsewhere"
        OFFICE = "11", "11 Office"

    class Video(models.TextChoices):
        SYNCHRONOUS = "95", "95"
        INTERACTIVE = "GT", "GT"
        NONE = "", "None"

    class Audio(models.TextChoices):
        TELEPHONE = "93", "93"
        BEHAVIORAL = "FQ", "FQ"
        NONE = "", "None"

    class Sessions(models.TextChoices):
        APART = "apart", "Each session on a claim of its own"
        TOGETHER = "together", "A client’s sessions of a month on one claim"

    payer = TenantForeignKey(PracticePayer, models.CASCADE, related_name="rules")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    note = models.CharField("where it says so", max_length=200, blank=True)
    taxonomy = models.CharField(max_length=8, choices=Taxonomy.choices, default=Taxonomy.BOTH)
    home_place = models.CharField(max_length=2, choices=Place.choices, default=Place.HOME)
    elsewhere_place = models.CharField(max_length=2, choices=Place.choices, default=Place.ELSEWHERE)
    video_modifier = models.CharField(max_length=2, blank=True, choices=Video.choices, default=Video.SYNCHRONOUS)
    audio_modifier = models.CharField(max_length=2, blank=True, choices=Audio.choices, default=Audio.TELEPHONE)
    supervised = models.CharField(max_length=10, choices=Supervised.choices, default=Supervised.REFUSED)
    supervised_modifier = models.CharField(max_length=2, blank=True)
    wants_cosignature = models.BooleanField(default=False)
    wants_referring = models.BooleanField(default=False)
    filing_days = models.PositiveSmallIntegerField(default=90)
    secondary_filing_days = models.PositiveSmallIntegerField(default=90)
    member_id_form = models.CharField(max_length=60, blank=True)
    authorized_codes = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    reports_patient_paid = models.BooleanField(default=False)
    received_is_accepted = models.BooleanField(default=False)
    takes_replacements = models.BooleanField(default=True)
    sessions = models.CharField(max_length=8, choices=Sessions.choices, default=Sessions.APART)
    replaces = TenantForeignKey("self", models.CASCADE, null=True, indexed=False, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "set of rules"
        verbose_name_plural = "sets of rules"
        ordering = ["-starts_on"]
        constraints = [
            no_overlap("payer_rules_one_at_a_time", "payer", condition=Q(withdrawn_at__isnull=True)),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="payer_rules_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer} from {self.starts_on}"

    def place_for(self, place: str) -> str:
        """The place of service this payer wants where the session took place at `place`."""
        return {HOME: self.home_place, ELSEWHERE: self.elsewhere_place}.get(place, place)
