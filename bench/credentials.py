"""Credentials as a batch issues them, beside the bare library calls on the same documents: badges (and signed papers).

Badges: ours is the whole job: find what is due, read the evidence, write the credential, sign it, keep it with its place
on the status list and one audit row each, fifty in a transaction. Theirs is pyld and cryptography alone
on the credentials that ours has just made: canonicalise, hash, sign, write as JSON; nothing is read and nothing is kept.
Each half is a function in HALVES that answers its figures and its comparison for one database.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import Comparison, Result
from bench._measure import rate
from bench._signed import papers

ROOT = Path(__file__).parent.parent
POSTGRESQL = os.environ.get("ENGGANG_TEST_DATABASE_URL", "postgres:///test")
PEOPLE, ROUNDS = 200, 5
EXPECTED_RATIO = 0.77  # everything around the library takes at most 30 % on top


def batch(people: int) -> None:
    """A wave whose participants passed, and their certificates: issued, but for the drawing of the papers."""
    from enggang.core.actor import SYSTEM
    from enggang.credentials.enums import AwardState
    from enggang.credentials.models import Award
    from enggang.training.domain.certificates import issue_certificates
    from enggang.training.domain.completion import decide_outcomes
    from tests.training.factories import SIGNING
    from tests.training.test_completion import held_wave

    wave = held_wave(present=5, people=people)
    decide_outcomes(wave=wave, actor=SYSTEM)
    issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    if Award.objects.update(state=AwardState.ISSUED) != people:
        raise RuntimeError("somebody has no award")


def badges_ours() -> None:
    from enggang.core import jobs
    from enggang.core.models import Job
    from enggang.credentials.domain.badges import ask_for_badges

    Job.objects.all().delete()
    ask_for_badges()
    jobs.run_pending()


def badges_theirs(documents: list[dict[str, Any]]) -> None:
    """What a script of twenty lines does with documents that are already written."""
    import hashlib
    from importlib.resources import files

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from pyld import jsonld

    names = {
        "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "open-badges-3.0.3.json",
    }
    contexts = {
        url: json.loads(files("enggang.credentials.data").joinpath(name).read_text()) for url, name in names.items()
    }

    def load(url: str, _options: Any) -> dict[str, Any]:
        return {"contentType": None, "contextUrl": None, "documentUrl": url, "document": contexts[url]}

    def hashed(document: dict[str, Any]) -> bytes:
        options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
        return hashlib.sha256(jsonld.normalize(document, options).encode()).digest()

    key = Ed25519PrivateKey.generate()
    for document in documents:
        unsigned = {name: value for name, value in document.items() if name != "proof"}
        (signed,) = document["proof"]
        proof = {name: value for name, value in signed.items() if name != "proofValue"}
        value = key.sign(hashed({"@context": unsigned["@context"], **proof}) + hashed(unsigned)).hex()
        json.dumps({**unsigned, "proof": [{**proof, "proofValue": value}]})


def badges(rounds: int) -> dict[str, list[float]]:
    """Badges a second of both sides, in turns."""
    from enggang.credentials.models import Badge

    batch(PEOPLE)
    found: dict[str, list[float]] = {"ours": [], "theirs": []}
    badges_ours()  # warm up
    for _round in range(rounds):
        Badge.objects.all().delete()
        found["ours"].append(rate(PEOPLE, badges_ours))
        documents = [json.loads(bytes(content)) for content in Badge.objects.values_list("content", flat=True)]
        if len(documents) != PEOPLE:
            raise RuntimeError(f"{len(documents)} badges of {PEOPLE}")
        found["theirs"].append(rate(PEOPLE, lambda documents=documents: badges_theirs(documents)))  # type: ignore[misc]
    return found


# Each half: its unit, the bare calls it is held against, and what measures it in the child.
HALVES: dict[str, tuple[str, str, Callable[[int], dict[str, list[float]]]]] = {
    "badges": ("badges/s", "bare pyld + cryptography", badges),
    "papers": ("signed papers/s", "bare pyHanko, signing and validating", papers),
}


def child(half: str, rounds: int) -> None:
    import django

    django.setup()
    import logging

    from django.db import connection

    logging.disable(logging.INFO)
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(json.dumps(HALVES[half][2](rounds)))
    finally:
        connection.creation.destroy_test_db("", verbosity=0)


def in_a_process(url: str, half: str, rounds: int) -> dict[str, list[float]]:
    environment = {
        **os.environ, "ENGGANG_DATABASE_URL": url, "ENGGANG_TEST_NAME": f"bench_credentials_{os.getpid()}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "bench.credentials", half, str(rounds)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return answer


def run(_options: argparse.Namespace) -> Result:
    from bench.roster import postgresql_answers

    databases = {"SQLite": "", **({"PostgreSQL": POSTGRESQL} if postgresql_answers() else {})}
    figures: dict[str, float | int | str] = {"in one batch": PEOPLE}
    comparisons: list[Comparison] = []
    for half, (unit, rival, _measure) in HALVES.items():
        for name, url in databases.items():
            found = in_a_process(url, half, ROUNDS)
            ours, theirs = (statistics.median(found[side]) for side in ("ours", "theirs"))
            figures[f"{half}, {name}: percent on top"] = round(100 * (theirs / ours - 1), 1)
            comparisons.append(
                {"rival": f"{rival}, {name}", "ours": ours, "theirs": theirs, "unit": unit, "expected": EXPECTED_RATIO}
            )
    return {"figures": figures, "comparisons": comparisons}


if __name__ == "__main__":
    child(sys.argv[1], int(sys.argv[2]))
