"""What must always be true of registers and papers. Each answers what is wrong, nothing when all is well."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.acts import Refused
from enggang.documents.enums import DocumentState, NumberState, SigningBackend
from enggang.documents.models import Document, Letter, Number, RegisterYear, Signature, SigningMethod
from enggang.documents.rendering.certificate import render_certificate, sample
from enggang.documents.signing.keys import unseal, unseal_text
from enggang.files.domain.storing import read_bytes


def registers_with_gaps() -> list[str]:
    """Years whose numbers are not 1, 2, 3 … up to the counter."""
    rows = Number.objects.values("register", "year").annotate(count=Count("pk"), low=Min("seq"), high=Max("seq"))
    taken = {(row["register"], row["year"]): (row["low"], row["high"], row["count"]) for row in rows.order_by()}
    counters = {(row.register_id, row.year): row.next_seq - 1 for row in RegisterYear.objects.all()}
    return [
        f"documents: register {register}, year {year}: counter {counters.get((register, year))}, rows {found}"
        for (register, year), found in taken.items()
        if found != (1, counters.get((register, year)), found[2]) or found[1] != found[2]
    ] + [
        f"documents: register {register}, year {year}: counter {last}, no rows"
        for (register, year), last in counters.items()
        if last and (register, year) not in taken
    ]


def mismatched_numbers() -> list[str]:
    """Numbers whose state is not that of their document: reserved with reserved, used with frozen, void with void."""
    agreed = (
        Q(state=DocumentState.RESERVED, number__state=NumberState.RESERVED)
        | Q(state=DocumentState.FROZEN, number__state=NumberState.USED)
        | Q(state=DocumentState.VOIDED, number__state=NumberState.VOIDED)
    )
    loose = Number.objects.filter(state=NumberState.USED, document__isnull=True)
    return [
        f"documents: document {row.code} is {row.state}, its number {row.number.text} {row.number.state}"
        for row in Document.objects.exclude(agreed).select_related("subject", "number")
    ] + [f"documents: number {row.text} is used by no document" for row in loose]


def changed_papers() -> list[str]:
    """Frozen papers whose stored bytes are gone or no longer have the SHA-256 written down when they were frozen."""
    kept = Document.objects.exclude(sha256="").filter(erased_at=None)
    rows = kept.select_related("subject", "file").order_by("pk")
    return [
        f"documents: the paper of {row.code} is not what was frozen" for row in rows.iterator() if not _is_intact(row)
    ]


def changed_signed_papers() -> list[str]:
    """The same for their signed files, whose SHA-256 was written down when they were attached."""
    rows = Signature.objects.filter(document__erased_at=None).select_related("document__subject", "file").order_by("pk")
    return [
        f"documents: the signed file of {row.document.code} is not what was attached"
        for row in rows.iterator()
        if not _is_intact(row)
    ]


def changed_letters() -> list[str]:
    """The same for letters."""
    rows = Letter.objects.exclude(sha256="").select_related("subject", "file").order_by("pk")
    return [
        f"documents: the letter {row.code} is not what was frozen" for row in rows.iterator() if not _is_intact(row)
    ]


def _is_intact(document: Document | Letter | Signature) -> bool:
    if document.file is None or document.file.sha256 != document.sha256:
        return False
    try:
        read_bytes(document.file)  # compares the bytes with the file's own SHA-256
    except Refused:
        return False
    return True


def check_drawing() -> tuple[bool, str]:
    """Whether fonts and typesetter are there: draws the sample certificate."""
    try:
        size = len(render_certificate(dict(sample())))
    except Exception as error:  # noqa: BLE001 -- whatever is missing, the doctor must say so and go on
        return False, str(error)
    return True, _("A sample certificate of %(size)s kB was drawn with the fonts that come along.") % {
        "size": size // 1024
    }


def check_signing_keys() -> tuple[bool, str]:
    """Whether what signs papers, now or soon, can be opened with the present SECRET_KEY."""
    closed = [f"{row.organisation.short_name}: {row.name}" for row in _signing_now() if not _opens(row)]
    if closed:
        return False, _(
            "ENGGANG_SECRET_KEY has changed: {names} cannot be opened. Put the former value back, or add the key again "
            "under Letters, Signing"
        ).format(names="; ".join(closed))
    return True, _("every way of signing can be used")


def _signing_now() -> Iterable[SigningMethod]:
    sealed = SigningMethod.objects.filter(backend__in=[SigningBackend.KEY, SigningBackend.SERVICE])
    rows = sealed.select_related("organisation").order_by("pk")
    return [row for row in rows if row.valid_to is None or row.valid_to >= clock.today(row.organisation.time_zone)]


def _opens(row: SigningMethod) -> bool:
    try:
        if row.backend == SigningBackend.KEY:
            unseal(bytes(row.sealed_key), bytes(row.certificates))
        else:
            unseal_text(bytes(row.sealed_password))
    except Refused:
        return False
    return True
