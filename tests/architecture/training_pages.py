"""The lines of the permission table that are about training."""

from __future__ import annotations

from enggang.access.enums import Role
from enggang.people.models import Person
from enggang.surveys.models import Question
from enggang.training import rules
from tests.architecture import money, reports
from tests.architecture.arguments import (
    ADMINISTRATOR,
    GRADERS,
    INDEX_KEEPERS,
    INDEX_READERS,
    MANAGERS,
    MARKERS,
    MONEY_READERS,
    OWNER,
    PARTICIPANT_READERS,
    PAYERS,
    PROFILE_READERS,
    STAFF_KEEPERS,
    STAFF_READERS,
    WORK_READERS,
    allocation,
    assessed,
    assignment,
    call,
    calling,
    completed,
    counted,
    counts,
    finding,
    fixed,
    fresh,
    grader_to_ask,
    hand_in,
    handed,
    index_row,
    invited,
    jp_limit,
    judged,
    klass,
    letter,
    material,
    message,
    named,
    new_assignment,
    nominated,
    opening,
    organisation,
    outside,
    own_assignment,
    own_material,
    own_piece,
    panel_sitting,
    paper,
    paper_list,
    past,
    person,
    piece,
    pool,
    programme,
    proposed,
    proposed_row,
    registration,
    row,
    rubric,
    scan,
    seat_assignment,
    seat_badge,
    seat_paper,
    seat_piece,
    second_wave,
    session,
    sheet,
    sitting_facts,
    titled,
    token,
    tomorrow,
    wave,
    wave_survey,
    work,
)
from tests.architecture.matrix import (
    EVERYONE,
    NONE,
    SIGNED_IN,
    FromSide,
    Row,
    Side,
    Values,
    page,
    post,
    roles,
)

PLAN_READERS = roles(*rules.SEES_PARTICIPANTS, *rules.SEES_LEARNING) | OWNER


def plan_step(side: Side) -> Values:
    return {"code": side.rows["plan"], "step_id": side.rows["step"]}


NEED_KEEPERS = ADMINISTRATOR | roles(Role.COORDINATOR)
NEED_READERS = roles(*rules.SEES_NEEDS)


def need_step(step: str, key: str = "need") -> FromSide:
    return lambda side: {"code": side.rows[key], "step": step}


def on_paper(side: Side) -> Values:
    return {"paper_id": side.rows["paper"]}


def person_version(side: Side) -> Values:
    return {"version": Person.objects.get(pk=side.person.pk).version}


