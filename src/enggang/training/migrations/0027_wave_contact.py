from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0026_travel_wish")]

    operations = [
        migrations.AddField(
            "wave", "contact", models.CharField(blank=True, db_default="", default="", max_length=200, verbose_name="contact")
        ),
    ]
