from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_ASKED = _("To ask whoever wrote it.")
_KEPT = _("As long as the record is kept.")

PERSONAL = [
    PersonalField("impact.Contribution.linked_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("impact.Cause.stated_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("impact.Promise.person", _("To know who has promised what."), "public_duty", _KEPT),
    PersonalField("impact.Promise.made_by_key", _ASKED, "public_duty", _KEPT),
    PersonalField("impact.MondayPage.closed_by_key", _ASKED, "public_duty", _KEPT),
]

_FIGURE = ("id", "measure", "organisation", "region", "value", "low", "high")
NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "impact.Cause": ("id", "indicator", "text", "promise", "stated_at", "withdrawn_at"),
    "impact.DayFigure": (*_FIGURE, "day"),
    "impact.MonthFigure": (*_FIGURE, "month"),
    "impact.PeopleFigure": ("id", "organisation", "year", "value"),
    "impact.FigureMark": ("id", "measure", "read_to", "changed_at"),
    "impact.Contribution": (
        "id", "subject", "title", "organisation", "indicator", "strength", "argument", "source", "linked_at", "withdrawn_at",
    ),
    "impact.Promise": ("id", "version", "organisation", "text", "about", "made_on", "due_on", "state", "settled_on", "remark"),
    "impact.MondayPage": ("id", "number", "facts", "digest", "note", "closed_at", "organisation", "day"),
}  # fmt: skip
