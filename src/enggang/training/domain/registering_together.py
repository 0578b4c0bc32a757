"""People who register themselves in the same moment are registered in one transaction, each with all their rows.

Only what is plain is done here: nobody signed in, a wave without questions of its own, an open window, a person whom
the roster knows and who has no claim yet. Whatever else is asked gets no answer here and is asked once more alone, by
the act that has the words for it; so nobody's trouble is another's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import IntegrityError, OperationalError

from enggang.access.domain.links import open_links
from enggang.access.enums import LinkScope
from enggang.attendance.domain.passes import issue_passes
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, Actor
from enggang.core.acts import Done, acts_together
from enggang.core.gathering import Gathering
from enggang.core.hot import add_each, find, new_row
from enggang.core.models import Subject
from enggang.people.models import Employment, Person
from enggang.people.names import name_key
from enggang.places.models import Organisation
from enggang.seats.domain.together import Wish, claim_together, claimed_already, gave_way, takes_groups
from enggang.seats.models import Claim, Pool
from enggang.training.domain.registrations import page_of_wave_expires_at
from enggang.training.domain.self_registration import digits_of
from enggang.training.enums import Source, WaveState
from enggang.training.models import Question, Registration, Wave
from enggang.training.queries.pools import in_order_for

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed. ``has_room`` tells whether ``origin``, where they are, may try once more."""

    wave: str
    nip: str
    name: str
    origin: str
    has_room: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Newcomer:
    """Somebody who can be registered: ``place`` is that of the question."""

    place: int
    wave: Wave
    person: Person
    agency: Organisation
    pools: list[Pool]


def register_together(
    *, wave: str, nip: str, name: str, origin: str, has_room: Callable[[], bool], actor: Actor
) -> str:  # fmt: skip
    """Register oneself for the wave with this code, with whoever does so now; answers the token of the private page.

    Empty when it is no plain case: then ``register_self`` says what it is.
    """
    if actor != ANONYMOUS:
        return ""
    try:
        return _together.ask(Asked(wave, nip, name, origin, has_room))
    except IntegrityError:  # another process was first with the same person
        return ""
    except OperationalError as error:
        if not gave_way(error):
            raise
        return ""  # a quota is held for long: the ordinary act waits for it


def register_each(asked: Sequence[Asked]) -> list[str]:
    """The token for each who asks, in this order, or nothing; all in one transaction."""
    tokens = [""] * len(asked)
    with acts_together() as done:
        newcomers = _plain_ones(asked)
        if newcomers:
            for each, token in zip(newcomers, _register(newcomers, done), strict=True):
                tokens[each.place] = token
    return tokens


_together = Gathering(register_each)


# -- who can be registered ------------------------------------------------------------------------


def _plain_ones(asked: Sequence[Asked]) -> list[_Newcomer]:
    waves = _waves({each.wave for each in asked})
    people = _people(asked) if waves else {}
    pools = _pools(waves.values())
    posts = _posts(people.values())
    seen = claimed_already([wave.offer for wave in waves.values()], [each.subject for each in people.values()])
    found = list[_Newcomer]()
    for place, each in enumerate(asked):
        wave, person = waves.get(each.wave), people.get(place)
        post = posts.get(person.pk) if person else None
        if wave is None or person is None or post is None:
            continue
        agency = post.organisation
        key, fitting = (wave.offer_id, person.subject_id), in_order_for(pools[wave.offer_id], agency, post.kind)
        if fitting and key not in seen:
            seen.add(key)
            found.append(_Newcomer(place, wave, person, agency, fitting))
    return found


def _waves(codes: set[str]) -> dict[str, Wave]:
    """Those of the waves that register in groups now, by code."""
    related = ("subject", "organisation", "offer__organisation", "offer__subject")
    now = clock.now()
    waves = [
        wave
        for wave in find(Wave, related=related, state=WaveState.OPEN, subject__code__in=codes)
        if takes_groups(wave.offer, now)
    ]
    asking = {each.wave_id for each in find(Question, wave_id__in=[wave.pk for wave in waves])}
    return {wave.code: wave for wave in waves if wave.pk not in asking}


def _people(asked: Sequence[Asked]) -> dict[int, Person]:
    """By place: whom the roster knows by both NIP and name, unless too much was tried from where they are."""
    room: dict[str, bool] = {}
    for each in asked:
        if each.origin not in room:
            room[each.origin] = each.has_room()
    numbers = [digits_of(each.nip) for each in asked]
    known = {row.nip: row for row in find(Person, related=("subject",), nip__in=set(filter(None, numbers)))}
    return {
        place: person
        for place, (each, number) in enumerate(zip(asked, numbers, strict=True))
        if room[each.origin] and (person := known.get(number)) and name_key(person.name) == name_key(each.name)
    }


def _pools(waves: Collection[Wave]) -> dict[int, list[Pool]]:
    offers = {wave.offer_id: wave.offer for wave in waves}
    found = defaultdict[int, list[Pool]](list)
    for pool in find(Pool, related=("organisation",), offer_id__in=offers):
        pool.offer = offers[pool.offer_id]
        found[pool.offer_id].append(pool)
    return found


def _posts(people: Collection[Person]) -> dict[int, Employment]:
    rows = find(Employment, related=("organisation",), person_id__in={each.pk for each in people})
    return {row.person_id: row for row in rows if row.is_present}


# -- their rows -----------------------------------------------------------------------------------


def _register(newcomers: Sequence[_Newcomer], done: Done) -> list[str]:
    for_claims, subjects = _subjects(newcomers)
    wishes = [Wish(n.person.subject, n.pools, subject) for n, subject in zip(newcomers, for_claims, strict=True)]
    claims = claim_together(wishes=wishes, actor=ANONYMOUS, done=done)
    registrations = _write(newcomers, claims, subjects)
    seated = [each for each in registrations if each.is_seated]
    wanted = [(each.person.subject, each.wave.subject, each.wave.organisation) for each in seated]
    issue_passes(wanted=wanted, actor=ANONYMOUS, done=done)
    for each in registrations:
        state, source = str(each.claim.state), str(each.source)
        done("training.register_person", ANONYMOUS, each.subject, state=state, source=source)
    ends = {wave.pk: page_of_wave_expires_at(wave) for wave in {each.wave for each in newcomers}}
    pages = [(each.subject, ends[each.wave_id]) for each in registrations]
    tokens = open_links(scope=LinkScope.REGISTRATION, wanted=pages, actor=ANONYMOUS, done=done)
    for each in registrations:
        done("training.register_self", ANONYMOUS, each.subject)
    return tokens


def _subjects(newcomers: Sequence[_Newcomer]) -> tuple[list[Subject], list[Subject]]:
    """Of the claims and of the registrations, inserted together."""
    claims = [
        new_row(Subject, kind=Claim.subject_kind, organisation_code=each.wave.offer.subject.organisation_code)
        for each in newcomers
    ]
    registrations = [
        new_row(Subject, kind=Registration.subject_kind, organisation_code=each.wave.subject.organisation_code)
        for each in newcomers
    ]
    add_each([*claims, *registrations], key="code")
    return claims, registrations


def _write(newcomers: Sequence[_Newcomer], claims: Sequence[Claim], subjects: Sequence[Subject]) -> list[Registration]:
    now = clock.now()
    registrations = [
        new_row(
            Registration, subject=subject, wave=each.wave, person=each.person, agency=each.agency, claim=claim,
            source=Source.SELF, printed_name=each.person.name, registered_at=now,
        )
        for each, claim, subject in zip(newcomers, claims, subjects, strict=True)
    ]  # fmt: skip
    return add_each(registrations, key="subject_id")
