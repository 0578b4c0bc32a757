"""What each paper still lacks, named, with the page where it is entered."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.events.papers.folder import Folder
from enggang.events.queries.accounting import missing_of_account
from enggang.events.queries.edition_concept import missing_of_concept
from enggang.events.queries.missing import Missing, old_days


def of_terms(folder: Folder) -> list[Missing]:
    return [*missing_of_concept(folder.written), *_days(folder), *_sites(folder), *_organisers(folder),
            *_committee(folder), *_lines(folder), *_sources(folder), *_office(folder)]  # fmt: skip


def of_budget(folder: Folder) -> list[Missing]:
    return [*_lines(folder), *_sources(folder), *_office(folder)]


def of_rundown(folder: Folder) -> list[Missing]:
    return [*_days(folder), *_rundown(folder), *_office(folder)]


def of_people(folder: Folder) -> list[Missing]:
    return [*_committee(folder)]


def of_account(folder: Folder) -> list[Missing]:
    return [*missing_of_account(folder.edition), *_office(folder)]


def of_decree(folder: Folder) -> list[Missing]:
    found = [*_committee(folder, blocks=True), *_days(folder, blocks=True), *_office(folder, blocks=True)]
    if not folder.written.concept.legal_basis.strip():
        href = _of(folder, "concept_edit") + "#id_legal_basis"
        found.append(Missing(_("The legal basis is not written: “Mengingat” has nothing to name."), href))
    return [*found, *_sources(folder)]


def of_invitation(folder: Folder) -> list[Missing]:
    found = [*_days(folder, blocks=True), *_sites(folder), *_office(folder, blocks=True)]
    rundown = _rundown(folder) if folder.is_empty_rundown else old_days(folder.plan)
    return [*found, *rundown, *_contact(folder)]


def _of(folder: Folder, page: str) -> str:
    return reverse(f"events:{page}", args=[folder.edition.code])


def _plan(folder: Folder, page: str) -> str:
    """A page of the plan; as long as there is none, the page that begins it."""
    return reverse(f"plans:{page}", args=[folder.plan.code]) if folder.plan else _of(folder, "plan")


def _days(folder: Folder, *, blocks: bool = False) -> Iterator[Missing]:
    if not folder.edition.is_dated:
        yield Missing(_("The days of the event are not known."), _of(folder, "dates"), blocks)
    elif not folder.edition.is_confirmed:
        yield Missing(_("The days of the event are tentative."), _of(folder, "dates"))


def _sites(folder: Folder) -> Iterator[Missing]:
    if not folder.sites:
        yield Missing(_("No place is named."), _of(folder, "site_new"))
    for site in folder.sites:
        if not site.capacity:
            href = reverse("events:site", args=[folder.edition.code, site.pk])
            yield Missing(_("%(site)s has no capacity.") % {"site": site}, href)


def _organisers(folder: Folder) -> Iterator[Missing]:
    if not folder.organisers:
        yield Missing(_("No organiser is named."), _of(folder, "organisers"))


def _contact(folder: Folder) -> Iterator[Missing]:
    if not any(row.contact for row in folder.organisers):
        yield Missing(_("No organiser has a contact person."), _of(folder, "organisers"))


def _committee(folder: Folder, *, blocks: bool = False) -> Iterator[Missing]:
    if not folder.committee:
        yield Missing(_("The committee is empty."), _plan(folder, "committee"), blocks)


def _rundown(folder: Folder) -> Iterator[Missing]:
    if folder.is_empty_rundown:
        yield Missing(_("The rundown is empty."), _plan(folder, "rundown"))
        return
    yield from old_days(folder.plan)
    items = [item for day in folder.days for item in day["items"]]
    if alone := sum(not item["in_charge"] for item in items):
        words = ngettext(
            "%(n)s item of the rundown has nobody in charge.",
            "%(n)s items of the rundown have nobody in charge.",
            alone,
        )
        yield Missing(words % {"n": alone}, _plan(folder, "rundown"))


def _budget(folder: Folder) -> str:
    budget = folder.edition.budget
    return reverse("budgets:budget", args=[budget.code]) if budget else _of(folder, "money")


def _lines(folder: Folder) -> Iterator[Missing]:
    budget = folder.edition.budget
    if not folder.lines:
        yield Missing(_("The budget has no lines."), _budget(folder))
    elif budget is not None and budget.is_draft:
        yield Missing(_("The budget is not approved yet."), _budget(folder))


def _sources(folder: Folder) -> Iterator[Missing]:
    if not folder.sources:
        yield Missing(_("No source of money is named."), _budget(folder))
    elif folder.funded < folder.total:
        yield Missing(_("The sources of money do not cover the plan."), _budget(folder))


def _office(folder: Folder, *, blocks: bool = False) -> Iterator[Missing]:
    href = reverse("documents:office", args=[folder.edition.organisation.code])
    if folder.head is None:
        yield Missing(_("The agency has no letterhead."), href, blocks)
    if not folder.signatories:
        yield Missing(_("Nobody signs for the agency today."), href, blocks)
