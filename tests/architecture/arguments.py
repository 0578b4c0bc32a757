"""Who is meant by a line of the permission table, and the rows whose addresses it asks for."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from enggang.access.domain.grants import grant_role
from enggang.access.enums import Role
from enggang.accounts.domain.accounts import create_account
from enggang.accounts.models import User
from enggang.attendance.models import ClockFile, DeviceUser, Gate, Proof, Scan, SettledScan, SheetScan, TakenMark
from enggang.budgets.domain.reference import keep_rule
from enggang.budgets.models import TeachingUnit
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.files.models import Upload
from enggang.people.domain.catalogue import keep_catalogue_row
from enggang.people.domain.merging import merge_persons
from enggang.people.domain.persons import add_person
from enggang.people.models import Competency, Employment
from enggang.surveys.domain.services import keep_service_rule, make_service_survey
from enggang.surveys.domain.surveys import open_survey
from enggang.surveys.models import ElementWeight, Question, Survey
from enggang.training.domain.allocating import allocate_graders
from enggang.training.domain.index import decide_relevance, keep_index_rule
from enggang.training.domain.learning import keep_jp_limit
from enggang.training.domain.profile import assess_competency
from enggang.training.models import (
    Call,
    CallAgency,
    JpLimit,
    Nomination,
    PastImport,
    Piece,
    PortalRule,
    Proposal,
    ProposalRow,
    Sitting,
    Work,
)
from tests.architecture.matrix import (
    SELF,
    FromSide,
    Side,
    Values,
    roles,
)

ADMINISTRATOR = roles(Role.ADMINISTRATOR)
MANAGERS = roles(Role.ADMINISTRATOR, Role.ORGANISER)
MARKERS = MANAGERS | roles(Role.INSTRUCTOR)
WATCHERS = MARKERS | roles(Role.LEADER, Role.INSPECTOR)
PARTICIPANT_READERS = WATCHERS | roles(Role.TREASURER)
STAFF_KEEPERS = MANAGERS | roles(Role.COORDINATOR)
CATALOGUE_READERS = STAFF_KEEPERS | roles(Role.LEADER, Role.INSPECTOR, Role.ASSESSOR, Role.INSTRUCTOR)
PROFILE_READERS = roles(Role.ADMINISTRATOR, Role.COORDINATOR, Role.ASSESSOR, Role.LEADER)
INDEX_KEEPERS = roles(Role.ADMINISTRATOR, Role.COORDINATOR)
INDEX_READERS = INDEX_KEEPERS | roles(Role.LEADER)
STAFF_READERS = STAFF_KEEPERS | roles(Role.LEADER, Role.INSPECTOR)
ROSTER_READERS = STAFF_KEEPERS | roles(Role.INSPECTOR)
AWARD_READERS = MANAGERS | roles(Role.LEADER, Role.INSPECTOR)
PAPER_READERS = AWARD_READERS | roles(Role.TREASURER)
INSPECTORS = roles(Role.ADMINISTRATOR, Role.LEADER, Role.INSPECTOR)
OWNER = frozenset({SELF})
PAYERS = MANAGERS | roles(Role.TREASURER)
MONEY_READERS = PAYERS | roles(Role.LEADER, Role.INSPECTOR)
GRADERS = MARKERS | roles(Role.GRADER)
WORK_READERS = PARTICIPANT_READERS | GRADERS


def person(side: Side) -> Values:
    return {"code": side.person.code}


def past_employment(side: Side) -> Values:
    """An employment that was over before the present one, for this question only."""
    day = clock.today() - timedelta(days=4_000)
    row = Employment.objects.create(
        person=side.person, organisation=side.organisation, starts_on=day, ends_on=day + timedelta(days=9)
    )
    return {"code": side.person.code, "row_id": row.pk}


def merge(side: Side) -> Values:
    """Two records made one, for this question only: the visitor's transaction is rolled back."""
    twin = add_person(organisation=side.organisation, name="Kembar", actor=SYSTEM)
    return {"code": merge_persons(kept=side.person, gone=twin, actor=SYSTEM).code}


def organisation(side: Side) -> Values:
    return {"code": side.organisation.code}


def venue(side: Side) -> Values:
    return {"code": side.venue.code}


def programme(side: Side) -> Values:
    return {"code": side.wave.programme.code}


def call(side: Side) -> Values:
    return {"code": Call.objects.get(organisation=side.organisation).code}


def calling(side: Side) -> Values:
    return {"title": "B", "waves": [side.fresh.wave.pk], "deadline": f"{tomorrow()}T10:00"}


def invited(side: Side) -> Values:
    return {"code": CallAgency.objects.get(agency=side.organisation).code}


def nominated(side: Side) -> Values:
    return {"code": Nomination.objects.get(invited__agency=side.organisation).code}