TRAINING: dict[str, tuple[Row, ...]] = {
    "training:waves": (page(SIGNED_IN),),
    "training:programmes": (page(SIGNED_IN),),
    "training:programme_new": (page(MANAGERS),),
    "training:programme": (page(PARTICIPANT_READERS, args=programme),),
    "training:programme_edit": (page(MANAGERS, args=programme),),
    "training:calls": (
        page(PARTICIPANT_READERS, args=programme),
        post(MANAGERS, args=programme, data=calling),
    ),
    "training:endorsements": (page(SIGNED_IN),),
    "training:my_calls": (page(SIGNED_IN),),
    "training:needs": (page(NEED_READERS),),
    "training:need_new": (page(NEED_KEEPERS),),
    "training:need": (page(NEED_READERS, args=row("need")),),
    "training:need_step": (
        post(NEED_KEEPERS, args=need_step("tarik")),
        post(MANAGERS, args=need_step("tolak"), data=fixed(reason="x")),
    ),
    "training:need_call": (page(MANAGERS, args=programme),),
    "training:invited_needs": (page(EVERYONE, EVERYONE, args=token("call")),),  # the address is the right
    "training:invited_need_new": (page(EVERYONE, EVERYONE, args=token("call")),),
    "training:invited_need_step": (
        post(EVERYONE, EVERYONE, args=lambda side: {**need_step("tarik")(side), **token("call")(side)}),
    ),
    "training:invited_seats_now": (page(STAFF_KEEPERS, args=invited),),
    "training:call": (page(PARTICIPANT_READERS, args=call),),
    "training:call_invite": (
        post(MANAGERS, args=call, data=lambda side: {"agency": side.organisation.code, "quota": 3}),
    ),
    "training:call_edit": (page(MANAGERS, args=call),),
    "training:call_changes": (page(PARTICIPANT_READERS, args=call),),
    "training:call_remind": (post(MANAGERS, args=call, acts=False),),
    "training:call_paper": (page(MANAGERS, args=call),),
    "training:call_uninvite": (post(MANAGERS, args=invited, data=fixed(reason="x")),),
    "training:paper_file": (page(PARTICIPANT_READERS | STAFF_KEEPERS, args=on_paper),),
    "training:paper_back": (post(MANAGERS, args=on_paper),),
    "training:call_step": (post(MANAGERS, args=lambda side: {**call(side), "step": "tutup"}),),
    "training:invited": (
        page(STAFF_KEEPERS, args=invited),
        post(STAFF_KEEPERS, args=invited, data=lambda side: {"do": "tarik", "nomination": nominated(side)["code"]}),
    ),
    "training:invited_link": (post(MANAGERS, args=invited),),
    "training:nomination_step": (
        post(MANAGERS, args=lambda side: {**nominated(side), "step": "setujui"}),
        post(STAFF_KEEPERS, args=lambda side: {**nominated(side), "step": "tarik"}),
    ),
    "training:propose": (post(MANAGERS, args=call),),
    "training:proposal": (page(PARTICIPANT_READERS, args=proposed),),
    "training:proposal_step": (
        post(MANAGERS, args=lambda side: {**proposed(side), "step": "naik"}, data=proposed_row),
    ),
    "training:proposal_order": (
        post(MANAGERS, args=proposed, data=lambda side: {"rows": proposed_row(side)["row"], "version": 0}, acts=False),
    ),
    "training:invited_by_link": (page(EVERYONE, EVERYONE, args=token("call")),),  # the address is the right
    "training:invited_seats": (page(EVERYONE, EVERYONE, args=token("call")),),
    "training:my_learning": (page(SIGNED_IN),),
    "training:learning": (page(STAFF_READERS),),
    "training:learning_export": (post(STAFF_READERS),),
    "training:jp_limits": (page(STAFF_READERS, args=fixed(word="jp")),),
    "training:jp_limit_new": (page(NEED_KEEPERS, args=fixed(word="jp")),),
    "training:jp_limit": (page(NEED_KEEPERS, args=jp_limit),),
    "training:person_learning": (page(STAFF_READERS | OWNER, args=person),),
    "training:my_profile": (page(SIGNED_IN),),
    "training:profiles": (page(PROFILE_READERS),),
    "training:profile_export": (page(PROFILE_READERS),),
    "training:person_profile": (
        page(PROFILE_READERS | OWNER, args=person),
        post(roles(Role.ASSESSOR), args=person, data=finding),
    ),
    "training:post_type": (
        # A leader and an assessor read the profile; saying the kind of post is for who keeps the staff.
        post(ADMINISTRATOR | roles(Role.COORDINATOR), args=person, data=person_version),
    ),
    "training:assessment_withdraw": (post(roles(Role.ASSESSOR), args=assessed, data=fixed(reason="keliru")),),
    "training:my_index": (page(SIGNED_IN),),
    "training:index": (page(INDEX_READERS),),
    "training:index_export": (page(INDEX_READERS),),
    "training:index_rules": (page(INDEX_READERS, args=fixed(word="indeks")),),
    "training:index_rule_new": (page(INDEX_KEEPERS, args=fixed(word="indeks")),),
    "training:index_rule": (page(INDEX_KEEPERS, args=index_row),),
    "training:index_columns": (post(INDEX_KEEPERS, args=organisation, data=fixed(name=1)),),
    "training:agency_pack": (post(INDEX_READERS, args=organisation),),
    "training:person_index": (page(INDEX_READERS | OWNER, args=person),),
    "training:relevance": (post(INDEX_KEEPERS, args=person, data=counts),),
    "training:relevance_undo": (post(INDEX_KEEPERS, args=counted, data=completed),),
    "training:index_dimension": (
        post(INDEX_KEEPERS, args=lambda side: {**person(side), "name": "discipline"}, data=fixed(rule="")),
    ),
    "training:person_pack": (post(INDEX_READERS | OWNER, args=person),),
    "training:evidence_file": (page(INDEX_READERS | OWNER, args=lambda side: {**person(side), **completed(side)}),),
    "training:upload_copy": (
        post(INDEX_READERS | OWNER, args=lambda side: {**person(side), **completed(side)}, acts=False),
    ),  # one that fits is told
    "training:person_hand_off": (page(INDEX_READERS | OWNER, args=person),),
    "training:my_hand_off": (page(SIGNED_IN),),
    "training:past_list": (page(STAFF_KEEPERS),),
    "training:past_template": (page(STAFF_KEEPERS),),
    "training:past": (page(STAFF_KEEPERS, args=past),),
    "training:past_rejects": (page(STAFF_KEEPERS, args=past),),
    "training:past_undo": (post(NONE, args=past),),  # not taken in yet
    "training:certificate_file": (page(STAFF_READERS | OWNER, args=outside),),
    "training:certificate_step": (
        post(ADMINISTRATOR | roles(Role.COORDINATOR), args=lambda side: {**outside(side), "step": "terima"}),
        post(STAFF_KEEPERS | OWNER, args=lambda side: {**outside(side), "step": "tarik"}),
    ),
    "training:wave_new": (page(MANAGERS),),
    "training:wave": (page(SIGNED_IN, SIGNED_IN, args=wave),),
    "training:wave_edit": (page(MANAGERS, args=wave),),
    "training:wave_step": (post(MANAGERS, args=opening),),
    "training:wave_restore": (post(MANAGERS, args=wave, acts=False),),  # one that is not cancelled is told
    "training:pool_rename": (post(MANAGERS, args=pool, data=fixed(label="Umum")),),
    "training:programme_retire": (post(MANAGERS, args=programme, acts=False),),  # waves are still to be held
    "training:programme_restore": (post(MANAGERS, args=programme, acts=False),),
    "training:wave_cancel": (post(MANAGERS, args=second_wave, data=fixed(reason="banjir")),),
    "training:session_add": (
        post(MANAGERS, args=wave, data=fixed(title="Tambahan", day=tomorrow, begins="13:00", ends="14:00", jp=1)),
    ),
    "training:session_edit": (page(MANAGERS, args=session),),
    "training:wave_copy": (
        page(MANAGERS, args=wave),
        post(MANAGERS, args=wave, data=fixed(name="Gelombang 9", starts_on=tomorrow)),
    ),
    "training:classes": (
        page(PARTICIPANT_READERS, args=wave),
        post(MANAGERS, args=wave, data=fixed(kind="class", name="B")),
    ),
    "training:class_divide": (post(MANAGERS, args=wave, data=fixed(kind="class")),),
    "training:class": (
        page(PARTICIPANT_READERS, args=klass),
        post(MANAGERS, args=klass, data=fixed(kind="class", name="C")),
    ),
    "training:class_people": (post(MANAGERS, args=klass),),
    "training:class_drop": (post(MANAGERS, args=klass),),
    "training:session_remove": (post(MANAGERS, args=session, data=fixed(reason="batal")),),
    "training:session_restore": (post(MANAGERS, args=session, acts=False),),  # one that is planned is told
    "training:to_rule": (post(MANAGERS, args=fresh, data=fixed(reason="keliru"), acts=False),),  # not decided by hand
    "training:session_merge": (post(MANAGERS, args=session, acts=False),),  # with no other session it is told
    "training:signing": (
        page(MANAGERS, args=wave),
        post(MANAGERS, args=wave, data=fixed(by="day")),
    ),
    "training:pool_add": (post(MANAGERS, args=wave, data=fixed(owner="open", size=3)),),
    "training:pool_resize": (post(MANAGERS, args=pool, data=fixed(size=9)),),
    # A coordinator finds nobody but their own staff in another agency's wave.
    "training:participants": (
        page(PARTICIPANT_READERS | STAFF_KEEPERS, roles(Role.ADMINISTRATOR, Role.COORDINATOR), args=wave),
    ),
    # A coordinator brings the own agency's staff to another agency's wave.
    "training:nominate": (page(STAFF_KEEPERS, roles(Role.ADMINISTRATOR, Role.COORDINATOR), args=wave),),
    "training:nominate_paste": (page(STAFF_KEEPERS, roles(Role.ADMINISTRATOR, Role.COORDINATOR), args=wave),),
    "training:register_me": (post(NONE, OWNER, args=wave),),  # in the own wave the person already sits
    "training:readiness": (page(PARTICIPANT_READERS, args=wave),),
    "training:messages": (
        page(PARTICIPANT_READERS, args=wave),
        post(MANAGERS, args=wave, data=fixed(audience="seated", title="Besok", text="Bawa kamera.")),
    ),
    "training:message": (page(PARTICIPANT_READERS, args=message),),
    "training:letters": (page(PARTICIPANT_READERS, args=wave),),
    "training:invitation_new": (page(MANAGERS, args=wave),),
    "training:own_assignment_new": (page(MANAGERS, args=wave),),
    "training:invitations_send": (post(MANAGERS, args=lambda side: {**wave(side), "step": "kirim"}),),
    "training:addressee": (page(PARTICIPANT_READERS | STAFF_KEEPERS, args=row("addressee")),),
    "training:invitation_send": (post(MANAGERS, args=row("unsent")),),
    "training:invitation_undo": (post(MANAGERS, args=row("addressee", what="kirim")),),
    "training:addressee_letter": (post(PARTICIPANT_READERS | STAFF_KEEPERS, args=row("addressee"), acts=False),),
    "training:addressee_answer": (post(STAFF_KEEPERS, args=row("addressee"), data=fixed(answer="yes")),),
    "training:invitation": (page(EVERYONE, EVERYONE, args=token("addressee")),),  # the address is the right
    "training:invitation_letter": (post(EVERYONE, EVERYONE, args=token("addressee"), acts=False),),
    "training:invitation_answer": (post(EVERYONE, EVERYONE, args=token("addressee"), data=fixed(answer="yes")),),
    "training:assignments": (
        # A coordinator finds nobody but their own staff in another agency's wave.
        page(PARTICIPANT_READERS | STAFF_KEEPERS, roles(Role.ADMINISTRATOR, Role.COORDINATOR), args=wave),
    ),
    "training:assignment_new": (page(STAFF_KEEPERS, roles(Role.ADMINISTRATOR, Role.COORDINATOR), args=wave),),
    "training:assignment_judge": (post(MANAGERS, args=wave, data=judged),),
    "training:assignments_remind": (post(NONE, args=wave, acts=True),),  # nobody's letter is missing there
    "training:assignment_file": (page(PARTICIPANT_READERS | STAFF_KEEPERS | OWNER, args=named),),
    "training:assignment_drop": (post(STAFF_KEEPERS, args=named),),
    "training:seats": (page(PARTICIPANT_READERS, args=wave),),
    "training:seats_policy": (
        post(MANAGERS, args=wave, data=fixed(promotion="manual", hold_hours=24, late_substitution="on")),
    ),
    "training:seats_divide": (post(NONE, args=pool, data=fixed(size=1)),),  # an open quota has no owner to divide it
    "training:seats_step": (post(NONE, args=lambda side: {**wave(side), "step": "terima"}),),  # nobody waits there
    "training:guest": (page(MANAGERS, args=wave),),
    "training:walk_in": (page(MANAGERS, args=wave),),
    "training:substitute": (page(STAFF_KEEPERS, args=fresh),),
    "training:confirm_seat": (post(STAFF_KEEPERS | OWNER, args=fresh, acts=False),),
    "training:pass_list": (page(PARTICIPANT_READERS, args=wave),),
    "training:lists": (page(PARTICIPANT_READERS, args=wave),),
    "training:list_meals": (
        post(
            MANAGERS,
            args=wave,
            data=lambda side: {"first": side.wave.starts_on, "last": side.wave.ends_on, "meals": "lunch"},
        ),
    ),
    "training:list_print": (page(PARTICIPANT_READERS, args=paper_list),),
    "training:list_keep": (post(MARKERS, args=paper_list, data=scan, acts=False),),
    "training:list_scan": (page(PARTICIPANT_READERS, args=sheet),),
    "training:list_remove": (post(MARKERS, args=sheet, data=fixed(reason="salah hari")),),
    "training:decide": (post(MANAGERS, args=second_wave),),
    "training:issue": (post(MANAGERS, args=wave, acts=False),),
    "training:ceremony": (page(PARTICIPANT_READERS, args=wave),),
    "training:ceremony_prepare": (post(MANAGERS, args=wave, acts=False),),
    "training:ceremony_print": (post(MANAGERS, args=wave, acts=False),),
    "training:ceremony_hand_out": (post(MANAGERS, args=wave, acts=False),),
    "training:action_plans": (page(SIGNED_IN),),
    "training:wave_plans": (page(PARTICIPANT_READERS, args=wave),),
    "training:action_plan": (page(PLAN_READERS, args=row("plan")),),
    "training:action_plan_proof": (page(PLAN_READERS, args=plan_step),),
    "training:action_plan_judge": (post(roles(Role.LEADER), args=row("plan", step="selesai")),),
    "training:own_plan": (page(OWNER, args=registration),),
    "training:own_plan_step": (post(OWNER, args=lambda side: {**registration(side), "step": "alamat"}),),
    "training:seat_plan": (page(EVERYONE, EVERYONE, args=token("paper")),),  # the address is the right
    "training:seat_plan_step": (
        post(EVERYONE, EVERYONE, args=lambda side: {**token("paper")(side), "step": "alamat"}),
    ),
    "training:plan_by_link": (page(EVERYONE, EVERYONE, args=token("plan")),),
    "training:plan_proof_by_link": (
        page(EVERYONE, EVERYONE, args=lambda side: {**token("plan")(side), "step_id": side.rows["step"]}),
    ),
    "training:plan_judge_by_link": (
        post(EVERYONE, EVERYONE, args=lambda side: {**token("plan")(side), "step": "selesai"}),
    ),
    "training:hold_back": (post(MANAGERS, args=fresh, data=fixed(reason="belum"), acts=False),),
    "training:pocket": (page(PARTICIPANT_READERS | STAFF_KEEPERS | OWNER, args=registration),),
    "training:withdraw": (post(STAFF_KEEPERS | OWNER, args=fresh, data=fixed(reason="sakit")),),
    "training:confirm_name": (post(STAFF_KEEPERS | OWNER, args=fresh, data=titled),),
    "training:override": (post(MANAGERS, args=fresh, data=fixed(outcome="passed", reason="tugas")),),
    "training:correct_jp": (post(MANAGERS, args=fresh, data=fixed(jp=3, reason="salah hitung"), acts=False),),
    "training:follow_ups": (page(STAFF_KEEPERS, roles(Role.ADMINISTRATOR, Role.COORDINATOR), args=wave),),
    "training:follow_ups_hand_out": (
        post(STAFF_KEEPERS, roles(Role.ADMINISTRATOR, Role.COORDINATOR), args=wave, acts=False),
    ),
    "training:pages": (page(STAFF_KEEPERS, roles(Role.ADMINISTRATOR, Role.COORDINATOR), args=wave),),
    "training:pages_hand_out": (
        post(STAFF_KEEPERS, args=second_wave, data=lambda side: {"people": fresh(side)["code"]}),
    ),
    "training:page_end": (post(STAFF_KEEPERS, args=fresh),),
    "training:corrected_papers": (page(MANAGERS, args=fresh),),
    "training:hand_out_page": (post(STAFF_KEEPERS | OWNER, args=fresh),),
    "training:wave_seats": (page(SIGNED_IN, SIGNED_IN, args=wave),),
    "training:asking": (
        page(MANAGERS, args=wave),
        post(MANAGERS, args=wave, data=fixed(what="question", label="Ukuran kaus", kind="text")),
    ),
    "training:asking_drop": (post(MANAGERS, args=paper, acts=False),),
    "training:answers_export": (post(PARTICIPANT_READERS, args=wave),),
    "training:pocket_answers": (post(STAFF_KEEPERS | OWNER, args=registration),),
    "training:pocket_upload": (post(STAFF_KEEPERS | OWNER, args=handed, data=scan),),
    "training:paper_download": (page(STAFF_KEEPERS | OWNER, args=handed),),
    "training:seat_answers": (post(EVERYONE, EVERYONE, args=token("seat")),),
    "training:seat_upload": (post(EVERYONE, EVERYONE, args=seat_paper, acts=False),),
    "training:materials": (
        page(PARTICIPANT_READERS, args=wave),
        post(MARKERS, args=wave, data=fixed(title="Situs", link="https://kalbar.example/")),
    ),
    "training:coursework": (page(WORK_READERS, args=wave), post(MARKERS, args=wave, data=new_assignment)),
    "training:rubric_new": (page(MARKERS, args=wave),),
    "training:rubric": (page(MARKERS, args=rubric),),
    "training:coursework_item": (
        page(WORK_READERS, args=assignment),
        post(MARKERS, args=assignment, data=new_assignment),
    ),
    "training:coursework_step": (post(MARKERS, args=lambda side: {**assignment(side), "step": "rilis"}),),
    "training:graders": (
        page(WORK_READERS, args=assignment),
        post(MANAGERS, args=assignment, data=lambda side: {"graders": grader_to_ask(side)}),
    ),
    "training:grader_drop": (post(MANAGERS, args=allocation),),
    "training:sitting_new": (page(GRADERS, args=assignment), post(GRADERS, args=assignment, data=sitting_facts)),
    "training:sitting": (page(GRADERS, args=panel_sitting), post(GRADERS, args=panel_sitting, data=sitting_facts)),
    "training:sitting_print": (page(GRADERS, args=panel_sitting),),
    "training:sitting_scan": (page(NONE, args=panel_sitting),),  # nobody has signed it
    "training:sitting_step": (post(MARKERS, args=lambda side: {**panel_sitting(side), "step": "hapus"}),),
    "training:hand_in": (page(WORK_READERS, args=hand_in),),
    "training:hand_in_piece": (page(WORK_READERS, args=piece),),
    "training:minutes": (
        page(GRADERS, args=hand_in),
        post(GRADERS, args=hand_in, data=fixed(held_on="2026-11-24", place="Aula", members="A\nB")),
    ),
    "training:minutes_scan": (page(WORK_READERS, args=hand_in),),
    "training:grade_again": (post(MARKERS, args=hand_in),),
    "training:give_back": (
        post(MARKERS, args=hand_in, data=fixed(reason="Sebutkan sumbernya", until="2026-11-26T08:00"), acts=False),
    ),  # it is accepted
    "training:keep_given": (post(MARKERS, args=hand_in, acts=False),),  # nothing was given back
    "training:work_register": (post(GRADERS, args=hand_in, acts=False),),  # it is registered already
    "training:work_withdraw": (post(MARKERS, args=hand_in),),
    "training:works": (page(WORK_READERS),),
    "training:work": (page(WORK_READERS | OWNER, args=work),),
    "training:work_step": (post(MARKERS, args=lambda side: {**work(side), "step": "cabut"}),),
    "training:pocket_assignments": (page(OWNER, args=registration),),
    "training:pocket_assignment": (page(OWNER, args=own_assignment),),
    "training:pocket_piece": (page(OWNER, args=own_piece),),
    "training:seat_piece": (page(EVERYONE, EVERYONE, args=seat_piece),),
    "training:pocket_agree": (post(OWNER, args=own_assignment, data=fixed(agrees="1")),),
    "training:seat_assignments": (page(EVERYONE, EVERYONE, args=token("paper")),),
    "training:seat_assignment": (page(EVERYONE, EVERYONE, args=seat_assignment),),
    "training:seat_agree": (post(EVERYONE, EVERYONE, args=seat_assignment, data=fixed(agrees="1")),),
    "training:material_file": (page(PARTICIPANT_READERS, args=material),),
    "training:material_step": (post(MARKERS, args=lambda side: {**material(side), "step": "hapus"}),),
    "training:materials_worker": (page(EVERYONE),),
    "training:pocket_materials": (page(STAFF_KEEPERS | OWNER, args=registration),),
    "training:pocket_material": (page(STAFF_KEEPERS | OWNER, args=own_material),),
    "training:seat_materials": (page(EVERYONE, EVERYONE, args=token("paper")),),
    "training:seat_material": (
        page(EVERYONE, EVERYONE, args=lambda side: {**own_material(side, token=True), "token": side.tokens["paper"]}),
    ),
    "training:pocket_travel": (post(STAFF_KEEPERS | OWNER, args=fresh, data=fixed(diet="vegetarian")),),
    "training:seat_travel": (post(EVERYONE, EVERYONE, args=token("seat"), data=fixed(diet="vegetarian")),),
    "training:pocket_absence": (post(STAFF_KEEPERS | OWNER, args=fresh, data=letter),),
    "training:seat_absence": (post(EVERYONE, EVERYONE, args=token("seat"), data=letter, acts=False),),
    "training:open_calendar": (post(OWNER, args=fresh),),
    "training:seat_calendar": (post(EVERYONE, EVERYONE, args=token("seat")),),
    "training:wave_calendar": (page(EVERYONE, EVERYONE, args=wave),),
    "training:programme_calendar": (page(EVERYONE, EVERYONE, args=programme),),
    "training:my_calendar": (page(EVERYONE, EVERYONE, args=token("calendar")),),
    "training:public_wave": (page(EVERYONE, EVERYONE, args=wave),),
    "training:seat": (page(EVERYONE, EVERYONE, args=token("seat")),),  # the address is the right
    "training:seat_confirm": (post(EVERYONE, EVERYONE, args=token("seat"), acts=False),),
    "training:seat_withdraw": (post(EVERYONE, EVERYONE, args=token("seat"), data=fixed(reason="sakit")),),
    "training:seat_nip": (
        post(EVERYONE, EVERYONE, args=token("seat"), data=fixed(nip="198609262015051001"), acts=False),
    ),
    "training:seat_name": (post(EVERYONE, EVERYONE, args=token("seat"), data=titled),),
    "training:seat_paper": (page(EVERYONE, EVERYONE, args=token("paper")),),
    "training:seat_badge": (page(EVERYONE, EVERYONE, args=seat_badge),),
    "training:tests": (
        page(PARTICIPANT_READERS, args=wave),
        post(
            MANAGERS,
            args=wave,
            data=lambda side: {"topics": Question.objects.get(organisation=side.organisation).topic_id},
        ),
    ),
    "training:tests_drop": (post(MANAGERS, args=wave),),
    "training:pocket_test": (post(OWNER, args=lambda side: {**fresh(side), "phase": "pre"}),),
    "training:seat_test": (post(EVERYONE, EVERYONE, args=lambda side: {**token("seat")(side), "phase": "pre"}),),
    "training:evaluation": (
        page(PARTICIPANT_READERS, args=wave),
        post(MANAGERS, args=wave, data=fixed(purpose="material", about="")),
    ),
    "training:follow_up": (post(MANAGERS, args=wave, acts=False),),  # the wave is not finished there
    "training:follow_up_remind": (post(MANAGERS, args=wave, acts=False),),  # nothing is open there
    "training:follow_up_link": (post(NONE, args=lambda side: {**wave(side), "row_id": 1}),),  # no superior was asked
    "training:pocket_survey": (post(OWNER, args=lambda side: {**fresh(side), **wave_survey(side)}),),
    "training:seat_survey": (post(EVERYONE, EVERYONE, args=lambda side: {**token("seat")(side), **wave_survey(side)}),),
    "training:money": (page(MONEY_READERS, args=wave),),
    "training:wave_opening": (
        page(MONEY_READERS, args=wave),
        post(MANAGERS, args=wave),
    ),
    "training:money_start": (post(MANAGERS, args=lambda side: {"code": side.draft.code}),),
    "training:money_recap": (post(MONEY_READERS, args=wave),),
    "training:money_print": (post(MONEY_READERS, args=wave),),
    "training:money_folder": (post(MONEY_READERS, args=wave),),
    "training:report": (page(MONEY_READERS, args=wave),),
    "training:report_texts": (
        post(MANAGERS, args=wave, data=fixed(background="a", legal_basis="b", purpose="c", signatory="", version=1)),
    ),
    "training:report_point": (post(MANAGERS, args=wave, data=fixed(kind="obstacle", text="Listrik padam")),),
    "training:report_photo": (post(MANAGERS, args=wave, acts=False),),
    "training:report_photo_file": (page(MONEY_READERS, args=reports.photo),),
    "training:report_drop": (post(MANAGERS, args=reports.point),),
    "training:report_draft": (page(MONEY_READERS, args=lambda side: {**wave(side), "kind": "pdf"}),),
    "training:report_version_new": (post(MANAGERS, args=wave, acts=False),),  # nothing has changed since the first
    "training:report_version": (page(MONEY_READERS, args=reports.version),),
    "training:report_file": (page(MONEY_READERS, args=lambda side: reports.version(side, kind="pdf")),),
    "training:report_step": (post(MANAGERS, args=lambda side: reports.version(side, step="pindaian"), acts=False),),
    "training:fee_set": (post(MANAGERS, args=wave, data=money.fee_terms),),
    "training:fee_pay": (post(PAYERS, args=money.fee, acts=False),),
    "training:trip_add": (post(PAYERS, args=wave, data=money.journey),),
    "training:trips_add": (post(PAYERS, args=wave, acts=False),),
    "training:trip_pay": (post(PAYERS, args=money.trip, acts=False),),
    "training:trip_blocks": (page(PAYERS, args=wave),),
    "training:trip_block": (post(PAYERS, args=lambda side: {**wave(side), "step": "lepas-kamar"}, acts=False),),
    "training:travel_list": (page(MONEY_READERS, args=lambda side: {**wave(side), "kind": "kamar"}),),
    "training:trip": (page(PAYERS, args=money.trip),),
    "training:trip_drop": (post(PAYERS, args=money.trip, acts=False),),
    "training:trip_print": (page(MONEY_READERS, args=money.trip),),
    "training:receipt_drop": (post(PAYERS, args=money.receipt),),
    "training:assignment": (page(MANAGERS, args=wave), post(MANAGERS, args=wave, data=money.lesson)),
    "training:instructors": (page(MONEY_READERS),),
    "training:instructor": (page(MONEY_READERS, args=money.instructor),),
    "training:instructor_edit": (
        post(MANAGERS, args=money.instructor, data=fixed(version=1, teacher_origin="own", tax_status="asn")),
    ),
    "training:instructor_page": (post(MANAGERS, args=money.instructor),),
    "training:instructor_away": (
        post(MANAGERS, args=money.instructor, data=fixed(first_day=tomorrow, last_day=tomorrow)),
    ),
    "training:instructor_back": (post(MANAGERS, args=money.away),),
    "training:briefing_material": (
        page(NONE, args=lambda side: {**token("briefing")(side), "material_id": 0}),  # no material has this number
    ),
    "training:briefing": (page(EVERYONE, EVERYONE, args=token("briefing")),),  # the address is the right
}
