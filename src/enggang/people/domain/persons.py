"""Persons: taken on record, changed, and read in full only by those who may."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from enggang.accounts.domain.handles import set_nip_handle
from enggang.audit.domain.trail import record_reading
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.people import rules
from enggang.people.domain.accounts import require_over_account
from enggang.people.enums import StaffKind, Standing
from enggang.people.models import Employment, Person, PostType
from enggang.people.names import is_name, name_key, tidy
from enggang.people.nip import kind_by_nip, read_nip
from enggang.people.phones import normalise_phone
from enggang.people.queries.persons import lookalikes, may_read_nip, needs_nip, path_of, present_of
from enggang.people.reasons import SENTENCES, Reason
from enggang.people.roster.write import search_text
from enggang.places.models import Organisation
from enggang.search.domain.indexing import index_subject

FACTS = ("name", "nip", "phone", "email")
NUMBERED = (StaffKind.PNS, StaffKind.PPPK)  # whose NIP is to be completed when it is not known


@act("people.add_person")
def add_person(
    *,
    organisation: Organisation,
    name: str,
    actor: Actor,
    kind: StaffKind | str = StaffKind.PNS,
    nip: str = "",
    phone: str = "",
    email: str = "",
    post: str = "",
    rank: str = "",
    unit: str = "",
    post_type: PostType | None = None,
    starts_on: date | None = None,
) -> Person:
    """Take a person on record with their present employment at ``organisation`` (for people from outside: their host).

    Raises Conflict when the NIP is another person's, or the same name and number are on record there already.
    """
    require(rules.may_manage_people_at(actor, organisation.path))
    person = Person()
    _set_facts(person, name=name, nip=nip, phone=phone, email=email)
    _refuse_twin(person, organisation)
    row = Employment(
        organisation=organisation, kind=kind, post=tidy(post), rank=tidy(rank), unit=tidy(unit), post_type=post_type,
        starts_on=starts_on or clock.today(),
    )  # fmt: skip
    _keep(person, row)
    record(kind=str(kind), with_nip=bool(person.nip))
    return person


@act("people.enter_person")
def enter_person(
    *,
    organisation: Organisation,
    name: str,
    actor: Actor,
    kind: StaffKind | str = StaffKind.PNS,
    nip: str = "",
    phone: str = "",
    post: str = "",
    known: Collection[str] = (),
) -> Person:
    """Take somebody who stands at a desk on record for an agency that is not the actor's, to be confirmed by it.

    Staff without an NIP here are to complete it. Raises OnRecord with those who may be the same person, unless ``known``
    (codes) says that they were looked at and are others; an NIP that is on record is never entered a second time.
    """
    require(rules.may_enter_people(actor))
    person = Person()
    _set_facts(person, name=name, nip=nip, phone=phone, email="")
    if not person.phone:
        raise Refused(
            _("Type the mobile number: it is how the person is reached and told from others of the same name.")
        )
    same = lookalikes(name=person.name, nip=person.nip, phone=person.phone, organisation=organisation)
    if any((person.nip and each.nip == person.nip) or each.code not in known for each in same):
        raise OnRecord(same)
    person.nip_pending = not person.nip and kind in NUMBERED
    row = Employment(
        organisation=organisation, kind=kind, post=tidy(post), starts_on=clock.today(), standing=Standing.ASKED
    )
    _keep(person, row)
    record(kind=str(kind), with_nip=bool(person.nip))
    return person


class OnRecord(Conflict):
    """Somebody who may be the person is on record: a question to whoever enters them, never a second record in silence."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.people = people
        super().__init__(_("Somebody on record may be this person. Look at who it is, and choose."))


def _keep(person: Person, row: Employment) -> None:
    """A new person with their employment."""
    with told(Person):
        person.subject = Person.new_subject(row.organisation.code)
        person.save()
    row.person = person
    _cleaned(row)
    row.save()
    index_person(person)


@act("people.change_person")
def change_person(
    *, person: Person, version: int, name: str, actor: Actor, nip: str = "", phone: str = "", email: str = ""
) -> Person:
    """Change who a person is and how they are reached. ``version`` is the one the form was opened with."""
    require(rules.may_manage_people_at(actor, path_of(person)))
    if (name_key(tidy(name)), checked_nip(nip)) != (person.name_key, person.nip):
        require_over_account(actor, person)
    keep_version(person, version)
    before = {field: getattr(person, field) for field in FACTS}
    _set_facts(person, name=name, nip=nip, phone=phone, email=email)
    with told(Person):
        person.save()
    if person.nip and not before["nip"]:
        _follow_nip(person)
    index_person(person)
    record(fields=[field for field in FACTS if getattr(person, field) != before[field]])
    return person


