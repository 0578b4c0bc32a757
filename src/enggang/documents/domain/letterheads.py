"""Acts on what heads and ends letters: dated rows that are added and ended, never rewritten."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.documents import rules
from enggang.documents.enums import SigningForm
from enggang.documents.models import Letterhead, Signatory
from enggang.documents.rendering.letter import lines_cleaned
from enggang.documents.rendering.pictures import picture_kind
from enggang.files.domain.storing import read_bytes, store_file
from enggang.files.enums import Purpose
from enggang.places.models import Organisation

M = TypeVar("M", bound=models.Model)


@act("documents.add_letterhead")
def add_letterhead(
    *,
    organisation: Organisation,
    lines: str,
    city: str,
    valid_from: date,
    actor: Actor,
    address: str = "",
    paper: str = "",
    source: str = "",
    valid_to: date | None = None,
    emblem: bytes = b"",
    same_emblem: Letterhead | None = None,
) -> Letterhead:
    """Head the letters from ``valid_from`` on; an emblem is a PNG or JPEG file, or that of an earlier letterhead.

    Raises Conflict for a picture that cannot be printed, Unprintable for a character no font has.
    """
    require(rules.may_issue(actor, organisation))
    head = Letterhead(
        organisation=organisation, lines=lines_cleaned(lines), address=lines_cleaned(address), source=source.strip(),
        city=lines_cleaned(city), paper=paper, valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    if emblem:
        kind = picture_kind(emblem)
        head.emblem = store_file(
            content=emblem, name=f"lambang.{kind}", purpose=Purpose.LETTER, organisation=organisation, actor=actor
        )
    elif same_emblem is not None and same_emblem.organisation_id == organisation.pk:
        head.emblem = same_emblem.emblem
    keep_row(head)
    record_subject(organisation.subject)
    record(letterhead=head.pk, paper=paper, valid_from=valid_from.isoformat())
    return head


@act("documents.add_signatory")
def add_signatory(
    *,
    organisation: Organisation,
    post: str,
    name: str,
    valid_from: date,
    actor: Actor,
    form: str = SigningForm.DEFINITIVE,
    on_behalf: str = "",
    rank: str = "",
    nip: str = "",
    paper: str = "",
    source: str = "",
    valid_to: date | None = None,
) -> Signatory:
    """Let somebody sign letters from ``valid_from`` on, by the right that ``form`` says."""
    require(rules.may_issue(actor, organisation))
    row = Signatory(
        organisation=organisation, form=form, paper=paper, source=source.strip(), valid_from=valid_from, valid_to=valid_to,
        post=lines_cleaned(post), on_behalf=lines_cleaned(on_behalf), name=lines_cleaned(name),
        rank=lines_cleaned(rank), nip=lines_cleaned(nip),
    )  # fmt: skip
    keep_row(row)
    record_subject(organisation.subject)
    record(signatory=row.pk, form=str(form), paper=paper, valid_from=valid_from.isoformat())
    return row


@act("documents.end_dated")
def end_dated(*, row: Letterhead | Signatory, last_day: date | None, actor: Actor) -> Letterhead | Signatory:
    """Say until when a letterhead or signatory is in force; without a day it is again open-ended.

    Letters that were issued keep what they were printed with.
    """
    require(rules.may_issue(actor, row.organisation))
    row.valid_to = last_day
    keep_row(row)
    record_subject(row.organisation.subject)
    record(row=row.pk, what=row._meta.model_name, valid_to=last_day.isoformat() if last_day else "")
    return row


def emblem_bytes(head: Letterhead | None) -> bytes:
    return read_bytes(head.emblem) if head and head.emblem else b""


def letterhead_for(organisation: Organisation, day: date, paper: str) -> Letterhead:
    """What heads a letter of ``day``. Raises Conflict when there is none."""
    rows = Letterhead.objects.filter(organisation=organisation).select_related("emblem")
    head = rows.on(day, paper).first()
    if head is None:
        raise Conflict(
            _("%(organisation)s has no letterhead for that day. Add one under “Letterhead”.")
            % {"organisation": organisation}
        )
    return head


def keep_row(row: M, exclude: Collection[str] = ()) -> M:
    """Save a row that people have typed. Raises Conflict with what is wrong with it."""
    try:
        row.full_clean(exclude=set(exclude))
    except ValidationError as error:
        raise Conflict(" ".join(error.messages)) from error
    row.save()
    return row
