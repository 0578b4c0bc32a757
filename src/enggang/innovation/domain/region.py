"""Acts on the index of a region: its own points, and the letter of the research board."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.text import one_line
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.innovation import rules_iid
from enggang.innovation.models import BoardLetter, RegionPoint
from enggang.innovation.queries.guide import guide_of
from enggang.places.models import Organisation


@act("innovation.set_region_point")
def set_region_point(
    *, organisation: Organisation, year: int, code: str, points: Decimal, source: str, actor: Actor
) -> RegionPoint:  # fmt: skip
    """Enter the points of one indicator of the regional government, with the paper they are read from.

    Raises Conflict for an indicator the year's guide does not name, without a source, or above what the region can have.
    """
    require(rules_iid.may_keep_region(actor, organisation))
    guide = guide_of(organisation, year)
    if code not in {row.code for row in guide.region}:
        raise Conflict(_("The guide of this year has no such indicator."))
    if not source.strip():
        raise Conflict(_("Say where the value is from."))
    most = guide.formula.region_max
    others = RegionPoint.objects.filter(organisation=organisation, year=year).exclude(code=code)
    if most is not None and sum((row.points for row in others), points) > most:
        raise Conflict(_("All points of the region together are at most %(most)s.") % {"most": most.normalize()})
    values = {
        "points": points, "source": one_line(source, 300), "entered_at": clock.now(), "entered_by_key": actor.key,
    }  # fmt: skip
    RegionPoint(organisation=organisation, year=year, code=code, **values).clean_fields(exclude=["organisation"])
    row, _made = RegionPoint.objects.update_or_create(organisation=organisation, year=year, code=code, defaults=values)
    record_subject(organisation.subject)
    record(year=year, code=code)
    return row


@act("innovation.enter_board_letter")
def enter_board_letter(
    *, organisation: Organisation, year: int, number: str, dated_on: date, index: Decimal, content: bytes, name: str,
    actor: Actor, rank: int | None = None, predicate: str = "",
) -> BoardLetter:  # fmt: skip
    """Enter what the research board has written, with its letter. An earlier one stays on record as replaced."""
    require(rules_iid.may_keep_region(actor, organisation))
    if dated_on > clock.today(organisation.time_zone):
        raise Conflict(_("The letter is dated on a day that has not come yet."))
    paper = read_paper(content, name)
    now = clock.now()
    row = BoardLetter(
        organisation=organisation, year=year, number=one_line(number, 100), dated_on=dated_on, index=index, rank=rank,
        predicate=one_line(predicate, 60), entered_at=now, entered_by_key=actor.key,
    )  # fmt: skip
    row.clean_fields(exclude=["organisation", "file"])
    row.file = store_file(
        content=content, name=paper.name, media_type=paper.media_type, purpose=Purpose.EVIDENCE,
        organisation=organisation, actor=actor,
    )  # fmt: skip
    BoardLetter.objects.filter(organisation=organisation, year=year, replaced_at=None).update(replaced_at=now)
    with told(BoardLetter):
        row.save()
    record_subject(organisation.subject)
    record(year=year)
    return row
