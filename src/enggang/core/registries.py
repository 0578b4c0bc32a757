"""What an app may ask of all the others, filled in each app's ``AppConfig.ready()``.

A registry is an ordered table of named entries; registering a name twice is an error, so that two apps
cannot quietly replace each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from django.http import HttpRequest
from django.utils import translation

from enggang.core.actor import Actor

T = TypeVar("T")


class Registry(Generic[T]):
    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, T] = {}

    def register(self, name: str, entry: T) -> T:
        if self._entries.get(name, entry) != entry:
            raise ValueError(f"{self.what} {name!r} is registered twice")
        self._entries[name] = entry
        return entry

    def __getitem__(self, name: str) -> T:
        return self._entries[name]

    def get(self, name: str) -> T | None:
        return self._entries.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def items(self) -> Iterator[tuple[str, T]]:
        return iter(self._entries.items())

    def names(self) -> list[str]:
        return list(self._entries)


@dataclass(frozen=True)
class NavEntry:
    """One line of the navigation: ``show`` decides for whom, ``order`` where."""

    label: Any
    url_name: str
    icon: str
    show: Callable[[Actor], bool]
    order: int = 50
    place: str = "main"  # "main" or "user"
    post: bool = False  # a form instead of a link, for what changes something


@dataclass(frozen=True)
class HomeCard:
    """Something that needs this actor now. ``build`` answers a list of dicts with title, text, href, tone, or none."""

    build: Callable[[HttpRequest, Actor], list[dict[str, Any]]]
    order: int = 50


@dataclass(frozen=True)
class SubjectKind:
    """A noun that others may link to; ``url`` takes the public code."""

    label: Any
    url: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Beside:
    """A page of an app above about nouns of ``kinds``; ``url`` takes the public code. Their own pages offer it.

    ``show`` takes who reads and the path of the noun's organisation.
    """

    label: Any
    kinds: frozenset[str]
    url: Callable[[str], str]
    show: Callable[[Actor, str], bool]


class Aim(NamedTuple):
    """A public page that a noun has: its name in words, its path in this installation."""

    label: Any
    path: str


@dataclass(frozen=True)
class PublicFace:
    """What a noun is to visitors, in one language: for short links, posters and the figures of its pages.

    ``aims`` are its pages by a key that stays; ``outside`` are addresses of other people's sites by such a key.
    ``counted`` is the public code that readers of its pages are counted under.
    """

    title: str
    aims: Mapping[str, Aim]
    counted: str
    when: str = ""
    where: str = ""
    by: str = ""
    outside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PressFacts:
    """What is on record of a noun, as sentences by language (``id`` and ``en``), for a press release to begin with.

    ``about`` are ids of subjects whose photos may go with it, ``region`` a code or empty, ``card`` the public code of an
    event whose card belongs to it.
    """

    title: Mapping[str, str]
    summary: Mapping[str, str]
    paragraphs: Mapping[str, Sequence[str]]
    about: Sequence[int]
    region: str = ""
    card: str = ""


def said_in_both(say: Callable[[], T]) -> dict[str, T]:
    """What ``say`` answers in Indonesian and in English."""
    found = {}
    for language in ("id", "en"):
        with translation.override(language):
            found[language] = say()
    return found


@dataclass(frozen=True)
class DocumentKind:
    """An official paper: the shape of its data, a sample for previews, and the template that draws it."""

    label: Any
    template: str
    sample: Callable[[], dict[str, Any]]
    check: Callable[[dict[str, Any]], None]
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonalField:
    """One line of the privacy register (UU PDP 27/2022, articles 20 and 31)."""

    field: str  # "people.Person.nip"
    purpose: Any
    basis: str  # public_duty, legal_obligation, consent, contract
    retention: Any
    mask: str = "hidden"  # how it appears to those who may not read it
    sensitive: bool = False


@dataclass(frozen=True)
class ExportSheet:
    """A sheet of an agency's export of everything. ``rows`` takes the path of the agency and who asked."""

    title: Any
    header: Sequence[Any]
    rows: Callable[[str, Actor], Iterable[Sequence[Any]]]
    order: int = 50


