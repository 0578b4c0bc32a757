from __future__ import annotations

from typing import Any

from django.db import migrations, models


def keep_paid(apps: Any, _editor: Any) -> None:
    """The one payment of a fee becomes the first of its payments."""
    fees = apps.get_model("training", "Fee")
    links = apps.get_model("training", "Fee_payments")
    paid = fees.objects.filter(payment__isnull=False).values_list("pk", "payment_id")
    links.objects.bulk_create([links(fee_id=fee, payment_id=payment) for fee, payment in paid], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("budgets", "0001_initial"),
        ("training", "0022_evaluated_instructor"),
    ]

    operations = [
        migrations.AddField("fee", "payments", models.ManyToManyField(editable=False, related_name="+", to="budgets.payment")),
        migrations.AddField("trip", "payments", models.ManyToManyField(editable=False, related_name="+", to="budgets.payment")),
        migrations.RunPython(keep_paid, migrations.RunPython.noop),
    ]
