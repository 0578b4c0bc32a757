"""Words that the pack and its papers share. Indonesian, whatever the language of the screen."""

from __future__ import annotations

from enggang.innovation.queries.profile import EMPTY, RECORD, TYPED

ORIGINS = {TYPED: "diketik", RECORD: "dari catatan inovasi", EMPTY: "kosong"}
DOUBT = (
    "Bobot, parameter, dan rumus berasal dari sumber yang belum dicocokkan dengan surat aslinya. Nilai ini perhitungan "
    "internal, bukan nilai Kementerian Dalam Negeri."
)
