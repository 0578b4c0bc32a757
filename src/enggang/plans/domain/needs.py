"""Acts on what the sections of a committee have to be able to do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject
from enggang.core.integrity import told
from enggang.people.models import Competency
from enggang.plans.domain.plans import managed
from enggang.plans.models import Section, SectionNeed

MOST = 20


@act("plans.add_need")
def add_need(*, section: Section, competency: Competency, level: int, actor: Actor) -> SectionNeed:
    """Name a competency that somebody of the section should have shown."""
    managed(section.plan, actor)
    if section.needs.count() >= MOST:
        raise Conflict(_("A section names at most %(most)s competencies.") % {"most": MOST})
    need = SectionNeed(section=section, competency=competency, level=level)
    need.clean_fields()
    with told(SectionNeed):
        need.save()
    record_subject(section.plan.subject)
    record(competency=competency.pk, level=level)
    return need


@act("plans.drop_need")
def drop_need(*, need: SectionNeed, actor: Actor) -> Section:
    managed(need.section.plan, actor)
    record_subject(need.section.plan.subject)
    record(competency=need.competency_id)
    need.delete()
    return need.section
