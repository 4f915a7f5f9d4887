"""Forms about eligibility."""

from __future__ import annotations

from billing.models import EligibilitySettings
from practice.record_forms import RecordForm


class SettingsForm(RecordForm[EligibilitySettings]):
    """Whether payers are asked by themselves, by what, and how long an answer is good."""

    class Meta:
        model = EligibilitySettings
        fields = ("asks_by_itself", "service_type", "good_for_days")
        labels = {"asks_by_itself": "Ask payers by itself"}
        help_texts = {
            "asks_by_itself": "When coverage is added or changed, before a first visit, and every night for the "
            "coming week’s sessions. By hand you can always ask.",
            "service_type": "Where the payer does not serve it, or says nothing about money, it is asked again by "
            "office visit (98) and then by the plan as a whole (30).",
            "good_for_days": "Nobody is asked about again within these days, unless what is on record changed.",
        }
