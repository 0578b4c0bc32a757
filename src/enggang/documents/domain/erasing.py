"""A paper that may no longer name anybody: its number stays, with the SHA-256 of what it was."""

from __future__ import annotations

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.core.canonical import canonical_bytes
from enggang.documents import rules
from enggang.documents.models import Document, Signature
from enggang.files.domain.retention import let_go


@act("documents.erase_document")
def erase_document(*, document: Document, actor: Actor) -> Document:
    """Forget what the paper said and let its files go. It cannot be undone; done twice it changes nothing."""
    require(rules.may_issue(actor, document.organisation))
    Document.objects.select_for_update().get(pk=document.pk)
    signature = Signature.objects.filter(document=document).select_related("file__subject").first()
    for stored in filter(None, [document.file, signature.file if signature else None]):
        let_go(stored=stored, actor=actor)
    if signature is not None:
        Signature.objects.filter(pk=signature.pk).update(difference=[])
    document.data, document.erased_at = canonical_bytes({}), document.erased_at or clock.now()
    document.save(update_fields=["data", "erased_at"])
    record(number=document.number.text)
    return document