@act("people.complete_nip")
def complete_nip(*, person: Person, nip: str, actor: Actor, by_own_page: bool = False) -> Person:
    """The NIP of somebody taken on record without it: from their account, or with ``by_own_page`` from the page whose
    private address only they have; or by their coordinator, who alone may say that an odd one is right.

    Raises Refused with the rule that the number breaks, Conflict when it is complete already or another person's.
    """
    manages = rules.may_manage_people_at(actor, path_of(person))
    own = by_own_page or (actor.user_id is not None and person.user_id == actor.user_id)
    require(manages or own)
    if not own:
        require_over_account(actor, person)
    row = Person.objects.select_for_update(of=("self",)).select_related("subject", "user").get(pk=person.pk)
    if not needs_nip(row):
        raise Conflict(_("The NIP is on record already. Your agency's coordinator can change it."))
    row.nip, row.nip_pending, row.version = _complete(nip, doubts_allowed=manages), False, row.version + 1
    with told(Person):
        row.save(update_fields=["nip", "nip_pending", "version"])
    _follow_nip(row)
    if row.user:
        set_nip_handle(user=row.user, nip=row.nip, actor=actor)
    record(by_own_page=by_own_page)
    person.nip, person.nip_pending, person.version = row.nip, row.nip_pending, row.version
    return row


def _follow_nip(person: Person) -> None:
    """The present employment tells the kind of staff that the NIP, known only now, tells."""
    row = present_of(person)
    kind = kind_by_nip(row.kind, read_nip(person.nip, today=clock.today()).kind) if row else ""
    if row and kind != row.kind:
        row.kind = kind
        row.save(update_fields=["kind"])


def _complete(text: str, *, doubts_allowed: bool) -> str:
    nip = read_nip(text, today=clock.today())
    if nip.error or not nip.digits:
        raise Refused(str(SENTENCES[nip.error or Reason.NIP_LENGTH]))
    if nip.warnings and not doubts_allowed:
        doubts = " ".join(str(SENTENCES[reason]) for reason in nip.warnings)
        raise Refused(_("{doubts} If it is right, ask your agency's coordinator to enter it.").format(doubts=doubts))
    return nip.digits


def _set_facts(person: Person, *, name: str, nip: str, phone: str, email: str) -> None:
    person.name = tidy(name)
    if not is_name(person.name):
        raise Refused(_("Write the person's name as it is spelt on official papers."))
    person.name_key = name_key(person.name)
    person.nip, person.phone, person.email = checked_nip(nip), checked_phone(phone), email.strip().lower()
    person.nip_pending = person.nip_pending and not person.nip
    _cleaned(person)


def _cleaned(row: Person | Employment) -> None:
    """Lengths and choices as the model says them: SQLite would take anything."""
    try:
        row.clean_fields(exclude=["subject", "person"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def checked_nip(text: str) -> str:
    """The 18 digits, or nothing for none; raises Refused with the reason when it cannot be an NIP."""
    nip = read_nip(text, today=clock.today())
    if nip.error:
        raise Refused(str(SENTENCES[nip.error]))
    return nip.digits


def checked_phone(text: str) -> str:
    phone = normalise_phone(text)
    if text.strip() and not phone:
        raise Refused(_("This is not a complete telephone number. Write it like 0812-3456-7890."))
    return phone


def _refuse_twin(person: Person, organisation: Organisation) -> None:
    if person.nip:
        return
    twins = Person.objects.employed_below(organisation.path).filter(name_key=person.name_key, phone=person.phone)
    if twins.exists():
        raise Conflict(
            _(
                "{name} is on record here already. Add the NIP or another mobile number if this is somebody else."
            ).format(name=person.name)
        )


def index_person(person: Person) -> None:
    """Make a person findable by name, post and agency, for those who serve there."""
    row = present_of(person)
    text = search_text(row.post, row.unit, row.organisation.name) if row else ""
    index_subject(subject=person.subject, title=person.name, text=text, organisation_path=path_of(person))


def reveal_nip(*, person: Person, actor: Actor) -> str:
    """The NIP in full, for a person who may read it; the reading is noted."""
    require(may_read_nip(actor, person))
    record_reading(
        actor=actor,
        field="people.Person.nip",
        subject_code=person.code,
        organisation_code=person.subject.organisation_code,
    )
    return person.spaced_nip


@act("people.export_people")
def note_export(*, count: int, organisation: Organisation | None, actor: Actor) -> int:
    """Note that a list with NIPs and numbers has left the house; answers ``count``."""
    require(rules.may_see_rosters(actor))
    record_subject(organisation.subject if organisation else None)
    record(rows=count)
    return count
