"""What came of it: attendance, who completed, certificates, what was learned, what participants thought."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean

from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from enggang.documents.report_parts import (
    Part,
    Said,
    Section,
    chart,
    column,
    figures,
    missing,
    number,
    said,
    section,
    table,
)
from enggang.surveys.enums import AskingState
from enggang.surveys.queries.opinions import Opinions
from enggang.training.enums import Outcome, SurveyPurpose
from enggang.training.models import WaveSurvey
from enggang.training.queries.follow_ups import reach_of
from enggang.training.reporting.facts import DASH, Facts, decimal, share

ATTENDED = (
    "hadir dibagi seluruh sesi terencana yang berlaku bagi peserta, termasuk yang belum ditandai; izin dan sakit dihitung "
    "sendiri dan tidak termasuk hadir."
)


def attendance(facts: Facts) -> Section:
    counts = facts.session_counts
    if not counts or not facts.verdicts:
        why = said(_("Attendance cannot be reckoned yet: there are no sessions or no participants."))
        return section("attendance", "Kehadiran", [missing("sessions", why)])
    rows = [
        (each.session.code, [each.session.title, each.concerned, each.present, each.excused, each.absent, each.unmarked,
                             share(each.present, each.concerned)])
        for each in counts
    ]  # fmt: skip
    head = [column("Sesi", 5), number("Peserta"), number("Hadir"), number("Izin/sakit"), number("Tanpa kabar"),
            number("Belum ditandai"), number("Persen hadir")]  # fmt: skip
    bars = [
        (each.session.title, round(1000 * each.present / each.concerned) if each.concerned else 0,
         f"{share(each.present, each.concerned)} %")
        for each in counts
    ]  # fmt: skip
    parts = [
        table("sessions", head, rows, title="Per sesi", method=ATTENDED),
        chart("sessions_chart", "Persen hadir per sesi", bars, top=1000),
        _by_agency(facts),
    ]
    return section("attendance", "Kehadiran", parts)


def _by_agency(facts: Facts) -> Part:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for verdict in facts.verdicts:
        found[facts.origins[verdict.registration.agency_id]].append((verdict.present, verdict.planned))
    rows = []
    for name in sorted(found):
        present, planned = (sum(column) for column in zip(*found[name], strict=True))
        rows.append((name, [name, len(found[name]), present, planned, share(present, planned)]))
    head = [
        column("Perangkat daerah", 5),
        number("Peserta"),
        number("Hadir"),
        number("Seharusnya"),
        number("Persen hadir"),
    ]
    method = "kehadiran semua peserta perangkat daerah dijumlahkan: satu peserta pada satu sesi dihitung satu."
    return table("agencies", head, rows, title="Per perangkat daerah", method=method)


def completion(facts: Facts) -> Section:
    rows = [verdict.registration for verdict in facts.verdicts]
    if not any(row.outcome != Outcome.PENDING for row in rows):
        why = said(_("Who completed is not decided yet."))
        return section("completion", "Hasil kelulusan", [missing("outcomes", why)])
    programme = facts.wave.programme
    rule = f"aturan program: hadir paling sedikit {programme.minimum_attendance} % dari sesi terencana"
    if programme.minimum_post_test is not None:
        rule += f" dan nilai tes akhir paling sedikit {programme.minimum_post_test} %"
    counted = [
        (str(outcome), label, sum(row.outcome == outcome for row in rows))
        for outcome, label in ((Outcome.PASSED, "Lulus"), (Outcome.FAILED, "Tidak lulus"), (Outcome.PENDING, "Belum diputuskan"))
    ]  # fmt: skip
    against = sum(bool(row.outcome_reason) for row in rows)
    counted.append(("overridden", "Diputuskan orang dengan alasan tertulis", against))
    return section("completion", "Hasil kelulusan", [figures("outcomes", counted, method=f"{rule}.")])


def certificates(facts: Facts) -> Section:
    numbers = [row.award.number for row in facts.certificates if row.award]
    if not numbers:
        return section("certificates", "Sertifikat", [missing("issued", said(_("No certificate is issued yet.")))])
    counted = [
        ("issued", "Sertifikat terbit", len(numbers)), ("first", "Nomor pertama", numbers[0]), ("last", "Nomor terakhir", numbers[-1]),
    ]  # fmt: skip
    method = "sertifikat yang terbit dan tidak dibatalkan; nomor dan namanya ada di lampiran."
    return section("certificates", "Sertifikat", [figures("issued", counted, method=method)])


def learned(facts: Facts) -> Section:
    title = "Hasil tes awal dan tes akhir"
    if not facts.has_tests:
        return section("tests", title, [missing("gain", said(_("This wave has no tests.")))])
    gains = facts.gains
    if not gains.is_shown:
        why = said(
            _("Fewer than %(count)s participants took both tests, so their scores are not shown."),
            count=gains.minimum.value,
        )
        return section("tests", title, [missing("gain", why)])
    counted = [
        ("both", "Peserta yang mengerjakan kedua tes", gains.both),
        ("pre", "Rata-rata tes awal (%)", decimal(gains.mean_pre)),
        ("post", "Rata-rata tes akhir (%)", decimal(gains.mean_post)),
        ("gain", "Kenaikan (poin persen)", decimal(gains.mean_gain)),
        ("normalised", "Kenaikan ternormalisasi", decimal(gains.mean_normalised, 2)),
    ]
    if gains.unjudged:
        counted.append(("unjudged", "Jawaban yang belum dinilai", str(gains.unjudged)))
    method = (
        "hanya peserta yang mengerjakan keduanya. Kenaikan ternormalisasi (Hake 1998): kenaikan dibagi yang masih dapat "
        f"dicapai, dirata-ratakan per orang. Ditampilkan mulai {gains.minimum.value} orang."
    )
    bars = [("Tes awal", gains.mean_pre), ("Tes akhir", gains.mean_post)]
    parts = [
        figures("gain", counted, method=method),
        chart("gain_chart", "Rata-rata nilai tes", [(name, round(10 * value), f"{decimal(value)} %") for name, value in bars], top=1000),
    ]  # fmt: skip
    if gains.items:
        rows = [
            (each.text, [each.text, decimal(each.pre), decimal(each.post), decimal(each.gain)]) for each in gains.items
        ]
        head = [column("Soal", 6), number("Awal (%)"), number("Akhir (%)"), number("Kenaikan")]
        how = f"rata-rata poin yang diperoleh, untuk soal yang dijawab paling sedikit {gains.minimum.value} orang pada kedua tes."
        parts.append(table("items", head, _keyed(rows), title="Per soal", method=how))
    return section("tests", title, parts)


def _keyed(rows: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Texts are long: a row goes by its place and the beginning of its text."""
    return [(f"{place} {name}"[:80], cells) for place, (name, cells) in enumerate(rows, 1)]


