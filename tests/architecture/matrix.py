"""The world and the rules of reading for the permission matrix (test_permissions.py holds the table).

Two agencies stand side by side under one province. Every visitor belongs to the first one; every page is asked
for a row of the first agency (own) and for the like row of the second (other).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client

from enggang.access.domain.grants import grant_role
from enggang.access.domain.invitations import invite_user
from enggang.access.enums import LinkScope, Role
from enggang.accounts.domain.accounts import create_account
from enggang.accounts.domain.desk import issue_desk_code
from enggang.accounts.domain.handles import email_token, set_nip_handle
from enggang.accounts.models import User
from enggang.attendance.domain.clock import keep_clock_file
from enggang.attendance.domain.gates import open_gate
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.domain.proofs import hand_in_proof
from enggang.attendance.domain.sheets import keep_sheet, plan_meals
from enggang.attendance.enums import SheetKind, Status
from enggang.attendance.models import Pass
from enggang.attendance.tokens import token_of
from enggang.budgets.models import BudgetLine
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM, Actor, ActorKind, load_user
from enggang.core.enums import JobState
from enggang.core.models import Job
from enggang.documents.domain.blocks import receive_block
from enggang.documents.domain.letterheads import add_letterhead, add_signatory
from enggang.documents.domain.letters import issue_letter, keep_scan
from enggang.documents.domain.signing import Validity, add_signing_by_hand
from enggang.documents.domain.wordings import copy_template
from enggang.documents.enums import SignatureState, SigningBackend
from enggang.documents.models import Signature
from enggang.documents.queries.wordings import shipped_wordings
from enggang.files.domain.storing import store_file
from enggang.files.domain.tickets import ticket_for
from enggang.files.domain.uploading import open_upload
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.notices.domain.messages import queue_email
from enggang.notices.enums import Channel, NoticeState
from enggang.notices.models import Notice
from enggang.people.domain.accounts import ensure_user
from enggang.people.models import ColumnMapping, Person, RosterImport
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region, Venue
from enggang.reviews.domain.rubrics import CriterionSpec
from enggang.reviews.enums import Mode
from enggang.seats.domain.offers import PoolSpec
from enggang.surveys.bodies import read_body
from enggang.surveys.domain.bank import add_question
from enggang.surveys.domain.surveys import open_survey
from enggang.surveys.domain.tests import open_test
from enggang.training.domain.action_plans import (
    PlanFacts,
    agree_plan,
    report_plan,
    submit_plan,
    superior_address,
    write_plan,
)
from enggang.training.domain.asking import hand_in_paper, require_paper
from enggang.training.domain.assignments import AgencyLetter, receive_assignment
from enggang.training.domain.calendars import open_calendar
from enggang.training.domain.certificates import issue_certificates
from enggang.training.domain.classes import keep_class
from enggang.training.domain.completion import decide_outcomes
from enggang.training.domain.coursework import keep_assignment, write_rubric
from enggang.training.domain.evaluation import add_survey, begin_survey
from enggang.training.domain.grading import grade, keep_panel_minutes, scan_ticket
from enggang.training.domain.handing_in import hand_in, work_ticket
from enggang.training.domain.invitations import Office, draft_invitations, send_invitation
from enggang.training.domain.learning import bring_certificate
from enggang.training.domain.materials import add_materials, material_ticket
from enggang.training.domain.messages import write_to_wave
from enggang.training.domain.needs import NeedFacts, state_need
from enggang.training.domain.nominations import hand_out_call, invite_agency, move_call, nominate_person, open_call
from enggang.training.domain.past import upload_past
from enggang.training.domain.proposals import want_proposal
from enggang.training.domain.registrations import hand_out_page
from enggang.training.domain.testing import begin_test, prepare_tests
from enggang.training.domain.works import register_work
from enggang.training.enums import AssignmentKind, Audience, CallState, ClassKind, Phase
from enggang.training.models import ActionPlan, Addressee, Licence, PaperApproval, ProposalRow, Registration, Wave
from enggang.training.queries.past import Learned
from tests.architecture import reports
from tests.architecture.curation_rows import curation_of
from tests.architecture.event_rows import event_of
from tests.architecture.iid_rows import entries_of
from tests.architecture.impact_rows import impact_of
from tests.architecture.indicator_rows import indicators_of
from tests.architecture.innovation_rows import innovations_of
from tests.architecture.media_rights_rows import rights_of_side
from tests.architecture.media_rows import media_of
from tests.architecture.money import money_of, teach
from tests.architecture.planning import lay_plans
from tests.architecture.rows import Rows
from tests.architecture.stall_rows import stalls_of, vendor_token
from tests.architecture.story_rows import destinations_of
from tests.architecture.survey_rows import survey_of_side
from tests.architecture.visitor_rows import visitors_of
from tests.training.factories import SIGNING, make_agency, make_person, make_wave, seat
from tests.training.uploads import JPEG, arrived

ANONYMOUS, NOBODY, SELF = "anonymous", "nobody", "self"
ROLES = frozenset(str(role) for role in Role)
STAFF = ROLES | {NOBODY}
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
    mapping: ColumnMapping
    notice: Notice
    email: Notice
    job: Job
    failed_job: Job
    holder: User  # who has a role there
    tokens: dict[str, str] = field(default_factory=dict)
    approved: BudgetLine | None = None  # with a contract, a payment and a paper, in an approved budget
    draft_line: BudgetLine | None = None  # with a source and a workbook beside it, in a draft
    rows: Rows = field(default_factory=Rows)  # codes and ids of what has no field of its own

    @property
    def award_code(self) -> str:
        assert self.registration.award is not None
        return self.registration.award.code


@dataclass
class World:
    own: Side
    other: Side
    clients: dict[str, Client]
    together: dict[frozenset[str], Client] = field(default_factory=dict)

    def holding(self, names: frozenset[str]) -> Client:
        """One person who holds all of these roles in the own agency."""
        if names not in self.together:
            self.together[names] = _holder("+".join(sorted(names)), names, self.own)
        return self.together[names]


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
        mapping=ColumnMapping.objects.create(organisation=organisation, fingerprint="x", changed_at=clock.now()),
        notice=_notice(user),
        email=_failed_email(),
        job=_job(user, JobState.RUNNING),
        failed_job=_job(user, JobState.FAILED),
        holder=holder,
    )
    side.tokens = _tokens(side)
    _material(side)
    _work(side)
    paper = require_paper(wave=wave, name="Surat tugas", actor=SYSTEM)
    require_paper(wave=second, name="Surat tugas", actor=SYSTEM)
    hand_in_paper(registration=registration, paper=paper, content=b"%PDF-1.7", name="surat.pdf", actor=SYSTEM)
    _sat_test(organisation, side)
    keep_class(wave=wave, kind=ClassKind.CLASS, name="A", actor=SYSTEM)
    day = wave.starts_on
    plan_meals(group=wave.subject, organisation=organisation, day=day, meals=[SheetKind.LUNCH], actor=SYSTEM)
    for kind in (SheetKind.DAY, SheetKind.LUNCH):
        keep_sheet(
            group=wave.subject, organisation=organisation, day=day, kind=kind, content=b"%PDF-1.7", name="a.pdf",
            actor=SYSTEM,
        )  # fmt: skip
    side.approved, side.draft_line = money_of(wave, second)
    _letters(side)
    lay_plans(side)
    keep_clock_file(
        group=wave.subject, organisation=organisation, content=b"NIP;Tanggal;Jam\n1;1-1-2026;07:00\n", name="a.csv",
        actor=SYSTEM,
    )  # fmt: skip
    hand_in_proof(
        occasions=[second.sessions.get().occasion], holder=person.subject, status=Status.SICK, content=b"%PDF-1.7",
        name="surat.pdf", actor=SYSTEM,
    )  # fmt: skip
    side.tokens["briefing"] = teach(wave, make_person(organisation, "Pengajar"))
    write_to_wave(wave=wave, audience=Audience.SEATED, title="Besok", text="Bawa kamera.", actor=SYSTEM)
    _learning(side)
    _signing(side)
    _nominations(side)
    _plan(side)
    side.rows |= event_of(organisation)
    side.tokens["tally"] = side.rows["tally"]
    curated, tokens = curation_of(organisation)
    side.rows |= curated
    side.tokens |= tokens
    visited, tickets = visitors_of(organisation)
    side.rows |= visited
    side.tokens |= tickets
    side.rows |= stalls_of(organisation)
    side.tokens["stall"] = vendor_token(side.rows["accepted_stall"])
    side.rows |= destinations_of(organisation, region)
    side.rows |= indicators_of(organisation, person)
    side.rows |= innovations_of(organisation, person)
    side.rows["colleague"] = make_person(organisation).name
    side.rows |= entries_of(organisation, person, side.rows["used_innovation"], side.wave.code)
    surveyed, askers = survey_of_side(organisation)
    side.rows |= surveyed
    side.tokens |= askers
    media, side.tokens["intake"] = media_of(organisation, person)
    side.rows |= media
    own_rights, likenesses = rights_of_side(Organisation.objects.get(pk=organisation.pk), person)
    side.rows |= own_rights
    side.tokens |= likenesses
    reports.report_of(Wave.objects.with_names().get(pk=wave.pk))
    side.rows |= impact_of(organisation, person, wave, side.rows["indicator"])
    return side


def _plan(side: Side) -> None:
    """An action plan that was agreed and is reported as done, with a proof; no superior is on record."""
    row = Registration.objects.with_names().select_related("wave__organisation").get(pk=side.registration.pk)
    facts = PlanFacts(
        "Foto layanan", "Bidang", "service", "Informasi", "Halaman", clock.today() + timedelta(days=90), "Kepala"
    )
    plan = write_plan(registration=row, facts=facts, actor=load_user(side.user.pk))
    _plan_row, address = submit_plan(plan=plan, actor=load_user(side.user.pk))
    agree_plan(plan=plan, actor=plan_superior(plan))
    proof = {"content": b"%PDF-1.7", "name": "bukti.pdf", "done": True}
    step = report_plan(plan=plan, text="Selesai", actor=load_user(side.user.pk), **proof)  # type: ignore[arg-type]
    side.rows["plan"], side.rows["step"] = plan.code, step.pk
    side.tokens["plan"] = superior_address(plan, SYSTEM).rstrip("/").rsplit("/", 1)[1]
    assert address


def plan_superior(plan: ActionPlan) -> Actor:
    scopes = frozenset({(str(LinkScope.ACTION_PLAN), plan.code)})
    return Actor(ActorKind.LINK, "link:superior", scopes=scopes)


def _sat_test(organisation: Organisation, side: Side) -> None:
    """A pair of tests on the second wave, the pre-test open and begun by the person."""
    body = read_body("single", "*A\nB")
    question = add_question(organisation=organisation, topic="T", kind="single", text="Apa?", body=body, actor=SYSTEM)
    pair = prepare_tests(wave=side.fresh.wave, questions=[question], actor=SYSTEM).tests
    open_test(test=pair.get(phase=Phase.PRE).test, actor=SYSTEM)
    own = load_user(side.user.pk)
    begin_test(registration=side.fresh, phase=Phase.PRE, actor=own)
    row = add_survey(wave=side.fresh.wave, purpose="material", actor=SYSTEM)
    open_survey(survey=row.survey, actor=SYSTEM)
    begin_survey(registration=side.fresh, row=row, actor=own)


def _nominations(side: Side) -> None:
    """An open call to the side's own agency, with one nomination that waits for the organiser."""
    deadline = clock.now() + timedelta(days=3)
    call = open_call(
        programme=side.wave.programme, title="Panggilan", waves=[side.draft], deadline=deadline, actor=SYSTEM
    )
    invited = invite_agency(call=call, agency=side.organisation, quota=2, actor=SYSTEM)
    move_call(call=call, to=CallState.OPEN, actor=SYSTEM)
    person = make_person(side.organisation)
    nomination = nominate_person(invited=invited, person=person, actor=SYSTEM)
    signed = {"signed_by": "-", "dated": clock.today(), "entered_at": clock.now(), "entered_by_key": "-"}
    paper = PaperApproval.objects.create(
        nomination=nomination, stage=call.stages.get(), file=side.stored, **signed
    )  # fmt: skip
    side.rows["paper"] = paper.pk
    want_proposal(call=call, actor=SYSTEM)
    jobs.run_pending()
    proposal = call.proposals.get()
    ProposalRow.objects.create(proposal=proposal, nomination=nomination, rank=1)
    side.tokens["call"] = hand_out_call(invited=invited, actor=SYSTEM)
    facts = NeedFacts(year=clock.today().year, number=2, reason="-", priority=2, source="own", topic="Arsip")
    need = state_need(agency=side.organisation, organiser=side.organisation, facts=facts, actor=SYSTEM)
    side.rows["need"] = need.code


