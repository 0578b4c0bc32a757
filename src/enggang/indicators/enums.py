from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IndicatorKind(TextChoices):
    """Always shown in full: the same abbreviation means different things in different papers."""

    MAIN = "main", _("Main performance indicator (IKU)")
    PROGRAMME = "programme", _("Programme performance indicator")
    ACTIVITY = "activity", _("Activity performance indicator")
    KEY = "key", _("Key performance indicator of the regency report (LPPD)")
    STATISTIC = "statistic", _("Official statistic")
    OWN = "own", _("Own count")


class Polarity(TextChoices):
    """How a value is compared with its target."""

    HIGHER = "higher", _("The higher, the better")
    LOWER = "lower", _("The lower, the better")
    RANGE = "range", _("Best within a range")
    TIME = "time", _("Time: the sooner, the better")


class Cumulation(TextChoices):
    """How the values of a year's periods become the value of the year."""

    SUM = "sum", _("Added up")
    AVERAGE = "average", _("Average")
    LAST = "last", _("The last known value")


class Frequency(TextChoices):
    MONTH = "month", _("Monthly")
    QUARTER = "quarter", _("Quarterly")
    YEAR = "year", _("Yearly")


class Sex(TextChoices):
    FEMALE = "female", _("Women")
    MALE = "male", _("Men")


class IndicatorState(TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("In use")
    RETIRED = "retired", _("No longer counted")


INDICATOR_MOVES = {
    IndicatorState.DRAFT: frozenset({IndicatorState.ACTIVE}),
    IndicatorState.ACTIVE: frozenset({IndicatorState.RETIRED}),
    IndicatorState.RETIRED: frozenset({IndicatorState.ACTIVE}),
}


class MeasurementState(TextChoices):
    ENTERED = "entered", _("Entered")
    VERIFIED = "verified", _("Verified")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")


MEASUREMENT_MOVES = {
    MeasurementState.ENTERED: frozenset({MeasurementState.VERIFIED, MeasurementState.RETURNED}),
    MeasurementState.VERIFIED: frozenset({MeasurementState.APPROVED, MeasurementState.RETURNED}),
    MeasurementState.APPROVED: frozenset[MeasurementState](),
    MeasurementState.RETURNED: frozenset[MeasurementState](),
}


class Course(TextChoices):
    """How an indicator stands against its path to the target."""

    ON_PATH = "on_path", _("On its path")
    AT_RISK = "at_risk", _("At risk")
    OFF = "off", _("Off its path")
    STALE = "stale", _("No fresh value")
    NO_TARGET = "no_target", _("No target set")
    UNKNOWN = "unknown", _("No value yet")


COURSE_TONES = {  # of the badge
    Course.ON_PATH: "good",
    Course.AT_RISK: "warn",
    Course.OFF: "bad",
    Course.STALE: "neutral",
    Course.NO_TARGET: "neutral",
    Course.UNKNOWN: "neutral",
}
