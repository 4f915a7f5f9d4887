from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('practice', '0003_own_services'),
    ]

    operations = [
        migrations.AddField(
            model_name='duework',
            name='error',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='duework',
            name='failed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='duework',
            name='failures',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