def _learning(side: Side) -> None:
    """A certificate from outside that waits, and a list of past ones that nobody has taken in."""
    day = clock.today()
    learned = Learned("Bimtek Arsip", "BPSDM", day, day, 12)
    bring_certificate(person=side.person, learned=learned, content=b"%PDF-1.7", name="s.pdf", actor=SYSTEM)
    content = b"Nama;Nama pelatihan;Selesai;JP\nTidak Dikenal;Bimtek;2019;20\n"
    upload_past(organisation=side.organisation, content=content, name="riwayat.csv", actor=SYSTEM)


def _signing(side: Side) -> None:
    """Papers are signed elsewhere; a file that came back differs and waits for somebody to look at it."""
    method = add_signing_by_hand(
        organisation=side.organisation, name="Portal", validity=Validity(clock.today()), backend=SigningBackend.UPLOAD,
        actor=SYSTEM,
    )  # fmt: skip
    assert side.registration.award is not None
    document = side.registration.award.document
    assert document.file is not None
    signature = Signature.objects.create(
        document=document, method=method, state=SignatureState.PROPOSED, file=document.file, sha256="", holder="-",
        fingerprint="", level="B-B", signed_at=clock.now(), attached_at=clock.now(), difference=["+"],
    )  # fmt: skip
    side.rows["signing"], side.rows["signature"] = method.pk, signature.pk


