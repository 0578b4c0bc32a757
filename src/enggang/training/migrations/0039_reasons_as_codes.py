from django.db import migrations, models


class Migration(migrations.Migration):
    """The column of the words stays for what was explained before, and for the release before this one."""

    dependencies = [("training", "0038_not_sent_yet")]

    operations = [
        migrations.AlterField(
            "proposalrow",
            "reason",
            models.CharField(max_length=300, blank=True, default="", db_default="", db_column="reason"),
        ),
        migrations.RenameField("proposalrow", "reason", "written"),
        migrations.AddField("proposalrow", "reasons", models.JSONField(null=True)),
    ]
