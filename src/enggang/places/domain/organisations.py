"""The tree of organisations: opened, changed, ended; never deleted, because papers name them."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import available_timezones

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.places import rules
from enggang.places.enums import OrganisationKind, Origin
from enggang.places.models import Organisation, Region, Succession
from enggang.places.signals import organisation_succeeded, places_changed


@act("places.open_organisation")
def open_organisation(
    *,
    name: str,
    short_name: str,
    kind: OrganisationKind | str,
    actor: Actor,
    parent: Organisation | None = None,
    region: Region | None = None,
    time_zone: str = "",
    valid_from: date | None = None,
    key: str = "",
) -> Organisation:
    """Put an organisation below ``parent``, or a new root without one.

    Its zone is the parent's unless given. Raises Conflict when ``key`` is taken or the parent has ended.
    """
    require(rules.may_keep_organisation(actor, parent.path) if parent else rules.may_open_root(actor))
    if parent and parent.has_ended:
        raise Conflict(_("{name} has ended: nothing new can be put below it.").format(name=parent.name))
    row = Organisation(name=name, short_name=short_name, kind=kind, parent=parent, region=region, key=key)
    row.time_zone = time_zone or (parent.time_zone if parent else "Asia/Pontianak")
    row.valid_from = valid_from
    _save_new(row)
    record(kind=str(kind), parent=parent.code if parent else "")
    return row


@act("places.change_organisation")
def change_organisation(
    *,
    organisation: Organisation,
    version: int,
    name: str,
    short_name: str,
    kind: OrganisationKind | str,
    region: Region | None,
    time_zone: str,
    actor: Actor,
) -> Organisation:
    """Change what an organisation is called and where it is; its place in the tree stays.

    From then on it is a local row, which loading the reference data leaves alone.
    """
    require(rules.may_keep_organisation(actor, organisation.path))
    keep_version(organisation, version)
    row = organisation
    row.name, row.short_name, row.kind, row.region, row.time_zone = name, short_name, kind, region, time_zone
    row.origin = Origin.LOCAL
    _check(row)
    row.save()
    places_changed.send(Organisation, organisations=[row])
    return row


@act("places.end_organisation")
def end_organisation(*, organisation: Organisation, on: date, actor: Actor) -> Organisation:
    """Let ``on`` be the organisation's last day. Raises Conflict while something below it goes on after that."""
    require(rules.may_keep_organisation(actor, organisation.path))
    if organisation.valid_from and on < organisation.valid_from:
        raise Conflict(_("It cannot end before it began."))
    living = organisation.children.on(clock.today()).exclude(valid_to__lte=on).first()
    if living:
        raise Conflict(_("{name} still stands below it: end that first.").format(name=living.name))
    keep_version(organisation, organisation.version)
    organisation.valid_to = on
    organisation.save(update_fields=["valid_to"])
    record(on=on.isoformat())
    return organisation


@act("places.succeed_organisation")
def succeed_organisation(*, old: Organisation, new: Organisation, on: date, actor: Actor) -> Succession:
    """Let ``new`` stand in the place of ``old`` from the day ``on``: the old one ends the day before, its people follow.

    A divided agency gets its successors one after the other; those who are still there follow the first. Raises
    Conflict for a day to come (it is done on the day itself), and while something below the old one goes on.
    """
    require(rules.may_keep_organisation(actor, old.path) and rules.may_keep_organisation(actor, new.path))
    _check_succession(old, new, on)
    last = on - timedelta(days=1)
    if old.valid_to != last:
        end_organisation(organisation=old, on=last, actor=actor)
    with told(Succession):
        succession = Succession.objects.create(old=old, new=new, on=on)
    organisation_succeeded.send(Organisation, old=old, new=new, on=on, actor=actor)
    record_subject(old.subject)
    record(new=new.code, on=on.isoformat())
    return succession


def _check_succession(old: Organisation, new: Organisation, on: date) -> None:
    if new.path.startswith(old.path):
        raise Conflict(_("An organisation cannot be its own successor, nor can one below it."))
    if on > clock.today():
        raise Conflict(_("This is done on the day itself, {day}, or after it.").format(day=date_format(on)))
    if (new.valid_from and new.valid_from > on) or (new.valid_to and new.valid_to < on):
        raise Conflict(_("{name} does not exist on that day.").format(name=new.name))


def _save_new(row: Organisation) -> None:
    row.subject = Organisation.new_subject()
    row.subject.organisation_code = row.subject.code  # an organisation belongs to itself
    row.subject.save(update_fields=["organisation_code"])
    row.path = f"{row.parent.path if row.parent else '/'}{row.subject.code}/"
    _check(row)
    with told(Organisation):
        row.save()
    places_changed.send(Organisation, organisations=[row])


def _check(row: Organisation) -> None:
    row.fold_name()
    row.full_clean(validate_constraints=False, validate_unique=False)
    if row.time_zone not in available_timezones():
        raise Conflict(_("There is no time zone called {zone}.").format(zone=row.time_zone))