def _letters(side: Side) -> None:
    """A letterhead and a signatory; a draft, an invitation that was sent, and an agency's assignment letter."""
    office, day = side.organisation, clock.today()
    letterhead = {"lines": "Dinas", "city": "Pontianak", "valid_from": day - timedelta(days=9)}
    side.rows["letterhead"] = add_letterhead(organisation=office, actor=SYSTEM, **letterhead).pk  # type: ignore[arg-type]
    signs = add_signatory(organisation=office, post="Kepala", name="Contoh", valid_from=day, actor=SYSTEM)
    start = {"wave": side.wave, "wording": shipped_wordings()[0], "signatory": signs, "separate": False}
    letters = [
        draft_invitations(**start, offices=[Office(office, name)], actor=SYSTEM)[0]  # type: ignore[arg-type]
        for name in ("Kepala", "Sekretaris", "Camat")
    ]
    for number, letter in enumerate(letters[1:]):
        issue_letter(letter=letter, dated=day, number=f"005/{number}", actor=SYSTEM)
    draft, issued, unsent = letters
    keep_scan(letter=issued, content=b"%PDF-1.7", actor=SYSTEM)
    sent = send_invitation(addressee=Addressee.objects.with_names().get(letter=issued), actor=SYSTEM)
    side.rows["letter"], side.rows["issued"], side.rows["addressee"] = draft.code, issued.code, sent.addressee.code
    side.rows["unsent"] = unsent.addressees.get().code
    side.tokens["addressee"] = sent.address.rstrip("/").rsplit("/", 1)[1]
    template = copy_template(organisation=office, ref="invitation/1", name="Kami", actor=SYSTEM)
    side.rows["template"] = template.code
    block = receive_block(organisation=office, pattern="{seq}", first=1, last=2, handed_on=day, actor=SYSTEM)
    side.rows["block"] = block.pk
    scan = AgencyLetter("1", day, "Kepala", "Contoh", b"%PDF-1.7")
    receive_assignment(wave=side.wave, people=[side.registration], letter=scan, actor=SYSTEM)
    side.rows["named"] = side.registration.assignments.get().pk


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
        name="accounts.send_reset_link", arguments={"handle_id": 0}, user_id=user.pk, state=state, created_at=clock.now(),
    )  # fmt: skip
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
        "ticket": _ticket(side),
        "email": email_token(side.user, "new@kalbar.example"),
    }


