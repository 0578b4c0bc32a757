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