def proposed(side: Side) -> Values:
    return {"code": Proposal.objects.get(call__organisation=side.organisation).code}


def proposed_row(side: Side) -> Values:
    return {"row": ProposalRow.objects.get(proposal__call__organisation=side.organisation).pk}


def past(side: Side) -> Values:
    return {"code": PastImport.objects.get(organisation=side.organisation).code}


def outside(side: Side) -> Values:
    return {"code": side.person.outside_certificates.get().code}


def wave(side: Side) -> Values:
    return {"code": side.wave.code}


def second_wave(side: Side) -> Values:
    return {"code": side.fresh.wave.code}


def opening(side: Side) -> Values:
    return {"code": side.draft.code, "step": "buka"}


def session(side: Side) -> Values:
    return {"code": side.wave.code, "session_id": side.wave.sessions.get().pk}


def pool(side: Side) -> Values:
    return {"code": side.wave.code, "pool_id": side.wave.offer.pools.get().pk}


def paper(side: Side) -> Values:
    return {"code": side.wave.code, "what": "dokumen", "row_id": side.wave.required_papers.get().pk}


def handed(side: Side) -> Values:
    return {"code": side.registration.code, "paper_id": side.wave.required_papers.get().pk}


def seat_paper(side: Side) -> Values:
    return {"token": side.tokens["seat"], "paper_id": side.fresh.wave.required_papers.get().pk}


def seat_badge(side: Side) -> Values:
    return {"token": side.tokens["paper"], "form": "json"}


def badge(side: Side) -> Values:
    return {**award(side), "form": "png"}


def scan(_side: Side) -> Values:
    return {"file": SimpleUploadedFile("surat.pdf", b"%PDF-1.7")}


def paper_list(side: Side) -> Values:
    return {**wave(side), "day": side.wave.starts_on.isoformat(), "kind": "day"}


def sheet(side: Side) -> Values:
    return {**wave(side), "scan_id": SheetScan.objects.get(group=side.wave.subject, kind="day").pk}


def clock_file(side: Side) -> Values:
    return {**occasion(side), "kept": ClockFile.objects.filter(group=side.wave.subject).earliest("pk").code}


def device_user(side: Side) -> Values:
    known, _made = DeviceUser.objects.get_or_create(
        organisation=side.organisation, number="7", holder=side.person.subject
    )  # fmt: skip
    return {**occasion(side), "known_id": known.pk}


def doubt(side: Side, device: str = "d") -> Values:
    """A scan that does not fit."""
    now = clock.now()
    facts = {"device_time": now, "at": now, "received_at": now, "verdict": "accepted", "reason": "clock"}
    row, _made = Scan.objects.get_or_create(group=side.wave.subject, device=device, defaults=facts)
    return {**occasion(side), "scan_id": row.pk}


def settled_doubt(side: Side) -> Values:
    values = doubt(side, "settled")
    facts = {"how": "right", "reason": "dilihat", "settled_at": clock.now(), "settled_by_key": "system"}
    SettledScan.objects.get_or_create(scan_id=values["scan_id"], defaults=facts)
    return values


def marked(side: Side) -> Values:
    return {**occasion(side), "holder": side.person.code}


def taken_mark(side: Side) -> Values:
    """Taken from somebody who is not marked: giving it back is possible."""
    now = clock.now()
    facts = {"status": "present", "method": "list", "at": now, "by_key": "system", "reason": "salah", "taken_at": now}
    taken, _made = TakenMark.objects.get_or_create(
        occasion=side.wave.sessions.get().occasion, holder=side.organisation.subject, defaults=facts
    )
    return {**occasion(side), "taken_id": taken.pk}


def clock_list(_side: Side) -> Values:
    return {"file": SimpleUploadedFile("a.csv", b"Nama;Tanggal;Jam\nAni;1-1-2026;07:00\n")}


def proof(side: Side) -> Values:
    row = Proof.objects.get(occasion__sessions__wave=side.fresh.wave)
    return {"code": row.occasion.code, "proof_id": row.pk}


def letter(side: Side) -> Values:
    return {**scan(side), "sessions": side.fresh.wave.sessions.get().code, "status": "sick"}


def klass(side: Side) -> Values:
    return {"code": side.wave.code, "class_id": side.wave.classes.get().pk}


def message(side: Side) -> Values:
    return {"code": side.wave.code, "message_id": side.wave.messages.get().pk}


def assignment(side: Side) -> Values:
    return {"code": side.wave.code, "assignment_id": side.wave.assignments.get().pk}


def own_assignment(side: Side) -> Values:
    return {**assignment(side), **registration(side)}


def seat_assignment(side: Side) -> Values:
    return {"token": side.tokens["paper"], "assignment_id": side.wave.assignments.get().pk}


