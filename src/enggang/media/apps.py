from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "enggang.media"
    label = "media"
    verbose_name = _("Media library")

    def ready(self) -> None:
        from enggang.core import registries
        from enggang.core.registries import NavEntry, SubjectKind
        from enggang.media import audit_codes, enrolment, privacy, rules
        from enggang.media.domain.capability import check_tools
        from enggang.media.queries.work import is_offered_own_page

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        kinds = registries.subject_kinds
        kinds.register("asset", SubjectKind(_("Photo or video"), lambda code: reverse("media:asset", args=[code])))
        kinds.register("intake", SubjectKind(_("Private address for photos")))
        for name, label, url, show, order in (
            ("media.list", _("Media library"), "media:list", rules.reads, 47),
            ("media.uploads", _("My photos and videos"), "media:uploads", is_offered_own_page, 48),
        ):
            registries.nav.register(name, NavEntry(label, url, "image", show, order=order))
        enrolment.enrol()
        registries.doctor_checks.register("media", check_tools)
