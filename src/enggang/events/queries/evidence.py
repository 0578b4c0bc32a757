"""What the record holds about a criterion: of the edition that is judged, and of the one before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.attendance.queries.tally_facts import results_of
from enggang.budgets.amounts import shown
from enggang.budgets.queries.overview import overview
from enggang.events.enums import PATH, OrganiserRole, PermitState, Proof, Stage
from enggang.events.models import CurationProposal, CurationRound, Edition, Objective
from enggang.events.queries.concepts import origin_of
from enggang.events.queries.counting import number_in_words
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.edition_concept import concept_of, is_begun
from enggang.events.queries.impact_facts import impact_results
from enggang.events.queries.impact_words import rupiah_range
from enggang.events.queries.lessons import Lesson, lessons_of
from enggang.events.queries.money import ceremony_of
from enggang.plans.enums import RiskState, TaskState
from enggang.plans.models import Plan
from enggang.plans.queries.tasks import plan_about
from enggang.reviews.models import Criterion, Mark

MOST_AIM = 400  # characters of the aim that a judge reads beside the criterion
LOCALS = (OrganiserRole.ADAT, OrganiserRole.PALACE, OrganiserRole.COMMUNITY)
KINDS = {Proof.PUBLICITY: ("date",), Proof.MANAGEMENT: ("gate", "permit", "task"), Proof.MONEY: ("money",)}


@dataclass(frozen=True, slots=True)
class Fact:
    """``good`` is None where it says neither."""

    text: str
    good: bool | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Beside one criterion: this edition, the one before, and what was scored then (title of the rubric, points)."""

    facts: list[Fact]
    before: Edition | None
    lessons: list[Lesson]
    last: list[tuple[str, float]]


def before(edition: Edition) -> Edition | None:
    """The edition it was cloned from, or the last one of an earlier year."""
    if edition.cloned_from is not None:
        return edition.cloned_from
    rows = Edition.objects.filter(event=edition.event, year__lt=edition.year).exclude(stage=Stage.CANCELLED)
    return rows.with_names().order_by("-year", "-starts_on").first()


def evidence_of(proposal: CurationProposal) -> dict[int, Evidence]:
    """By the id of the criterion."""
    edition = proposal.edition
    earlier = before(edition)
    lessons = lessons_of(earlier) if earlier else []
    scores = _last_scores(earlier, proposal.round) if earlier else {}
    found = {}
    for row in proposal.round.criteria.select_related("criterion"):
        kinds = KINDS.get(Proof(row.proof), ())
        facts = list(FACTS[Proof(row.proof)](edition, earlier)) if row.proof else []
        mine = [lesson for lesson in lessons if lesson.kind in kinds]
        found[row.criterion_id] = Evidence(facts, earlier, mine, scores.get(_key(row.criterion), []))
    return found


def _key(criterion: Criterion) -> str:
    return " ".join(criterion.title.casefold().split())


def _last_scores(edition: Edition, curation: CurationRound) -> dict[str, list[tuple[str, float]]]:
    """The mean points of each criterion in earlier rounds whose result is out or was decided, by its title."""
    marks = Mark.objects.filter(
        sheet__review__in=edition.proposals.exclude(round=curation).values("review"),
        sheet__review__decided_at__isnull=False,
    )
    sums: dict[tuple[str, str], list[int]] = {}
    for mark in marks.select_related("criterion__rubric", "level"):
        sums.setdefault((_key(mark.criterion), str(mark.criterion.rubric)), []).append(mark.level.points)
    found: dict[str, list[tuple[str, float]]] = {}
    for (title, rubric), points in sums.items():
        found.setdefault(title, []).append((rubric, round(sum(points) / len(points), 1)))
    return found


def _concept(edition: Edition, earlier: Edition | None) -> Iterator[Fact]:
    event = edition.event
    yield _written(edition)
    yield Fact(
        _("The event is described.") if event.description else _("The event is not described."), bool(event.description)
    )
    if edition.theme:
        yield Fact(_("Theme: %(theme)s") % {"theme": edition.theme}, True)
    if origin := origin_of(event.concept):
        yield Fact(origin, True)
    organisers = list(edition.organisers.all())
    local = [str(row) for row in organisers if row.role in LOCALS]
    words = {"names": "; ".join(local)}
    yield Fact(
        _("Held by people of the place: %(names)s") % words
        if local
        else _("No community, adat council or palace is among those who hold it."),
        bool(local),
    )
    held = Edition.objects.filter(
        event=event, stage__in=PATH[PATH.index(Stage.RUNNING) :], year__lt=edition.year
    ).count()
    text = ngettext("Held %(n)s time before, by the record.", "Held %(n)s times before, by the record.", held) % {
        "n": held
    }
    yield Fact(text, held > 0 or None)


def _written(edition: Edition) -> Fact:
    concept = concept_of(edition)
    if concept is None or not is_begun(concept):
        return Fact(_("No concept with its aim and an objective is written yet."), False)
    return Fact(_("Aim: %(aim)s") % {"aim": concept.purpose[:MOST_AIM]}, True)


