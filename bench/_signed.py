"""The signed-paper half of ``bench.credentials``.

Ours: what a batch does with papers that are drawn: find the way of signing in force, sign, examine what came out, compare
it with what was frozen, keep both files, move the award, with an audit row each; a set of papers is kept in one transaction.
Theirs is pyHanko alone on the same papers: sign with a key that is held open, then validate.
They take turns, set by set.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from bench._measure import seconds

PEOPLE = 60


def papers(rounds: int) -> dict[str, list[float]]:
    """Signed papers a second, a figure a round for either side."""
    from enggang.core.bulk import in_parts
    from enggang.credentials.domain.drawing import SET

    figures: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _round in range(rounds):
        method, drawn = _batch()
        held = _held(method)
        spent = {"ours": 0.0, "theirs": 0.0}
        for part in in_parts(drawn, SET):
            spent["ours"] += seconds(lambda: _ours(part))  # noqa: B023 -- called at once
            spent["theirs"] += seconds(lambda: _theirs(held, [pdf for _award, pdf in part]))  # noqa: B023 -- as above
        for side, taken in spent.items():
            figures[side].append(PEOPLE / taken)
    return figures


def _batch() -> tuple[Any, list[tuple[Any, bytes]]]:
    """A wave whose participants passed, a key, and the papers as they were drawn."""
    from enggang.core.actor import SYSTEM
    from enggang.credentials.domain.drawing import to_be_drawn
    from enggang.credentials.models import Award
    from enggang.documents.domain.documents import render_document
    from enggang.documents.domain.signing import Validity, add_signing_key
    from enggang.training.domain.certificates import issue_certificates
    from enggang.training.domain.completion import decide_outcomes
    from tests.training.factories import SIGNING
    from tests.training.test_completion import held_wave

    wave = held_wave(present=5, people=PEOPLE)
    decide_outcomes(wave=wave, actor=SYSTEM)
    method = add_signing_key(organisation=wave.organisation, name="Segel", validity=Validity(SIGNING.on), actor=SYSTEM)
    issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    rows = to_be_drawn(list(Award.objects.filter(organisation=wave.organisation).values_list("pk", flat=True)))
    return method, [(award, render_document(award.document)) for award in rows]


def _ours(drawn: Sequence[tuple[Any, bytes]]) -> None:
    from enggang.core.actor import SYSTEM
    from enggang.credentials.domain.drawing import finish_awards, finished, ways_of_signing

    ways = ways_of_signing([award for award, _pdf in drawn])
    finish_awards([finished(award, pdf, ways, SYSTEM) for award, pdf in drawn])


def _held(method: Any) -> Any:
    """The key, open, and the room its signature takes: the library would sign twice to find out."""
    from enggang.documents.signing.keys import unseal
    from enggang.documents.signing.pades import PdfSigner

    return PdfSigner.of(unseal(bytes(method.sealed_key), bytes(method.certificates)))


def _theirs(held: Any, pdfs: list[bytes]) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign import fields, signers
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    for pdf in pdfs:
        described = signers.PdfSignatureMetadata(
            field_name="Signature", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        out, signer = BytesIO(), signers.PdfSigner(described, signer=held.holder)
        signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out, bytes_reserved=held.room)
        found = PdfFileReader(out).embedded_regular_signatures[0]
        context = ValidationContext(trust_roots=[found.signer_cert], allow_fetching=False)
        if not validate_pdf_signature(found, signer_validation_context=context).intact:
            raise RuntimeError("the library does not confirm its own signature")
