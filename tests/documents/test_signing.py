"""Signed papers: PAdES that tools we did not write confirm, four ways of signing, and what goes wrong with each."""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry as Entry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, Refused
from enggang.documents.domain.attaching import (
    accept_signature,
    attach_signature,
    discard_signature,
)
from enggang.documents.domain.bringing import bring_signed, folder_of
from enggang.documents.domain.documents import freeze_document, render_document, void_document
from enggang.documents.domain.erasing import erase_document
from enggang.documents.domain.signing import (
    Validity,
    add_signing_by_hand,
    add_signing_key,
    add_signing_service,
    end_signing,
    method_for,
    sign_with_key,
    sign_with_service,
    words_for,
)
from enggang.documents.enums import SigningBackend
from enggang.documents.models import Document, Signature, SigningMethod
from enggang.documents.queries.signing import waiting_papers
from enggang.documents.rendering.certificate import render_certificate, sample
from enggang.documents.signing.comparing import differences
from enggang.documents.signing.keys import certificates_of, make_key
from enggang.documents.signing.pades import PdfSigner, examine, stamper_at
from enggang.documents.signing.signed import Unavailable, Unreadable
from enggang.places.models import Organisation
from tests.documents.factories import draft, number, register
from tests.documents.signing import FIRST, EsignClient, a_key, as_pem, as_pkcs12, timestamp_authority
from tests.places.factories import organisation
from tests.training.factories import client_of, make_user

pytestmark = pytest.mark.django_db
KEY = a_key("Disporapar Contoh")
PLAIN = render_certificate(dict(sample()))
SIGNED = PdfSigner.of(KEY).sign(PLAIN)


def frozen_paper(of: Organisation | None = None) -> Document:
    taken = register(of) if of is None or not of.registers.exists() else of.registers.get()
    document = draft(number(taken))
    return freeze_document(document=document, pdf=render_document(document), actor=SYSTEM)


def client(place: Organisation, role: Role = Role.ADMINISTRATOR) -> Client:
    return client_of(make_user(role, place))


def by_key(of: Organisation, content: bytes = b"", passphrase: str = "rahasia") -> SigningMethod:
    return add_signing_key(
        organisation=of, name="Segel", validity=FIRST, content=content or as_pkcs12(KEY), passphrase=passphrase,
        actor=SYSTEM,
    )  # fmt: skip


def by_upload(of: Organisation) -> SigningMethod:
    return add_signing_by_hand(
        organisation=of, name="Portal", validity=FIRST, backend=SigningBackend.UPLOAD, actor=SYSTEM
    )


# -- the file itself ------------------------------------------------------------------------------


def test_other_tools_confirm_the_signature(tmp_path: Path) -> None:
    if not (shutil.which("pdfsig") and shutil.which("mutool")):
        pytest.skip("pdfsig (poppler-utils) and mutool (mupdf-tools) are not installed")
    path = tmp_path / "sertifikat.pdf"
    path.write_bytes(SIGNED)
    said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    drawn = subprocess.run(
        ["mutool", "draw", "-o", str(tmp_path / "p%d.png"), str(path)], capture_output=True, text=True, check=False
    )
    assert drawn.returncode == 0
    shown = subprocess.run(["mutool", "sign", "-v", str(path)], capture_output=True, text=True, check=False)
    assert "Disporapar Contoh" in shown.stdout + shown.stderr
    path.write_bytes(SIGNED[:3000] + bytes([SIGNED[3000] ^ 1]) + SIGNED[3001:])
    said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" not in said


