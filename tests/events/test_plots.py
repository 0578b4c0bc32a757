"""The plan of plots: drawn, given, printed; two vendors never on one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.events.domain import plots as acts
from enggang.events.domain.cloning import clone_edition
from enggang.events.domain.stalls import decide_stall
from enggang.events.models import Edition, Plot, Site
from enggang.events.queries.stalls import drawn
from enggang.places.models import Organisation
from tests.events.factories import make_edition, make_site
from tests.events.stalling import accepted, applied, fresh, make_call, make_category, make_plots
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def edition(agency: Organisation) -> Edition:
    return make_edition(agency, year=clock.today().year + 1)


@pytest.fixture
def site(edition: Edition) -> Site:
    found: Site = make_site(edition)
    return found


@pytest.fixture
def client(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


def plan(site: Site) -> str:
    return reverse("events:plot_plan", args=[site.edition.code, site.pk])


class TestDrawing:
    def test_rows_by_letter_then_rows_by_number_below_them(self, client: Client, site: Site) -> None:
        client.post(plan(site), {"letter": "a", "rows": 2, "columns": 2})
        client.post(plan(site), {"letter": "", "rows": 1, "columns": 3, "category": make_category().pk})
        assert set(site.plots.values_list("code", flat=True)) == {"A1", "A2", "B1", "B2", "1", "2", "3"}
        client.post(plan(site), {"letter": "", "rows": 1, "columns": 1})
        assert site.plots.filter(code="4").exists()
        places = {(plot.x, plot.y) for plot in site.plots.all()}
        assert len(places) == 8
        assert "<svg" in client.get(plan(site)).content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [{"letter": "1"}, {"letter": "Z", "rows": 2}, {"letter": "é"}, {"rows": 0}, {"rows": 27}, {"columns": 59},
         {"columns": "x"}, {"category": 0}],
    )  # fmt: skip
    def test_rows_that_cannot_be_draw_nothing(self, client: Client, site: Site, wrong: dict[str, Any]) -> None:
        response = client.post(plan(site), {"letter": "A", "rows": 1, "columns": 2, **wrong})
        assert response.status_code == 422
        assert not site.plots.exists()

    def test_the_same_letter_twice_is_told(self, client: Client, site: Site) -> None:
        for status in (302, 422):
            assert client.post(plan(site), {"letter": "A", "rows": 1, "columns": 2}).status_code == status
        assert site.plots.count() == 2

    @pytest.mark.parametrize(
        ("facts", "status"),
        [({}, 302), ({"kind": "x"}, 422), ({"code": ""}, 422), ({"code": "x" * 25}, 422), ({"x": 2001}, 422),
         ({"x": -1}, 422), ({"width": 0}, 422), ({"x": 1990, "width": 60}, 422)],
    )  # fmt: skip
    def test_a_stage(self, client: Client, site: Site, facts: dict[str, Any], status: int) -> None:
        form = {"kind": "stage", "code": "Panggung", "x": 0, "y": 0, "width": 120, "height": 40, **facts}
        address = reverse("events:plot_new", args=[site.edition.code, site.pk])
        assert client.post(address, form).status_code == status
        assert site.plots.exists() == (status == 302)

    @pytest.mark.parametrize(
        ("posted", "at"),
        [((12, 40), (12, 40)), (("99999", "99999"), (1970, 1970)), (("-5", "3"), (0, 3)), (("x", "1"), None),
         (("", ""), None), (("²", "1"), None)],
    )  # fmt: skip
    def test_moved(self, client: Client, edition: Edition, posted: Any, at: Any) -> None:
        plot = make_plots(edition)[0]
        address = reverse("events:plot_move", args=[edition.code, plot.pk])
        response = client.post(address, {"x": posted[0], "y": posted[1]})
        plot.refresh_from_db()
        assert response.status_code == (200 if at else 409)
        assert (plot.x, plot.y) == (at or (0, 0))

    def test_dropped_unless_it_is_given(self, client: Client, edition: Edition) -> None:
        call = make_call(edition)
        free, given = make_plots(edition)[:2]
        acts.give_plot(plot=given, application=accepted(call), actor=SYSTEM)
        for plot in (free, given):
            client.post(reverse("events:plot_drop", args=[edition.code, plot.pk]))
        assert set(Plot.objects.values_list("code", flat=True)) == {"A2", "A3"}

    def test_a_place_where_vendors_stand_is_not_removed(self, client: Client, edition: Edition) -> None:
        call = make_call(edition)
        plot = make_plots(edition)[0]
        acts.give_plot(plot=plot, application=accepted(call), actor=SYSTEM)
        address = reverse("events:site_drop", args=[edition.code, plot.site_id])
        assert "Vendors have plots" in client.post(address, follow=True).content.decode()
        acts.give_plot(plot=plot, application=None, actor=SYSTEM)
        client.post(address)
        assert not Plot.objects.exists()

    def test_printed_on_two_sizes_of_paper(self, client: Client, edition: Edition) -> None:
        plot = make_plots(edition)[0]
        address = reverse("events:plot_print", args=[edition.code, plot.site_id])
        assert "sheet--a4" in client.get(address).content.decode()
        assert "sheet--a3" in client.get(f"{address}?kertas=A3").content.decode()
        assert "sheet--a4" in client.get(f"{address}?kertas=%3Cscript%3E").content.decode()


class TestGiving:
    def test_given_from_a_list_moved_and_taken_back(self, client: Client, edition: Edition) -> None:
        row = accepted(make_call(edition))
        first, second = make_plots(edition)[:2]
        for plot in (first, second):
            client.post(reverse("events:plot_give", args=[edition.code, plot.pk]), {"application": row.pk})
        first.refresh_from_db()
        assert first.application is None
        assert fresh(row).plot.pk == second.pk
        assert row.name in client.get(plan(second.site)).content.decode()
        client.post(reverse("events:plot_give", args=[edition.code, second.pk]), {"application": ""})
        assert not Plot.objects.exclude(application=None).exists()

    def test_two_vendors_never_stand_on_one_plot(self, client: Client, edition: Edition) -> None:
        call = make_call(edition)
        one, other = accepted(call, name="Kue Nona"), accepted(call)
        plot = make_plots(edition)[0]
        acts.give_plot(plot=plot, application=one, actor=SYSTEM)
        address = reverse("events:plot_give", args=[edition.code, plot.pk])
        page = client.post(address, {"application": other.pk}, follow=True).content.decode()
        assert "Plot A1 belongs to “Kue Nona”" in page
        assert fresh(one).plot.pk == plot.pk
        client.post(address, {"application": one.pk})  # once more is once
        assert fresh(one).plot.pk == plot.pk

    def test_only_an_accepted_vendor_of_this_edition_and_only_a_stall(
        self, client: Client, agency: Organisation, edition: Edition
    ) -> None:
        call = make_call(edition)
        plot = make_plots(edition)[0]
        with pytest.raises(Conflict, match="Only a vendor accepted"):
            acts.give_plot(plot=plot, application=applied(call), actor=SYSTEM)
        other = accepted(make_call(make_edition(agency, event=edition.event, year=clock.today().year + 2)))
        with pytest.raises(Conflict, match="Only a vendor accepted"):
            acts.give_plot(plot=plot, application=other, actor=SYSTEM)
        address = reverse("events:plot_give", args=[edition.code, plot.pk])
        for wrong in (str(other.pk), "x", "9" * 30, "-1"):
            assert client.post(address, {"application": wrong}).status_code == 404
        stage = acts.keep_plot(plot=Plot(), site=plot.site, kind="stage", code="Panggung", y=200, actor=SYSTEM)
        with pytest.raises(Conflict, match="Only a stall"):
            acts.give_plot(plot=stage, application=accepted(call), actor=SYSTEM)

    def test_a_stall_taken_back_frees_its_plot(self, edition: Edition) -> None:
        row = accepted(make_call(edition))
        plot = make_plots(edition)[0]
        acts.give_plot(plot=plot, application=row, actor=SYSTEM)
        decide_stall(application=row, to="waiting", actor=SYSTEM)
        plot.refresh_from_db()
        assert plot.application is None

    def test_a_clone_has_the_plan_and_nobody_on_it(self, edition: Edition) -> None:
        row = accepted(make_call(edition))
        acts.give_plot(plot=make_plots(edition)[0], application=row, actor=SYSTEM)
        clone = clone_edition(edition=edition, year=edition.year + 1, actor=SYSTEM)
        copied = Plot.objects.filter(site__edition=clone)
        assert [plot.code for plot in copied] == ["A1", "A2", "A3"]
        assert not copied.exclude(application=None).exists()

    def test_everybody_sees_the_map_once_it_is_shown(self, edition: Edition) -> None:
        call = make_call(edition, shows_map=False)
        row = accepted(call, name="Kue Nona", phone="081234567890")
        acts.give_plot(plot=make_plots(edition)[0], application=row, actor=SYSTEM)
        address = reverse("events:stall_map", args=[call.code])
        assert Client().get(address).status_code == 404
        call.shows_map = True
        call.save()
        page = Client().get(address).content.decode()
        assert "Kue Nona" in page
        assert "3456" not in page

    def test_another_agency_draws_and_gives_nothing(self, edition: Edition) -> None:
        plot = make_plots(edition)[0]
        other = client_of(make_user(Role.ORGANISER, make_agency("Dinas Lain")))
        for name in ("plot_move", "plot_give", "plot_drop", "plot"):
            assert other.post(reverse(f"events:{name}", args=[edition.code, plot.pk])).status_code == 404
        assert other.get(plan(plot.site)).status_code == 404

    def test_queries_do_not_grow(self, client: Client, edition: Edition) -> None:
        call = make_call(edition, stalls=9)
        plots = make_plots(edition, columns=6)
        counts = []
        for some in (plots[:1], plots[1:3]):
            for plot in some:
                acts.give_plot(plot=plot, application=accepted(call), actor=SYSTEM)
                accepted(call)
            with CaptureQueriesContext(connection) as found:
                client.get(plan(plots[0].site))
            counts.append(len(found))
        assert counts[0] == counts[1]
        assert drawn(plots[0].site).view_box == "-20 -20 240 70"
