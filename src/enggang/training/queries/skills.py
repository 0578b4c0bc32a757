"""What people have shown, for the committees that count on them: by a valid certificate, or as an assessor found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.registries import Remedy, Skill
from enggang.training.models import Assessment, Programme, ProgrammeCompetency
from enggang.training.queries.profile import completed_waves, in_hundreds, named_by


def skills_of(people: Sequence[int], actor: Actor) -> dict[int, list[Skill]]:
    """A certificate counts as long as it is valid. What an assessor found is told only to who reads profiles."""
    found: dict[int, list[Skill]] = defaultdict(list)
    for part in in_hundreds(people):
        held = completed_waves().filter(person__in=part).select_related("wave__programme", "award__organisation")
        rows = [row for row in held if row.award and not row.award.is_over]
        named = named_by({row.wave.programme_id for row in rows})
        for row in rows:
            basis = _("certificate: %(title)s") % {"title": row.wave.programme}
            for each in named[row.wave.programme_id]:
                found[row.person_id].append(Skill(each.competency_id, each.level, basis))
        for finding in Assessment.objects.visible_to(actor).confirmed().filter(person__in=part, level__isnull=False):
            found[finding.person_id].append(Skill(finding.competency_id, finding.level or 0, _("found by an assessor")))
    return found


def remedies_for(competencies: Sequence[int], actor: Actor) -> list[Remedy]:
    """Programmes that name one of them; each leads to its page for who may open it."""
    rows = ProgrammeCompetency.objects.filter(competency__in=competencies).select_related("programme__subject")
    mine = set(
        Programme.objects.visible_to(actor)
        .filter(competencies__competency__in=competencies)
        .values_list("pk", flat=True)
    )
    return [
        Remedy(
            row.competency_id, row.level, str(row.programme),
            reverse("training:programme", args=[row.programme.code]) if row.programme_id in mine else "",
        )
        for row in rows.order_by("level", "programme__title", "pk")
    ]  # fmt: skip
