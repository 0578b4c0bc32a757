"""Innovations for the table of who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.innovation.domain.gates import stop_innovation
from enggang.innovation.domain.ideas import hand_in_idea
from enggang.innovation.domain.innovations import open_innovation, publish_innovation
from enggang.innovation.domain.reference import keep_reference
from enggang.innovation.domain.replications import note_replication
from enggang.innovation.enums import Moment, Stage
from enggang.innovation.models import GateItem, Innovation
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.innovation.factories import bring, decided, plan_trial, read


def innovations_of(organisation: Organisation, owner: Person) -> dict[str, Any]:
    """One at its first gate with a measured trial, one in use, one that was stopped, one that is public, and an idea of the public."""
    fresh, used, stopped = (_open(organisation, owner, word) for word in ("Gagasan", "Terpakai", "Berhenti"))
    measure = plan_trial(fresh)
    reading = read(measure, Moment.BEFORE, "1")
    bring(used, Stage.ADOPTED)
    stop_innovation(innovation=stopped, **decided())
    shown = publish_innovation(innovation=bring(_open(organisation, owner, "Terbit"), Stage.ADOPTED), actor=SYSTEM)
    item = GateItem(stage="screening", text="Dilihat", valid_from=clock.today() - timedelta(days=1), source="SK")
    keep_reference(row=item, organisation=organisation, actor=SYSTEM)
    replication = note_replication(
        innovation=used, on=clock.today(), copy_name="Kota", paper=(b"%PDF-1.7", "a.pdf"), actor=SYSTEM
    )
    bare = note_replication(innovation=used, on=clock.today(), copy_name="Desa", actor=SYSTEM)
    idea = hand_in_idea(organisation=organisation, title="Warga", problem="-", idea="-", actor=ANONYMOUS)
    return {
        "innovation": fresh.code, "used_innovation": used.code, "stopped_innovation": stopped.code, "shown_innovation": shown.code, "measure": measure.pk,
        "reading": reading.pk, "innovation_item": item.pk, "replication": replication.pk, "bare_replication": bare.pk, "idea_link": idea.token,
    }  # fmt: skip


def _open(organisation: Organisation, owner: Person, word: str) -> Innovation:
    return open_innovation(
        organisation=organisation, title=f"{word} {organisation.name}", problem="Antre.", idea="Daring.", owner=owner,
        benefits="Cepat.", results="Terbukti.", actor=SYSTEM,
    )  # fmt: skip