def test_a_signed_paper_is_still_archive_format_and_tagged() -> None:
    assert SIGNED.startswith(PLAIN)
    assert SIGNED[:8] == b"%PDF-1.7"
    with pikepdf.open(io.BytesIO(SIGNED)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"
        assert pdf.Root.get("/Version") in {None, "/1.7"}  # an elliptic key would make it 2.0
        assert {str(each.BaseVersion) for each in pdf.Root.Extensions.values()} == {"/1.7"}
        field = pdf.Root.AcroForm.Fields[0]
        assert [float(each) for each in field.Rect] == [0, 0, 0, 0]  # invisible: no font of the library's own


def test_what_was_signed_is_found_whole() -> None:
    found = examine(SIGNED)
    assert [(each.intact, each.covers_all, each.in_force) for each in found] == [(True, True, True)]
    assert found[0].fingerprint == KEY.fingerprint
    assert found[0].holder == "Disporapar Contoh"
    assert examine(PLAIN) == []


def test_two_may_sign_the_same_file() -> None:
    second = PdfSigner.of(a_key("Pejabat kedua")).sign(SIGNED)
    assert [(each.holder, each.intact, each.covers_all) for each in examine(second)] == [
        ("Disporapar Contoh", True, True), ("Pejabat kedua", True, True),
    ]  # fmt: skip


@settings(max_examples=60)
@given(place=st.integers(0, len(SIGNED) - 1), flip=st.integers(1, 255))
def test_a_change_of_any_byte_is_seen(place: int, flip: int) -> None:
    """By the signature, or as a file that cannot be read; the certificate's own bytes may name another signer."""
    changed = bytearray(SIGNED)
    changed[place] ^= flip
    try:
        found = examine(bytes(changed))
    except Unreadable:
        return
    whole = [each for each in found if each.intact and each.covers_all and each.fingerprint == KEY.fingerprint]
    assert not whole or _only_padding(place)


def _only_padding(place: int) -> bool:
    """Zeros after the signature's end stand in no signature: the file is then unknown by its SHA-256."""
    start = SIGNED.rindex(b"/Contents <") + len(b"/Contents <")
    end = SIGNED.index(b">", start)
    return start <= place < end and not SIGNED[place:end].strip(b"0")


def test_what_is_appended_is_not_covered() -> None:
    assert not examine(SIGNED + b"\n%lebih\n")[0].covers_all


@pytest.mark.parametrize(
    "rubbish",
    [b"", b"%PDF-", b"%PDF-1.7\n" + b"\0" * 50_000, PLAIN[:-40_000], b"PK\x03\x04", b"%PDF-1.7\n" + b"[" * 200_000],
)
def test_rubbish_is_unreadable_and_nothing_else(rubbish: bytes) -> None:
    with pytest.raises(Unreadable):
        examine(rubbish)


def test_a_timestamp_authority_makes_it_b_t() -> None:
    with timestamp_authority() as address:
        signer = PdfSigner.of(KEY, stamper_at(address))
        found = examine(signer.sign(PLAIN))[0]
    assert signer.level == "B-T"
    assert found.intact
    assert found.stamped_at is not None
    with pytest.raises(Unavailable):  # it is gone now
        signer.sign(PLAIN)


# -- keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [as_pkcs12(KEY), as_pem(KEY), as_pem(KEY, "rahasia")])
def test_a_key_is_read_from_a_file_and_rests_sealed(content: bytes) -> None:
    method = by_key(organisation(), content)
    assert method.fingerprint == KEY.fingerprint
    assert not method.self_made
    assert b"PRIVATE" not in bytes(method.sealed_key)
    assert examine(sign_with_key(PLAIN, method=method))[0].fingerprint == KEY.fingerprint


@pytest.mark.parametrize(
    ("content", "passphrase"),
    [
        (as_pkcs12(KEY), "salah"), (as_pkcs12(KEY), ""), (as_pem(KEY, "rahasia"), ""), (as_pem(KEY, "rahasia"), "salah"),
        (b"bukan kunci", "x"), (as_pem(KEY)[:200], ""), (certificates_of(KEY), ""),
        (b"\0" * 300_000, "x"),
    ],
)  # fmt: skip
def test_a_key_that_cannot_be_used_is_refused_with_the_reason(content: bytes, passphrase: str) -> None:
    with pytest.raises(Conflict) as refused:
        by_key(organisation(), content, passphrase)
    assert refused.value.message
    assert "salah" not in refused.value.message


def test_an_expired_key_is_refused_when_it_is_added_and_when_it_signs() -> None:
    place = organisation()
    with pytest.raises(Conflict, match="20"):
        by_key(place, as_pkcs12(a_key(days=(-400, -1))))
    method = by_key(place)
    with clock.frozen_at(datetime.now(UTC) + timedelta(days=500)), pytest.raises(Conflict):
        sign_with_key(PLAIN, method=method)


def test_a_key_made_here_lasts_and_says_whose_it_is() -> None:
    now = datetime.now(UTC)
    key = make_key(name="Segel Disporapar", organisation="Dinas Kepemudaan", now=now)
    assert key.holder == "Segel Disporapar, Dinas Kepemudaan"
    assert key.private.key_size == 3072
    assert key.certificate.not_valid_after_utc > now + timedelta(days=4 * 365)


def test_the_way_in_force_is_found_by_day_and_by_paper() -> None:
    place, today = organisation(), clock.today()
    assert method_for(place, "certificate", today) is None
    first = by_key(place)
    assert method_for(place, "certificate", today) == first
    second = add_signing_key(
        organisation=place, name="Kedua", validity=Validity(today, paper="certificate"), content=as_pkcs12(a_key()),
        passphrase="rahasia", actor=SYSTEM,
    )  # fmt: skip
    assert method_for(place, "certificate", today) == second
    assert method_for(place, "certificate", today - timedelta(days=1)) == first
    end_signing(method=second, last_day=today - timedelta(days=0), actor=SYSTEM)
    assert method_for(place, "certificate", today + timedelta(days=1)) == first
    none = add_signing_by_hand(
        organisation=place, name="Tanpa", validity=Validity(today + timedelta(days=2)), backend=SigningBackend.NONE,
        actor=SYSTEM,
    )  # fmt: skip
    assert method_for(place, "certificate", none.valid_from) is None
    assert "belum" in words_for(None)
    assert words_for(first) != words_for(by_upload(place))


# -- attaching ------------------------------------------------------------------------------------


def test_a_signature_is_attached_once_and_never_replaced() -> None:
    place = organisation()
    paper, method = frozen_paper(place), by_key(place)
    frozen = render_document(paper)
    signed = sign_with_key(frozen, method=method)
    signature = attach_signature(document=paper, signed=signed, method=method, actor=SYSTEM)
    assert attach_signature(document=paper, signed=signed, method=method, actor=SYSTEM) == signature
    assert paper.best_file == signature.file
    assert paper.file is not None
    assert paper.file.sha256 == paper.sha256  # the frozen one stays beside it
    with pytest.raises(Conflict):
        attach_signature(document=paper, signed=sign_with_key(frozen, method=method), method=method, actor=SYSTEM)
    assert Entry.objects.filter(code="documents.attach_signature").count() == 2


def test_what_is_no_signature_of_this_paper_is_refused() -> None:
    place = organisation()
    paper, method = frozen_paper(place), by_key(place)
    frozen = render_document(paper)
    other = PdfSigner.of(a_key("Orang lain")).sign(frozen)
    broken = sign_with_key(frozen, method=method)
    for wrong in (
        frozen,
        b"bukan PDF",
        other,
        broken[:5000] + b"X" + broken[5001:],
        broken + b"%x",
        SIGNED,
        b"%PDF-" * 10,
    ):
        with pytest.raises(Conflict):
            attach_signature(document=paper, signed=wrong, method=method, actor=SYSTEM)
    assert not Signature.objects.exists()


def test_a_paper_that_is_not_frozen_is_not_signed() -> None:
    document = draft()
    method = by_upload(document.organisation)
    with pytest.raises(Conflict):
        attach_signature(document=document, signed=SIGNED, method=method, actor=SYSTEM)


# -- signed elsewhere -----------------------------------------------------------------------------


def drawn_on(pdf: bytes) -> bytes:
    """A stamp that is only a drawing."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.pages[0].contents_add(b"q 1 0 0 RG 20 20 80 40 re S Q")
        opened.save(out)
    return PdfSigner.of(a_key("Portal Contoh")).sign(out.getvalue())


def stamped(pdf: bytes) -> bytes:
    """What a portal makes of it: written anew, with a stamp on the page, then signed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0]
        font = opened.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        if "/Font" not in page.Resources:
            page.Resources.Font = pikepdf.Dictionary()
        page.Resources.Font.Cap = font
        page.contents_add(b"q BT /Cap 8 Tf 20 20 Td (Ditandatangani di portal) Tj ET Q")
        opened.save(out)
    return PdfSigner.of(a_key("Portal Contoh")).sign(out.getvalue())


