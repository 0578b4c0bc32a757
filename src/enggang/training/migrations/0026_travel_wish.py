from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0025_graders")]

    operations = [
        migrations.CreateModel(
            name="TravelWish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("arrives_on", models.DateField(blank=True, null=True, verbose_name="arrives on")),
                ("arrives_at", models.TimeField(blank=True, null=True, verbose_name="arrives at")),
                ("room_wish", models.CharField(blank=True, max_length=200, verbose_name="wish for the room")),
                ("diet", models.CharField(blank=True, max_length=200, verbose_name="diet")),
                ("registration", models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, related_name="travel_wish", to="training.registration"
                )),
            ],
        ),
    ]
