"""Claims that are made say which sessions they ask for: those of their lines, one line's or another's."""

from django.db import migrations

SESSIONS = """
INSERT INTO billing_claimsession (practice_id, claim_id, attendance_id, coverage_id, under_way)
SELECT practice_id, id, attendance_id, coverage_id, under_way FROM billing_claim
UNION
SELECT claim.practice_id, claim.id, charge.attendance_id, claim.coverage_id, claim.under_way
FROM billing_claim claim
JOIN billing_claimline line ON line.practice_id = claim.practice_id AND line.claim_id = claim.id
JOIN billing_charge charge ON charge.practice_id = line.practice_id AND charge.id = line.charge_id
"""
SPANS = """
UPDATE billing_claim SET
    session_count = found.sessions,
    served_until = nullif(found.last_on, billing_claim.service_on)
FROM (
    SELECT line.practice_id, line.claim_id, max(line.service_on) AS last_on,
        count(DISTINCT charge.attendance_id) AS sessions
    FROM billing_claimline line
    JOIN billing_charge charge ON charge.practice_id = line.practice_id AND charge.id = line.charge_id
    GROUP BY line.practice_id, line.claim_id
) found
WHERE found.practice_id = billing_claim.practice_id AND found.claim_id = billing_claim.id
    AND (found.sessions > 1 OR found.last_on > billing_claim.service_on)
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0015_sessions_of_claims")]

    operations = [
        migrations.RunSQL(SESSIONS, "DELETE FROM billing_claimsession"),
        migrations.RunSQL(SPANS, migrations.RunSQL.noop),
    ]