def rubric(side: Side) -> Values:
    return {"code": side.wave.code, "rubric_code": side.wave.assignments.get().rubric.code}


def hand_in(side: Side) -> Values:
    return {"code": side.wave.assignments.get().hand_ins.get().code}


def grader_to_ask(side: Side) -> int:
    """Somebody who may be asked to grade there and was not."""
    user = create_account(name="Penilai", actor=SYSTEM)
    grant_role(user=user, role=Role.GRADER, organisation=side.wave.organisation, actor=SYSTEM)
    return user.pk


def allocation(side: Side) -> Values:
    """A grader who was asked to grade."""
    row = side.wave.assignments.get()
    asked = row.allocations.first()
    if asked is None:
        user = User.objects.get(pk=grader_to_ask(side))
        asked = allocate_graders(assignment=row, users=[user], actor=SYSTEM)[0]
    return {**assignment(side), "row_id": asked.pk}


def panel_sitting(side: Side) -> Values:
    """The minutes of a sitting, without works."""
    row = side.wave.assignments.get()
    kept = row.sittings.first() or Sitting.objects.create(
        assignment=row, held_on=clock.today(), place="Aula", members="A\nB", kept_at=clock.now()
    )
    return {**assignment(side), "sitting_id": kept.pk}


def sitting_facts(side: Side) -> Values:
    works = side.wave.assignments.get().hand_ins.values_list("pk", flat=True)
    return {"works": works[0], "held_on": "2026-11-24", "place": "Aula", "members": "A\nB"}


def work(side: Side) -> Values:
    return {"code": Work.objects.get(organisation=side.wave.organisation).code}


def piece(side: Side) -> Values:
    return {**hand_in(side), "piece_id": Piece.objects.get(version__hand_in__subject__code=hand_in(side)["code"]).pk}


def own_piece(side: Side) -> Values:
    return {**own_assignment(side), "piece_id": piece(side)["piece_id"]}


def seat_piece(side: Side) -> Values:
    return {**seat_assignment(side), "piece_id": piece(side)["piece_id"]}


def new_assignment(side: Side) -> Values:
    rubric_id = side.wave.assignments.get().rubric_id
    return {
        "title": "Foto", "kind": "photo", "max_files": 3, "due_at": "2030-01-01T10:00", "late": "refuse", "late_days": 0,
        "rubric": rubric_id, "mode": "panel", "pass_points": 60,
    }  # fmt: skip


def material(side: Side) -> Values:
    return {"code": side.wave.code, "material_id": side.wave.materials.get().pk}


def own_material(side: Side, *, token: bool = False) -> Values:
    return {**({} if token else registration(side)), "material_id": side.wave.materials.get().pk}


def ticket(side: Side) -> Values:
    return {"ticket": side.tokens["ticket"]}


def ticket_part(side: Side) -> Values:
    return {**ticket(side), "code": Upload.objects.get(owner_key=f"user:{side.user.pk}", context="matrix").code}


def row(name: str, key: str = "code", **more: object) -> FromSide:
    """An address by a row of the side that has no field of its own; ``office`` puts the organisation's code with it."""

    def args(side: Side) -> Values:
        return {**({"code": side.organisation.code} if key != "code" else {}), key: side.rows[name], **more}

    return args


def named(side: Side) -> Values:
    return {"code": side.wave.code, "named_id": side.rows["named"]}


def judged(side: Side) -> Values:
    return {"named": side.rows["named"], "state": "accepted"}


def registration(side: Side) -> Values:
    return {"code": side.registration.code}


def fresh(side: Side) -> Values:
    return {"code": side.fresh.code}


def award(side: Side) -> Values:
    return {"code": side.award_code}


def new_name(_side: Side) -> Values:
    return {"name": "Nama Baru", "reason": "Ganti nama", "issued_on": clock.today().isoformat()}


def verify(side: Side) -> Values:
    assert side.registration.award is not None
    return {"code": side.registration.award.verify_code}


def occasion(side: Side) -> Values:
    return {"code": side.wave.sessions.get().occasion.code}


def gate(side: Side) -> Values:
    return {**occasion(side), "gate": Gate.objects.get(group=side.wave.subject).code}


def marks(side: Side) -> Values:
    return {f"status-{side.person.code}": "absent"}


def question(side: Side) -> Values:
    return {"code": Question.objects.get(organisation=side.organisation).code}


def pre_test(side: Side) -> Values:
    return {"code": side.fresh.wave.tests.get(phase="pre").test.code}


def post_test(side: Side) -> Values:
    return {"code": side.fresh.wave.tests.get(phase="post").test.code}


def sitting(side: Side) -> Values:
    return {"code": side.fresh.wave.tests.get(phase="pre").test.attempts.get().code}


def sitting_by_link(side: Side) -> Values:
    return {**sitting(side), "token": side.tokens["seat"]}


