from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionKind(TextChoices):
    SINGLE = "single", _("One right option")
    MULTIPLE = "multiple", _("Several right options")
    TRUEFALSE = "truefalse", _("True or false")
    SHORT = "short", _("Short answer")
    MATCHING = "matching", _("Matching pairs")


class AskingState(TextChoices):
    """Of a test, and of a survey: whoever answers needs it open."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


ASKING_MOVES = {
    AskingState.DRAFT: frozenset({AskingState.OPEN}),
    AskingState.OPEN: frozenset({AskingState.CLOSED, AskingState.DRAFT}),
    AskingState.CLOSED: frozenset({AskingState.OPEN}),
}


class StatementKind(TextChoices):
    SCALE = "scale", _("Scale")
    COMMENT = "comment", _("Comment in one's own words")


class ServiceElement(IntegerChoices):
    """The elements of the survey of citizens, in the order of its statements."""

    REQUIREMENTS = 1, _("Requirements")
    PROCEDURE = 2, _("System, mechanism and procedure")
    TIME = 3, _("Time to completion")
    COST = 4, _("Cost or tariff")
    PRODUCT = 5, _("Specification of the product")
    COMPETENCE = 6, _("Competence of the staff")
    CONDUCT = 7, _("Conduct of the staff")
    COMPLAINTS = 8, _("Handling of complaints and suggestions")
    FACILITIES = 9, _("Facilities")


class ProfileQuestion(TextChoices):
    """What citizens may say about themselves."""

    AGE = "age", _("Age group")
    SEX = "sex", _("Sex")
    EDUCATION = "education", _("Last education")
    OCCUPATION = "occupation", _("Occupation")
