from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.templatetags.ui import badge_html
from enggang.seats.enums import ClaimState
from enggang.training.domain.completion import Verdict
from enggang.training.enums import NeedState, Outcome, PlanState, WaveState
from enggang.training.models import ActionPlan, Need, Programme, Registration, Wave
from enggang.training.queries.concerned import Missed

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

NEED_TONES = {
    NeedState.STATED: "warn",
    NeedState.PLANNED: "good",
    NeedState.DECLINED: "bad",
    NeedState.WITHDRAWN: "neutral",
}
PLAN_TONES = {
    PlanState.DRAFT: "neutral",
    PlanState.SUBMITTED: "warn",
    PlanState.RETURNED: "warn",
    PlanState.ACCEPTED: "info",
    PlanState.REPORTED: "warn",
    PlanState.DONE: "good",
    PlanState.DROPPED: "neutral",
}


def pocket_of(record: Any) -> str:
    return reverse("training:pocket", args=[record.registration.code])


def award_of(record: Any, table: Any) -> str | None:
    award = record.registration.award
    return reverse("credentials:award", args=[award.code]) if award and table.opens_awards else None


class ProgrammeTable(tables.Table):
    title = tables.Column(_("Programme"), linkify=("training:programme", {"code": tables.A("code")}))
    organisation = tables.Column(_("Agency"))
    jp = tables.Column(_("JP"))
    wave_count = tables.Column(_("Waves"))

    class Meta:
        model = Programme
        fields = ("title", "organisation", "jp", "wave_count")
        empty_text = _("No programme yet.")

    def render_title(self, record: Programme) -> str | SafeString:
        if not record.is_retired:
            return record.title
        return format_html("{} {}", record.title, badge_html(say("retired"), "neutral"))


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
        verbose_name=_("Sign-in"),
        template_name="training/participant_desk.html",
        orderable=False,
        exclude_from_export=True,
    )

    class Meta:
        model = Registration
        fields = ("person", "agency", "seat", "quota", "desk")
        empty_text = _("Nobody is registered yet.")

    def render_seat(self, record: Registration) -> SafeString:
        claim = record.claim
        state = ClaimState(claim.state)
        badge = badge_html(str(state.label), SEAT_TONES[state])
        if claim.held_until is None:
            return badge
        until = date_format(timezone.localtime(claim.held_until), "j M, H.i")
        if claim.is_overdue:
            told = say("until %(until)s, not confirmed") % {"until": until}
        else:
            left = timeuntil(claim.held_until, clock.now())
            told = say("until %(until)s, %(left)s left") % {"until": until, "left": left}
        return format_html('<div>{} <span class="muted">{}</span></div>', badge, told)


class OwnPeopleTable(ParticipantTable):
    """What a coordinator sees of a wave: their own people, and what they may do for each."""

    desk = None
    acts = tables.TemplateColumn(
        verbose_name=_("For this person"),
        template_name="training/participant_acts.html",
        orderable=False,
        exclude_from_export=True,
    )

    class Meta(ParticipantTable.Meta):
        fields = ("person", "agency", "seat", "quota", "acts")
        empty_text = _("Nobody of your people is registered yet.")


class VerdictTable(tables.Table):
    """The pass list; each line says what it rests on."""

    person = tables.Column(_("Name"), accessor="registration__person", linkify=pocket_of)
    agency = tables.Column(_("Agency"), accessor="registration__agency")
    attendance = tables.Column(_("Attendance"), accessor="percent")
    post_test = tables.Column(_("Post-test"), accessor="post", empty_values=())
    outcome = tables.Column(_("Decision"), accessor="registration__outcome")
    why = tables.Column(_("Explanation"), accessor="pk", empty_values=(), attrs={"td": {"class": "wordy"}})
    certificate = tables.Column(
        _("Certificate"), accessor="registration__award__number", default="–", linkify=award_of,
        attrs={"td": {"class": "wordy"}},
    )  # fmt: skip

    class Meta:
        empty_text = _("Nobody has a seat yet.")
        orderable = False

    def __init__(self, *args: Any, opens_awards: bool, **kwargs: Any) -> None:
        self.opens_awards = opens_awards
        super().__init__(*args, **kwargs)

    def render_attendance(self, record: Any) -> str:
        facts = {name: getattr(record, name) for name in ("percent", "present", "planned", "jp", "jp_planned")}
        text = str(_("%(percent)s%% (%(present)s of %(planned)s)")) % facts
        jp = str(_("%(jp)s of %(jp_planned)s JP")) % facts
        return f"{text} · {jp}" if record.jp_planned else text

    def render_post_test(self, record: Any) -> str:
        """The score beside what is needed; nothing where the programme asks for none."""
        if record.post_needed is None:
            return "–"
        if record.post is None:
            return str(_("not sat (at least %(needed)s%%)")) % {"needed": record.post_needed}
        return str(_("%(score)s%% (at least %(needed)s%%)")) % {"score": record.post, "needed": record.post_needed}

    def render_why(self, record: Any) -> str:
        return explained(record)

    def render_outcome(self, record: Any) -> SafeString:
        outcome = Outcome(record.registration.outcome)
        if outcome is not Outcome.PASSED and record.unaccepted:
            return badge_html(str(_("Not accepted: %(titles)s")) % {"titles": ", ".join(record.unaccepted)}, "warn")
        if outcome is Outcome.PENDING and not record.can_still_pass:
            return badge_html(str(_("Can no longer pass")), "warn")
        return badge_html(str(outcome.label), OUTCOME_TONES[outcome])


