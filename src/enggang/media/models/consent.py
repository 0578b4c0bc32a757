"""That a person who can be recognised agreed to be shown: in what, until when, and whether it still stands."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.access.enums import LinkScope
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.media import rules
from enggang.media.enums_rights import Scope
from enggang.media.gate import ConsentFacts
from enggang.places.models.organisation import below_any


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, actor: Actor) -> ConsentQuerySet:
        """Those who keep the library of its agency, and whoever brought it: names of people are nobody else's."""
        own = Q(kept_by_key=actor.key) if actor.is_signed_in else Q(pk__in=[])
        return self.filter(below_any(actor.paths(*rules.KEEPERS), "organisation__path") | own)

    def in_force(self, day: date) -> ConsentQuerySet:
        return self.filter(withdrawn_at=None).filter(Q(expires_on=None) | Q(expires_on__gte=day))

    def against(self, day: date, scope: str = Scope.WEB) -> ConsentQuerySet:
        """Those that shut the gate: ``gate.consent_reasons`` in the words of the database."""
        shut = Q(withdrawn_at__isnull=False) | Q(expires_on__lt=day) | ~Q(scopes__contains=f" {scope} ")
        return self.filter(shut | Q(is_minor=True, guardian=""))


class Consent(Noun, Versioned):
    """``scopes`` are values of ``Scope`` with a space before and after each. Withdrawing is final: who agrees again gives a new consent."""

    subject_kind = "consent"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.CharField(_("name of the person"), max_length=160)
    contact = models.CharField(_("how to reach them"), max_length=160, blank=True)
    scopes = models.CharField(_("agreed to be shown in"), max_length=60)
    is_minor = models.BooleanField(_("under 18 when it was given"), default=False)
    guardian = models.CharField(_("name of the guardian"), max_length=160, blank=True)
    guardian_is = models.CharField(_("what the guardian is to the child"), max_length=60, blank=True)
    given_on = models.DateField(_("given on"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    evidence = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_key = models.CharField(max_length=60, blank=True)
    withdrawal_note = models.CharField(_("how it was withdrawn"), max_length=500, blank=True)
    withdrawal_evidence = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField()
    kept_by_key = models.CharField(max_length=60)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["person", "pk"]

    def __str__(self) -> str:
        return self.person

    def clean(self) -> None:
        if not self.scope_set or not self.scope_set <= set(Scope.values):
            raise ValidationError(_("Say what the person agreed to be shown in."))
        if self.is_minor and not self.guardian.strip():
            raise ValidationError(_("For a minor, the guardian agrees: write the guardian's name."))
        if self.expires_on and self.expires_on < self.given_on:
            raise ValidationError(_("The last day comes before the first."))

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def is_in_force(self, day: date) -> bool:
        return not self.is_withdrawn and (self.expires_on is None or day <= self.expires_on)

    def ends_within(self, span: timedelta, day: date) -> bool:
        return self.is_in_force(day) and self.expires_on is not None and self.expires_on <= day + span

    @property
    def scope_set(self) -> frozenset[str]:
        return frozenset(self.scopes.split())

    @property
    def scope_labels(self) -> list[str]:
        return [str(each.label) for each in Scope if each in self.scope_set]

    def is_holders(self, actor: Actor) -> bool:
        """Whether the actor came by the private address that was made for the person."""
        return actor.may_by_link(LinkScope.LIKENESS, self.code)

    def facts(self) -> ConsentFacts:
        return ConsentFacts(
            self.scope_set, self.given_on, self.expires_on, self.is_withdrawn, self.is_minor,
            bool(self.guardian.strip()),
        )  # fmt: skip


class Likeness(models.Model):
    """That the person of a consent can be recognised in a work. ``where`` tells one from another: «left, red hat»."""

    asset = models.ForeignKey("media.Asset", on_delete=models.CASCADE, related_name="likenesses")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="likenesses")
    where = models.CharField(_("where in the picture"), max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "consent"],
                name="media_likeness_once",
                violation_error_message=_("This person stands beside the work already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.consent_id}: {self.where}"
