"""Acts on the plan of plots of a place: rows of stalls, single ones, what helps to find one's way, and who gets which."""

from __future__ import annotations

import string
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.models import Edition, Plot, Site, StallApplication, StallCategory
from enggang.events.models.plot import WIDEST

MOST_PLOTS = 600  # of one place
SIZE, GAP, AISLE = 30, 4, 30  # a stall of three by three metres, its neighbour, and the way between two rows
COPIED = ("kind", "code", "category_id", "x", "y", "width", "height")


@act("events.lay_out_plots")
def lay_out_plots(
    *, site: Site, rows: int, columns: int, letter: str, actor: Actor, category: StallCategory | None = None
) -> Site:
    """Rows of stalls below what is drawn already. With a letter as ``letter`` each row has its own: A1, A2, then B1;
    without one they are numbered on from the last number."""
    _check(site.edition, actor)
    letters = string.ascii_uppercase
    start = letters.find(letter.strip().upper()) if letter.strip() else -1
    if letter.strip() and (start < 0 or len(letter.strip()) != 1 or start + rows > len(letters)):
        raise Conflict(_("The rows are named by one letter each, from the one you give up to Z."))
    if not (rows >= 1 and columns >= 1 and site.plots.count() + rows * columns <= MOST_PLOTS):
        raise Conflict(_("A place has at most %(most)s plots.") % {"most": MOST_PLOTS})
    top = site.plots.aggregate(top=Max(F("y") + F("height")))["top"]
    first_y = 0 if top is None else top + AISLE
    number = _last_number(site)
    made = []
    for row in range(rows):
        for column in range(columns):
            number += 1
            code = f"{letters[start + row]}{column + 1}" if start >= 0 else str(number)
            at = {"x": column * (SIZE + GAP), "y": first_y + row * (SIZE + AISLE)}
            made.append(Plot(site=site, code=code, category=category, width=SIZE, height=SIZE, **at))
    _fits(made[-1])
    with told(Plot):
        Plot.objects.bulk_create(made)
    record_subject(site.edition.subject)
    record(site=site.pk, plots=len(made))
    return site


def _last_number(site: Site) -> int:
    codes = site.plots.values_list("code", flat=True)
    return max((int(code) for code in codes if code.isascii() and code.isdigit() and len(code) < 6), default=0)


def _check(edition: Edition, actor: Actor) -> None:
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)


def _fits(plot: Plot) -> None:
    if plot.x + plot.width > WIDEST or plot.y + plot.height > WIDEST:
        raise Conflict(_("That lies outside the plan, which is %(m)s metres wide and deep.") % {"m": WIDEST // 10})


@act("events.keep_plot")
def keep_plot(*, plot: Plot, site: Site, actor: Actor, **facts: Any) -> Plot:
    """Draw a plot, or change one. A stall that is given stays a stall."""
    _check(site.edition, actor)
    if plot._state.adding and site.plots.count() >= MOST_PLOTS:
        raise Conflict(_("A place has at most %(most)s plots.") % {"most": MOST_PLOTS})
    plot.site = site
    for name, value in facts.items():
        setattr(plot, name, value)
    plot.code = " ".join(plot.code.split())
    plot.clean_fields(exclude=["site", "application"])
    _fits(plot)
    with told(Plot):
        plot.save()
    record_subject(site.edition.subject)
    record(plot=plot.pk)
    return plot


@act("events.move_plot")
def move_plot(*, plot: Plot, x: int, y: int, actor: Actor) -> Plot:
    """To another point of the plan; what lies outside is brought to its edge."""
    _check(plot.site.edition, actor)
    plot.x, plot.y = (max(0, min(at, WIDEST - size)) for at, size in ((x, plot.width), (y, plot.height)))
    Plot.objects.filter(pk=plot.pk).update(x=plot.x, y=plot.y)
    record_subject(plot.site.edition.subject)
    record(plot=plot.pk, x=plot.x, y=plot.y)
    return plot


@act("events.drop_plot")
def drop_plot(*, plot: Plot, actor: Actor) -> Site:
    """Take a plot off the plan; one that is given is taken back from its vendor first."""
    _check(plot.site.edition, actor)
    if not Plot.objects.filter(pk=plot.pk, application=None).delete()[0]:
        raise Conflict(_("A vendor has this plot. Give them another one first."))
    record_subject(plot.site.edition.subject)
    record(code=plot.code)
    return plot.site


@act("events.give_plot")
def give_plot(*, plot: Plot, application: StallApplication | None, actor: Actor) -> Plot:
    """Give a plot to an accepted vendor, who leaves the one they had; without one take it back.

    Two vendors never have one plot: whoever comes second is told who has it."""
    edition = plot.site.edition
    _check(edition, actor)
    record_subject(edition.subject)
    record(plot=plot.pk, given=application is not None)
    if application is None:
        Plot.objects.filter(pk=plot.pk).update(application=None)
        plot.application = None
        return plot
    locked = StallApplication.objects.select_for_update().get(pk=application.pk)
    if locked.call_id != application.call_id or not locked.is_accepted or application.call.edition_id != edition.pk:
        raise Conflict(_("Only a vendor accepted for this edition gets a plot."))
    Plot.objects.filter(application=application).exclude(pk=plot.pk).update(application=None)
    free = Plot.objects.stalls().filter(pk=plot.pk, application=None)
    if not free.update(application=application):
        _taken(plot, application)
    plot.application = application
    return plot


def _taken(plot: Plot, application: StallApplication) -> None:
    now = Plot.objects.select_related("application").get(pk=plot.pk)
    if now.application_id == application.pk:
        return
    if now.application is None:
        raise Conflict(_("Only a stall is given to a vendor."))
    text = _("Plot %(code)s belongs to “%(name)s”. Choose another one, or take it back first.")
    raise Conflict(text % {"code": now.code, "name": now.application})


def copy_plots(sites: dict[int, Site]) -> int:
    """Inside the act of cloning: the plans as they are drawn, nobody on them. ``sites``: the new place by the old one's id."""
    rows = Plot.objects.filter(site__in=sites)
    made = [Plot(site=sites[row.site_id], **{name: getattr(row, name) for name in COPIED}) for row in rows]
    return len(Plot.objects.bulk_create(made, batch_size=200))
