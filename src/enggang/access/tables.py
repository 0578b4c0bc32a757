from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from enggang.access.models import RoleGrant
from enggang.core.registries import PersonalField


class GrantTable(tables.Table):
    user = tables.Column(_("Name"), accessor="user__name", order_by="user__name")
    role = tables.Column(_("Role"))
    organisation = tables.Column(_("Agency"), order_by="organisation__name", empty_values=())
    valid_from = tables.DateColumn(verbose_name=_("Since"))
    valid_to = tables.DateColumn(verbose_name=_("Last day"), default="–")
    acts = tables.TemplateColumn(
        verbose_name="",
        template_name="access/grant_acts.html",
        orderable=False,
        attrs={"td": {"class": "actions-cell"}},
    )

    class Meta:
        model = RoleGrant
        fields = ("user", "role", "organisation", "valid_from", "valid_to", "acts")
        empty_text = _("Nobody holds a role here.")

    def render_organisation(self, record: RoleGrant) -> str:
        return record.organisation.name if record.organisation else str(_("The whole installation"))


class PrivacyTable(tables.Table):
    field = tables.Column(_("Field"))
    purpose = tables.Column(_("Purpose"))
    basis = tables.Column(_("Legal basis"))
    retention = tables.Column(_("Kept for"))
    mask = tables.Column(_("Shown to others as"))

    class Meta:
        empty_text = _("Nothing is registered.")
        orderable = False

    def render_basis(self, record: PersonalField) -> str:
        return str(BASES.get(record.basis, record.basis))

    def render_mask(self, record: PersonalField) -> str:
        return str(MASKS.get(record.mask, record.mask))


BASES = {
    "public_duty": _("Public duty"),
    "legal_obligation": _("Legal obligation"),
    "consent": _("Consent"),
    "contract": _("Contract"),
}
MASKS = {
    "hidden": _("Not at all"),
    "masked": _("Partly hidden"),
    "initials": _("Initials"),
    "shown": _("As it is"),
}
