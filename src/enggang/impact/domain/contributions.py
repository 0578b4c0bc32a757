"""Acts on contributions: argued links from what was done to what is counted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.core.text import one_line
from enggang.impact import rules
from enggang.impact.enums import Strength
from enggang.impact.models import Contribution
from enggang.indicators.models import Indicator
from enggang.places.models import Organisation

NEEDS_SOURCE = {Strength.COMPARED, Strength.STUDIED}


@act("impact.link_contribution")
def link_contribution(
    *, subject: Subject, title: str, organisation: Organisation, indicator: Indicator, strength: str, argument: str, actor: Actor,
    source: str = "",
) -> Contribution:  # fmt: skip
    """Say that ``subject`` contributed to ``indicator``. Raises Conflict without an argument, or without a source where a
    comparison or a study is claimed."""
    require(rules.may_link(actor, organisation))
    if not argument.strip():
        raise Conflict(_("Say how it contributed: without an argument a link is worth nothing."))
    if strength in NEEDS_SOURCE and not source.strip():
        raise Conflict(_("Say where the comparison or the study can be read, or choose a lower level."))
    row = Contribution(
        subject=subject, title=one_line(title, 300), organisation=organisation, indicator=indicator, strength=strength,
        argument=one_line(argument, 500), source=one_line(source, 300), linked_at=clock.now(), linked_by_key=actor.key,
    )  # fmt: skip
    row.clean_fields()
    with told(Contribution):
        row.save()
    record_subject(indicator.subject)
    record(strength=str(strength), kind=subject.kind)
    return row


@act("impact.withdraw_contribution")
def withdraw_contribution(*, contribution: Contribution, actor: Actor) -> Contribution:
    """The link no longer stands; that it stood remains on record."""
    require(rules.may_link(actor, contribution.organisation))
    rows = Contribution.objects.filter(pk=contribution.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=clock.now()):
        raise Conflict(_("This link has been taken back already."))
    record_subject(contribution.indicator.subject)
    return contribution
