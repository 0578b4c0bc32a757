"""Which papers of an organisation wait for a signature, and which of a stranger's files is one of them."""

from __future__ import annotations

import hashlib

from django.db.models import Exists, OuterRef, QuerySet

from enggang.documents.enums import DocumentState, SignatureState
from enggang.documents.models import Document, Signature, SigningMethod
from enggang.places.models import Organisation


def waiting_papers(organisation: Organisation) -> QuerySet[Document]:
    """Frozen, without any signature, the oldest first."""
    signed = Signature.objects.filter(document=OuterRef("pk"))
    rows = Document.objects.filter(
        ~Exists(signed), organisation=organisation, state=DocumentState.FROZEN, erased_at=None
    )
    return rows.select_related("subject", "number", "file", "organisation").order_by("pk")


def proposed_signatures(organisation: Organisation) -> QuerySet[Signature]:
    rows = Signature.objects.filter(
        document__organisation=organisation, state=SignatureState.PROPOSED, document__state=DocumentState.FROZEN,
        document__erased_at=None,
    )  # fmt: skip
    return rows.select_related("document__subject", "document__number", "document__organisation", "file").order_by("pk")


class Recognised:
    """Finds the paper of a signed file: by the frozen bytes at its beginning, else by the code in its name."""

    def __init__(self, organisation: Organisation) -> None:
        self._papers = list(waiting_papers(organisation))
        self._by_code = {paper.code.casefold(): paper for paper in self._papers}
        self._sizes: dict[int, dict[str, Document]] = {}
        for paper in self._papers:
            if paper.file:
                self._sizes.setdefault(paper.file.size, {})[paper.sha256] = paper

    def paper_of(self, name: str, content: bytes) -> Document | None:
        for size, papers in self._sizes.items():
            if size <= len(content) and (found := papers.get(hashlib.sha256(content[:size]).hexdigest())):
                return found
        lowered = name.casefold()
        return next((paper for code, paper in self._by_code.items() if code in lowered), None)


def signed_with(fingerprint: str) -> bool:
    """Whether this key has ever signed here, or may."""
    if SigningMethod.objects.filter(fingerprint=fingerprint).exists():
        return True
    return Signature.objects.filter(fingerprint=fingerprint, state=SignatureState.ATTACHED).exists()
