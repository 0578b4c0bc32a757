"""One rule in two languages: every golden case in Python and, in a real browser, in JavaScript."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from enggang import attendance
from enggang.attendance.enums import Reason, Verdict
from enggang.attendance.evaluator import evaluate

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "golden.json").read_text(encoding="utf-8"))
SCRIPT = Path(attendance.__path__[0]) / "static/attendance/js/evaluator.js"
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_server_judges_as_the_golden_case_says(case: dict[str, Any]) -> None:
    assert [str(part) for part in evaluate(case["asked"])] == case["answer"]


def test_the_golden_cases_meet_every_verdict_and_every_reason_of_a_gate() -> None:
    met = {case["answer"][0] for case in CASES}, {case["answer"][1] for case in CASES}
    assert met == (set(Verdict.values), set(Reason.values) - {Reason.SAME_PHONE})


@pytest.mark.once
@pytest.mark.story
def test_the_phone_judges_as_the_golden_cases_say() -> None:
    from playwright.sync_api import sync_playwright

    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        page.add_script_tag(content=f"{SCRIPT.read_text()}\nwindow.evaluate = evaluate;", type="module")
        page.wait_for_function("() => Boolean(window.evaluate)")
        answers = page.evaluate("(cases) => cases.map((each) => window.evaluate(each.asked))", CASES)
        browser.close()
    wrong = [(case["name"], answer) for case, answer in zip(CASES, answers, strict=True) if answer != case["answer"]]
    assert wrong == []
