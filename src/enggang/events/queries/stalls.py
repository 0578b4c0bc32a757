"""Reads of stalls: how far a call has come, who is to be told, what is missing, the plan of plots as it is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.events.enums_stalls import ApplicationState
from enggang.events.models import Edition, Plot, Site, StallApplication, StallCall, StallCategory, StallContract

MARGIN = 20  # units around what is drawn
EMPTY = (400, 240)  # of a plan on which nothing is drawn yet


def call_of(edition: Edition) -> StallCall | None:
    """The call of an edition with its edition set, so that nothing asks for it anew."""
    found = StallCall.objects.filter(edition=edition).select_related("subject", "offer__subject").first()
    if found is not None:
        found.edition = edition
    return found


def categories_of(edition: Edition) -> list[StallCategory]:
    """The kinds of goods that hold for its agency today; its own before shipped ones of the same name."""
    rows = StallCategory.objects.serving(edition.organisation).on(clock.today(edition.time_zone))
    return list(rows)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a call has come, in numbers of applications; ``agreed`` and ``paid`` in Rupiah by the contracts."""

    stalls: int
    counts: dict[str, int]
    untold: int
    placed: int
    agreed: int
    paid: int

    @property
    def accepted(self) -> int:
        return self.counts.get(ApplicationState.ACCEPTED, 0)

    @property
    def free(self) -> int:
        return self.stalls - self.accepted

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    @property
    def lines(self) -> list[tuple[str, str, int]]:
        return [(state.value, str(state.label), self.counts.get(state, 0)) for state in ApplicationState]


def standing_of(call: StallCall) -> Standing:
    rows = call.applications.values_list("state", "news", "plot")
    counts = Counter(state for state, _news, _plot in rows)
    untold = sum(bool(news) for _state, news, _plot in rows)
    placed = sum(plot is not None for _state, _news, plot in rows)
    money = StallContract.objects.filter(application__in=call.applications.accepted()).aggregate(
        agreed=Sum("fee"), paid=Sum("paid")
    )
    return Standing(call.stalls, dict(counts), untold, placed, money["agreed"] or 0, money["paid"] or 0)


def missing_of(application: StallApplication) -> list[str]:
    """What is red about a stall, in words."""
    found = [] if application.known_nib else [_("no NIB yet")]
    if not application.is_accepted:
        return found
    contract = getattr(application, "contract", None)
    if contract is None or not contract.is_signed:
        found.append(_("no contract"))
    elif contract.owed:
        found.append(_("not paid in full"))
    if getattr(application, "plot", None) is None:
        found.append(_("no plot"))
    return found


def next_to(application: StallApplication) -> list[StallApplication]:
    """Earlier stalls of the same business, the latest first."""
    if application.business is None:
        return []
    rows = application.business.applications.accepted().exclude(pk=application.pk)
    return list(rows.select_related("call__edition__event").order_by("-applied_at"))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plan of plots with the part of the drawing that holds something."""

    site: Site
    plots: Sequence[Plot]
    width: int
    height: int

    @property
    def view_box(self) -> str:
        return f"{-MARGIN} {-MARGIN} {self.width + 2 * MARGIN} {self.height + 2 * MARGIN}"

    @property
    def given(self) -> list[Plot]:
        return [plot for plot in self.plots if plot.application_id]

    @property
    def goods(self) -> list[StallCategory]:
        """The kinds of goods on the plan, for its legend."""
        found = {kind.pk: kind for plot in self.plots if (kind := plot.goods)}
        return sorted(found.values(), key=lambda kind: (kind.position, kind.name))

    @property
    def stalls(self) -> int:
        return sum(plot.is_stall for plot in self.plots)

    @property
    def is_wide(self) -> bool:
        return self.width >= self.height


def drawn(site: Site, *, room: int = 0) -> Drawn:
    """``room``: units to be left free on the right and below, to move something there."""
    return _drawn(site, list(site.plots.with_names()), room)


def drawn_all(edition: Edition) -> list[Drawn]:
    """The plans of all its places that have one, in two questions."""
    sites = list(edition.sites.defer("region"))
    by_site: dict[int, list[Plot]] = {site.pk: [] for site in sites}
    for plot in Plot.objects.filter(site__in=sites).with_names():
        by_site[plot.site_id].append(plot)
    return [_drawn(site, by_site[site.pk], 0) for site in sites if by_site[site.pk]]


def _drawn(site: Site, plots: list[Plot], room: int) -> Drawn:
    width = max((plot.x + plot.width for plot in plots), default=EMPTY[0]) + room
    height = max((plot.y + plot.height for plot in plots), default=EMPTY[1]) + room
    return Drawn(site, plots, width, height)


def unplaced(call: StallCall) -> list[StallApplication]:
    """Accepted vendors who have no plot yet."""
    return list(call.applications.accepted().filter(plot=None).select_related("category").order_by("name_key"))
