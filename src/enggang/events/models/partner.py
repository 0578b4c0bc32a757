"""Who helps an event from outside: an agency's register of partners, and what each was asked and gave for an edition."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import folded, with_words
from enggang.events.enums import WITH_US, GiftKind, PartnerKind, PartnershipState
from enggang.events.models.step import Step
from enggang.events.rules import MANAGERS, SEES_EVENTS
from enggang.places.models.organisation import below_any

MOST_VALUE = 1_000_000_000_000  # Rupiah


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, actor: Actor) -> PartnerQuerySet:
        """The registers of the agencies whose events one reads."""
        return self.filter(below_any(actor.paths(*SEES_EVENTS), "organisation__path"))

    def managed_by(self, actor: Actor) -> PartnerQuerySet:
        return self.filter(below_any(actor.paths(*MANAGERS), "organisation__path"))

    def with_names(self) -> PartnerQuerySet:
        return self.select_related("subject", "organisation__subject", "region").defer("region__outline")

    def counted(self) -> PartnerQuerySet:
        """With how often each was asked (``asked``) and came along (``joined``)."""
        times = "partnerships"
        return self.annotate(
            asked=models.Count(times, filter=~Q(partnerships__state=PartnershipState.LISTED)),
            joined=models.Count(times, filter=Q(partnerships__state__in=WITH_US)),
        )

    def named(self, text: str) -> PartnerQuerySet:
        return with_words(self, text)


class Partner(Noun, Versioned):
    """``retired_on``: nobody asks them any more; what they gave stays on record."""

    subject_kind = "partner"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="partners")
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=PartnerKind.choices, default=PartnerKind.COMMUNITY)
    region = models.ForeignKey(
        "places.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("regency or city"),
    )  # fmt: skip
    address = models.CharField(_("address"), max_length=300, blank=True)
    contact = models.CharField(_("contact person"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), max_length=200, blank=True)
    offers = models.CharField(_("what they can give"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    retired_on = models.DateField(null=True, blank=True, editable=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"],
                name="events_partner_name",
                violation_error_message=_("Your agency's register already has a partner of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def fold_name(self) -> None:
        """To be called by whatever sets the name."""
        self.name_key = folded(self.name)[:200]


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def with_us(self) -> PartnershipQuerySet:
        return self.filter(state__in=WITH_US)

    def with_names(self) -> PartnershipQuerySet:
        return self.select_related("partner__subject", "partner__region").defer("partner__region__outline")


class Partnership(Versioned):
    """A partner of one edition: what is asked of them, what they promise, what came. Money in whole Rupiah."""

    edition = models.ForeignKey("events.Edition", on_delete=models.CASCADE, related_name="partnerships")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="partnerships")
    state = models.CharField(max_length=10, choices=PartnershipState.choices, default=PartnershipState.LISTED)
    asked_for = models.CharField(_("what is asked of them"), max_length=300, blank=True)
    gift = models.CharField(_("in the form of"), max_length=10, choices=GiftKind.choices, blank=True)
    gives = models.CharField(_("what they give"), max_length=300, blank=True)
    value = models.BigIntegerField(
        _("worth (Rp)"), null=True, blank=True, validators=[MaxValueValidator(MOST_VALUE)]
    )  # fmt: skip
    returns = models.CharField(_("what they get for it"), max_length=300, blank=True)
    number = models.CharField(_("number of the agreement"), max_length=120, blank=True)
    person = models.CharField(_("who talks with them"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["partner__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "partner"],
                name="events_partnership_once",
                violation_error_message=_("This partner is on the list of this edition already."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="events_partnership_value",
                violation_error_message=_("The worth cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.partner)


class PartnershipStep(Step):
    """A move of a partnership: when, and what was said."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=10, choices=PartnershipState.choices)
    now = models.CharField(max_length=10, choices=PartnershipState.choices)
