"""Make the demonstration: database, reference data, the programme, one account per role. A second run changes nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import translation

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.management.commands.doctor import check_database
from enggang.demo.accounts import SignIn, make_accounts
from enggang.demo.content import lay_down_learning, lay_down_programme
from enggang.demo.counting import lay_down_counting
from enggang.demo.curation import lay_down_curation
from enggang.demo.destinations import lay_down_destinations
from enggang.demo.events import lay_down_events
from enggang.demo.impact import lay_down_impact
from enggang.demo.indicators import lay_down_indicators
from enggang.demo.innovation_index import lay_down_index
from enggang.demo.innovations import lay_down_innovations
from enggang.demo.letters import lay_down_letters
from enggang.demo.library import lay_down_library
from enggang.demo.portal import lay_down_portal
from enggang.demo.reports import lay_down_report
from enggang.demo.results import lay_down_results
from enggang.demo.stories import lay_down_stories
from enggang.demo.suggestions import lay_down_suggestions
from enggang.demo.visitors import lay_down_visitors
from enggang.places.domain.reference import load_reference
from enggang.training.models import Programme


class Command(BaseCommand):
    help = "Fill an empty installation with the demonstration programme."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demonstration data belong in a demonstration only: set ENGGANG_DEMO=1.")
        if not _is_set_up():
            call_command("setup", verbosity=0)
        if Programme.objects.exists():
            return
        with translation.override("id"), transaction.atomic():
            load_reference(actor=SYSTEM)
            lay_down_programme()
            lay_down_learning()
            rows, password = make_accounts()
            lay_down_letters()
            lay_down_report()
            lay_down_events()
            lay_down_visitors()
            lay_down_impact(lay_down_counting())
            lay_down_curation()
            lay_down_destinations()
            lay_down_portal()
            lay_down_library()
            lay_down_stories()
            lay_down_innovations()
            lay_down_suggestions()
            lay_down_indicators()
            lay_down_results()
            lay_down_index()
        path = settings.DATA_FOLDER / "demo-sign-ins.txt"
        path.write_text(sign_in_table(rows, password))
        path.chmod(0o600)


def _is_set_up() -> bool:
    """A cheap question first: reading the migrations takes longer than everything else of a second start."""
    return "core_cache" in connection.introspection.table_names() and check_database()[0]


def sign_in_table(rows: list[SignIn], password: str) -> str:
    width = max(len(row.handle) for row in rows)
    lines = [f"  {row.handle:{width}}  {Role(row.role).label!s:22} {row.name}" for row in rows]
    return "\n".join([*lines, "", f"  password: {password}", ""])
