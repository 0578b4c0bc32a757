"""Under which licence a work may be shown, whose it is, and how its maker is named."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from enggang.core.models import Versioned
from enggang.media.enums_rights import LICENCE_NAMES, LICENCE_TOLD, LICENCE_URLS, TO_BE_ASKED, Licence, People
from enggang.media.gate import RightsFacts

LONGEST_CREDIT = 160


class RightsStatement(Versioned):
    """One for each work, in the order in which it is asked for: own work, people, licence."""

    asset = models.OneToOneField("media.Asset", on_delete=models.CASCADE, related_name="rights")
    own_work = models.BooleanField(_("own work"), default=True)
    people = models.CharField(_("people"), max_length=8, choices=People.choices, blank=True)
    licence = models.CharField(_("licence"), max_length=16, choices=Licence.choices, blank=True)
    holder = models.CharField(_("whose work it is"), max_length=160, blank=True)
    credit = models.CharField(_("credit line"), max_length=LONGEST_CREDIT, blank=True)
    terms = models.TextField(_("what was agreed"), max_length=2000, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    proof = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # What the licence rests on, kept by an app above: when that ends, so does the licence.
    source = models.ForeignKey("core.Subject", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stated_at = models.DateTimeField()
    stated_by_key = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="media_rights_days",
                violation_error_message=_("The last day comes before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.get_licence_display() if self.licence else "–"

    @property
    def licence_name(self) -> str:
        """As it stands in a credit line: «CC BY 4.0»; for those without a short name what everybody is told."""
        return LICENCE_NAMES.get(self.licence) or self.licence_told

    @property
    def licence_told(self) -> str:
        return str(LICENCE_TOLD.get(self.licence) or self.get_licence_display())

    @property
    def usage_terms(self) -> str:
        """As they stand inside files, which are the same for readers of every language."""
        with override(settings.LANGUAGE_CODE):
            return self.licence_name

    @property
    def must_be_asked(self) -> bool:
        return self.licence in TO_BE_ASKED

    @property
    def licence_url(self) -> str:
        return LICENCE_URLS.get(self.licence, "")

    def is_in_force(self, day: date) -> bool:
        return not ((self.valid_from and day < self.valid_from) or (self.valid_to and day > self.valid_to))

    def facts(self) -> RightsFacts:
        return RightsFacts(
            self.licence, self.holder, self.credit, self.proof_id is not None, self.valid_from, self.valid_to,
            self.people,
        )  # fmt: skip
