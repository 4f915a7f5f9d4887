from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0006_clients_latest"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="late_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("1", "Eligibility was not known or could not be proved"),
                    ("2", "Litigation"),
                    ("3", "The authorization was delayed"),
                    ("4", "The provider’s certification was delayed"),
                    ("5", "Billing forms came late"),
                    ("6", "Custom-made appliances came late"),
                    ("7", "A third party took long, such as the first payer"),
                    ("8", "Eligibility was decided late"),
                    ("9", "The original was rejected or denied for another reason"),
                    ("10", "The prior approval was delayed by the payer"),
                    ("11", "Another reason"),
                    ("15", "A natural disaster"),
                ],
                max_length=2,
                verbose_name="why it is billed late",
            ),
        ),
    ]
