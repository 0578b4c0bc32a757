"""Open data: which numbers there are, what each means, and its approved values as a page, CSV and JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from enggang.core.spreadsheets import CSV_TYPE, as_csv
from enggang.core.wordings import ORIGINAL
from enggang.indicators.models import Indicator
from enggang.indicators.queries.public import COLUMNS, DataSet, data_set, facts_of, latest_of
from enggang.portal.linked import CONTEXT
from enggang.portal.pages import open_to_all, public_page, show, whole

SHOWN = 60  # values on a page; the files hold all
MEANINGS = {  # of the columns: the data dictionary
    "period_start": __("first day of the period (ISO 8601)"),
    "period_end": __("last day of the period (ISO 8601)"),
    "region_code": __("code of the regency or city (Kepmendagri 300.2.2-2138/2025); empty: the whole area"),
    "region": __("its name"),
    "sex": __("female, male; empty: everybody"),
    "value": __("the value; empty: not known, the note says why"),
    "low": __("lower end of an estimate"),
    "high": __("upper end of an estimate"),
    "unit": __("unit of the value"),
    "source": __("where the value is from"),
    "as_of": __("the day on which it stood so"),
    "method": __("method, where it is not the usual one"),
    "note": __("remark"),
}


def meanings() -> dict[str, str]:
    """The data dictionary in the language that is spoken now."""
    return {name: str(text) for name, text in MEANINGS.items()}


@public_page
def data_list(request: HttpRequest, language: str) -> HttpResponse:
    rows = list(Indicator.objects.published().with_names().order_by("organisation__path", "name_key"))
    latest = latest_of(rows)
    context = {"rows": [(row, latest.get(row.pk)) for row in rows], "catalogue": whole("data_catalogue", language)}
    return show(request, "portal/data_list.html", context, language=language, name="data", languages=[ORIGINAL])


@public_page
def data_page(request: HttpRequest, language: str, code: str) -> HttpResponse:
    found = _find(code)
    context = {
        "found": found, "row": found.indicator, "rows": found.rows[:SHOWN], "facts": json_ld(found, language),
        "columns": meanings().items(),
    }  # fmt: skip
    return show(
        request, "portal/data_page.html", context, language=language, name="data_page", languages=[ORIGINAL], code=code
    )  # fmt: skip


@public_page
def data_csv(request: HttpRequest, language: str, code: str) -> HttpResponse:
    found = _find(code)
    lines = [
        ["" if value is None else value for value in facts_of(row, found.indicator).values()] for row in found.rows
    ]
    return open_to_all(HttpResponse(as_csv("", list(COLUMNS), lines), content_type=CSV_TYPE))


@public_page
def data_json(request: HttpRequest, language: str, code: str) -> HttpResponse:
    found = _find(code)
    return open_to_all(JsonResponse(_as_json(found, language), json_dumps_params={"ensure_ascii": False}))


@public_page
def data_catalogue(request: HttpRequest, language: str) -> HttpResponse:
    """Every set with its metadata and addresses, and the data dictionary, for programs."""
    rows = Indicator.objects.published().with_names().order_by("organisation__path", "name_key")
    sets = [{**_head(row, language), "url": whole("data_page", language, code=row.code)} for row in rows]
    facts = {"title": _("Open data"), "columns": meanings(), "datasets": sets}
    return open_to_all(JsonResponse(facts, json_dumps_params={"ensure_ascii": False}))


def _find(code: str) -> DataSet:
    return data_set(get_object_or_404(Indicator.objects.published().with_names(), subject__code=code))


def _head(row: Indicator, language: str) -> dict[str, Any]:
    return {
        "code": row.code, "name": row.name, "unit": row.unit, "definition": row.definition, "formula": row.formula,
        "frequency": row.frequency, "producer": row.organisation.name, "source": row.source, "ministry_code": row.ministry_code,
        "csv": whole("data_csv", language, code=row.code), "json": whole("data_json", language, code=row.code),
    }  # fmt: skip


def _as_json(found: DataSet, language: str) -> dict[str, Any]:
    metadata = {each.label: each.text for each in found.metadata}
    values = [facts_of(row, found.indicator) for row in found.rows]
    return {**_head(found.indicator, language), "metadata": metadata, "columns": meanings(), "values": values}


def json_ld(found: DataSet, language: str) -> dict[str, Any]:
    """As search engines for data know it (schema.org Dataset)."""
    row = found.indicator
    files = [
        {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": whole(name, language, code=row.code)}
        for kind, name in (("text/csv", "data_csv"), ("application/json", "data_json"))
    ]
    return {
        "@context": CONTEXT, "@type": "Dataset", "name": row.name, "description": row.definition or row.name,
        "url": whole("data_page", language, code=row.code), "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": row.organisation.name}, "distribution": files,
    }  # fmt: skip
