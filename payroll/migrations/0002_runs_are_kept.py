"""PostgreSQL refuses to change the lines of an approved run, and a run that was exported."""

from django.db import migrations

from payroll.kept_sql import CREATE, DROP


class Migration(migrations.Migration):
    dependencies = [("payroll", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
