from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DestinationKind(TextChoices):
    NATURE = "nature", _("Nature")
    COAST = "coast", _("Coast and islands")
    HERITAGE = "heritage", _("Heritage and palaces")
    MUSEUM = "museum", _("Museum")
    WORSHIP = "worship", _("House of worship")
    VILLAGE = "village", _("Village and longhouse")
    CITY = "city", _("In the city")


class Facility(TextChoices):
    """What a visitor asks before setting out; the first four are for people with disabilities."""

    RAMP = "ramp", _("Way without steps")
    ACCESSIBLE_TOILET = "acc_toilet", _("Toilet for wheelchairs")
    SIGN_LANGUAGE = "sign", _("Sign language")
    TACTILE = "tactile", _("Guide for the blind (tactile or spoken)")
    TOILET = "toilet", _("Toilet")
    PRAYER = "prayer", _("Prayer room")
    PARKING = "parking", _("Parking")
    FOOD = "food", _("Food and drink")
    LODGING = "lodging", _("Lodging")
    GUIDE = "guide", _("Local guide")


FOR_DISABLED = (Facility.RAMP, Facility.ACCESSIBLE_TOILET, Facility.SIGN_LANGUAGE, Facility.TACTILE)


class PageState(TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("To be reviewed")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PAGE_MOVES = {
    PageState.DRAFT: frozenset({PageState.REVIEW}),
    PageState.REVIEW: frozenset({PageState.DRAFT, PageState.PUBLISHED}),
    PageState.PUBLISHED: frozenset({PageState.WITHDRAWN}),
    PageState.WITHDRAWN: frozenset({PageState.DRAFT}),
}
