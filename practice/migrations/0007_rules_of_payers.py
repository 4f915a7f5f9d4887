"""What payers wanted so far becomes their first rules, where it is not what holds anyway."""

from django.db import migrations

MOVE = """
INSERT INTO practice_payerrules (
    practice_id, payer_id, starts_on, note, taxonomy, home_place, elsewhere_place, video_modifier, audio_modifier,
    supervised, supervised_modifier, wants_cosignature, wants_referring, filing_days, secondary_filing_days,
    authorized_codes, reports_patient_paid, received_is_accepted, takes_replacements
)
SELECT
    practice_id, id, DATE '1900-01-01', '', taxonomy, '10', '02', telehealth_modifier, '93',
    supervised, supervised_modifier, wants_cosignature, FALSE, filing_days, 90,
    ARRAY[]::varchar[], FALSE, FALSE, claim_filing_indicator <> 'MB'
FROM practice_practicepayer
WHERE (taxonomy, telehealth_modifier, supervised, supervised_modifier, wants_cosignature, filing_days)
    <> ('both', '95', 'refused', '', FALSE, 90)
    OR claim_filing_indicator = 'MB'
"""


class Migration(migrations.Migration):
    dependencies = [("practice", "0006_payer_rules")]

    operations = [migrations.RunSQL(MOVE, "DELETE FROM practice_payerrules")]
