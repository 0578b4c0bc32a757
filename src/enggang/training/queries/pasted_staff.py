"""A pasted list of an agency's own staff, judged line by line: whom it nominates, or whom a need of it is for."""

from __future__ import annotations

from collections.abc import Container, Iterable

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.people.models import Employment, Person
from enggang.people.pasted import Pasted, names_somebody_else, read_pasted
from enggang.places.models import Organisation
from enggang.places.models.organisation import below
from enggang.training.enums import PastedKind
from enggang.training.models import Call, Nomination
from enggang.training.queries.pasted import JudgedLine, each_once, no_number, other_name


def judge_staff(agency: Organisation, text: str, call: Call | None = None) -> list[JudgedLine]:
    """Every person the paste names, in its order; with ``call`` whoever is nominated there is told. Two queries."""
    lines = read_pasted(text, today=clock.today())
    people = _staff(agency, {line.nip.digits for line in lines if line.says_who})
    rows = Nomination.objects.standing().filter(invited__call=call, person__in=list(people.values()))
    taken = set(rows.values_list("person_id", flat=True)) if call else set()
    return each_once(lines, lambda line: _judge(agency, line, people.get(line.nip.digits), taken))


def _staff(agency: Organisation, nips: Iterable[str]) -> dict[str, Person]:
    work = Employment.objects.present().filter(below(agency.path, "organisation__path"))
    rows = Person.objects.filter(employments__in=work, merged_into=None, nip__in=sorted(nips))
    return {person.nip: person for person in rows.select_related("subject").distinct()}


def _judge(agency: Organisation, line: Pasted, person: Person | None, taken: Container[int]) -> JudgedLine:
    """Staff of others are told like numbers that nobody has: the page is open to whoever holds its link."""
    if not line.says_who:
        return no_number(line)
    if person is None:
        text = _("Nobody with this NIP is on the staff list of %(agency)s. Check the digits, or have the person added.")
        return JudgedLine(line, PastedKind.NOT_STAFF, text % {"agency": agency.name})
    if names_somebody_else(line, person.name_key):
        return other_name(line, person)
    if person.pk in taken:
        return JudgedLine(line, PastedKind.NOMINATED, _("%(name)s is already nominated.") % {"name": person.name})
    return JudgedLine(line, PastedKind.READY, person=person)