@dataclass(frozen=True)
class Evidence:
    """One thing that shows how an award was earned, in the words of the paper; no names of other people."""

    name: str
    narrative: str
    genre: str  # "attendance", "work"


@dataclass(frozen=True)
class Earned:
    """What had to be done for an award, and what shows that it was."""

    criteria: str = ""
    evidence: Sequence[Evidence] = ()


@dataclass(frozen=True)
class PersonalWork:
    """What somebody made and lets others use under a licence. ``subject_id`` is its ``core.Subject``; ``at`` is when."""

    subject_id: int
    title: str
    url: str
    licence: Any
    at: datetime


class ConceptPart(NamedTuple):
    """``key`` is purpose, audience, programme, indicator, or another word that only the writer's app knows."""

    key: str
    label: Any
    text: str


@dataclass(frozen=True)
class EventConcept:
    """An event that somebody wrote down and that could be held."""

    subject_id: int
    title: str
    parts: Sequence[ConceptPart]
    url: str
    organisation_id: int | None = None  # the agency it was written for
    region_id: str | None = None  # where it would be held

    @property
    def text(self) -> str:
        """All parts, each under its heading."""
        return "\n\n".join(f"{part.label}: {part.text}" for part in self.parts)


@dataclass(frozen=True)
class Growth:
    """What can grow from such a concept: the page that begins it, and what has grown from one already (name, address)."""

    label: Any
    start: Callable[[str], str]  # the concept's public code -> address
    show: Callable[[Actor], bool]
    grown: Callable[[int, Actor], list[tuple[str, str]]]  # the concept's subject id


@dataclass(frozen=True)
class Skill:
    """That somebody has shown a competency of the catalogue at a level, and what that rests on, in words."""

    competency_id: int
    level: int
    basis: str


@dataclass(frozen=True)
class Remedy:
    """A training that proposes a competency at a level. ``url`` is empty for who may not open it."""

    competency_id: int
    level: int
    title: str
    url: str


class Touch(NamedTuple):
    """That an act was done: its code, and the public code of what it was about."""

    act: str
    subject_code: str


class DayKey(NamedTuple):
    """A day of an organisation, or all of its days."""

    organisation: int
    day: date | None = None


class DaySum(NamedTuple):
    """What one day came to at one organisation in one region (its code, or empty); both ends of an estimate, or the value."""

    organisation: int
    region: str
    day: date
    value: int
    low: int
    high: int


@dataclass(frozen=True)
class DayFigures:
    """Something that is added up day by day and shown on dashboards, which never count it themselves.

    ``acts`` are those after which a day may come to something else. ``days`` says which days those are, ``sums`` counts
    them anew (None: all there are); a day that it leaves out came to nothing.
    """

    label: Any
    unit: Any
    method: Any
    acts: frozenset[str]
    days: Callable[[Sequence[Touch]], set[DayKey]]
    sums: Callable[[Collection[DayKey] | None], Iterable[DaySum]]
    order: int = 50


@dataclass(frozen=True)
class Count:
    """What a source found. ``value`` None is unknown; ``low`` and ``high`` are the range of an estimate."""

    value: Decimal | int | None
    low: Decimal | int | None = None
    high: Decimal | int | None = None
    note: str = ""


@dataclass(frozen=True)
class IndicatorSource:
    """Something that the system itself knows and counts. ``method`` says to a reader what exactly is counted.

    ``count`` takes the path of an agency and a closed range of days and answers by the code of a region, the whole
    under the empty code; a source that is not ``by_region`` answers only that. ``sexes`` answers the same under
    ``female`` and ``male``, where that is known; whoever it is unknown of is in neither.
    """

    label: Any
    unit: Any
    method: Any
    count: Callable[[str, date, date], dict[str, Count]]
    by_region: bool = False
    sexes: Callable[[str, date, date], dict[str, Count]] | None = None


@dataclass(frozen=True)
class ProofAsked:
    """Of what proofs are wanted: everything that belongs to it, the path of its agency, and the days that count."""

    subject_ids: frozenset[int]
    path: str
    since: date
    until: date


