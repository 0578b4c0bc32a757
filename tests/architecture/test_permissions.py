"""Law 3, the whole of it: every address × every role × own and other agency, against one table.

A new address that is not in the table fails the test; so does a page that lets in one visitor more, or less.
"""

from __future__ import annotations

import pytest
from django.core.cache import cache

from enggang.access.enums import Role
from enggang.core import clock
from tests.architecture import money
from tests.architecture.arguments import (
    ADMINISTRATOR,
    AWARD_READERS,
    CATALOGUE_READERS,
    INSPECTORS,
    MANAGERS,
    MARKERS,
    MONEY_READERS,
    OWNER,
    PAPER_READERS,
    PARTICIPANT_READERS,
    PAYERS,
    ROSTER_READERS,
    STAFF_KEEPERS,
    STAFF_READERS,
    WATCHERS,
    award,
    badge,
    catalogue_row,
    clock_file,
    clock_list,
    device_user,
    doubt,
    failed_job,
    fixed,
    gate,
    job,
    marked,
    marks,
    merge,
    new_name,
    new_service,
    no_picture,
    occasion,
    organisation,
    past_employment,
    person,
    post_test,
    pre_test,
    proof,
    question,
    row,
    rule_row,
    scan,
    service_draft,
    service_open,
    service_rule,
    settled_doubt,
    sitting,
    sitting_by_link,
    survey,
    taken_mark,
    ticket,
    ticket_part,
    today,
    token,
    tomorrow,
    venue,
    verify,
    wave,
)
from tests.architecture.asking import let_in, url_names
from tests.architecture.curation_pages import CURATION
from tests.architecture.event_pages import EVENTS
from tests.architecture.iid_pages import IID
from tests.architecture.impact_pages import IMPACT
from tests.architecture.indicator_pages import INDICATORS
from tests.architecture.innovation_pages import INNOVATION
from tests.architecture.matrix import ANONYMOUS, EVERYONE, NONE, SIGNED_IN, Row, World, build_world, page, post, roles
from tests.architecture.media_pages import MEDIA
from tests.architecture.media_rights_pages import RIGHTS
from tests.architecture.plan_pages import PLANS
from tests.architecture.portal_pages import PORTAL
from tests.architecture.reach_pages import REACH
from tests.architecture.stall_pages import STALLS
from tests.architecture.story_pages import STORIES
from tests.architecture.survey_pages import SURVEYS
from tests.architecture.training_pages import TRAINING
from tests.architecture.visitor_pages import VISITORS

