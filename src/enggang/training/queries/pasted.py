"""A pasted list of people, judged line by line for one wave: who can be registered, and why the others cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.people.models import Employment, Person
from enggang.people.pasted import Pasted, names_somebody_else, read_pasted
from enggang.people.reasons import Reason, Remark, say_all
from enggang.training import rules
from enggang.training.enums import PastedKind
from enggang.training.models import Registration, Wave
from enggang.training.queries.clashes import clashes_of_people

MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """One entry of the paste. ``person`` only when they can be registered; ``why`` for everyone else."""

    pasted: Pasted
    kind: PastedKind
    why: str = ""
    person: Person | None = None

    @property
    def is_good(self) -> bool:
        return self.kind == PastedKind.READY


def judge_pasted(wave: Wave, text: str, actor: Actor) -> list[JudgedLine]:
    """Every person the paste names, in its order. Six queries for any length."""
    lines = read_pasted(text, today=clock.today())
    people = _people(wave, {line.nip.digits for line in lines if line.nip.digits})
    clashing = clashes_of_people(wave, [person.pk for person in people.values()])
    return each_once(lines, lambda line: _judge(wave, line, people.get(line.nip.digits), clashing, actor))


def each_once(lines: Iterable[Pasted], judge: Callable[[Pasted], JudgedLine]) -> list[JudgedLine]:
    """Every line judged, but those whose NIP stood in one before."""
    first: dict[str, int] = {}
    found = []
    for line in lines:
        nip = line.nip.digits
        before = first.setdefault(nip, line.number) if nip else line.number
        if before != line.number:
            text = _("The same NIP is already in line %(number)s of this list.")
            found.append(JudgedLine(line, PastedKind.TWICE, text % {"number": before}))
        else:
            found.append(judge(line))
    return found


def _people(wave: Wave, nips: Iterable[str]) -> dict[str, Person]:
    work = Prefetch("employments", Employment.objects.present().select_related("organisation"))
    mine = Prefetch("registrations", Registration.objects.filter(wave=wave).select_related("claim__pool"))
    rows = Person.objects.filter(nip__in=sorted(nips)).exclude(nip="").select_related("subject")
    return {person.nip: person for person in rows.prefetch_related(work, mine)}


def _judge(wave: Wave, line: Pasted, person: Person | None, clashing: dict[int, str], actor: Actor) -> JudgedLine:
    if not line.says_who:
        return no_number(line)
    if person is None:
        text = _("Nobody with this NIP is on a staff list. Check the digits, or add the person to your agency's list.")
        return JudgedLine(line, PastedKind.UNKNOWN, text)
    works = list(person.employments.all())
    if not works or not rules.may_register_staff(actor, wave, works[0].organisation):
        return JudgedLine(line, PastedKind.ELSEWHERE, _not_yours(works))
    if names_somebody_else(line, person.name_key):
        return other_name(line, person)
    standing = [row for row in person.registrations.all() if not row.is_withdrawn]
    if standing:
        return JudgedLine(line, PastedKind.REGISTERED, _already(person, standing[0]))
    if person.pk in clashing:
        return JudgedLine(line, PastedKind.CLASH, f"{person.name}: {clashing[person.pk]}")
    return JudgedLine(line, PastedKind.READY, person=person)


def no_number(line: Pasted) -> JudgedLine:
    if line.nip.error is None:
        why = _("There is no NIP in this line. Add it: 18 digits. Whoever has none is ticked in the list of people.")
        return JudgedLine(line, PastedKind.NOT_NIP, why)
    kind = PastedKind.LOST if line.nip.error == Reason.NIP_LOST else PastedKind.NOT_NIP
    return JudgedLine(line, kind, say_all([Remark(line.nip.error)]))


def other_name(line: Pasted, person: Person) -> JudgedLine:
    text = _("This NIP is that of %(name)s. Correct the NIP or the name.") % {"name": person.name}
    return JudgedLine(line, PastedKind.OTHER_NAME, text)


def _not_yours(works: list[Employment]) -> str:
    if not works:
        return _("This person has no present agency on record. Add it on the person's page first.")
    text = _("This person is on record at %(agency)s. That agency registers its own people.")
    return text % {"agency": works[0].organisation.name}


def _already(person: Person, registration: Registration) -> str:
    text = (
        _("%(name)s already has a seat.") if registration.is_seated else _("%(name)s is already on the waiting list.")
    )
    return text % {"name": person.name}
