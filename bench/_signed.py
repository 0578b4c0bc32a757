"""The signed-paper half of ``bench.credentials``.

Ours: what a batch does with papers that are drawn: find the way of signing in force, sign, examine what came out, compare
it with what was frozen, keep both files, move the award, with an audit row each and every paper in a transaction of its
own. Theirs is pyHanko alone on the same papers: sign with a key that is held open, then validate.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from bench._measure import rate

PEOPLE = 60


def papers(rounds: int) -> dict[str, list[float]]:
    """Signed papers a second, a figure a round for either side."""
    figures: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _round in range(rounds):
        method, drawn = _batch()
        figures["ours"].append(rate(PEOPLE, lambda: _ours(drawn)))  # noqa: B023 -- called at once
        figures["theirs"].append(rate(PEOPLE, lambda: _theirs(method, [pdf for _award, pdf in drawn])))  # noqa: B023 -- as above
    return figures


def _batch() -> tuple[Any, list[tuple[Any, bytes]]]:
    """A wave whose participants passed, a key, and the papers as they were drawn."""
    from enggang.core.actor import SYSTEM
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
    rows = Award.objects.filter(organisation=wave.organisation)
    awards = rows.select_related("subject", "organisation__subject", "document__subject", "document__number", "person")
    return method, [(award, render_document(award.document)) for award in awards.order_by("pk")]


def _ours(drawn: list[tuple[Any, bytes]]) -> None:
    from enggang.core.actor import SYSTEM
    from enggang.credentials.domain.awards import finish_award, signed_paper

    for award, pdf in drawn:
        finish_award(award=award, pdf=pdf, signing=signed_paper(award, pdf), actor=SYSTEM)


def _theirs(method: Any, pdfs: list[bytes]) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign import fields, signers
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    from enggang.documents.signing.keys import unseal
    from enggang.documents.signing.pades import PdfSigner

    holder = PdfSigner.of(unseal(bytes(method.sealed_key), bytes(method.certificates))).holder
    for pdf in pdfs:
        described = signers.PdfSignatureMetadata(
            field_name="Signature", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        out = BytesIO()
        signers.PdfSigner(described, signer=holder).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
        found = PdfFileReader(out).embedded_regular_signatures[0]
        context = ValidationContext(trust_roots=[found.signer_cert], allow_fetching=False)
        if not validate_pdf_signature(found, signer_validation_context=context).intact:
            raise RuntimeError("the library does not confirm its own signature")
