"""Claims that are made keep which taxonomies their payer wanted so far."""

from django.db import migrations

KEEP = """
UPDATE billing_claim SET taxonomy = practice_practicepayer.taxonomy
FROM practice_practicepayer
WHERE practice_practicepayer.practice_id = billing_claim.practice_id
    AND practice_practicepayer.id = billing_claim.payer_id
    AND practice_practicepayer.taxonomy <> 'both'
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0011_claims_by_payers_rules"), ("practice", "0007_rules_of_payers")]

    operations = [migrations.RunSQL(KEEP, migrations.RunSQL.noop)]
