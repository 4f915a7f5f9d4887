"""PostgreSQL refuses to commit an entry whose lines do not sum to zero."""

from django.db import migrations

from billing.ledger.balance_sql import CREATE, DROP


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
