"""What the public proposes, without an account: an event or a destination, for the agency whose desk takes proposals."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import folded, with_words
from enggang.places.models.organisation import below_any
from enggang.stories.enums_suggestions import STANDING, ConfirmedBy, Suggested, SuggestionState
from enggang.stories.rules import READS_DRAFTS, WRITERS

LONGEST = 3_000


class SuggestionDesk(Versioned):
    """An agency that takes proposals of the public. ``phone`` and ``hours`` are told to whoever proposes."""

    organisation = models.OneToOneField(
        "places.Organisation", on_delete=models.PROTECT, related_name="suggestion_desk", verbose_name=_("agency")
    )
    is_open = models.BooleanField(_("takes proposals"), default=True)
    phone = models.CharField(_("phone of the office"), max_length=20)
    hours = models.CharField(_("when the office answers"), max_length=120, blank=True)

    class Meta:
        ordering = ["organisation__path"]

    def __str__(self) -> str:
        return str(self.organisation)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, actor: Actor) -> SuggestionQuerySet:
        return self.filter(below_any(actor.paths(*READS_DRAFTS), "organisation__path"))

    def handled_by(self, actor: Actor) -> SuggestionQuerySet:
        return self.filter(below_any(actor.paths(*WRITERS), "organisation__path"))

    def standing(self) -> SuggestionQuerySet:
        return self.filter(state__in=STANDING)

    def with_names(self) -> SuggestionQuerySet:
        related = ("subject", "organisation__subject", "region", "photo__subject", "destination__subject")
        return self.select_related(*related).defer("region__outline")

    def named(self, text: str) -> SuggestionQuerySet:
        return with_words(self, text)


class Suggestion(Noun, Versioned):
    """``once``, ``mail_key`` and ``call_code`` are hashes: of the form, of the secret in the mail, of the code to be said on
    the telephone. ``told_at`` is when the proposer learned what was decided."""

    subject_kind = "suggestion"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="suggestions")
    what = models.CharField(_("what is proposed"), max_length=10, choices=Suggested.choices)
    state = models.CharField(max_length=10, choices=SuggestionState.choices, default=SuggestionState.SENT)
    name = models.CharField(_("name"), max_length=160)
    name_key = models.CharField(max_length=160, editable=False, db_index=True)
    region = models.ForeignKey(
        "places.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("regency or city")
    )
    place = models.CharField(_("where exactly"), max_length=200, blank=True)
    when = models.CharField(_("when"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=LONGEST, validators=[MaxLengthValidator(LONGEST)])
    person = models.CharField(_("your name"), max_length=120)
    group = models.CharField(_("for which community or office"), max_length=160, blank=True)
    phone = models.CharField(_("phone (WhatsApp)"), max_length=20)
    email = models.EmailField(_("e-mail"), max_length=200, blank=True)
    language = models.CharField(max_length=5, default="id")
    photo = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    once = models.CharField(max_length=64, blank=True, editable=False)
    mail_key = models.CharField(max_length=64, blank=True, editable=False)
    call_code = models.CharField(max_length=64, blank=True, editable=False)
    sent_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=8, choices=ConfirmedBy.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_key = models.CharField(max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    destination = models.ForeignKey(
        "stories.Destination", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "state", "-sent_at"], name="stories_suggestion_of_desk")]
        constraints = [
            models.UniqueConstraint(fields=["once"], condition=~models.Q(once=""), name="stories_suggestion_once")
        ]

    def __str__(self) -> str:
        return self.name

    def fold_name(self) -> None:
        """To be called by whatever sets the name."""
        self.name_key = folded(self.name)[:160]

    @property
    def is_event(self) -> bool:
        return self.what == Suggested.EVENT

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING

    @property
    def is_to_be_told(self) -> bool:
        return self.decided_at is not None and self.told_at is None
