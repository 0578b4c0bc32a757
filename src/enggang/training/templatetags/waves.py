"""``{% load waves %}``: what the tabs of a wave show to whom."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.urls import reverse

from enggang.core.actor import actor_of
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.models import Wave

register = template.Library()


@register.simple_tag(takes_context=True)
def sees_money(context: Context, wave: Wave) -> bool:
    request = context.get("request")
    return request is not None and rules.sees_money(actor_of(request), wave)


@register.simple_tag(takes_context=True)
def manages(context: Context, wave: Wave) -> bool:
    request = context.get("request")
    return request is not None and rules.may_manage(actor_of(request), wave.organisation)


@register.simple_tag(takes_context=True)
def profile_href(context: Context, person: Person, agency: Organisation | str) -> str:
    """Where the reader finds the person's competency profile; nothing when they may not see it."""
    actor = actor_of(context["request"])
    if not isinstance(agency, Organisation) or not rules.sees_profile(actor, person, agency):
        return ""
    return own_or_staff(context, person, "training:my_profile", "training:person_profile")


@register.simple_tag(takes_context=True)
def own_or_staff(context: Context, person: Person, own: str, staff: str) -> str:
    """The address of one's own page, or of the page of somebody else."""
    user_id = actor_of(context["request"]).user_id
    mine = user_id is not None and person.user_id == user_id
    return reverse(own) if mine else reverse(staff, args=[person.code])


@register.simple_tag(takes_context=True)
def index_href(context: Context, person: Person, agency: Organisation | str) -> str:
    """Where the reader finds the person's professionalism index; nothing when they may not see it."""
    actor = actor_of(context["request"])
    if not isinstance(agency, Organisation) or not rules.sees_index(actor, person, agency):
        return ""
    return own_or_staff(context, person, "training:my_index", "training:person_index")
