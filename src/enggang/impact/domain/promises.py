"""Acts on promises: written down, kept, dropped with a reason, opened again."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.models import Subject
from enggang.core.states import move
from enggang.core.text import one_line
from enggang.impact import rules
from enggang.impact.enums import PROMISE_MOVES, PromiseState
from enggang.impact.models import Promise
from enggang.notices.domain.messages import Recipient, send
from enggang.people.models import Person
from enggang.places.models import Organisation


@act("impact.make_promise")
def make_promise(
    *, organisation: Organisation, text: str, person: Person, due_on: date, actor: Actor, about: Subject | None = None
) -> Promise:
    """Write down who will have done what by when."""
    require(rules.may_promise(actor, organisation))
    row = put_down(organisation, text, person, due_on, actor, about=about)
    record_subject(organisation.subject)
    record(due=due_on.isoformat())
    return row


def put_down(
    organisation: Organisation, text: str, person: Person, due_on: date, actor: Actor, *, about: Subject | None
) -> Promise:
    """Inside an act: the row, told to who is to do it. Raises Conflict for a day that has passed, and without saying what."""
    today = clock.today(organisation.time_zone)
    if due_on < today:
        raise Conflict(_("Choose a day that has not passed."))
    row = Promise(
        organisation=organisation, text=one_line(text, 300), person=person, about=about, made_on=today, due_on=due_on,
        made_by_key=actor.key,
    )  # fmt: skip
    if not row.text:
        raise Conflict(_("Say what will be done."))
    row.clean_fields()
    row.save()
    if person.user is not None and person.user_id != actor.user_id:
        send(
            to=Recipient.of(person.user), template="impact/messages/promised", actor=actor, subject=organisation.subject,
            context={"promise": row}, href=reverse("impact:own_promises"),
        )  # fmt: skip
    return row


@act("impact.move_promise")
def move_promise(*, promise: Promise, to: str, actor: Actor, remark: str = "") -> Promise:
    """Kept, dropped (then with the reason), or open again."""
    own = promise.person is not None and actor.user_id is not None and promise.person.user_id == actor.user_id
    require(rules.may_promise(actor, promise.organisation) or (own and to == PromiseState.KEPT))
    if to == PromiseState.DROPPED and not remark.strip():
        raise Conflict(_("Say why it is dropped."))
    settled = None if to == PromiseState.OPEN else clock.today(promise.organisation.time_zone)
    move(promise, to, moves=PROMISE_MOVES, settled_on=settled, remark=one_line(remark, 300))
    record_subject(promise.organisation.subject)
    record(state=str(to))
    return promise
