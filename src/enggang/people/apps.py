from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "enggang.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415 -- models are ready only now

        from enggang.core import registries  # noqa: PLC0415
        from enggang.core.registries import NavEntry, SubjectKind  # noqa: PLC0415
        from enggang.people import receivers, rules  # noqa: F401, PLC0415 -- receivers listen once they are imported
        from enggang.people.audit_codes import CODES  # noqa: PLC0415
        from enggang.people.domain import rosters  # noqa: F401, PLC0415 -- makes its job known to the worker
        from enggang.people.domain.retention import old_roster_rows  # noqa: PLC0415
        from enggang.people.privacy import PERSONAL  # noqa: PLC0415
        from enggang.people.queries.persons import unsound_persons  # noqa: PLC0415
        from enggang.search.rules import narrow  # noqa: PLC0415

        registries.enrol(CODES, PERSONAL)
        registries.subject_kinds.register(
            "person", SubjectKind(_("Person"), lambda code: reverse("people:detail", args=[code]))
        )
        registries.subject_kinds.register(
            "roster", SubjectKind(_("Roster"), lambda code: reverse("people:roster", args=[code]))
        )
        registries.subject_kinds.register("merge", SubjectKind(_("Two records made one")))
        registries.nav.register("people", NavEntry(_("People"), "people:list", "people", rules.may_list_people, 30))
        catalogue = NavEntry(
            _("Competency catalogue"), "people:catalogue", "book",
            lambda actor: actor.holds_somewhere(*rules.SEES_CATALOGUE), 33,
        )  # fmt: skip
        registries.nav.register("people.catalogue", catalogue)
        registries.retention.register("people.roster_rows", old_roster_rows)
        registries.invariants.register("people", unsound_persons)
        narrow("person", *rules.SEES_PEOPLE)