def _ticket(side: Side) -> str:
    """The right to upload, and an upload begun with it."""
    ticket = ticket_for(
        actor=load_user(side.user.pk), organisation=side.organisation, context="matrix", purpose=Purpose.WORK,
        accepts="photo", max_bytes=1000,
    )  # fmt: skip
    open_upload(ticket=ticket, length=10, name="foto.jpg", actor=SYSTEM)
    return ticket.sealed


def _material(side: Side) -> None:
    """A file of the wave, stored."""
    upload = arrived(material_ticket(side.wave, SYSTEM), SYSTEM)
    add_materials(wave=side.wave, uploads=[upload.code], actor=SYSTEM)


def _work(side: Side) -> None:
    """A photo handed in, judged by a panel with signed minutes, and registered as good work."""
    actor = load_user(side.user.pk)
    specs = [CriterionSpec("Komposisi", (("Kurang", 0), ("Baik", 100)))]
    rubric = write_rubric(wave=side.wave, title="Foto", spread_alert=20, criteria=specs, actor=SYSTEM)
    row = keep_assignment(
        wave=side.wave, title="Foto", kind=AssignmentKind.PHOTO, due_at=clock.now() + timedelta(days=1), rubric=rubric,
        mode=Mode.PANEL, actor=SYSTEM,
    )  # fmt: skip
    photo = arrived(work_ticket(row, side.registration, actor), actor, JPEG)
    hand = hand_in(assignment=row, registration=side.registration, uploads=[photo.code], actor=actor).hand_in
    level = rubric.criteria.get().levels.get(points=100)
    grade(hand_in=hand, version=1, levels={level.criterion_id: level.pk}, feedback="", actor=SYSTEM)
    scan = arrived(scan_ticket(hand, SYSTEM), SYSTEM)
    keep_panel_minutes(
        hand_in=hand, held_on=clock.today(), place="Aula", members="A\nB", text="", scan=scan.code, actor=SYSTEM
    )
    licence = Licence.objects.get_or_create(key="cc-by-4.0", defaults={"name": "CC BY 4.0"})[0]
    register_work(hand_in=hand, title="Foto", licence=licence, actor=SYSTEM)


def _clients(own: Side) -> dict[str, Client]:
    clients = {ANONYMOUS: Client(), NOBODY: _client(create_account(name=NOBODY, actor=SYSTEM)), SELF: _client(own.user)}
    return clients | {name: _holder(name, [name], own) for name in ROLES}


def _holder(name: str, held: Iterable[str], own: Side) -> Client:
    user = create_account(name=name[:80], actor=SYSTEM)
    for role in map(Role, held):
        grant_role(user=user, role=role, organisation=own.organisation, actor=SYSTEM)
        assert load_user(user.pk).holds(role, at=own.organisation.path)
    return _client(user)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