def evaluation(facts: Facts) -> Section:
    if not facts.surveys:
        return section("evaluation", "Hasil evaluasi", [missing("surveys", said(_("No evaluation was opened.")))])
    parts = [part for row, opinions in facts.surveys for part in _survey(row, opinions)]
    return section("evaluation", "Hasil evaluasi", parts)


def _uncounted(row: WaveSurvey) -> Said:
    survey, purpose = row.survey, SurveyPurpose(row.purpose).label
    if survey.state == AskingState.OPEN and not survey.live:
        message = _("%(purpose)s: %(title)s. Still open: answers are counted once this evaluation is closed.")
        return said(message, purpose=purpose, title=survey.title)
    message = _("%(purpose)s: %(title)s. Fewer than %(count)s answers, so the result is not shown.")
    return said(message, purpose=purpose, title=survey.title, count=survey.minimum)


def _survey(row: WaveSurvey, opinions: Opinions) -> list[Part]:
    survey, key = row.survey, f"survey{row.pk}"
    with override("id"):
        title = f"{row.get_purpose_display()}: {survey.title}"
    if not opinions.lines:
        return [missing(key, _uncounted(row))]
    lines = opinions.lines
    steps = [str(step) for step in range(1, survey.high + 1)]
    rows = [
        (str(each.statement.position), [each.statement.text, decimal(each.mean, 2), *each.counts]) for each in lines
    ]
    head = [column("Pernyataan", 8), number("Rata-rata", 2), *(number(step) for step in steps)]
    method = (
        f"rata-rata dari {opinions.counted} jawaban anonim pada skala 1–{survey.high}; kolom angka: banyaknya jawaban. "
        f"Ditampilkan mulai {survey.minimum} jawaban. Instrumen: {survey.source or DASH}{'' if survey.verified else ' (belum terverifikasi)'}."
    )
    counted = [
        ("answers", "Jawaban yang dihitung", str(opinions.counted)),
        ("mean", f"Rata-rata (1–{survey.high})", decimal(fmean(each.mean for each in lines), 2)),
        ("index", "Indeks (0–100)", decimal(opinions.index, 2)),
    ]
    if row.purpose in {SurveyPurpose.SELF, SurveyPurpose.SUPERIOR}:
        asked, reached = reach_of(row)
        counted.insert(
            0, ("reached", "Terjangkau (akun, surel, atau alamat yang diserahkan)", f"{reached} dari {asked}")
        )
    if opinions.band:
        counted.append(("band", "Kategori", opinions.band))
    bars = [(each.statement.text, round(100 * each.mean), decimal(each.mean, 2)) for each in lines]
    return [
        figures(f"{key}_sum", counted, title=title, method="indeks = rata-rata dibagi nilai tertinggi, kali 100."),
        chart(f"{key}_chart", "Rata-rata per pernyataan", bars, top=100 * survey.high),
        table(key, head, rows, method=method),
    ]
