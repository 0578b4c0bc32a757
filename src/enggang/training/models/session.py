"""A session of a wave. Its time is what the wall clock of its zone will show: day, hours and zone, not an instant."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from enggang.core import codes
from enggang.core.models import Versioned
from enggang.people.models import Person
from enggang.places.models import Venue
from enggang.training.enums import SessionState, TeachingRole


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where a session is held, apart from the session: what it was before it moved."""

    day: date
    begins: time
    ends: time
    room: str

    @classmethod
    def of(cls, kept: dict[str, str]) -> Slot:
        day, begins, ends = kept["day"], kept["begins"], kept["ends"]
        return cls(date.fromisoformat(day), time.fromisoformat(begins), time.fromisoformat(ends), kept["room"])

    def kept(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}


class SessionQuerySet(models.QuerySet["Session"]):
    def planned(self) -> SessionQuerySet:
        return self.filter(state=SessionState.PLANNED)

    def with_places(self) -> SessionQuerySet:
        """With everything a line of the programme shows; one query more, for who teaches."""
        rows = self.select_related("wave__programme", "wave__venue", "klass__venue", "klass__instructor", "instructor")
        return rows.with_teachers()

    def with_teachers(self) -> SessionQuerySet:
        return self.prefetch_related(Prefetch("teachings", Teaching.objects.select_related("person")))

    def taught_by(self, person: Person) -> SessionQuerySet:
        """Named in the session, or in its class where the session names nobody."""
        named = Teaching.objects.filter(session=OuterRef("pk"))
        alone = Q(~Exists(named), instructor=person)  # written by a release that knows only one
        of_class = Q(~Exists(named), instructor=None, klass__instructor=person)
        return self.filter(Exists(named.filter(person=person)) | alone | of_class)


class Session(Versioned):
    """``teachings`` say who teaches, in their order; ``instructor`` is the first of them, kept for releases that know only one.

    ``code`` is its name in calendars, ``version`` counts its changes there. A session called off keeps its row."""

    wave = models.ForeignKey("training.Wave", on_delete=models.CASCADE, related_name="sessions")
    module = models.ForeignKey("training.Module", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    day = models.DateField(_("day"))
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    jp = models.PositiveSmallIntegerField(_("JP"), default=0, validators=[MaxValueValidator(24)])
    room = models.CharField(_("room"), max_length=120, blank=True)
    instructor = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("instructor"),
    )
    klass = models.ForeignKey(
        "training.WaveClass", null=True, blank=True, on_delete=models.PROTECT, related_name="sessions",
        verbose_name=_("only for"),
    )  # fmt: skip
    code = models.CharField(max_length=16, unique=True, default=codes.random_code, editable=False)
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=200, blank=True, default="", db_default="")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    occasion = models.ForeignKey("attendance.Occasion", on_delete=models.PROTECT, related_name="sessions")

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["day", "begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="training_session_hours",
                violation_error_message=_("The session ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    @property
    def place(self) -> Venue | None:
        return self.klass.venue if self.klass and self.klass.venue else self.wave.venue

    @property
    def shown_room(self) -> str:
        return self.room or (self.klass.room if self.klass else "")

    @property
    def slot(self) -> Slot:
        return Slot(self.day, self.begins, self.ends, self.shown_room)

    @property
    def teachers(self) -> list[Person]:
        """Who teaches, in their order: those named here, else the class's own instructor."""
        if named := [row.person for row in self.teachings.all()]:
            return named
        alone = self.instructor or (self.klass.instructor if self.klass else None)
        return [alone] if alone else []

    @property
    def taught_text(self) -> str:
        """Their names, with what an assistant is."""
        named = [str(row) for row in self.teachings.all()]
        return "; ".join(named or [person.name for person in self.teachers])

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.begins, ZoneInfo(self.wave.time_zone))

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day, self.ends, ZoneInfo(self.wave.time_zone))


class Teaching(models.Model):
    """One of those who teach a session. ``position`` is the order in which they are named; a lead stands first."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="teachings")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="teachings")
    role = models.CharField(_("role"), max_length=10, choices=TeachingRole.choices, default=TeachingRole.LEAD)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="training_teaches_once",
                violation_error_message=_("This person teaches the session already."),
            )
        ]

    def __str__(self) -> str:
        assists = self.role == TeachingRole.ASSISTANT
        return say("%(name)s (assistant)") % {"name": self.person.name} if assists else self.person.name
