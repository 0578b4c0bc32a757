"""The ends of the chain of results: what is said to have contributed to which indicator, two promises of last Monday, a cause with its action, the summaries of the dashboards, and the pages of the last
two Mondays."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import datetime, timedelta
from datetime import time as hour
from zoneinfo import ZoneInfo

from enggang.core import clock, registries
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.core.jobs import JobRun, enqueue, job
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award
from enggang.demo.reports import PAUSE
from enggang.events.models import Edition
from enggang.events.queries.counted import HELD
from enggang.impact.domain.causes import state_cause
from enggang.impact.domain.contributions import link_contribution
from enggang.impact.domain.figures import recount
from enggang.impact.domain.mondays import close_monday
from enggang.impact.domain.promises import make_promise
from enggang.impact.enums import Strength
from enggang.impact.queries.monday import monday_of
from enggang.indicators.domain.counting import YEARS_BACK, count_values
from enggang.indicators.models import Indicator
from enggang.places.models import Organisation


def lay_down_results() -> None:
    for edition in Edition.objects.filter(stage__in=HELD).with_names().order_by("starts_on", "pk"):
        _argue(edition)
    _promise()
    _cause()
    _count()
    enqueue(count_results, actor=SYSTEM)


@job("demo.count_results")
def count_results(run: JobRun) -> None:
    """Once more when the certificates are drawn: until then nobody holds one."""
    if Award.objects.filter(state=AwardState.RESERVED).exists():
        time.sleep(PAUSE)
        enqueue(count_results, actor=run.actor)
        return
    for row in Indicator.objects.in_use().exclude(automatic="").select_related("organisation", "subject"):
        count_values(indicator=row, actor=SYSTEM, periods=YEARS_BACK[row.frequency])
    _count()


def _count() -> None:
    for name in registries.day_figures.names():
        recount(name)
    _kept_pages()


def _argue(edition: Edition) -> None:
    indicator = Indicator.objects.get(name="Pengunjung acara")
    link_contribution(
        subject=edition.subject, title=str(edition), organisation=edition.organisation, indicator=indicator,
        strength=Strength.PLAUSIBLE, argument="Contoh: pengunjung acara ini masuk dalam hitungan indikator.", actor=SYSTEM,
    )  # fmt: skip


def _promise() -> None:
    row = Indicator.objects.get(name="Kunjungan wisatawan mancanegara")
    assert row.owner is not None
    for days, text in (
        (-3, "Contoh: nilai BPS bulan terakhir dimasukkan"),
        (9, "Contoh: surat izin keramaian dikirim ke Polres"),
    ):
        made = clock.now() - timedelta(days=7)
        with clock.frozen_at(made):
            make_promise(
                organisation=row.organisation, text=text, person=row.owner, due_on=clock.today() + timedelta(days=7 + days),
                actor=SYSTEM,
            )  # fmt: skip


def _cause() -> None:
    """Of one indicator; the page says of the others that nobody has told one."""
    row = Indicator.objects.get(name="ASN bersertifikat pelatihan")
    assert row.owner is not None
    state_cause(
        indicator=row, text="Contoh: dua gelombang digeser ke triwulan berikut", action="Contoh: gelombang tambahan dibuka",
        person=row.owner, due_on=clock.today() + timedelta(days=21), actor=SYSTEM,
    )  # fmt: skip


def _kept_pages() -> None:
    for organisation in Organisation.objects.filter(key__in=("kalbar", "kalbar/disporapar")):
        for weeks in (2, 1):
            monday = monday_of(clock.today()) - timedelta(weeks=weeks)
            at = datetime.combine(monday, hour(6), ZoneInfo(organisation.time_zone))
            with clock.frozen_at(at), suppress(Conflict):  # nothing has changed since
                close_monday(organisation=organisation, actor=SYSTEM)