TABLE: dict[str, tuple[Row, ...]] = {
    **TRAINING,
    **PLANS,
    **EVENTS,
    **CURATION,
    **INNOVATION,
    **IID,
    **STORIES,
    **INDICATORS,
    **IMPACT,
    **VISITORS,
    **STALLS,
    **SURVEYS,
    **MEDIA,
    **RIGHTS,
    **PORTAL,
    **REACH,
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
    "credentials:verify_file": (post(EVERYONE, EVERYONE, acts=False),),
    "credentials:verify": (page(EVERYONE, EVERYONE, args=verify),),
    "credentials:award": (page(AWARD_READERS | OWNER, args=award),),
    "credentials:paper": (page(AWARD_READERS | OWNER, args=award),),
    "credentials:badge": (page(AWARD_READERS | OWNER, args=badge),),
    "credentials:did": (page(EVERYONE),),
    "credentials:badge_status": (page(EVERYONE, EVERYONE, args=fixed(number=1)),),
    "credentials:reissue": (post(MANAGERS, args=award, data=new_name),),
    "credentials:remove_name": (post(ADMINISTRATOR, args=award, data=fixed(reason="surat")),),
    "credentials:void": (post(MANAGERS, args=award, data=fixed(reason="salah nama")),),
    "attendance:pass": (page(EVERYONE, EVERYONE, args=token("pass")),),  # strangers read only whether it is good
    "attendance:occasion": (page(PARTICIPANT_READERS, args=occasion), post(MARKERS, args=occasion, data=marks)),
    "attendance:print": (page(PARTICIPANT_READERS, args=occasion),),
    "attendance:scan": (page(MARKERS, args=occasion),),
    "attendance:gates": (page(MARKERS, args=occasion), post(MARKERS, args=occasion, data=fixed(name="Pintu", hours=4))),
    "attendance:gate_revoke": (post(MARKERS, args=gate),),
    "attendance:clock_files": (page(MARKERS, args=occasion), post(MARKERS, args=occasion, data=clock_list)),
    "attendance:clock_file": (page(MARKERS, args=clock_file),),
    "attendance:clock_apply": (post(MARKERS, args=clock_file, data=fixed(terapkan="1")),),
    "attendance:clock_undo": (
        post(MARKERS, args=clock_file, data=fixed(reason="salah"), acts=False),
    ),  # one not applied is told
    "attendance:clock_forget": (post(MARKERS, args=device_user),),
    "attendance:saved": (page(MARKERS, args=occasion),),
    "attendance:written_list": (page(MARKERS, args=occasion),),
    "attendance:doubt_settle": (post(MARKERS, args=doubt, data=fixed(cara="benar", reason="dilihat")),),
    "attendance:doubt_unsettle": (post(MARKERS, args=settled_doubt),),
    "attendance:mark_take": (page(MARKERS, args=marked), post(MARKERS, args=marked, data=fixed(reason="salah"))),
    "attendance:mark_give": (post(MARKERS, args=taken_mark),),
    "attendance:clock_rejects": (page(MARKERS, args=clock_file),),
    "attendance:proofs": (page(MARKERS, args=occasion),),
    "attendance:proof_file": (page(MARKERS, args=proof),),
    "attendance:proof_decide": (post(MARKERS, args=proof, data=fixed(reason="kabur")),),
    "attendance:doubts": (page(PARTICIPANT_READERS, args=occasion),),
    "attendance:app_worker": (page(EVERYONE),),
    "attendance:app": (page(EVERYONE, EVERYONE, args=token("gate")),),  # the address is the right
    "attendance:app_list": (page(EVERYONE, EVERYONE, args=token("gate")),),
    "attendance:app_manifest": (page(EVERYONE, EVERYONE, args=token("gate")),),
    "attendance:app_sync": (post(EVERYONE, EVERYONE, args=token("gate"), acts=False),),
    "attendance:tally_worker": (page(EVERYONE),),
    "attendance:tally": (page(EVERYONE, EVERYONE, args=token("tally")),),  # the address is the right
    "attendance:tally_facts": (page(EVERYONE, EVERYONE, args=token("tally")),),
    "attendance:tally_manifest": (page(EVERYONE, EVERYONE, args=token("tally")),),
    "attendance:tally_sync": (post(EVERYONE, EVERYONE, args=token("tally"), acts=False),),
    "attendance:screen": (page(MARKERS, args=occasion),),
    "attendance:screen_code": (page(MARKERS, args=occasion),),
    "attendance:hall_code": (page(EVERYONE),),
    "attendance:hall": (
        page(EVERYONE, EVERYONE, args=lambda side: {"code": occasion(side)["code"]}),
    ),  # a stale code tells nothing
    "documents:offices": (page(SIGNED_IN),),
    "documents:office": (page(PAPER_READERS, args=organisation),),
    "documents:letters": (page(PAPER_READERS, args=organisation),),
    "documents:letterhead_new": (page(MANAGERS, args=organisation),),
    "documents:signatory_new": (page(MANAGERS, args=organisation),),
    "documents:signing": (page(PAPER_READERS, args=organisation),),
    "documents:signing_new": (page(ADMINISTRATOR, args=lambda side: {**organisation(side), "backend": "key"}),),
    "documents:signing_end": (post(ADMINISTRATOR, args=row("signing", "method_id")),),
    "documents:signing_folder": (page(MANAGERS, args=organisation),),
    "documents:signing_bring": (post(MANAGERS, args=organisation, acts=False),),
    "documents:signing_batch": (post(MANAGERS, args=organisation, acts=False),),
    "documents:signing_file": (page(PAPER_READERS, args=row("signature", "signature_id")),),
    "documents:signing_decide": (post(MANAGERS, args=row("signature", "signature_id", answer="terima")),),
    "documents:block_new": (page(MANAGERS, args=organisation),),
    "documents:block_close": (post(MANAGERS, args=row("block", "block_id")),),
    "documents:dated_end": (post(MANAGERS, args=row("letterhead", "row_id", what="kop")),),
    "documents:template_copy": (post(MANAGERS, args=organisation, data=fixed(ref="invitation/1", name="Lain")),),
    "documents:shipped_preview": (
        page(PAPER_READERS, args=lambda side: {**organisation(side), "kind": "invitation", "number": 1}),
    ),
    "documents:template": (page(PAPER_READERS, args=row("template")),),
    "documents:template_step": (post(MANAGERS, args=row("template", step="terbitkan")),),
    "documents:template_preview": (page(PAPER_READERS, args=row("template", number=1)),),
    "documents:letter": (page(PAPER_READERS, args=row("letter")),),
    "documents:letter_edit": (page(MANAGERS, args=row("letter")),),
    "documents:letter_number": (
        post(MANAGERS, args=row("letter"), data=lambda _side: {"number": "9/X", "dated": clock.today().isoformat()}),
    ),
    "documents:letter_pdf": (page(PAPER_READERS, args=row("issued")),),
    "documents:letter_docx": (page(PAPER_READERS, args=row("issued")),),
    "documents:letter_scan": (post(MANAGERS, args=row("issued"), data=scan),),
    "documents:letter_scanned": (page(PAPER_READERS, args=row("issued")),),
    "documents:letter_void": (post(MANAGERS, args=row("issued"), data=fixed(reason="salah")),),
    "documents:letter_drop": (post(MANAGERS, args=row("letter")),),
    "surveys:services": (page(WATCHERS | STAFF_KEEPERS), post(STAFF_KEEPERS, data=new_service)),
    "surveys:service_rules": (page(WATCHERS | STAFF_KEEPERS, args=fixed(word="bobot")),),
    "surveys:service_rule_new": (page(STAFF_KEEPERS, args=fixed(word="bobot")),),
    "surveys:service_rule": (page(STAFF_KEEPERS, args=service_rule),),
    "surveys:counter": (page(WATCHERS | STAFF_KEEPERS, args=service_open),),
    "surveys:service_drop": (post(STAFF_KEEPERS, args=service_draft),),
    "surveys:survey": (page(WATCHERS, args=survey),),
    "surveys:survey_edit": (page(MANAGERS, args=survey),),
    "surveys:survey_step": (post(MANAGERS, args=lambda side: {**survey(side), "step": "tutup"}),),
    "surveys:answer": (page(OWNER, args=survey), post(OWNER, args=survey, acts=False)),
    "surveys:answer_by_link": (page(EVERYONE, EVERYONE, args=lambda side: {**survey(side), **token("seat")(side)}),),
    "surveys:bank": (page(MARKERS),),
    "surveys:import": (page(MARKERS),),
    "surveys:import_accept": (post(NONE),),  # nothing sealed is sent along
    "surveys:import_undo": (post(NONE),),
    "surveys:import_template": (page(MARKERS),),
    "surveys:question_new": (page(MARKERS),),
    "surveys:question": (page(MARKERS, args=question),),
    "surveys:question_picture": (page(NONE, args=question),),  # this one has no picture
    "surveys:question_step": (post(MARKERS, args=lambda side: {**question(side), "step": "simpan"}),),
    "surveys:settings": (page(ADMINISTRATOR),),
    "surveys:setting_drop": (post(NONE, args=fixed(row_id=1)),),  # nobody has added one
    "surveys:test": (page(MARKERS, args=pre_test),),
    "surveys:test_edit": (page(MANAGERS, args=post_test),),
    "surveys:test_step": (post(MANAGERS, args=lambda side: {**post_test(side), "step": "buka"}),),
    "surveys:judge": (page(MARKERS, args=pre_test),),
    "surveys:sittings": (page(MANAGERS, args=pre_test),),
    "surveys:taking": (page(OWNER, args=sitting), post(OWNER, args=sitting)),
    "surveys:save": (post(OWNER, args=sitting),),
    "surveys:picture": (page(NONE, args=no_picture),),
    "surveys:taking_by_link": (
        page(EVERYONE, EVERYONE, args=sitting_by_link),
        post(EVERYONE, EVERYONE, args=sitting_by_link),
    ),
    "surveys:save_by_link": (post(EVERYONE, EVERYONE, args=sitting_by_link),),
    "surveys:picture_by_link": (page(NONE, args=lambda side: {**sitting_by_link(side), "row": 1}),),
    "budgets:list": (page(MONEY_READERS),),
    "budgets:rules": (page(MONEY_READERS, args=fixed(word="pajak")),),
    "budgets:rule_new": (page(MANAGERS, args=fixed(word="pajak")),),
    "budgets:rule": (page(MANAGERS, args=rule_row),),
    "budgets:budget": (page(MONEY_READERS, args=money.approved),),
    "budgets:budget_edit": (page(MANAGERS, args=money.approved),),
    "budgets:budget_step": (
        post(MANAGERS, args=lambda side: {**money.draft(side), "step": "setujui"}),
        post(MANAGERS, args=lambda side: {**money.approved(side), "step": "tutup"}, data=fixed(reason="selesai")),
    ),
    "budgets:export": (page(MONEY_READERS, args=money.approved),),
    "budgets:source_add": (post(MANAGERS, args=money.draft, data=fixed(kind="apbd", name="DPA", amount="1.000")),),
    "budgets:source_drop": (post(MANAGERS, args=money.source),),
    "budgets:plan_upload": (page(MANAGERS, args=money.draft),),
    "budgets:plan": (page(MANAGERS, args=money.workbook),),
    "budgets:plan_accept": (post(MANAGERS, args=money.workbook),),
    "budgets:plan_rejects": (page(MANAGERS, args=money.workbook),),
    "budgets:line_new": (page(MANAGERS, args=money.draft),),
    "budgets:line": (page(MONEY_READERS, args=money.approved_line),),
    "budgets:line_edit": (page(MANAGERS, args=money.draft_line),),
    "budgets:line_drop": (post(MANAGERS, args=money.draft_line),),
    "budgets:contract_add": (
        post(PAYERS, args=money.approved_line, data=fixed(number="2", partner="X", signed_on=tomorrow, amount="5")),
    ),
    "budgets:contract_void": (post(PAYERS, args=money.contract, data=fixed(reason="salah")),),
    "budgets:payment_add": (post(PAYERS, args=money.approved_line, data=fixed(paid_on=today, payee="X", amount="5")),),
    "budgets:payment_correct": (page(PAYERS, args=money.payment),),
    "budgets:payment_void": (post(PAYERS, args=money.payment, data=fixed(reason="salah")),),
    "budgets:evidence_add": (post(PAYERS, args=money.approved_line, data=lambda side: {**scan(side), "name": "Nota"}),),
    "budgets:evidence": (page(MONEY_READERS, args=money.evidence),),
    "budgets:evidence_drop": (post(PAYERS, args=money.evidence),),
    "people:list": (page(STAFF_READERS),),
    "people:new": (page(STAFF_KEEPERS),),
    "people:export": (post(ROSTER_READERS),),
    "people:rosters": (page(ROSTER_READERS),),
    "people:roster_upload": (page(STAFF_KEEPERS),),
    "people:roster_template": (page(SIGNED_IN),),
    "people:mappings": (page(STAFF_KEEPERS),),
    "people:mapping_forget": (post(STAFF_KEEPERS, args=lambda side: {"pk": side.mapping.pk}),),
    "people:roster": (page(ROSTER_READERS, args=lambda side: {"code": side.roster.code}),),
    "people:roster_map": (post(STAFF_KEEPERS, args=lambda side: {"code": side.roster.code}, acts=False),),
    "people:roster_accept": (post(STAFF_KEEPERS, args=lambda side: {"code": side.roster.code}, acts=False),),
    "people:catalogue": (page(CATALOGUE_READERS),),
    "people:catalogue_rows": (page(CATALOGUE_READERS, args=fixed(word="syarat")),),
    "people:catalogue_row_new": (page(STAFF_KEEPERS, args=fixed(word="syarat")),),
    "people:catalogue_row": (page(STAFF_KEEPERS, args=catalogue_row),),
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
    "people:drop_plans": (post(STAFF_KEEPERS, args=person, acts=False),),
    "people:past_new": (page(STAFF_KEEPERS, args=person),),
    "people:past": (page(STAFF_KEEPERS, args=past_employment),),
    "people:past_drop": (post(STAFF_KEEPERS, args=past_employment, acts=False),),
    "people:roster_undo": (post(STAFF_KEEPERS, args=lambda side: {"code": side.roster.code}, acts=False),),
    "people:is_ours": (post(STAFF_KEEPERS, args=person, acts=False),),
    "people:not_ours": (post(STAFF_KEEPERS, args=person, acts=False),),
    "people:ask_again": (post(STAFF_KEEPERS, args=person, acts=False),),
    "people:desk_code": (
        page(STAFF_KEEPERS, args=person),
        post(STAFF_KEEPERS, args=person, data=fixed(way="code")),
        post(STAFF_KEEPERS, args=person, data=fixed(way="invitation")),
    ),
    "files:upload": (page(OWNER, args=ticket), post(OWNER, args=ticket, acts=False)),  # made for one account
    "files:upload_part": (page(OWNER, args=ticket_part),),
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
    "places:organisation_end": (post(ADMINISTRATOR, args=organisation, data=fixed(on=tomorrow)),),
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
SHARES = 2  # for the processes of a test run; each builds a world of its own
ALIASES = {"credentials:verify/<str:code>/"}  # the same view as the address with a name


@pytest.fixture
def world(db: None) -> World:
    """Every question to it is rolled back."""
    cache.clear()
    return build_world()


def test_every_address_is_in_the_table() -> None:
    assert sorted({*TABLE, *ALIASES}) == url_names()


@pytest.mark.parametrize("share", range(SHARES))
def test_each_page_lets_in_whom_it_should_and_nobody_else(world: World, share: int) -> None:
    """Few tests for all pages: building the world takes longer than asking for a page; what is wrong is named together."""
    names = sorted(TABLE)[share::SHARES]
    wrong = [problem for name in names for row in TABLE[name] for problem in problems(world, name, row)]
    assert wrong == []


def problems(world: World, name: str, row: Row) -> list[str]:
    sides = [("own", world.own, row.own)]
    if row.args(world.own) != row.args(world.other):
        sides.append(("other", world.other, row.other))
    asked = [
        (side, sorted(let_in(world, name, row, rows, expected=expected)), sorted(expected))
        for side, rows, expected in sides
    ]
    return [f"{row.method} {name}, {side} agency: {got} not {want}" for side, got, want in asked if got != want]


class TestTheMatrixCanFail:
    """A check that cannot fail holds nothing."""

    def test_a_missing_address_is_noticed(self) -> None:
        assert "people:detail" in url_names()
        assert sorted({*TABLE, *ALIASES} - {"people:detail"}) != url_names()

    def test_what_is_too_open_is_noticed_and_what_is_not_done_is_not_let_in(self, world: World) -> None:
        """An open page; a role too many among those that ask together; a post that is answered but not done."""
        assert ANONYMOUS in let_in(world, "places:regions", page(NONE), world.own)
        narrower = page(STAFF_READERS - {str(Role.COORDINATOR)}, args=person)
        (told,) = problems(world, "people:detail", narrower)
        assert str(Role.COORDINATOR) in told
        nowhere = post(NONE, args=wave, data=fixed(size="x"))
        assert let_in(world, "training:pool_add", nowhere, world.own) == NONE

    def test_no_row_lets_strangers_into_more_than_ones_own(self) -> None:
        wider = [name for name, rows in TABLE.items() if any(row.other - row.own for row in rows)]
        assert wider == ["training:register_me"]
