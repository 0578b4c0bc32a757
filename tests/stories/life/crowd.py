"""Eighty people of one wave: what each of them does with one gesture, done by the acts that the screens call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.people.models import Employment
from enggang.surveys.domain.attempts import Given, hand_in, save_answers
from enggang.surveys.domain.surveys import answer_survey
from enggang.surveys.enums import StatementKind
from enggang.surveys.models import Attempt
from enggang.training.domain.action_plans import PlanFacts, agree_plan, submit_plan, write_plan
from enggang.training.domain.assignments import AgencyLetter, receive_assignment
from enggang.training.domain.evaluation import begin_survey
from enggang.training.domain.names import settle_name
from enggang.training.domain.nominations import nominate_person
from enggang.training.domain.sessions import add_session
from enggang.training.domain.testing import begin_test
from enggang.training.enums import Phase
from enggang.training.models import CallAgency, Registration, Session, Wave

HALVES = ((time(8), time(12)), (time(13), time(16, 30)))
LETTER = b"%PDF-1.4\n% SPESIMEN surat tugas\n"


def holder(scope: LinkScope, code: str) -> Actor:
    """Whoever holds the private page of a participant, or of a superior."""
    return Actor(ActorKind.LINK, f"link:{code}", scopes=frozenset({(str(scope), code)}))


def myself(row: Registration) -> Actor:
    return holder(LinkScope.REGISTRATION, row.code)


def schedule(wave: Wave, *, after: int) -> None:
    """The half days behind the first ``after``, as the programme's modules go."""
    days = [(wave.starts_on + timedelta(days=day), half) for day in range(3) for half in HALVES]
    titles = [module.title for module in wave.programme.modules.all()]
    for number, (day, (begins, ends)) in list(enumerate(days))[after:]:
        add_session(wave=wave, title=titles[number], day=day, begins=begins, ends=ends, jp=5, room="Aula", actor=SYSTEM)


def nominate(invited: Iterable[CallAgency], each: int) -> None:
    for agency in invited:
        for row in Employment.objects.present().filter(organisation=agency.agency).select_related("person")[:each]:
            nominate_person(invited=agency, person=row.person, actor=SYSTEM)


def send_letters(wave: Wave, rows: Iterable[Registration]) -> None:
    """One surat tugas of each agency for its people."""
    by_agency: dict[int, list[Registration]] = {}
    for row in rows:
        by_agency.setdefault(row.agency_id, []).append(row)
    for number, people in enumerate(by_agency.values(), 1):
        facts = (f"800/{number:02d}/CONTOH", clock.today(wave.time_zone), "Kepala (contoh)", "Contoh Pejabat")
        receive_assignment(wave=wave, people=people, letter=AgencyLetter(*facts, LETTER), actor=SYSTEM)


def confirm_names(rows: Iterable[Registration]) -> None:
    for row in rows:
        settle_name(registration=row, printed_name=row.printed_name, actor=myself(row))


def sit(rows: Iterable[Registration], phase: Phase, *, right: int) -> None:
    """Everybody answers the first ``right`` questions rightly, every third person one more; the rest wrongly."""
    for number, row in enumerate(rows):
        actor = myself(row)
        begun = begin_test(registration=row, phase=phase, actor=actor)
        attempt = Attempt.objects.with_test().get(pk=begun.pk)
        items = attempt.items.order_by("item__position")
        known = right + (number % 3 == 0)
        given = {item.pk: Given([1 if place < known else 2], item.revision) for place, item in enumerate(items)}
        save_answers(attempt=attempt, given=given, actor=actor)
        hand_in(attempt=attempt, actor=actor)


def give_opinions(wave: Wave, rows: Iterable[Registration]) -> None:
    """Each answers every open survey of the wave with 3, 4 or the best."""
    surveys = list(wave.surveys.select_related("survey__subject").filter(survey__state="open"))
    for number, row in enumerate(rows):
        for each in surveys:
            invitation = begin_survey(registration=row, row=each, actor=myself(row))
            scale = each.survey.statements.filter(kind=StatementKind.SCALE)
            values = {one.pk: min(each.survey.high, 3 + (number + one.position) % 3) for one in scale}
            answer_survey(survey=each.survey, values=values, comments={}, invitation=invitation, actor=myself(row))


def plan_changes(rows: Iterable[Registration], due_on: date) -> None:
    for row in rows:
        facts = PlanFacts(
            change="Foto layanan dibuat sendiri setiap minggu (contoh).", unit="Bidang pemasaran (contoh)",
            target_kind="service", target="Informasi destinasi di laman dinas", proof="Laman dengan foto karya sendiri",
            due_on=due_on, superior_name="Contoh Atasan (SPESIMEN)",
        )  # fmt: skip
        plan = write_plan(registration=row, facts=facts, actor=myself(row))
        submit_plan(plan=plan, actor=myself(row))
        agree_plan(plan=plan, actor=holder(LinkScope.ACTION_PLAN, plan.code))


def machine_file(sessions: Iterable[Session], rows: Iterable[Registration]) -> dict[str, object]:
    """What a fingerprint machine writes of these people at these sessions, ready for a file input."""
    lines = ["Nama,NIP,Tanggal,Scan Masuk,Scan Keluar"]
    people = list(rows)
    for session in sessions:
        for row in people:
            name = row.person.name.replace(",", " ")
            came = (datetime.combine(session.day, session.begins) + timedelta(minutes=7)).time()
            lines.append(f"{name},'{row.person.nip},{session.day:%d/%m/%Y},{came:%H:%M},{session.ends:%H:%M}")
    return {"name": "mesin.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}


def moment(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone))
