"""The three fixed choices become rows: of every programme, and of every call that was drafted from it."""

from __future__ import annotations

from typing import Any

from django.db import migrations

TITLES = {"superior": "Atasan langsung", "organiser": "Penyelenggara"}
STAGES = {"none": (), "organiser": ("organiser",), "both": ("superior", "organiser")}


def make_rows(apps: Any, _schema_editor: Any) -> None:
    programmes, calls = apps.get_model("training", "Programme"), apps.get_model("training", "Call")
    stages, nominations = apps.get_model("training", "NominationStage"), apps.get_model("training", "Nomination")
    for pk, choice in list(programmes.objects.values_list("pk", "nomination_stages")):
        _write(stages, choice, programme_id=pk)
    for pk, choice in list(calls.objects.values_list("pk", "programme__nomination_stages")):
        _write(stages, choice, call_id=pk)
        for by in ("superior", "organiser"):
            waiting = nominations.objects.filter(invited__call_id=pk, state=by)
            if waiting.exists():
                stage = stages.objects.filter(call_id=pk, by=by).first() or _late(stages, pk, by)
                waiting.update(state="waiting", stage=stage)


def _write(stages: Any, choice: str, **owner: int) -> None:
    for position, by in enumerate(STAGES.get(choice, ()), 1):
        stages.objects.create(position=position, title=TITLES[by], by=by, role="", **owner)


def _late(stages: Any, call_id: int, by: str) -> Any:
    """The programme's choice was changed while nominations waited: they keep a stage to wait at."""
    position = 9 if by == "organiser" else 0
    return stages.objects.create(position=position, title=TITLES[by], by=by, role="", call_id=call_id)


def forget_rows(apps: Any, _schema_editor: Any) -> None:
    """Back: nominations wait for the superior or the organiser again, stages of other kinds for the organiser."""
    nominations = apps.get_model("training", "Nomination")
    nominations.objects.filter(state="waiting", stage__by="superior").update(state="superior", stage=None)
    nominations.objects.filter(state="waiting").update(state="organiser", stage=None)


class Migration(migrations.Migration):
    dependencies = [("training", "0018_nomination_stages")]
    operations = [migrations.RunPython(make_rows, forget_rows)]
