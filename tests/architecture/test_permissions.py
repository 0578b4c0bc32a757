"""Law 3, the whole of it: every address × every role × own and other agency, against one table.

A new address that is not in the table fails the test; so does a page that lets in one visitor more, or less.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from enggang.access.enums import Role
from enggang.attendance.models import Gate
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.people.domain.merging import merge_persons
from enggang.people.domain.persons import add_person
from tests.architecture.matrix import (
    ANONYMOUS,
    EVERYONE,
    NONE,
    SELF,
    SIGNED_IN,
    FromSide,
    Row,
    Side,
    Values,
    World,
    build_world,
    let_in,
    page,
    post,
    roles,
    url_names,
)

ADMINISTRATOR = roles(Role.ADMINISTRATOR)
MANAGERS = roles(Role.ADMINISTRATOR, Role.ORGANISER)
MARKERS = MANAGERS | roles(Role.INSTRUCTOR)
WATCHERS = MARKERS | roles(Role.LEADER, Role.INSPECTOR)
PARTICIPANT_READERS = WATCHERS | roles(Role.TREASURER)
STAFF_KEEPERS = MANAGERS | roles(Role.COORDINATOR)
STAFF_READERS = STAFF_KEEPERS | roles(Role.LEADER, Role.INSPECTOR)
ROSTER_READERS = STAFF_KEEPERS | roles(Role.INSPECTOR)
PAPER_READERS = MANAGERS | roles(Role.LEADER, Role.INSPECTOR)
INSPECTORS = roles(Role.ADMINISTRATOR, Role.LEADER, Role.INSPECTOR)
OWNER = frozenset({SELF})


def person(side: Side) -> Values:
    return {"code": side.person.code}


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


def scan(_side: Side) -> Values:
    return {"file": SimpleUploadedFile("surat.pdf", b"%PDF-1.7")}


def klass(side: Side) -> Values:
    return {"code": side.wave.code, "class_id": side.wave.classes.get().pk}


def message(side: Side) -> Values:
    return {"code": side.wave.code, "message_id": side.wave.messages.get().pk}


def registration(side: Side) -> Values:
    return {"code": side.registration.code}


def fresh(side: Side) -> Values:
    return {"code": side.fresh.code}


def award(side: Side) -> Values:
    return {"code": side.award_code}


def verify(side: Side) -> Values:
    assert side.registration.award is not None
    return {"code": side.registration.award.verify_code}


def occasion(side: Side) -> Values:
    return {"code": side.wave.sessions.get().occasion.code}


def gate(side: Side) -> Values:
    return {**occasion(side), "gate": Gate.objects.get(group=side.wave.subject).code}


def marks(side: Side) -> Values:
    return {f"status-{side.person.code}": "absent"}


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
    return lambda _side: values


def tomorrow() -> str:
    return (clock.today() + timedelta(days=1)).isoformat()


TABLE: dict[str, tuple[Row, ...]] = {
    "portal:home": (page(EVERYONE),),
    "core:styleguide": (page(EVERYONE),),
    "core:job": (page(OWNER, args=job),),
    "core:job_result": (page(OWNER, args=job),),
    "core:job_cancel": (post(OWNER, args=job),),
    "core:job_retry": (post(OWNER, args=failed_job),),
    "office:home": (page(SIGNED_IN),),
    "office:audit": (page(INSPECTORS),),
    "office:audit_export": (post(INSPECTORS, data=fixed(form="csv")),),
    "office:jobs": (page(NONE),),  # for the administrator of the whole installation
    "credentials:verify_form": (page(EVERYONE),),
    "credentials:verify": (page(EVERYONE, EVERYONE, args=verify),),
    "credentials:award": (page(PAPER_READERS | OWNER, args=award),),
    "credentials:paper": (page(PAPER_READERS | OWNER, args=award),),
    "credentials:void": (post(MANAGERS, args=award, data=fixed(reason="salah nama")),),
    "attendance:pass": (page(EVERYONE, EVERYONE, args=token("pass")),),  # strangers read only whether it is good
    "attendance:occasion": (page(WATCHERS, args=occasion), post(MARKERS, args=occasion, data=marks)),
    "attendance:print": (page(WATCHERS, args=occasion),),
    "attendance:scan": (page(MARKERS, args=occasion),),
    "attendance:gates": (page(MARKERS, args=occasion), post(MARKERS, args=occasion, data=fixed(name="Pintu", hours=4))),
    "attendance:gate_revoke": (post(MARKERS, args=gate),),
    "attendance:doubts": (page(WATCHERS, args=occasion),),
    "attendance:app_worker": (page(EVERYONE),),
    "attendance:app": (page(EVERYONE, EVERYONE, args=token("gate")),),  # the address is the right
    "attendance:app_list": (page(EVERYONE, EVERYONE, args=token("gate")),),
    "attendance:app_manifest": (page(EVERYONE, EVERYONE, args=token("gate")),),
    "attendance:app_sync": (post(EVERYONE, EVERYONE, args=token("gate"), acts=False),),
    "attendance:screen": (page(MARKERS, args=occasion),),
    "attendance:screen_code": (page(MARKERS, args=occasion),),
    "attendance:hall_code": (page(EVERYONE),),
    "attendance:hall": (
        page(EVERYONE, EVERYONE, args=lambda side: {"code": occasion(side)["code"]}),
    ),  # a stale code tells nothing
    "training:waves": (page(SIGNED_IN),),
    "training:programmes": (page(SIGNED_IN),),
    "training:programme_new": (page(MANAGERS),),
    "training:programme": (page(PARTICIPANT_READERS, args=programme),),
    "training:programme_edit": (page(MANAGERS, args=programme),),
    "training:wave_new": (page(MANAGERS),),
    "training:wave": (page(SIGNED_IN, SIGNED_IN, args=wave),),
    "training:wave_edit": (page(MANAGERS, args=wave),),
    "training:wave_step": (post(MANAGERS, args=opening),),
    "training:wave_cancel": (post(MANAGERS, args=second_wave, data=fixed(reason="banjir")),),
    "training:session_add": (
        post(MANAGERS, args=wave, data=fixed(title="Tambahan", day=tomorrow(), begins="13:00", ends="14:00", jp=1)),
    ),
    "training:session_edit": (page(MANAGERS, args=session),),
    "training:wave_copy": (
        page(MANAGERS, args=wave),
        post(MANAGERS, args=wave, data=fixed(name="Gelombang 9", starts_on=tomorrow())),
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
    "training:session_remove": (post(MANAGERS, args=session),),
    "training:pool_add": (post(MANAGERS, args=wave, data=fixed(owner="open", size=3)),),
    "training:pool_resize": (post(MANAGERS, args=pool, data=fixed(size=9)),),
    "training:participants": (page(PARTICIPANT_READERS, args=wave),),
    # A coordinator brings the own agency's staff to another agency's wave.
    "training:nominate": (page(STAFF_KEEPERS, roles(Role.ADMINISTRATOR, Role.COORDINATOR), args=wave),),
    "training:register_me": (post(NONE, OWNER, args=wave),),  # in the own wave the person already sits
    "training:readiness": (page(PARTICIPANT_READERS, args=wave),),
    "training:messages": (
        page(PARTICIPANT_READERS, args=wave),
        post(MANAGERS, args=wave, data=fixed(audience="seated", title="Besok", text="Bawa kamera.")),
    ),
    "training:message": (page(PARTICIPANT_READERS, args=message),),
    "training:seats": (page(PARTICIPANT_READERS, args=wave),),
    "training:seats_policy": (
        post(MANAGERS, args=wave, data=fixed(promotion="manual", hold_hours=24, late_substitution="on")),
    ),
    "training:seats_divide": (post(NONE, args=pool, data=fixed(size=1)),),  # an open quota has no owner to divide it
    "training:seats_step": (post(NONE, args=lambda side: {**wave(side), "step": "terima"}),),  # nobody waits there
    "training:walk_in": (page(MANAGERS, args=wave),),
    "training:substitute": (page(STAFF_KEEPERS, args=fresh),),
    "training:confirm_seat": (post(STAFF_KEEPERS | OWNER, args=fresh, acts=False),),
    "training:pass_list": (page(PARTICIPANT_READERS, args=wave),),
    "training:decide": (post(MANAGERS, args=second_wave),),
    "training:issue": (post(MANAGERS, args=wave, acts=False),),
    "training:pocket": (page(PARTICIPANT_READERS | STAFF_KEEPERS | OWNER, args=registration),),
    "training:withdraw": (post(STAFF_KEEPERS | OWNER, args=fresh, data=fixed(reason="sakit")),),
    "training:confirm_name": (post(STAFF_KEEPERS | OWNER, args=fresh, data=titled),),
    "training:override": (post(MANAGERS, args=fresh, data=fixed(outcome="passed", reason="tugas")),),
    "training:hand_out_page": (post(STAFF_KEEPERS | OWNER, args=fresh),),
    "training:wave_seats": (page(SIGNED_IN, SIGNED_IN, args=wave),),
    "training:asking": (
        page(MANAGERS, args=wave),
        post(MANAGERS, args=wave, data=fixed(what="question", label="Ukuran kaus", kind="text")),
    ),
    "training:asking_drop": (post(MANAGERS, args=paper, acts=False),),
    "training:answers_export": (page(PARTICIPANT_READERS, args=wave),),
    "training:pocket_answers": (post(STAFF_KEEPERS | OWNER, args=registration),),
    "training:pocket_upload": (post(STAFF_KEEPERS | OWNER, args=handed, data=scan),),
    "training:paper_download": (page(STAFF_KEEPERS | OWNER, args=handed),),
    "training:seat_answers": (post(EVERYONE, EVERYONE, args=token("seat")),),
    "training:seat_upload": (post(EVERYONE, EVERYONE, args=seat_paper, acts=False),),
    "training:open_calendar": (post(OWNER, args=fresh),),
    "training:seat_calendar": (post(EVERYONE, EVERYONE, args=token("seat")),),
    "training:wave_calendar": (page(EVERYONE, EVERYONE, args=wave),),
    "training:programme_calendar": (page(EVERYONE, EVERYONE, args=programme),),
    "training:my_calendar": (page(EVERYONE, EVERYONE, args=token("calendar")),),
    "training:public_wave": (page(EVERYONE, EVERYONE, args=wave),),
    "training:seat": (page(EVERYONE, EVERYONE, args=token("seat")),),  # the address is the right
    "training:seat_confirm": (post(EVERYONE, EVERYONE, args=token("seat"), acts=False),),
    "training:seat_withdraw": (post(EVERYONE, EVERYONE, args=token("seat"), data=fixed(reason="sakit")),),
    "training:seat_name": (post(EVERYONE, EVERYONE, args=token("seat"), data=titled),),
    "training:seat_paper": (page(EVERYONE, EVERYONE, args=token("paper")),),
    "people:list": (page(STAFF_READERS),),
    "people:new": (page(STAFF_KEEPERS),),
    "people:export": (post(ROSTER_READERS),),
    "people:rosters": (page(ROSTER_READERS),),
    "people:roster_upload": (page(STAFF_KEEPERS),),
    "people:roster_template": (page(SIGNED_IN),),
    "people:roster": (page(ROSTER_READERS, args=lambda side: {"code": side.roster.code}),),
    "people:roster_map": (post(STAFF_KEEPERS, args=lambda side: {"code": side.roster.code}, acts=False),),
    "people:roster_accept": (post(STAFF_KEEPERS, args=lambda side: {"code": side.roster.code}, acts=False),),
    "people:detail": (page(STAFF_READERS | OWNER, args=person),),
    "people:complete_nip": (page(STAFF_KEEPERS | OWNER, args=person),),
    "people:merge": (page(STAFF_KEEPERS, args=person),),
    "people:part": (post(STAFF_KEEPERS, args=merge, acts=False),),
    "people:export_all": (post(ROSTER_READERS, data=lambda side: {"organisation": side.organisation.code}),),
    "people:nip": (post(ROSTER_READERS | OWNER, args=person),),
    "people:edit": (page(STAFF_KEEPERS, args=person),),
    "people:employment": (page(STAFF_KEEPERS, args=person),),
    "people:superior": (page(STAFF_KEEPERS, args=person),),
    "people:release": (page(STAFF_KEEPERS, args=person),),
    "people:desk_code": (
        page(STAFF_KEEPERS, args=person),
        post(STAFF_KEEPERS, args=person, data=fixed(way="code")),
        post(STAFF_KEEPERS, args=person, data=fixed(way="invitation")),
    ),
    "files:download": (page(ROSTER_READERS, args=lambda side: {"code": side.stored.code}),),
    "notices:inbox": (page(SIGNED_IN),),
    "notices:read_all": (post(SIGNED_IN),),
    "notices:outbox": (page(NONE),),  # names addresses of the whole installation
    "notices:send_waiting": (post(NONE),),
    "notices:resend": (post(NONE, args=lambda side: {"code": side.email.code}),),
    "notices:open": (post(OWNER, args=lambda side: {"code": side.notice.code}),),
    "search:find": (page(EVERYONE),),
    "places:tree": (page(SIGNED_IN),),
    "places:organisation_new": (page(NONE),),
    "places:regions": (page(EVERYONE),),
    "places:region": (page(EVERYONE, EVERYONE, args=lambda _side: {"code": "61"}),),
    "places:venues": (page(SIGNED_IN),),
    "places:venue_new": (page(MANAGERS),),
    "places:venue": (page(SIGNED_IN, SIGNED_IN, args=venue),),
    "places:venue_edit": (page(MANAGERS, args=venue),),
    "places:organisation": (page(SIGNED_IN, SIGNED_IN, args=organisation),),
    "places:organisation_below": (page(ADMINISTRATOR, args=organisation),),
    "places:organisation_edit": (page(ADMINISTRATOR, args=organisation),),
    "places:organisation_succeed": (page(ADMINISTRATOR, args=organisation),),
    "places:organisation_end": (post(ADMINISTRATOR, args=organisation, data=fixed(on=tomorrow())),),
    "access:account": (page(SIGNED_IN),),
    "access:language": (post(SIGNED_IN, data=fixed(language="en")),),
    "access:end_sessions": (post(SIGNED_IN),),
    "access:invitation": (page(EVERYONE, EVERYONE, args=token("invitation")),),
    "access:roles": (page(ADMINISTRATOR),),
    "access:grant_new": (page(ADMINISTRATOR),),
    "access:grant_end": (post(ADMINISTRATOR, args=lambda side: {"code": side.holder.role_grants.get().code}),),
    "access:invite": (post(ADMINISTRATOR, args=lambda side: {"code": side.holder.username}),),
    "access:privacy_register": (page(roles(Role.ADMINISTRATOR, Role.INSPECTOR)),),
    "accounts:desk": (page(EVERYONE, EVERYONE, args=token("desk")),),
    "accounts:remove_email": (post(NONE, data=fixed(email="nobody@kalbar.example")),),  # one's own addresses only
    "accounts:confirm_email": (page(EVERYONE, EVERYONE, args=token("email")),),
    "account_login": (page(EVERYONE),),
    "account_logout": (page(EVERYONE),),
    "account_inactive": (page(EVERYONE),),
    "account_reauthenticate": (page(NONE),),  # nobody here has a password that could be asked again
    "account_email": (page(SIGNED_IN),),
    "account_change_password": (page(SIGNED_IN),),
    "account_set_password": (page(SIGNED_IN),),
    "account_reset_password": (page(EVERYONE),),
    "account_reset_password_done": (page(EVERYONE),),
    "account_reset_password_from_key_done": (page(EVERYONE),),
    "account_reset_password_from_key": (page(EVERYONE, args=lambda _side: {"uidb36": "1", "key": "x"}),),
    "mfa_index": (page(SIGNED_IN),),
    "mfa_authenticate": (page(SIGNED_IN),),  # sent home; for others it stands only between password and second step
    "mfa_reauthenticate": (page(NONE),),
    "mfa_activate_totp": (page(SIGNED_IN),),
    "mfa_deactivate_totp": (page(NONE),),  # nobody here has a second step
    "mfa_view_recovery_codes": (page(NONE),),
    "mfa_generate_recovery_codes": (page(SIGNED_IN),),
    "mfa_download_recovery_codes": (page(NONE),),
    "set_language": (post(EVERYONE, acts=False, data=fixed(language="id")),),
}
ALIASES = {"credentials:verify/<str:code>/"}  # the same view as the address with a name


@pytest.fixture
def world(db: None) -> World:
    """Every question to it is rolled back."""
    cache.clear()
    return build_world()


def test_every_address_is_in_the_table() -> None:
    assert sorted({*TABLE, *ALIASES}) == url_names()


def test_each_page_lets_in_whom_it_should_and_nobody_else(world: World) -> None:
    """One test for all pages: the world is built once, and what is wrong is named all together."""
    wrong = [problem for name in sorted(TABLE) for row in TABLE[name] for problem in problems(world, name, row)]
    assert wrong == []


def problems(world: World, name: str, row: Row) -> list[str]:
    sides = [("own", world.own, row.own)]
    if row.args(world.own) != row.args(world.other):
        sides.append(("other", world.other, row.other))
    asked = [(side, sorted(let_in(world, name, row, rows)), sorted(expected)) for side, rows, expected in sides]
    return [f"{row.method} {name}, {side} agency: {got} not {want}" for side, got, want in asked if got != want]


class TestTheMatrixCanFail:
    """A check that cannot fail holds nothing."""

    def test_a_missing_address_is_noticed(self) -> None:
        assert "people:detail" in url_names()
        assert sorted({*TABLE, *ALIASES} - {"people:detail"}) != url_names()

    def test_an_open_page_is_noticed(self, world: World) -> None:
        shown = let_in(world, "places:regions", page(NONE), world.own)
        assert ANONYMOUS in shown

    def test_a_post_that_is_answered_but_not_done_is_not_let_in(self, world: World) -> None:
        nowhere = post(NONE, args=wave, data=fixed(size="x"))
        assert let_in(world, "training:pool_add", nowhere, world.own) == NONE

    def test_no_row_lets_strangers_into_more_than_ones_own(self) -> None:
        wider = [name for name, rows in TABLE.items() if any(row.other - row.own for row in rows)]
        assert wider == ["training:register_me"]
