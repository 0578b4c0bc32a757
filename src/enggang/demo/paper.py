"""A paper that opens: what the demonstration keeps where somebody would have brought a scan."""

from __future__ import annotations

_TEXT = (
    b"BT /F1 28 Tf 72 740 Td (SPESIMEN) Tj /F1 12 Tf 0 -28 Td (Berkas peragaan: tidak ada dokumen asli di sini.) Tj ET"
)
_OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
    b"<</Length %d>>stream\n%s\nendstream" % (len(_TEXT), _TEXT),
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)


def specimen_pdf() -> bytes:
    """One page that says it is a specimen."""
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(_OBJECTS, 1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, rows)
    return (
        content + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(content))
    )
