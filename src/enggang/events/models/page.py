"""What visitors read of an event, beside the facts of its editions: what it is, how one gets there, whom it is fit for."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.models import Versioned
from enggang.places.enums import Facility

LONGEST_STORY, LONGEST_NOTE = 10_000, 2_000


class EventPage(Versioned):
    """In Indonesian; other languages are wordings of the event's subject. It is read once an edition is published."""

    event = models.OneToOneField("events.Event", on_delete=models.CASCADE, related_name="page")
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    story = models.TextField(
        _("what it is and what one sees"), max_length=LONGEST_STORY, blank=True,
        validators=[MaxLengthValidator(LONGEST_STORY)],
    )  # fmt: skip
    reaching = models.TextField(
        _("how to get there"), max_length=LONGEST_NOTE, blank=True, validators=[MaxLengthValidator(LONGEST_NOTE)]
    )
    access = models.TextField(
        _("for people with disabilities"), max_length=LONGEST_NOTE, blank=True,
        validators=[MaxLengthValidator(LONGEST_NOTE)],
    )  # fmt: skip
    changed_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return f"{self.event_id}"


class EventAmenity(models.Model):
    """Something that visitors of an event find there."""

    page = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="amenities")
    kind = models.CharField(max_length=10, choices=Facility.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["page", "kind"], name="events_amenity_once")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
