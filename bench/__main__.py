"""Run a benchmark: human lines first, with --json one line of JSON last; exit code 0 only when every expectation holds."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import platform
import sys
from pathlib import Path
from typing import Any

import bench
from bench import Comparison, Result

HERE = Path(__file__).parent


def names() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules([str(HERE)]) if not module.name.startswith("_"))


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def judged(name: str, result: Result) -> dict[str, Any]:
    """The result in the form that is published: ratios worked out, and whether all of it holds."""
    comparisons = [_compared(comparison) for comparison in result["comparisons"]]
    holds = result.get("holds", True) and all(row["ratio"] >= row["expected"] for row in comparisons)
    return {
        "name": name,
        "machine": machine(),
        "figures": result["figures"],
        "comparisons": comparisons,
        "holds": holds,
    }


def _compared(comparison: Comparison) -> dict[str, Any]:
    ratio = comparison.get("ratio", comparison["ours"] / comparison["theirs"] if comparison["theirs"] else float("inf"))
    return {
        "with": comparison["rival"],
        "ours": round(comparison["ours"], 3),
        "theirs": round(comparison["theirs"], 3),
        "unit": comparison["unit"],
        "ratio": round(ratio, 2),
        "expected": comparison["expected"],
    }


def tell(judgement: dict[str, Any]) -> None:
    print(f"{judgement['name']}  ({judgement['machine']})")
    for key, value in judgement["figures"].items():
        print(f"  {key}: {value:,.1f}" if isinstance(value, float) else f"  {key}: {value}")
    for row in judgement["comparisons"]:
        verdict = "holds" if row["ratio"] >= row["expected"] else "DOES NOT HOLD"
        print(
            f"  {row['ours']:,} {row['unit']}, {row['with']} {row['theirs']:,}: {row['ratio']} times, "
            f"expected at least {row['expected']}: {verdict}"
        )


def list_all() -> int:
    for name in names():
        summary = (importlib.import_module(f"bench.{name}").__doc__ or "").strip().splitlines()
        print(f"{name:20} {summary[0] if summary else ''}".rstrip())
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=bench.__doc__)
    parser.add_argument("name", nargs="?", help="which; see --list")
    parser.add_argument("--list", action="store_true", help="name them all")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each side may take (10)")
    parser.add_argument("--people", type=int, default=5_000, help="how many apply at once, for seats (5000)")
    parser.add_argument(
        "--rows", type=int, default=5_000_000, help="of the ledger, attendance and visits, for indicators (5000000)"
    )
    options = parser.parse_args()
    if options.list or not options.name:
        return list_all()
    if options.name not in names():
        parser.error(f"no benchmark is named {options.name}; see --list")
    judgement = judged(options.name, importlib.import_module(f"bench.{options.name}").run(options))
    tell(judgement)
    if options.json:
        print(json.dumps(judgement, ensure_ascii=False))
    return 0 if judgement["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