def survey(side: Side) -> Values:
    return {"code": side.fresh.wave.surveys.get().survey.code}


def service_draft(side: Side) -> Values:
    """A draft of the citizens' survey about a service."""
    return {"code": _service(side, "Rancangan").code}


def service_rule(side: Side) -> Values:
    """A weight of the agency, for this question only."""
    row = ElementWeight(element=1, weight=2, valid_from=clock.today(), source="SK")
    return {"word": "bobot", "row_id": keep_service_rule(row=row, organisation=side.organisation, actor=SYSTEM).pk}


def service_open(side: Side) -> Values:
    row = _service(side, "Terbuka")
    if row.opened_at is None:
        open_survey(survey=row, actor=SYSTEM)
    return {"code": row.code}


def _service(side: Side, name: str) -> Survey:
    today = clock.today()
    kept = Survey.objects.filter(organisation=side.wave.organisation, service__name=name).first()
    return kept or make_service_survey(
        organisation=side.wave.organisation, name=name, starts_on=today, ends_on=today, actor=SYSTEM
    )


def new_service(side: Side) -> Values:
    return {"organisation": side.wave.organisation_id, "name": "Izin", "starts_on": tomorrow(), "ends_on": tomorrow()}


def wave_survey(side: Side) -> Values:
    return {"row_id": side.fresh.wave.surveys.get().pk}


def no_picture(side: Side) -> Values:
    return {**sitting(side), "row": 1}


def rule_row(side: Side) -> Values:
    """A reference row of the agency, for this question only."""
    row = TeachingUnit(name="Jam", minutes=50, valid_from=clock.today(), source="Perbup")
    return {"word": "satuan", "row_id": keep_rule(rule=row, organisation=side.organisation, actor=SYSTEM).pk}


def catalogue_row(side: Side) -> Values:
    """A row of the competency catalogue of the agency, for this question only."""
    row = Competency(name="Fotografi", valid_from=clock.today(), source="Kamus")
    return {
        "word": "kompetensi",
        "row_id": keep_catalogue_row(row=row, organisation=side.organisation, actor=SYSTEM).pk,
    }


def _competency(side: Side) -> Competency:
    made: Competency = Competency.objects.get(pk=catalogue_row(side)["row_id"])
    return made


def finding(side: Side) -> Values:
    return {
        "competency": _competency(side).pk,
        "level": "2",
        "reason": "Karya",
        "assessed_on": clock.today().isoformat(),
    }


def assessed(side: Side) -> Values:
    """A finding about the person, for this question only."""
    facts = {"competency": _competency(side), "level": 2, "reason": "Karya", "assessed_on": clock.today()}
    return {"assessment_id": assess_competency(person=side.person, actor=SYSTEM, **facts).pk}  # type: ignore[arg-type]


def completed(side: Side) -> Values:
    """The person's completed training, as the pages of the index name it."""
    return {"evidence": f"sini-{side.registration.code}"}


def counts(side: Side) -> Values:
    return {**completed(side), "kind": "technical", "relevant": "yes", "reason": "Sesuai tugas"}


def counted(side: Side) -> Values:
    """The person, with a decision about their training for this question only."""
    facts = {"kind": "technical", "relevant": True, "reason": "Sesuai tugas", **completed(side)}
    decide_relevance(person=side.person, actor=SYSTEM, **facts)
    return person(side)


def jp_limit(side: Side) -> Values:
    """A limit of the agency, for this question only."""
    row = JpLimit(kind="pns", bound="at_least", jp=24, period="calendar_year", valid_from=clock.today(), source="SK")
    return {"word": "jp", "row_id": keep_jp_limit(row=row, organisation=side.organisation, actor=SYSTEM).pk}


def index_row(side: Side) -> Values:
    """A row of the agency in the table of the index, for this question only."""
    row = PortalRule(name="Portal", max_kb=500, valid_from=clock.today(), source="Surat edaran")
    return {"word": "portal", "row_id": keep_index_rule(row=row, organisation=side.organisation, actor=SYSTEM).pk}


def token(name: str) -> FromSide:
    return lambda side: {"token": side.tokens[name]}


def job(side: Side) -> Values:
    return {"code": side.job.code}


def failed_job(side: Side) -> Values:
    return {"code": side.failed_job.code}


def titled(side: Side) -> Values:
    """The person's own name with a degree: another name participants may not print."""
    return {"printed_name": f"{side.person.name}, S.E."}


def fixed(**values: object) -> FromSide:
    """The same for every side; a day is given as the function that tells it, for a run may pass midnight."""
    return lambda _side: {name: value() if callable(value) else value for name, value in values.items()}


def today() -> str:
    return clock.today().isoformat()


def tomorrow() -> str:
    return (clock.today() + timedelta(days=1)).isoformat()
