"""Comments and support of whoever is signed in; both advise, neither decides."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record_subject, require
from enggang.core.integrity import told
from enggang.innovation import rules
from enggang.innovation.models import Comment, Innovation, Support

MOST_A_DAY = 40  # comments of one account


@act("innovation.comment")
def comment(*, innovation: Innovation, text: str, actor: Actor) -> Comment:
    """Say something about it. Raises Conflict for nothing, and for more in a day than a person writes."""
    require(actor.is_signed_in)
    if not text.strip():
        raise Conflict(_("Write something first."))
    since = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    if Comment.objects.filter(author_id=actor.user_id, at__gte=since).count() >= MOST_A_DAY:
        raise Conflict(_("You have written a lot today. Go on tomorrow."))
    row = Comment(innovation=innovation, author_id=actor.user_id or 0, text=text.strip(), at=clock.now())
    row.clean_fields()
    row.save()
    record_subject(innovation.subject)
    return row


@act("innovation.hide_comment")
def hide_comment(*, comment: Comment, actor: Actor) -> Comment:
    """Taken back by its writer, or hidden by whoever leads innovations at the agency."""
    innovation = comment.innovation
    require(comment.author_id == actor.user_id or rules.may_enter(actor, innovation.organisation))
    rows = Comment.objects.filter(pk=comment.pk, hidden_at=None)
    if not rows.update(hidden_at=clock.now(), hidden_by_key=actor.key):
        raise Conflict(_("This was done already."))
    record_subject(innovation.subject)
    return comment


@act("innovation.support")
def support(*, innovation: Innovation, actor: Actor) -> Innovation:
    """Say that one would like to see it done. Once for each person."""
    require(actor.is_signed_in)
    with told(Support):
        Support.objects.create(innovation=innovation, user_id=actor.user_id or 0, at=clock.now())
    return innovation


@act("innovation.withdraw_support")
def withdraw_support(*, innovation: Innovation, actor: Actor) -> Innovation:
    require(actor.is_signed_in)
    if not innovation.supports.filter(user_id=actor.user_id or 0).delete()[0]:
        raise Conflict(_("This was done already."))
    return innovation
