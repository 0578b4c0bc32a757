from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class RegionLevel(IntegerChoices):
    PROVINCE = 1, _("Province")
    REGENCY = 2, _("Regency or city")
    DISTRICT = 3, _("District")
    VILLAGE = 4, _("Village")


class OrganisationKind(TextChoices):
    GOVERNMENT = "government", _("Regional government")
    AGENCY = "agency", _("Agency")
    UNIT = "unit", _("Unit")
    COMMUNITY = "community", _("Community or palace")
    PARTNER = "partner", _("Partner")


class Origin(TextChoices):
    """Whose row it is: a shipped one is renewed by loading, a local one never."""

    SHIPPED = "shipped", _("Shipped with the product")
    LOCAL = "local", _("Entered here")


class Standing(TextChoices):
    """How near somebody has come to the text on which a reference row rests."""

    READ = "read", _("Compared with the text")
    SECONDARY = "secondary", _("From a secondary source")
    UNVERIFIED = "unverified", _("Unverified")


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