def test_files_that_come_back_find_their_papers_by_themselves() -> None:
    place = organisation()
    papers, method = [frozen_paper(place) for _each in range(3)], by_upload(place)
    signer = PdfSigner.of(a_key("Pejabat"))
    with zipfile.ZipFile(io.BytesIO(folder_of(waiting_papers(place)))) as folder:
        files = {name: folder.read(name) for name in folder.namelist()}
    assert set(files) == {f"{paper.code}.pdf" for paper in papers}
    first, second, third = files.values()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as folder:
        folder.writestr("map/nama-lain.pdf", signer.sign(first))
        folder.writestr(f"{papers[1].code}_signed.pdf", stamped(second))
        folder.writestr("asing.pdf", SIGNED)
        folder.writestr("catatan.txt", "x")
    brought = bring_signed(
        method=method, files=[("semua.zip", out.getvalue()), (f"{papers[2].code}.pdf", third)], actor=SYSTEM
    )
    assert (brought.attached, brought.proposed) == (1, 1)
    assert sorted(name for name, _reason in brought.refused) == sorted(["asing.pdf", f"{papers[2].code}.pdf"])
    assert list(waiting_papers(place)) == [papers[2]]


def test_a_stamped_file_waits_for_a_person_who_looks_at_the_difference() -> None:
    place = organisation()
    paper, method = frozen_paper(place), by_upload(place)
    signature = attach_signature(document=paper, signed=stamped(render_document(paper)), method=method, actor=SYSTEM)
    assert not signature.is_attached
    assert any("Ditandatangani di portal" in line for line in signature.difference)
    assert paper.signed is None
    discard_signature(signature=signature, actor=SYSTEM)
    signature = attach_signature(document=paper, signed=stamped(render_document(paper)), method=method, actor=SYSTEM)
    accept_signature(signature=signature, actor=SYSTEM)
    assert Document.objects.get(pk=paper.pk).signed == signature
    with pytest.raises(Conflict):
        discard_signature(signature=signature, actor=SYSTEM)


