"""What may go wrong: the register and its matrix, the crowd against its limits, and the checklist with photos."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.plans.domain import risks as acts
from enggang.plans.domain.plans import change_bounds
from enggang.plans.domain.reference import load_reference
from enggang.plans.enums import RISK_MOVES, RiskState
from enggang.plans.models import ChecklistItem, ChecklistTick, CrowdZone, Plan, Risk
from enggang.plans.queries.risks import bands_for, checklist, crowd, limits_for, matrix, risks_data
from tests.places.factories import actor, browser, organisation
from tests.plans.factories import make_day, make_plan, make_risk, make_zone

pytestmark = pytest.mark.django_db
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 40
RISK = {"title": "Hujan", "kind": "weather", "likelihood": "4", "impact": "3"}


@pytest.fixture
def plan() -> Plan:
    load_reference(actor=SYSTEM)
    return make_plan(organisation())


@pytest.fixture
def client(plan: Plan) -> Client:
    return browser((Role.ORGANISER, plan.organisation))


class TestBounds:
    def test_weather_and_custom_are_written_and_stand_over_the_minutes(self, plan: Plan, client: Client) -> None:
        typed = {
            "version": plan.version,
            "weather": "Angin di atas 15 knot: kembali",
            "custom": "Selesai sebelum tengah hari",
        }
        assert client.post(reverse("plans:bounds", args=[plan.code]), typed).status_code == 302
        day = make_day(plan)
        for page in (reverse("plans:risks", args=[plan.code]), reverse("plans:rundown_day", args=[plan.code, day.pk])):
            shown = client.get(page).content.decode()
            assert "15 knot" in shown
            assert "sebelum tengah hari" in shown

    def test_another_tab_or_too_long_a_text_changes_nothing(self, plan: Plan, client: Client) -> None:
        address = reverse("plans:bounds", args=[plan.code])
        for version, text in ((plan.version + 5, "A"), (plan.version, "x" * 501), ("", "")):
            answer = client.post(address, {"version": version, "weather": text})
            assert answer.status_code == 422
            assert text in answer.content.decode()
        plan.refresh_from_db()
        assert plan.weather == ""

    def test_a_reader_is_shown_them_and_changes_nothing(self, plan: Plan) -> None:
        with pytest.raises(NotAllowed):
            change_bounds(
                plan=plan, version=plan.version, weather="A", custom="", actor=actor((Role.LEADER, plan.organisation))
            )
        change_bounds(plan=plan, version=plan.version, weather="Petir: berhenti", custom="", actor=SYSTEM)
        page = browser((Role.LEADER, plan.organisation)).get(reverse("plans:risks", args=[plan.code])).content.decode()
        assert "Petir: berhenti" in page
        assert reverse("plans:bounds", args=[plan.code]) not in page


class TestRegister:
    def test_the_matrix_holds_each_open_risk_once_and_grades_every_cell(self, plan: Plan) -> None:
        risk, over = make_risk(plan), make_risk(plan, "Lewat", 5, 5)
        acts.move_risk(risk=over, to=RiskState.CLOSED, actor=SYSTEM)
        rows = matrix(list(plan.risks.all()), bands_for(plan))
        assert [(cell.likelihood, cell.impact) for row in rows for cell in row if cell.risks] == [(4, 3)]
        assert rows[1][2].risks == [risk]
        grades = {cell.score: cell.band.name for row in rows for cell in row if cell.band}
        assert (grades[1], grades[4], grades[5], grades[10], grades[16], grades[25]) == (
            "rendah", "rendah", "sedang", "tinggi", "ekstrem", "ekstrem",
        )  # fmt: skip

    def test_every_move_of_the_table_and_no_other(self, plan: Plan) -> None:
        for start in RiskState:
            for to in RiskState:
                risk = make_risk(plan, treatment="Tenda")
                Risk.objects.filter(pk=risk.pk).update(state=start)
                if to in RISK_MOVES[start]:
                    assert acts.move_risk(risk=risk, to=to, actor=SYSTEM).state == to
                else:
                    with pytest.raises(Conflict):
                        acts.move_risk(risk=risk, to=to, actor=SYSTEM)

    def test_treated_needs_a_treatment(self, plan: Plan) -> None:
        risk = make_risk(plan)
        with pytest.raises(Conflict):
            acts.move_risk(risk=risk, to=RiskState.TREATED, actor=SYSTEM)
        risk.refresh_from_db()
        assert risk.state == RiskState.OPEN

    @pytest.mark.parametrize("facts", [{"likelihood": 0}, {"impact": 6}, {"title": ""}, {"trigger": "x" * 301}])
    def test_what_does_not_fit_is_refused(self, plan: Plan, facts: dict[str, object]) -> None:
        with pytest.raises(ValidationError):
            make_risk(plan, **{"title": "A", **facts})  # type: ignore[arg-type]
        with pytest.raises(Conflict):
            make_risk(plan, residual_impact=2)
        assert plan.risks.count() == 0

    def test_it_is_entered_changed_and_a_late_tab_is_told(self, plan: Plan, client: Client) -> None:
        assert client.post(reverse("plans:risk_new", args=[plan.code]), RISK).status_code == 302
        risk = plan.risks.get()
        address = reverse("plans:risk", args=[plan.code, risk.pk])
        changed = {**RISK, "treatment": "Tenda", "residual_likelihood": "2", "residual_impact": "2", "version": "1"}
        assert client.post(address, changed).status_code == 302
        assert client.post(address, {**changed, "title": "Terlambat"}).status_code == 422
        client.post(reverse("plans:risk_step", args=[plan.code, risk.pk, "tangani"]))
        risk.refresh_from_db()
        assert (risk.title, risk.residual, risk.state) == ("Hujan", 4, RiskState.TREATED)
        page = client.get(reverse("plans:risks", args=[plan.code])).content.decode()
        assert page.count(f"risiko-{risk.pk}") == 2

    @pytest.mark.parametrize(
        "wrong", [{"likelihood": "9"}, {"impact": ""}, {"title": ""}, {"kind": "x"}, {"residual_impact": "2"}]
    )
    def test_a_risk_that_is_none_is_told(self, plan: Plan, client: Client, wrong: dict[str, str]) -> None:
        answer = client.post(reverse("plans:risk_new", args=[plan.code]), {**RISK, **wrong})
        assert (answer.status_code, plan.risks.count()) == (422, 0)


class TestCrowd:
    def test_the_density_is_weighed_by_the_dated_limits(self, plan: Plan) -> None:
        zones = [make_zone(plan, name, 100, peak) for name, peak in (("A", 199), ("B", 200), ("C", 300))]
        rows = crowd(zones, limits_for(plan))
        assert [row.tone for row in rows] == ["good", "warn", "bad"]
        assert {row.most for row in rows} == {200}

    def test_a_capacity_beyond_the_limit_and_a_peak_beyond_the_capacity_are_told(
        self, plan: Plan, client: Client
    ) -> None:
        make_zone(plan, peak=350, capacity=300)
        (row,) = crowd(list(plan.zones.all()), limits_for(plan))
        assert (row.above_capacity, row.capacity_too_large) == (50, True)
        page = client.get(reverse("plans:crowd", args=[plan.code])).content.decode()
        assert "bantuanpolisi" in page

    def test_without_a_limit_on_record_nothing_is_claimed(self) -> None:
        plan = make_plan(organisation())
        (row,) = crowd([make_zone(plan)], limits_for(plan))
        assert (row.reached, row.most) == (None, None)

    def test_a_zone_is_added_changed_and_removed(self, plan: Plan, client: Client) -> None:
        data = {"name": "Gerbang", "area": "50", "peak": "10"}
        client.post(reverse("plans:zone_add", args=[plan.code]), data)
        zone = plan.zones.get()
        address = reverse("plans:zone", args=[plan.code, zone.pk])
        client.post(address, {**data, "peak": "20", "version": "1"})
        assert client.post(address, {**data, "peak": "30", "version": "1"}).status_code == 422
        assert CrowdZone.objects.get().peak == 20
        client.post(reverse("plans:zone_drop", args=[plan.code, zone.pk]))
        assert plan.zones.count() == 0

    @pytest.mark.parametrize("wrong", [{"area": "0"}, {"area": "-5"}, {"peak": "x"}, {"name": ""}, {"area": "9" * 30}])
    def test_a_zone_that_is_none_is_told(self, plan: Plan, client: Client, wrong: dict[str, str]) -> None:
        data = {"name": "Gerbang", "area": "50", "peak": "10", **wrong}
        answer = client.post(reverse("plans:zone_add", args=[plan.code]), data)
        assert (answer.status_code, plan.zones.count()) == (422, 0)


class TestChecklist:
    def test_a_point_is_ticked_with_a_photo_that_readers_can_open(self, plan: Plan, client: Client) -> None:
        item = ChecklistItem.objects.earliest("pk")
        address = reverse("plans:chse_item", args=[plan.code, item.pk])
        data = {"done": "on", "note": "Ada dua", "version": "0", "file": SimpleUploadedFile("foto.jpg", PHOTO)}
        assert client.post(address, data).status_code == 302
        tick = ChecklistTick.objects.get()
        assert (tick.done, tick.note, tick.file and tick.file.name) == (True, "Ada dua", "foto.jpg")
        leader = browser((Role.LEADER, plan.organisation))
        answer = leader.get(reverse("plans:chse_file", args=[plan.code, item.pk]))
        assert (answer.content, answer["X-Content-Type-Options"]) == (PHOTO, "nosniff")
        assert client.post(address, {"version": "0", "note": "Terlambat"}).status_code == 422
        client.post(reverse("plans:chse_file_drop", args=[plan.code, item.pk]))
        assert ChecklistTick.objects.get().file is None

    @pytest.mark.parametrize(("name", "content"), [("a.exe", b"MZ"), ("a.jpg", b"GIF89a"), ("a.svg", b"<svg/>")])
    def test_a_file_that_is_none_is_refused(self, plan: Plan, client: Client, name: str, content: bytes) -> None:
        item = ChecklistItem.objects.earliest("pk")
        data = {"version": "0", "file": SimpleUploadedFile(name, content)}
        answer = client.post(reverse("plans:chse_item", args=[plan.code, item.pk]), data)
        assert (answer.status_code, ChecklistTick.objects.count()) == (422, 0)

    def test_every_point_stands_in_its_aspect(self, plan: Plan) -> None:
        groups = checklist(plan)
        assert [str(group.aspect) for group in groups] == ["C", "H", "S", "E"]
        assert sum(len(group.points) for group in groups) == ChecklistItem.objects.count()


def test_readers_write_nothing(plan: Plan) -> None:
    reader, item = actor((Role.INSPECTOR, plan.organisation)), ChecklistItem.objects.earliest("pk")
    risk, zone = make_risk(plan), make_zone(plan)
    for do in (
        lambda: acts.keep_risk(risk=risk, version=1, title="x", actor=reader),
        lambda: acts.move_risk(risk=risk, to=RiskState.CLOSED, actor=reader),
        lambda: acts.keep_zone(zone=zone, version=1, name="x", actor=reader),
        lambda: acts.drop_zone(zone=zone, actor=reader),
        lambda: acts.tick_item(plan=plan, item=item, done=True, note="", version=0, actor=reader),
    ):
        with pytest.raises(NotAllowed):
            do()
    assert (Risk.objects.get().title, CrowdZone.objects.get().name, plan.ticks.count()) == (
        "Hujan lebat",
        "Depan panggung",
        0,
    )


def test_papers_get_plain_data(plan: Plan) -> None:
    make_risk(plan), make_zone(plan, peak=300)
    found = risks_data(plan)
    assert (found["risks"][0]["grade"], found["zones"][0]["density"]) == ("tinggi", 3.0)


def test_pages_ask_as_often_for_three_rows_as_for_one(plan: Plan, client: Client) -> None:
    counts: dict[str, list[int]] = {}
    for number in (1, 2):
        for each in range(number):
            make_risk(plan, f"R{number}{each}")
            make_zone(plan, f"Z{number}{each}")
            item = ChecklistItem.objects.order_by("pk")[number + each]
            acts.tick_item(plan=plan, item=item, done=True, note="", version=0, actor=SYSTEM)
        for name in ("risks", "crowd", "chse"):
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(f"plans:{name}", args=[plan.code]))
            counts.setdefault(name, []).append(len(asked))
    assert {name: pair for name, pair in counts.items() if pair[0] != pair[1]} == {}
