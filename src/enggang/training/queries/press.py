"""What is on record of a wave, as the sentences that a press release begins with. Numbers, and no name of a participant."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.registries import PressFacts, said_in_both
from enggang.training.enums import Outcome
from enggang.training.models import Wave


def wave_press(code: str, actor: Actor) -> PressFacts | None:
    """Of a wave that was public at some time and that the reader may see."""
    row = Wave.objects.visible_to(actor).ever_opened().with_names().filter(subject__code=code).first()
    if row is None:
        return None
    counts = row.registrations.aggregate(
        people=Count("pk", distinct=True), passed=Count("pk", filter=Q(outcome=Outcome.PASSED), distinct=True),
        agencies=Count("agency", distinct=True),
    )  # fmt: skip
    return PressFacts(
        title=said_in_both(lambda: _title(row, counts)), summary=said_in_both(lambda: _held(row)),
        paragraphs=said_in_both(lambda: list(_paragraphs(row, counts))), about=[row.subject_id, row.programme.subject_id],
        region=row.organisation.region_id or "", card="",
    )  # fmt: skip


def _days(wave: Wave) -> str:
    days = [date_format(day, "j F Y") for day in dict.fromkeys((wave.starts_on, wave.ends_on))]
    return " – ".join(days)


def _is_past(wave: Wave) -> bool:
    return wave.ends_on < clock.today(wave.time_zone)


def _title(wave: Wave, counts: dict[str, int]) -> str:
    words = {"programme": wave.programme.title, "n": counts["passed"]}
    if wave.is_cancelled:
        return _("“%(programme)s” is not held") % words
    if counts["passed"]:
        return (
            ngettext(
                "%(n)d civil servant completes “%(programme)s”",
                "%(n)d civil servants complete “%(programme)s”",
                counts["passed"],
            )
            % words
        )
    return _("“%(programme)s”: %(days)s") % {**words, "days": _days(wave)}


def _held(wave: Wave) -> str:
    words = {
        "agency": str(wave.organisation),
        "programme": wave.programme.title,
        "days": _days(wave),
        "venue": str(wave.venue or ""),
    }
    if _is_past(wave):
        text = _("%(agency)s held the training “%(programme)s” on %(days)s.")
    else:
        text = _("%(agency)s holds the training “%(programme)s” on %(days)s.")
    return text % words


def _paragraphs(wave: Wave, counts: dict[str, int]) -> Iterator[str]:
    if wave.cancel_reason:
        yield _("Reason: %(reason)s") % {"reason": wave.cancel_reason}
    if wave.venue:
        yield _("Place: %(venue)s.") % {"venue": wave.venue}
    if wave.programme.summary:
        yield wave.programme.summary
    if counts["people"]:
        yield ngettext(
            "%(people)d civil servant of %(agencies)d agencies took part or is registered.",
            "%(people)d civil servants of %(agencies)d agencies took part or are registered.", counts["people"],
        ) % counts  # fmt: skip
    if counts["passed"]:
        yield _("%(passed)d of them completed it by the programme’s rule.") % counts
    if wave.contact:
        yield _("Contact: %(contact)s") % {"contact": wave.contact}
