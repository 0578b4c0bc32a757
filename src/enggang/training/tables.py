from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from enggang.core.templatetags.ui import badge_html
from enggang.seats.enums import ClaimState
from enggang.training.enums import Outcome, WaveState
from enggang.training.models import Programme, Registration, Wave

WAVE_TONES = {
    WaveState.DRAFT: "neutral",
    WaveState.OPEN: "good",
    WaveState.FINISHED: "info",
    WaveState.CANCELLED: "bad",
}
SEAT_TONES = {
    ClaimState.CONFIRMED: "good",
    ClaimState.WAITING: "warn",
    ClaimState.HELD: "warn",
    ClaimState.RELEASED: "neutral",
}
OUTCOME_TONES = {Outcome.PASSED: "good", Outcome.FAILED: "bad", Outcome.PENDING: "neutral"}


def pocket_of(record: Any) -> str:
    return reverse("training:pocket", args=[record.registration.code])


def award_of(record: Any) -> str | None:
    award = record.registration.award
    return reverse("credentials:award", args=[award.code]) if award else None


class ProgrammeTable(tables.Table):
    title = tables.Column(_("Programme"), linkify=("training:programme", {"code": tables.A("code")}))
    organisation = tables.Column(_("Agency"))
    jp = tables.Column(_("JP"))
    wave_count = tables.Column(_("Waves"))

    class Meta:
        model = Programme
        fields = ("title", "organisation", "jp", "wave_count")
        empty_text = _("No programme yet.")


class WaveTable(tables.Table):
    programme = tables.Column(_("Programme"), order_by="programme__title")
    name = tables.Column(_("Wave"), linkify=("training:wave", {"code": tables.A("code")}))
    starts_on = tables.Column(_("Days"))
    venue = tables.Column(_("Venue"), default="–")
    state = tables.Column(_("State"))

    class Meta:
        model = Wave
        fields = ("name", "programme", "starts_on", "venue", "state")
        empty_text = _("No wave here yet.")

    def render_starts_on(self, record: Wave) -> str:
        return days(record)

    def render_state(self, record: Wave) -> SafeString:
        return badge_html(record.get_state_display(), WAVE_TONES[WaveState(record.state)])


class ParticipantTable(tables.Table):
    person = tables.Column(
        _("Name"), order_by="person__name_key", linkify=("training:pocket", {"code": tables.A("code")})
    )
    agency = tables.Column(_("Agency"), order_by="agency__name")
    seat = tables.Column(_("Seat"), accessor="claim__state", order_by="claim__state")
    quota = tables.Column(_("Quota"), accessor="claim__pool", default="–", order_by="claim__pool__label")
    desk = tables.TemplateColumn(
        verbose_name=_("Sign-in"), template_name="training/participant_desk.html", orderable=False
    )

    class Meta:
        model = Registration
        fields = ("person", "agency", "seat", "quota", "desk")
        empty_text = _("Nobody is registered yet.")

    def render_seat(self, record: Registration) -> SafeString:
        state = ClaimState(record.claim.state)
        return badge_html(str(state.label), SEAT_TONES[state])


class VerdictTable(tables.Table):
    """The pass list; each line says what it rests on."""

    person = tables.Column(_("Name"), accessor="registration__person", linkify=pocket_of)
    agency = tables.Column(_("Agency"), accessor="registration__agency")
    attendance = tables.Column(_("Attendance"), accessor="percent")
    outcome = tables.Column(_("Decision"), accessor="registration__outcome")
    certificate = tables.Column(_("Certificate"), accessor="registration__award__number", default="–", linkify=award_of)

    class Meta:
        empty_text = _("Nobody has a seat yet.")
        orderable = False

    def render_attendance(self, record: Any) -> str:
        return str(_("%(percent)s%% (%(present)s of %(planned)s)")) % {
            "percent": record.percent,
            "present": record.present,
            "planned": record.planned,
        }

    def render_outcome(self, record: Any) -> SafeString:
        outcome = Outcome(record.registration.outcome)
        if outcome is Outcome.PENDING and not record.can_still_pass:
            return badge_html(str(_("Can no longer pass")), "warn")
        return badge_html(str(outcome.label), OUTCOME_TONES[outcome])


def days(wave: Wave) -> str:
    """The days of a wave in the reader's language."""
    first, last = date_format(wave.starts_on, "j M Y"), date_format(wave.ends_on, "j M Y")
    return first if first == last else f"{first} – {last}"
