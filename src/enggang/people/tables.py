from __future__ import annotations

from datetime import datetime
from operator import itemgetter
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.core.templatetags.ui import badge_html
from enggang.people.enums import SHORT_KINDS, RosterState, StaffKind
from enggang.people.models import ColumnMapping, Employment, Person, RosterImport
from enggang.people.phones import shown_phone
from enggang.people.queries.persons import present_of
from enggang.people.roster.columns import FIELD_LABELS, label_of

ROSTER_TONES = {
    RosterState.UPLOADED: "info",
    RosterState.CHECKED: "info",
    RosterState.IMPORTED: "good",
    RosterState.FAILED: "bad",
    RosterState.UNDONE: "neutral",
}


def account_badge(person: Person) -> SafeString:
    """Whether a person can sign in, and ever has."""
    if person.user is None:
        return badge_html(_("No account yet"), "neutral")
    if not person.user.is_active:
        return badge_html(_("Blocked"), "bad")
    return (
        badge_html(_("Has signed in"), "good") if person.user.last_login else badge_html(_("Not signed in yet"), "warn")
    )


class PersonTable(tables.Table):
    name = tables.Column(
        gettext_lazy("Name"), order_by=("name_key", "pk"), linkify=("people:detail", {"code": tables.A("code")})
    )
    nip = tables.Column(gettext_lazy("NIP"), accessor="masked_nip", orderable=False, attrs={"td": {"class": "nowrap"}})
    agency = tables.Column(gettext_lazy("Agency"), empty_values=(), orderable=False)
    post = tables.Column(gettext_lazy("Post"), empty_values=(), orderable=False)
    kind = tables.Column(gettext_lazy("Status"), empty_values=(), orderable=False)
    account = tables.Column(gettext_lazy("Account"), empty_values=(), orderable=False)

    class Meta:
        model = Person
        fields = ("name", "nip", "agency", "post", "kind", "account")
        empty_text = gettext_lazy("Nobody found.")

    def render_agency(self, record: Person) -> str | SafeString:
        row = present_of(record)
        if row is None:
            return _("None at present")
        name = row.organisation.short_name or row.organisation.name
        return format_html("{} {}", name, badge_html(_("to be confirmed"), "warn")) if row.is_to_confirm else name

    def render_post(self, record: Person) -> str:
        row = present_of(record)
        return (row.post if row else "") or "–"

    def render_kind(self, record: Person) -> str:
        row = present_of(record)
        return row.short_kind if row else "–"

    def render_account(self, record: Person) -> SafeString:
        return account_badge(record)


class EmploymentTable(tables.Table):
    organisation = tables.Column(gettext_lazy("Agency"))
    post = tables.Column(gettext_lazy("Post"), default="–")
    rank = tables.Column(gettext_lazy("Rank and grade"), default="–")
    kind = tables.Column(gettext_lazy("Status"), accessor="short_kind")
    starts_on = tables.Column(gettext_lazy("From"))
    ends_on = tables.Column(gettext_lazy("Until"), empty_values=())
    past = tables.TemplateColumn(
        '{% load i18n %}{% if record.is_past %}<a class="btn btn--small btn--quiet" '
        'href="{% url "people:past" record.person.code record.pk %}">{% translate "Correct" %}</a>{% endif %}',
        verbose_name="", orderable=False, exclude_from_export=True,
    )  # fmt: skip

    class Meta:
        model = Employment
        fields = ("organisation", "post", "rank", "kind", "starts_on", "ends_on", "past")
        orderable = False

    def render_ends_on(self, record: Employment) -> Any:
        if record.ends_on:
            return date_format(record.ends_on)
        return "–" if record.is_upcoming else _("now")


class RosterTable(tables.Table):
    created_at = tables.Column(gettext_lazy("Sent"), linkify=("people:roster", {"code": tables.A("code")}))
    organisation = tables.Column(gettext_lazy("Agency"), orderable=False)
    state = tables.Column(gettext_lazy("State"), orderable=False)
    rows = tables.Column(gettext_lazy("Rows"), accessor="counts", orderable=False)
    rejected = tables.Column(gettext_lazy("Rejected"), accessor="counts", orderable=False)

    class Meta:
        model = RosterImport
        fields = ("created_at", "organisation", "state", "rows", "rejected")
        order_by = "-created_at"
        empty_text = gettext_lazy("No roster has been sent yet.")

    def render_created_at(self, value: datetime) -> str:
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")

    def render_state(self, record: RosterImport) -> SafeString:
        return badge_html(record.get_state_display(), ROSTER_TONES[RosterState(record.state)])

    def render_rows(self, value: dict[str, Any]) -> Any:
        return value.get("rows", "–")

    def render_rejected(self, value: dict[str, Any]) -> Any:
        return value.get("rejected", "–")


class RowTable(tables.Table):
    """Rejected or doubtful rows of a roster, as the import kept them; with the sheet when it has several."""

    page = tables.Column(gettext_lazy("Sheet"), default="–")
    row = tables.Column(gettext_lazy("Row"))
    name = tables.Column(gettext_lazy("Name"), default="–")
    why = tables.Column(gettext_lazy("Why"))

    class Meta:
        orderable = False


class SampleTable(tables.Table):
    """The first rows of a list as they were understood."""

    row = tables.Column(gettext_lazy("Row"))
    name = tables.Column(gettext_lazy("Name"), default="–")
    nip = tables.Column(gettext_lazy("NIP"), default="–", attrs={"td": {"class": "nowrap"}})
    kind = tables.Column(gettext_lazy("Status"), default="–")
    rank = tables.Column(gettext_lazy("Rank and grade"), default="–")
    post = tables.Column(gettext_lazy("Post"), default="–")
    unit = tables.Column(gettext_lazy("Unit"), default="–")
    phone = tables.Column(gettext_lazy("Mobile number"), default="–", attrs={"td": {"class": "nowrap"}})

    class Meta:
        orderable = False

    def render_kind(self, value: str) -> str:
        return str(SHORT_KINDS[StaffKind(value)])

    def render_phone(self, value: str) -> str:
        return shown_phone(value)


class MappingTable(tables.Table):
    """Which columns an agency has set for its own form, and the way to let them be asked about again."""

    organisation = tables.Column(gettext_lazy("Agency"), orderable=False)
    mapping = tables.Column(gettext_lazy("Understood"), orderable=False)
    changed_at = tables.Column(gettext_lazy("Last kept"))
    forget = tables.TemplateColumn(
        template_name="people/mapping_forget.html",
        verbose_name="",
        orderable=False,
        exclude_from_export=True,
        attrs={"td": {"class": "nowrap"}},
    )

    class Meta:
        model = ColumnMapping
        fields = ("organisation", "mapping", "changed_at")
        empty_text = gettext_lazy("No columns are remembered.")

    def render_mapping(self, record: ColumnMapping) -> str:
        meant = sorted(record.mapping.items(), key=itemgetter(1))
        return ", ".join(f"{FIELD_LABELS[name]} ({label_of(record.labels or [], index)})" for name, index in meant)

    def render_changed_at(self, value: datetime) -> str:
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")


LINES = {
    "total": gettext_lazy("total"),
    "heading": gettext_lazy("heading, taken as the unit"),
    "signature": gettext_lazy("signature or note"),
    "below": gettext_lazy("below the list: please check that this is nobody of yours"),
    "continued": gettext_lazy("goes on with the person above"),
}