def _publicity(edition: Edition, earlier: Edition | None) -> Iterator[Fact]:
    if edition.starts_on is None:
        yield Fact(_("It has no date yet."), False)
    else:
        words = {"days": days_in_words(edition.starts_on, edition.ends_on), "state": edition.get_date_state_display()}
        yield Fact(_("%(days)s (%(state)s)") % words, edition.is_confirmed)
    yield Fact(str(edition.get_entry_display()))
    yield Fact(
        _("Somebody is named to be asked.") if edition.contact else _("Nobody is named to be asked."),
        bool(edition.contact),
    )


def _management(edition: Edition, earlier: Edition | None) -> Iterator[Fact]:
    yield from _sites(edition)
    permits = list(edition.permits.wanted())
    issued = sum(row.state == PermitState.ISSUED for row in permits)
    if permits:
        yield Fact(
            _("Permits: %(issued)s of %(all)s issued") % {"issued": issued, "all": len(permits)},
            issued == len(permits) or None,
        )
    plan = plan_about(edition.subject)
    if plan is None:
        yield Fact(_("There is no plan of tasks yet."), False)
    else:
        yield from _plan(plan)


def _sites(edition: Edition) -> Iterator[Fact]:
    sites = list(edition.sites.all())
    known = sum(row.capacity is not None for row in sites)
    text = ngettext(
        "%(n)s place, %(known)s with its capacity", "%(n)s places, %(known)s with their capacity", len(sites)
    )
    yield Fact(text % {"n": len(sites), "known": known}, bool(sites) and known == len(sites))


def _plan(plan: Plan) -> Iterator[Fact]:
    tasks = list(plan.tasks.exclude(state=TaskState.DROPPED))
    done = sum(row.state == TaskState.DONE for row in tasks)
    people = plan.members.count()
    words = {"people": people, "done": done, "tasks": len(tasks)}
    yield Fact(_("Committee of %(people)s, %(done)s of %(tasks)s tasks done") % words, bool(people and tasks))
    risks = list(plan.risks.all())
    open_ones = sum(row.state == RiskState.OPEN and not row.treatment for row in risks)
    words = {"n": len(risks), "open": open_ones}
    yield Fact(_("Risks on record: %(n)s, without a treatment: %(open)s") % words, bool(risks) and not open_ones)


def _money(edition: Edition, earlier: Edition | None) -> Iterator[Fact]:
    if edition.budget is None:
        yield Fact(_("There is no budget yet."), False)
        return
    found = overview(edition.budget)
    words = {"amount": shown(found.planned), "state": edition.budget.get_state_display()}
    yield Fact(_("Budget: %(amount)s (%(state)s)") % words, not edition.budget.is_draft or None)
    ceremony = ceremony_of(edition, found)
    text = _("Ceremony and guests of honour: %(percent)s%% of the plan") % {"percent": ceremony.percent}
    if ceremony.threshold:
        text = f"{text} · {_('warned of above %(n)s%%') % {'n': ceremony.threshold.value}}"
    yield Fact(text, not ceremony.is_high)


def _impact(edition: Edition, earlier: Edition | None) -> Iterator[Fact]:
    objectives = list(Objective.objects.standing().filter(concept__edition=edition))
    good = sum(row.is_measurable for row in objectives)
    text = ngettext(
        "%(n)s objective, %(good)s with target and method",
        "%(n)s objectives, %(good)s with target and method",
        len(objectives),
    )
    yield Fact(text % {"n": len(objectives), "good": good}, bool(objectives) and good == len(objectives))
    if edition.visitors is None:
        yield Fact(_("The expected visitors are not stated."), False)
    else:
        yield Fact(_("Expected visitors: %(n)s") % {"n": number_format(edition.visitors, 0, force_grouping=True)}, True)
    if earlier is not None and earlier.visitors is not None:
        words = {"n": number_format(earlier.visitors, 0, force_grouping=True), "edition": earlier}
        yield Fact(_("Expected in %(edition)s: %(n)s") % words)
    yield from _measured(earlier) if earlier is not None else [Fact(_("No measured number of visitors is on record."))]


def _measured(earlier: Edition) -> Iterator[Fact]:
    """What was measured of the one before: the closed number of visitors, and the closed economic impact."""
    counted, impacts = results_of(earlier.subject), impact_results(earlier)
    visitors = counted[0].read()["visitors"] if counted else None
    if visitors is None:
        yield Fact(_("No measured number of visitors is on record."))
    else:
        words = {"edition": earlier, "number": number_in_words(visitors).text}
        yield Fact(_("Visitors counted in %(edition)s: %(number)s") % words)
    if impacts:
        words = {"edition": earlier, "amount": rupiah_range(impacts[0].read()["direct"])}
        yield Fact(_("Direct economic impact of %(edition)s: %(amount)s") % words)


FACTS: dict[Proof, Callable[[Edition, Edition | None], Iterator[Fact]]] = {
    Proof.CONCEPT: _concept,
    Proof.PUBLICITY: _publicity,
    Proof.MANAGEMENT: _management,
    Proof.MONEY: _money,
    Proof.IMPACT: _impact,
}