@dataclass(frozen=True)
class Proof:
    """Something on record that shows what was done. ``genre`` says of what kind (training, publicity, video, survey).

    ``key`` is the same at every asking. ``facts`` are labels with values, without names of people; ``rows`` answers a
    list with its header first where there is one, and with ``is_personal`` it names people.
    """

    key: str
    genre: str
    title: str
    on: date | None = None
    facts: Sequence[tuple[str, str]] = ()
    url: str = ""
    is_personal: bool = False
    rows: Callable[[], Sequence[Sequence[str]]] | None = None


nav: Registry[NavEntry] = Registry("navigation entry")
home_cards: Registry[HomeCard] = Registry("home card")
subject_kinds: Registry[SubjectKind] = Registry("subject kind")
beside: Registry[Beside] = Registry("page beside a noun")
link_pages: Registry[Callable[[str], str]] = Registry("page of a private link")  # subject kind -> page of a token
public_pages: Registry[Callable[..., str]] = Registry(
    "public page"
)  # name of a page -> its address, in Indonesian or ``language``
# Kind of a subject -> function from its public code and a language to what visitors know of it; None: nothing.
public_faces: Registry[Callable[[str, str], PublicFace | None]] = Registry("public face of a noun")
document_kinds: Registry[DocumentKind] = Registry("document kind")
export_sheets: Registry[ExportSheet] = Registry("export sheet")  # beside those of people itself
# Works of a person, by the person's id: only those to which every author has agreed. Portfolios and the media library ask.
works: Registry[Callable[[int], list[PersonalWork]]] = Registry("works of a person")
# By the ids of people and who asks: what each has shown, as far as that reader may know.
skills: Registry[Callable[[Sequence[int], Actor], dict[int, list[Skill]]]] = Registry("source of competencies")
# By the ids of competencies and who asks: what could be learned where.
remedies: Registry[Callable[[Sequence[int], Actor], list[Remedy]]] = Registry("source of trainings")
# Kind of a subject -> function from its public code and who asks to what a press release may tell; None: nothing for them.
press_facts: Registry[Callable[[str, Actor], PressFacts | None]] = Registry("facts for the press")
# Kind of a subject -> function from its public code and who asks to the event concept written there; None: none for them.
event_concepts: Registry[Callable[[str, Actor], EventConcept | None]] = Registry("source of event concepts")
# Kind of such a subject -> a sentence that says to readers of an event where its concept came from.
concept_origins: Registry[Any] = Registry("origin of event concepts")
growths: Registry[Growth] = Registry("what grows from a concept")
# Kind of a subject that awards are given for -> function from the ids of such subjects to what was earned there.
evidence: Registry[Callable[[Sequence[int]], dict[int, Earned]]] = Registry("evidence of awards")
# What the system itself holds that proves something of a noun, by app. Whoever keeps evidence asks; a person decides.
proofs: Registry[Callable[[ProofAsked], list[Proof]]] = Registry("source of proofs")
indicator_sources: Registry[IndicatorSource] = Registry("source of an indicator")
day_figures: Registry[DayFigures] = Registry("figures by day")
privacy: Registry[PersonalField] = Registry("personal field")
audit_codes: Registry[Any] = Registry("audit code")  # act code -> lazy label
invariants: Registry[Callable[[], list[str]]] = Registry("invariant")  # -> what is wrong, empty when all is well
doctor_checks: Registry[Callable[[], tuple[bool, str]]] = Registry("doctor check")
# Kind of a group -> function from an occasion's id to the subject ids of those it is for; None: for the whole group.
audiences: Registry[Callable[[int], frozenset[int] | None]] = Registry("audience")
# Kind of whoever holds a pass without being a person -> function from ids of such subjects to name and what staff should
# know at the gate.
pass_holders: Registry[Callable[[Collection[int]], dict[int, tuple[str, str]]]] = Registry("holder of passes")
retention: Registry[Callable[[], int]] = Registry("retention")  # deletes what is over its time -> how many rows


def enrol(codes: Mapping[str, Any], personal: Iterable[PersonalField]) -> None:
    """What every app brings: labels for its acts in the audit trail, and its lines of the privacy register."""
    for code, label in codes.items():
        audit_codes.register(code, label)
    for line in personal:
        privacy.register(line.field, line)
