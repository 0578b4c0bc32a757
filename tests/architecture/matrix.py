"""The world and the rules of reading for the permission matrix (test_permissions.py holds the table).

Two agencies stand side by side under one province. Every visitor belongs to the first one; every page is asked
for a row of the first agency (own) and for the like row of the second (other).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from enggang.access.domain.grants import grant_role
from enggang.access.domain.invitations import invite_user
from enggang.access.enums import Role
from enggang.accounts.domain.accounts import create_account
from enggang.accounts.domain.desk import issue_desk_code
from enggang.accounts.domain.handles import email_token, set_nip_handle
from enggang.accounts.models import User
from enggang.attendance.domain.gates import open_gate
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.attendance.models import Pass
from enggang.attendance.tokens import token_of
from enggang.audit.models import AuditEntry
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM, load_user
from enggang.core.enums import JobState
from enggang.core.models import Job
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.notices.domain.messages import queue_email
from enggang.notices.enums import Channel, NoticeState
from enggang.notices.models import Notice
from enggang.people.domain.accounts import ensure_user
from enggang.people.models import Person, RosterImport
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region, Venue
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.asking import hand_in_paper, require_paper
from enggang.training.domain.calendars import open_calendar
from enggang.training.domain.certificates import issue_certificates
from enggang.training.domain.classes import keep_class
from enggang.training.domain.completion import decide_outcomes
from enggang.training.domain.messages import write_to_wave
from enggang.training.domain.registrations import hand_out_page
from enggang.training.enums import Audience, ClassKind
from enggang.training.models import Registration, Wave
from tests.training.factories import SIGNING, make_agency, make_person, make_wave, seat

ANONYMOUS, NOBODY, SELF = "anonymous", "nobody", "self"
ROLES = frozenset(str(role) for role in Role)
SIGNED_IN = ROLES | {NOBODY, SELF}
EVERYONE = SIGNED_IN | {ANONYMOUS}
NONE: frozenset[str] = frozenset()


def roles(*names: Role) -> frozenset[str]:
    return frozenset(str(name) for name in names)


@dataclass
class Side:
    """One agency with a row of every noun that a page can be about."""

    organisation: Organisation
    person: Person
    user: User  # of the person
    wave: Wave
    draft: Wave
    registration: Registration  # with its certificate
    fresh: Registration  # in a second wave, undecided
    venue: Venue
    stored: StoredFile
    roster: RosterImport
    notice: Notice
    email: Notice
    job: Job
    failed_job: Job
    holder: User  # who has a role there
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def award_code(self) -> str:
        assert self.registration.award is not None
        return self.registration.award.code


@dataclass
class World:
    own: Side
    other: Side
    clients: dict[str, Client]


Values = Mapping[str, Any]
FromSide = Callable[[Side], Values]


def nothing(_side: Side) -> Values:
    return {}


@dataclass(frozen=True)
class Row:
    """Who is let in: ``own`` for the row of one's agency, ``other`` for a stranger's. ``args`` builds the address,
    ``data`` what is posted. A page of many rows has no ``args`` and is asked once.

    A post counts as let in when an act was written into the audit trail, unless ``acts`` is False.
    """

    own: frozenset[str]
    other: frozenset[str] = NONE
    args: FromSide = nothing
    method: str = "GET"
    data: FromSide = nothing
    acts: bool = True


def page(own: frozenset[str], other: frozenset[str] = NONE, *, args: FromSide = nothing) -> Row:
    return Row(own, other, args)


def post(
    own: frozenset[str],
    other: frozenset[str] = NONE,
    *,
    args: FromSide = nothing,
    data: FromSide = nothing,
    acts: bool = True,
) -> Row:
    return Row(own, other, args, "POST", data, acts)


def build_world() -> World:
    province = make_agency("Pemerintah Provinsi")
    region = Region.objects.create(code="61", name="Kalimantan Barat", level=RegionLevel.PROVINCE)
    own, other = (build_side(make_agency(name, province), region) for name in ("Own", "Other"))
    return World(own, other, _clients(own))


def build_side(organisation: Organisation, region: Region) -> Side:
    person = make_person(organisation)
    user = ensure_user(person=person, actor=SYSTEM)
    wave = make_wave(organisation, PoolSpec("Terbuka", 5), sessions=1)
    registration = _certified(wave, person)
    second = make_wave(organisation, PoolSpec("Terbuka", 5), sessions=1, programme=wave.programme, name="Gelombang 2")
    holder = create_account(name=f"Holder {organisation.name}", actor=SYSTEM)
    set_nip_handle(user=holder, nip=f"197501012010011{organisation.pk % 1000:03d}", actor=SYSTEM)
    grant_role(user=holder, role=Role.COORDINATOR, organisation=organisation, actor=SYSTEM)
    stored = store_file(content=b"x", name="x.csv", purpose=Purpose.ROSTER, organisation=organisation, actor=SYSTEM)
    side = Side(
        organisation=organisation,
        person=person,
        user=user,
        wave=wave,
        draft=make_wave(organisation, programme=wave.programme, sessions=1, opened=False, name="Gelombang 3"),
        registration=registration,
        fresh=seat(second, person),
        venue=_venue(organisation, region),
        stored=stored,
        roster=_roster(organisation, stored),
        notice=_notice(user),
        email=_failed_email(),
        job=_job(user, JobState.RUNNING),
        failed_job=_job(user, JobState.FAILED),
        holder=holder,
    )
    side.tokens = _tokens(side)
    paper = require_paper(wave=wave, name="Surat tugas", actor=SYSTEM)
    require_paper(wave=second, name="Surat tugas", actor=SYSTEM)
    hand_in_paper(registration=registration, paper=paper, content=b"%PDF-1.7", name="surat.pdf", actor=SYSTEM)
    keep_class(wave=wave, kind=ClassKind.CLASS, name="A", actor=SYSTEM)
    write_to_wave(wave=wave, audience=Audience.SEATED, title="Besok", text="Bawa kamera.", actor=SYSTEM)
    return side


def _certified(wave: Wave, person: Person) -> Registration:
    registration = seat(wave, person)
    for session in wave.sessions.all():
        mark_list(occasion=session.occasion, statuses={person.code: Status.PRESENT}, actor=SYSTEM)
    decide_outcomes(wave=wave, actor=SYSTEM)
    issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    jobs.run_pending()
    return Registration.objects.select_related("award__subject", "subject").get(pk=registration.pk)


def _venue(organisation: Organisation, region: Region) -> Venue:
    return Venue.objects.create(
        subject=Venue.new_subject(organisation.code), name="Aula", region=region, organisation=organisation
    )


def _roster(organisation: Organisation, stored: StoredFile) -> RosterImport:
    return RosterImport.objects.create(
        subject=RosterImport.new_subject(organisation.code),
        organisation=organisation,
        source=stored,
        created_at=clock.now(),
        created_by_key="system",
    )


def _notice(user: User) -> Notice:
    return Notice.objects.create(
        channel=Channel.INBOX, user_id=user.pk, title="t", text="t", state=NoticeState.SENT, created_at=clock.now(),
        href="/akun/",
    )  # fmt: skip


def _failed_email() -> Notice:
    notice = queue_email(address="a@b.example", title="t", text="t", language="id", actor=SYSTEM)
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.FAILED)
    return notice


def _job(user: User, state: JobState) -> Job:
    job = Job.objects.create(
        name="accounts.send_reset_link",
        arguments={"handle_id": 0},
        user_id=user.pk,
        state=state,
        created_at=clock.now(),
    )
    job.result_name = "result.txt"
    job.result.save("result", ContentFile(b"x"))
    return job


def _tokens(side: Side) -> dict[str, str]:
    return {
        "desk": issue_desk_code(user=create_account(name="Code", actor=SYSTEM), actor=SYSTEM).token,
        "invitation": invite_user(user=side.holder, actor=SYSTEM).url.rstrip("/").rsplit("/", 1)[1],
        "seat": hand_out_page(registration=side.fresh, actor=SYSTEM),
        "paper": hand_out_page(registration=side.registration, actor=SYSTEM),
        "pass": token_of(Pass.objects.filter(holder=side.person.subject).earliest("pk")),
        "calendar": open_calendar(registration=side.fresh, actor=load_user(side.user.pk)),
        "gate": open_gate(group=side.wave.subject, organisation=side.organisation, name="Pintu", hours=4, actor=SYSTEM)[
            1
        ],
        "email": email_token(side.user, "new@kalbar.example"),
    }


def _clients(own: Side) -> dict[str, Client]:
    clients = {ANONYMOUS: Client(), NOBODY: _client(create_account(name=NOBODY, actor=SYSTEM)), SELF: _client(own.user)}
    for role in Role:
        user = create_account(name=str(role), actor=SYSTEM)
        grant_role(user=user, role=role, organisation=own.organisation, actor=SYSTEM)
        assert load_user(user.pk).holds(role, at=own.organisation.path)
        clients[str(role)] = _client(user)
    return clients


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def let_in(world: World, name: str, row: Row, side: Side) -> frozenset[str]:
    """Which visitors get in; each asks in a transaction that is rolled back."""
    return frozenset(who for who, client in world.clients.items() if _gets_in(client, name, row, side))


def _gets_in(client: Client, name: str, row: Row, side: Side) -> bool:
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        before = AuditEntry.objects.count()
        response = _ask(client, name, row, side)
        entered = is_in(response)
        _put_away(response)
        if row.method == "POST" and row.acts:
            entered = entered and AuditEntry.objects.count() > before
        transaction.set_rollback(True)
    client.cookies = cookies
    return entered


def _put_away(response: HttpResponse) -> None:
    """Close the file behind a download, but not the connection that the world stands on."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def _ask(client: Client, name: str, row: Row, side: Side) -> HttpResponse:
    path = reverse(name, kwargs=dict(row.args(side)))
    data = dict(row.data(side))
    response: HttpResponse = client.post(path, data) if row.method == "POST" else client.get(path, data)  # type: ignore[assignment]
    assert response.status_code not in {405, 500}, f"{row.method} {path} answers {response.status_code}"
    return response


def is_in(response: HttpResponse) -> bool:
    """Neither refused, nor not found, nor sent to sign in."""
    if response.status_code in {401, 403, 404}:
        return False
    return not response.headers.get("Location", "").startswith(reverse("account_login"))


def url_names() -> list[str]:
    """Every address of the project by its name; one without a name is an alias and must say so in the table."""
    return sorted(set(_walk(get_resolver().url_patterns, "")))


def _walk(patterns: Iterable[URLPattern | URLResolver], space: str) -> Iterable[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}"
        else:
            yield f"{space}{pattern.pattern}"