def test_of_a_stamp_without_words_a_person_is_told_in_words() -> None:
    place = organisation()
    paper, method = frozen_paper(place), by_upload(place)
    signature = attach_signature(document=paper, signed=drawn_on(render_document(paper)), method=method, actor=SYSTEM)
    assert not signature.is_attached
    assert signature.only_looks_differ
    assert "Kata-katanya sama" in client(place).get(f"/surat/{place.code}/tanda-tangan/").text


def replaced_in_a_revision(pdf: bytes, words: bytes) -> bytes:
    """The same first bytes, and behind them a page that says something else."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    while "/Kids" in page:
        page = page["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT (" + words + b") Tj ET"))
    writer.mark_update(page.get_container_ref())
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def test_a_page_replaced_behind_the_original_bytes_is_a_difference() -> None:
    place = organisation()
    paper, method = frozen_paper(place), by_upload(place)
    frozen = render_document(paper)
    forged = PdfSigner.of(a_key("Pejabat palsu")).sign(replaced_in_a_revision(frozen, b"LULUS"))
    assert forged.startswith(frozen)
    assert differences(frozen, forged)
    assert not attach_signature(document=paper, signed=forged, method=method, actor=SYSTEM).is_attached
    honest = PdfSigner.of(a_key("Kedua")).sign(PdfSigner.of(KEY).sign(frozen))
    assert differences(frozen, honest) == []


def test_a_signature_with_room_for_other_words_covers_nothing() -> None:
    """The bytes between the two ranges are signed by nobody: what stands there may be exchanged at will."""
    found = re.search(rb"/ByteRange ?\[[^\]]*\] *", SIGNED)
    assert found is not None
    wide = f"/ByteRange [0 9 {len(SIGNED) - 6} 6]".encode().ljust(len(found[0]))
    opened = SIGNED.replace(found[0], wide)
    digest = hashlib.sha256(opened[:9] + opened[-6:]).digest()
    holder = PdfSigner.of(KEY).holder
    signed = asyncio.run(
        holder.async_sign(digest, "sha256", use_pades=True, signed_attr_settings=PdfCMSSignedAttributes())
    )
    place = re.search(rb"/Contents ?<([0-9a-fA-F]+)>", opened)
    assert place is not None
    forged = opened[: place.start(1)] + signed.dump().hex().encode().ljust(len(place[1]), b"0") + opened[place.end(1) :]
    try:
        assert not any(each.intact and each.covers_all for each in examine(forged))
    except Unreadable:
        return


def test_a_file_of_endless_revisions_is_not_read() -> None:
    pdf = PLAIN
    for _each in range(60):
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        writer.add_object(generic.NumberObject(1))  # type: ignore[no-untyped-call]
        writer.update_root()  # type: ignore[no-untyped-call]
        out = io.BytesIO()
        writer.write(out)  # type: ignore[no-untyped-call]
        pdf = out.getvalue()
    with pytest.raises(Unreadable):
        examine(pdf)


def test_what_is_voided_or_erased_gets_no_signature_and_waits_for_none() -> None:
    place = organisation()
    paper, erased, method = frozen_paper(place), frozen_paper(place), by_upload(place)
    signed = PdfSigner.of(KEY).sign(render_document(paper))
    void_document(document=Document.objects.get(pk=paper.pk), reason="Salah", actor=SYSTEM)
    erase_document(document=erased, actor=SYSTEM)
    assert not waiting_papers(place).exists()
    with pytest.raises(Conflict):  # the instance in hand still says frozen
        attach_signature(document=paper, signed=signed, method=method, actor=SYSTEM)
    assert Document.objects.get(pk=erased.pk).best_file is None


def test_a_file_that_is_put_aside_is_let_go() -> None:
    place = organisation()
    paper, method = frozen_paper(place), by_upload(place)
    signature = attach_signature(document=paper, signed=stamped(render_document(paper)), method=method, actor=SYSTEM)
    discard_signature(signature=signature, actor=SYSTEM)
    signature.file.refresh_from_db()
    assert signature.file.delete_after is not None


def test_a_zip_that_is_a_bomb_or_broken_is_refused() -> None:
    place = organisation()
    frozen_paper(place)
    method, out = by_upload(place), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("besar.pdf", b"\0" * (25 * 1024 * 1024))
    for wrong in (out.getvalue(), b"PK\x03\x04" + b"\0" * 100):
        with pytest.raises(Conflict):
            bring_signed(method=method, files=[("a.zip", wrong)], actor=SYSTEM)


# -- BSrE's e-sign client -------------------------------------------------------------------------


def by_service(of: Organisation, address: str, password: str = "sandi") -> SigningMethod:
    return add_signing_service(
        organisation=of, name="BSrE", validity=FIRST, address=address, login="enggang", password=password, actor=SYSTEM
    )


def sign_all(method: SigningMethod, papers: list[Document], passphrase: str = "benar") -> int:
    return sign_with_service(
        method=method, documents=papers, nik="6171010101010001", passphrase=passphrase, actor=SYSTEM,
        enough=lambda: False,
    )  # fmt: skip


def test_a_batch_is_signed_with_a_passphrase_that_is_kept_nowhere() -> None:
    place, esign = organisation(), EsignClient()
    papers = [frozen_paper(place) for _each in range(12)]
    with esign.running() as address:
        method = by_service(place, address)
        assert sign_all(method, papers) == 12
    assert [len(each["file"]) for each in esign.asked] == [10, 2]
    assert esign.asked[0]["signatureProperties"][0] == {"tampilan": "INVISIBLE"}
    assert not waiting_papers(place).exists()
    assert {each.holder for each in Signature.objects.all()} == {"Contoh Pejabat"}
    kept = " ".join(str(each.__dict__) for model in (SigningMethod, Signature, Entry) for each in model.objects.all())
    assert "benar" not in kept
    assert "6171010101010001" not in kept
    assert "sandi" not in bytes(method.sealed_password).decode()


def test_a_refusal_says_why_and_what_was_signed_stays() -> None:
    place, esign = organisation(), EsignClient()
    papers = [frozen_paper(place) for _each in range(12)]
    with esign.running() as address:
        method = by_service(place, address)
        with pytest.raises(Conflict, match="Passphrase anda salah"):
            sign_all(method, papers, "keliru")
        assert waiting_papers(place).count() == 12
        esign.fail_after = 1
        with pytest.raises(Unavailable, match="layanan tidak tersedia"):
            sign_all(method, papers)
        assert waiting_papers(place).count() == 2
        esign.fail_after = 100
        assert sign_all(method, list(waiting_papers(place))) == 2
    with pytest.raises(Unavailable):  # the service is gone
        sign_all(method, papers)


def test_a_wrong_login_and_a_spoilt_answer_are_refused() -> None:
    place, esign = organisation(), EsignClient()
    paper = frozen_paper(place)
    with esign.running() as address:
        with pytest.raises(Conflict):
            sign_all(by_service(place, address, "lain"), [paper])
        esign.spoil = True
        with pytest.raises(Refused):
            sign_all(by_service(place, address), [paper])
    assert not Signature.objects.exists()


def test_a_signer_with_a_long_name_is_named_in_full() -> None:
    """A common name holds 64 characters; many an agency's name alone is longer."""
    agency = "Dinas Kepemudaan, Olahraga dan Pariwisata Provinsi Kalimantan Barat"
    key = make_key(name=f"Segel {agency}", organisation=agency, now=datetime.now(UTC))
    assert key.holder == f"Segel {agency}, {agency}"
    assert make_key(name="Segel", organisation="Dinas", now=datetime.now(UTC)).holder == "Segel, Dinas"
