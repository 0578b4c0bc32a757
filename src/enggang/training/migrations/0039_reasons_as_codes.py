from django.db import migrations, models


def keep_words(apps, _schema):
    """What was explained before stays in the words of its day."""
    rows = apps.get_model("training", "ProposalRow").objects.exclude(reason="")
    for row in rows.only("reason", "reasons").iterator():
        row.reasons = [["written", {"text": row.reason}]]
        row.save(update_fields=["reasons"])


class Migration(migrations.Migration):
    dependencies = [("training", "0038_not_sent_yet")]

    operations = [
        migrations.AddField("proposalrow", "reasons", models.JSONField(default=list)),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
        migrations.RemoveField("proposalrow", "reason"),
    ]