class PlanTable(tables.Table):
    person = tables.Column(
        _("Name"), accessor="registration__person", order_by="registration__person__name_key",
        linkify=("training:action_plan", {"code": tables.A("code")}),
    )  # fmt: skip
    agency = tables.Column(_("Agency"), accessor="registration__agency", order_by="registration__agency__name")
    target = tables.Column(_("Service or indicator"))
    superior = tables.Column(_("Superior"), accessor="superior_name", order_by="superior_name")
    due_on = tables.Column(_("By when"))
    state = tables.Column(_("State"))

    class Meta:
        model = ActionPlan
        fields = ("person", "agency", "target", "superior", "due_on", "state")
        empty_text = _("No action plan here yet.")

    def render_state(self, record: ActionPlan) -> SafeString:
        if record.is_late(clock.today()):
            return badge_html(str(_("Late")), "bad")
        return badge_html(record.get_state_display(), PLAN_TONES[PlanState(record.state)])


class NeedTable(tables.Table):
    what = tables.Column(
        _("What is to be learned"), order_by=("competency__name", "topic", "programme__title"),
        linkify=("training:need", {"code": tables.A("code")}),
    )  # fmt: skip
    agency = tables.Column(_("Agency"), order_by="agency__name")
    year = tables.Column(_("Year"))
    number = tables.Column(_("People"))
    nominated = tables.Column(_("Nominated"))
    priority = tables.Column(_("Priority"))
    state = tables.Column(_("State"))
    # The page of the need tells these; here they would make the list wider than the screen.
    programme = tables.Column(_("Programme"), visible=False)
    source = tables.Column(_("Where it comes from"), visible=False)
    named = tables.Column(_("Who it is for"), accessor="people", visible=False)
    reason = tables.Column(_("Why"), visible=False)

    class Meta:
        model = Need
        fields = (
            "what", "agency", "year", "number", "nominated", "priority", "state", "programme", "source", "named", "reason",
        )  # fmt: skip
        empty_text = _("No training need here yet.")

    def render_year(self, value: int) -> str:
        return str(value)  # a year has no thousands

    def render_named(self, record: Need) -> str:
        return ", ".join(person.name for person in record.people.all())

    def render_state(self, record: Need) -> SafeString:
        return badge_html(record.get_state_display(), NEED_TONES[NeedState(record.state)])


def explained(verdict: Verdict) -> str:
    """Why the line says what it says: what was missed and how, and the reason of whoever decided otherwise."""
    parts = [
        str(words) % {"what": ", ".join(_missed(each) for each in missed)}
        for words, missed in (
            (_("absent: %(what)s"), verdict.absent),
            (_("leave or sick: %(what)s"), verdict.excused),
            (_("not marked, counted as missed: %(what)s"), verdict.lapsed),
            (_("not marked: %(what)s"), verdict.unmarked),
        )
        if missed
    ]
    if verdict.post_needed is not None and (verdict.post or 0) < verdict.post_needed:
        parts.append(str(_("post-test: %(post)s of %(needed)s percent")) % _scores(verdict))
    text = "; ".join(parts) or str(_("present every time") if verdict.planned else _("nothing planned"))
    reason = verdict.registration.outcome_reason
    if reason:
        return f"{text}. {_('Decided by hand:')} {reason}"
    again = verdict.registration.rule_reason
    return f"{text}. {_('The rule decides again:')} {again}" if again else text


def _scores(verdict: Verdict) -> dict[str, object]:
    return {"post": "–" if verdict.post is None else verdict.post, "needed": verdict.post_needed}


def _missed(each: Missed) -> str:
    return f"{each.session.title} ({date_format(each.session.day, 'j M')})"


def days(wave: Wave) -> str:
    """The days of a wave in the reader's language."""
    first, last = date_format(wave.starts_on, "j M Y"), date_format(wave.ends_on, "j M Y")
    return first if first == last else f"{first} – {last}"
