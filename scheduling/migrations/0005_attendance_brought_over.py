from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("scheduling", "0004_override_withdrawn"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="brought_over",
            field=models.BooleanField(default=False, editable=False, verbose_name="billed in a former system"),
        ),
    ]
