"""An agency's register of small businesses that hold stalls: one row for all the years."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.budgets.numbers import NIB
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import folded, with_words
from enggang.events.enums_stalls import ApplicationState
from enggang.events.rules import MANAGERS, SEES_EVENTS
from enggang.places.models.organisation import below_any

KBLI = RegexValidator(r"^\d{5}\Z", _("A KBLI number has 5 digits."))


class BusinessQuerySet(models.QuerySet["Business"]):
    def visible_to(self, actor: Actor) -> BusinessQuerySet:
        """The registers of the agencies whose events one reads."""
        return self.filter(below_any(actor.paths(*SEES_EVENTS), "organisation__path"))

    def managed_by(self, actor: Actor) -> BusinessQuerySet:
        return self.filter(below_any(actor.paths(*MANAGERS), "organisation__path"))

    def with_names(self) -> BusinessQuerySet:
        return self.select_related("subject", "organisation__subject", "region", "category").defer("region__outline")

    def counted(self) -> BusinessQuerySet:
        """With the number of editions at which each had a stall (``times``)."""
        held = Q(applications__state=ApplicationState.ACCEPTED)
        return self.annotate(times=models.Count("applications", filter=held))

    def named(self, text: str) -> BusinessQuerySet:
        return with_words(self, text)


class Business(Noun, Versioned):
    """``phone`` in international form. ``retired_on``: not to be asked any more; its history stays."""

    subject_kind = "business"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="businesses")
    name = models.CharField(_("name of the business"), max_length=120)
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    owner = models.CharField(_("owner"), max_length=120)
    phone = models.CharField(_("phone (WhatsApp)"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), max_length=200, blank=True)
    region = models.ForeignKey(
        "places.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("regency or city"),
    )  # fmt: skip
    category = models.ForeignKey(
        "events.StallCategory", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("kind of goods"),
    )  # fmt: skip
    sells = models.CharField(_("what is sold"), max_length=300, blank=True)
    nib = models.CharField(_("NIB"), max_length=13, blank=True, validators=[NIB])
    kbli = models.CharField(_("KBLI"), max_length=5, blank=True, validators=[KBLI])
    note = models.CharField(_("note"), max_length=500, blank=True)
    retired_on = models.DateField(null=True, blank=True, editable=False)

    objects = BusinessQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "nib"],
                condition=~Q(nib=""),
                name="events_business_nib",
                violation_error_message=_("A business with this NIB is in the register already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def fold_name(self) -> None:
        """To be called by whatever sets the name."""
        self.name_key = folded(self.name)[:200]
