from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0039_reasons_as_codes")]

    operations = [
        migrations.AddField("handinversion", "again_until", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "handinversion", "again_reason", models.CharField(blank=True, db_default="", default="", max_length=1000)
        ),
        migrations.AddField("handinversion", "graded", models.JSONField(blank=True, null=True)),
    ]
