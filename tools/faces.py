"""What visitors touch: the messages that a language for guests alone has to know. Elsewhere it falls back on Indonesian.

A path below ``src/enggang``, with ``*`` where several fit; ``path:Name`` takes one class or constant of a module, ``path#message`` one
message (an entry of the menu). A new
language, or a new page for visitors, is a line here and a catalogue.
"""

from __future__ import annotations

VISITORS = (
    "access/apps.py#Sign in",
    "core/asking.py",
    "core/ratelimit.py",
    "core/templates/404.html",
    "core/templates/core/base.html",
    "core/templates/core/error.html",
    "core/templates/core/public.html",
    *(
        f"core/templates/core/components/{name}.html"
        for name in (
            "alert", "brand", "confirm", "empty", "field", "filter_bar", "form_errors", "form_fields", "formset",
            "language", "messages", "pagination", "theme_switch", "user_menu",
        )
    ),
    "events/domain/bookings.py",
    "events/domain/consents.py",
    "events/enums.py:AgeGroup",
    "events/enums.py:BookingSource",
    "events/enums.py:ConsentState",
    "events/enums.py:EventKind",
    "events/enums.py:LeastAge",
    "events/enums.py:PartState",
    "events/enums.py:SlotState",
    "events/enums_impact.py:Heard",
    "events/enums_impact.py:Reason",
    "events/enums_impact.py:Stay",
    "events/forms/impact.py:STARS",
    "events/forms/impact.py:SurveyForm",
    "events/forms/visitors.py",
    "events/papers/ticket.py",
    "events/payments.py",
    "events/queries/admission.py",
    "events/queries/survey.py",
    "events/queries/tickets.py",
    "events/queries/visitors.py",
    "events/templates/events/days.html",
    "events/templates/events/guardian*.html",
    "events/templates/events/messages/ticket*",
    "events/templates/events/part_facts.html",
    "events/templates/events/survey_answer.html",
    "events/templates/events/survey_fields.html",
    "events/templates/events/survey_thanks.html",
    "events/templates/events/ticket*.html",
    "events/templates/events/visit.html",
    "events/templates/events/visit_*.html",
    "events/views/survey_public.py",
    "events/views/ticket_door.py",
    "events/views/tickets.py",
    "events/views/visits.py",
    "media/enrolment.py#Gallery",
    "attendance/enums.py:CountMethod",
    "events/enums.py:Entry",
    "places/enums.py:Facility",
    "portal/apps.py",
    "portal/forms/*.py",
    "portal/queries/*.py",
    "portal/templates/portal/*.html",
    "portal/views/*.py",
    "stories/enums.py:DestinationKind",
    "stories/templates/stories/blocks.html",
)  # fmt: skip

# What is read in a language that stands in the address alone (Mandarin): pages of the portal, without the forms of others.
READERS = (
    "access/apps.py#Sign in",
    "attendance/enums.py:CountMethod",
    "core/templates/core/base.html",
    "core/templates/core/public.html",
    *(
        f"core/templates/core/components/{name}.html"
        for name in ("alert", "brand", "empty", "filter_bar", "language", "pagination", "theme_switch")
    ),
    "events/enums.py:Entry",
    "events/enums.py:EventKind",
    "events/templates/events/days.html",
    "media/enrolment.py#Gallery",
    "places/enums.py:Facility",
    "portal/apps.py",
    "portal/forms/*.py",
    "portal/queries/*.py",
    "portal/templates/portal/*.html",
    "portal/views/*.py",
    "stories/enums.py:DestinationKind",
    "stories/templates/stories/blocks.html",
)  # fmt: skip
