"""The content of an entry as plain data, who handed it on, and what is otherwise between two versions."""

from __future__ import annotations

from enggang.core.models.closed import Facts
from enggang.innovation.models import Submission
from enggang.innovation.queries.scores import Sheet, Standing


def content_of(sheet: Sheet) -> Facts:
    """Numbers, codes and digests; no sentence of any language but what the innovators typed."""
    return {
        "year": sheet.submission.year,
        "points": sheet.score.points,
        "most": sheet.score.most,
        "indicators": [_indicator(each) for each in sheet.standings],
        "answers": dict(sheet.submission.answers.order_by("code").values_list("code", "text")),
    }


def _indicator(each: Standing) -> Facts:
    return {
        "code": each.guide.code,
        "weight": each.guide.weight,
        "parameter": each.line.parameter,
        "points": each.line.points,
        "basis": each.score.basis if each.score else "",
        "evidence": [
            {"code": row.code, "sha256": row.file.sha256 if row.file else "", "link": row.link} for row in each.evidence
        ],
    }


def differing(old: Facts, new: Facts) -> list[str]:
    """The indicators, and «answers», that are otherwise."""
    before = {each["code"]: each for each in old.get("indicators", [])}
    changed = [each["code"] for each in new["indicators"] if before.get(each["code"]) != each]
    return changed + (["answers"] if old.get("answers") != new["answers"] else [])


def last_hand(submission: Submission) -> str:
    """The key of whoever handed it on last; empty at the beginning, and after it came back."""
    last = submission.steps.order_by("-pk").first()
    return "" if last is None or last.to == "draft" else last.by_key
