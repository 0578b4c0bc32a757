"""Words of the visitor survey and of the economic impact."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SurveyState(TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


SURVEY_MOVES = {
    SurveyState.DRAFT: frozenset({SurveyState.OPEN}),
    SurveyState.OPEN: frozenset({SurveyState.CLOSED, SurveyState.DRAFT}),
    SurveyState.CLOSED: frozenset({SurveyState.OPEN}),
}


class Reason(TextChoices):
    """Why somebody is in the area. Who would have come anyway spends money that would have been spent anyway."""

    EVENT = "event", _("Yes, this event is the reason")
    ANYWAY = "anyway", _("No, I would be here anyway")


class Stay(TextChoices):
    DAY = "day", _("No, I go home on the same day")
    NIGHT = "night", _("Yes, I sleep here at least one night")


class Heard(TextChoices):
    FAMILY = "family", _("Family or friends")
    SOCIAL = "social", _("Instagram, TikTok, Facebook")
    CHAT = "chat", _("WhatsApp")
    PRESS = "press", _("News, radio, television")
    POSTER = "poster", _("Poster or banner")
    AGENCY = "agency", _("Page of the government")
    EARLIER = "earlier", _("I came in an earlier year")
    PASSING = "passing", _("I was passing by")
    OTHER = "other", _("Something else")


class Via(TextChoices):
    SELF = "self", _("By themselves")
    ASKED = "asked", _("Asked by an interviewer")


class ImpactArea(TextChoices):
    """For whom money is new: whoever lives in the area is a resident and does not count."""

    REGENCY = "regency", _("the regency or city of the event")
    PROVINCE = "province", _("the province")


class VisitorBase(TextChoices):
    COUNTED = "counted", _("the number of the counting")
    ENTERED = "entered", _("a number that is entered here")


class BaseMeaning(TextChoices):
    PERSONS = "persons", _("persons, each once over all days")
    ATTENDANCES = "attendances", _("attendances: whoever comes on two days is two")


class Weighting(TextChoices):
    """Whoever comes on several days is met more often, and answers more often."""

    DAYS = "days", _("each answer counts 1 ÷ days attended")
    NONE = "none", _("every answer counts alike")


class InputKind(TextChoices):
    """What is known from elsewhere. The first four go into the reckoning, the others stand beside it."""

    ORGANISER = "organiser", _("Outside money that organisers spent in the area")
    VENDOR = "vendor", _("Outside money that vendors spent in the area")
    LEAKAGE = "leakage", _("Leakage: what flowed to suppliers outside the area")
    MULTIPLIER = "multiplier", _("Multiplier of a regional input-output table")
    OCCUPANCY = "occupancy", _("Hotel occupancy, percent")
    TRANSACTIONS = "transactions", _("Transactions (Rp)")
    MSMES = "msmes", _("MSMEs")
    ARTISTS = "artists", _("Artists")
    JOBS = "jobs", _("Jobs")


IN_RUPIAH = frozenset({InputKind.ORGANISER, InputKind.VENDOR, InputKind.LEAKAGE, InputKind.TRANSACTIONS})
AS_FACTOR = frozenset({InputKind.MULTIPLIER, InputKind.OCCUPANCY})
SINGLE = frozenset({InputKind.MULTIPLIER})  # at most one in force
COUNTED_BY_MINISTRY = (InputKind.TRANSACTIONS, InputKind.MSMES, InputKind.ARTISTS, InputKind.JOBS)
