from __future__ import annotations

from django.urls import path

from enggang.core.addresses import for_signed_in
from enggang.documents.views import letters, office, signing, wordings

app_name = "documents"
urlpatterns = for_signed_in(
    path("", office.office_list, name="offices"),
    path("naskah/<slug:code>/", letters.letter, name="letter"),
    path("naskah/<slug:code>/ubah/", letters.letter_edit, name="letter_edit"),
    path("naskah/<slug:code>/nomor/", letters.letter_number, name="letter_number"),
    path("naskah/<slug:code>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("naskah/<slug:code>/docx/", letters.letter_docx, name="letter_docx"),
    path("naskah/<slug:code>/pindaian/", letters.letter_scan, name="letter_scan"),
    path("naskah/<slug:code>/pindaian/unduh/", letters.letter_scanned, name="letter_scanned"),
    path("naskah/<slug:code>/batal/", letters.letter_void, name="letter_void"),
    path("naskah/<slug:code>/buang/", letters.letter_drop, name="letter_drop"),
    path("templat/<slug:code>/", wordings.template, name="template"),
    path("templat/<slug:code>/langkah/<slug:step>/", wordings.template_step, name="template_step"),
    path("templat/<slug:code>/pratinjau/<int:number>/", wordings.template_preview, name="template_preview"),
    path("<slug:code>/", office.office, name="office"),
    path("<slug:code>/daftar/", office.letter_list, name="letters"),
    path("<slug:code>/tanda-tangan/", signing.signing, name="signing"),
    path("<slug:code>/tanda-tangan/cara/<slug:backend>/", signing.signing_new, name="signing_new"),
    path("<slug:code>/tanda-tangan/cara/<int:method_id>/akhir/", signing.signing_end, name="signing_end"),
    path("<slug:code>/tanda-tangan/unduh/", signing.signing_folder, name="signing_folder"),
    path("<slug:code>/tanda-tangan/unggah/", signing.signing_bring, name="signing_bring"),
    path("<slug:code>/tanda-tangan/bubuhkan/", signing.signing_batch, name="signing_batch"),
    path("<slug:code>/tanda-tangan/<int:signature_id>/berkas/", signing.signing_file, name="signing_file"),
    path("<slug:code>/tanda-tangan/<int:signature_id>/<slug:answer>/", signing.signing_decide, name="signing_decide"),
    path("<slug:code>/kop/", office.letterhead_new, name="letterhead_new"),
    path("<slug:code>/penandatangan/", office.signatory_new, name="signatory_new"),
    path("<slug:code>/blok-nomor/", office.block_new, name="block_new"),
    path("<slug:code>/blok-nomor/<int:block_id>/tutup/", office.block_close, name="block_close"),
    path("<slug:code>/berlaku/<slug:what>/<int:row_id>/", office.dated_end, name="dated_end"),
    path("<slug:code>/templat/", wordings.template_copy, name="template_copy"),
    path("<slug:code>/contoh/<slug:kind>/<int:number>/", wordings.shipped_preview, name="shipped_preview"),
)
