"""The parts of every screen, shown with samples: /styleguide/."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django_tables2 as tables
import segno
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from enggang.core.templatetags.ui import TONES, badge_html

COLOURS = (
    *("paper", "surface", "sunken", "line", "line-strong", "ink", "ink-2", "ink-3"),
    *("brand", "brand-soft", "accent", "accent-soft", "pua", "ground", "danger", "focus"),
    *("good", "good-soft", "warn", "warn-soft", "bad", "bad-soft", "info", "info-soft"),
)
SPRITE = Path(__file__).parents[1] / "static/core/icons.svg"


@dataclass(frozen=True, slots=True)
class Pool:
    label: str
    taken: int
    size: int
    waiting: int = 0


class SampleForm(forms.Form):
    name = forms.CharField(label="Nama lengkap", help_text="Tanpa gelar, seperti pada SK pengangkatan.")
    agency = forms.ChoiceField(
        label="Perangkat daerah", choices=[("", "Pilih instansi"), ("1", "Disporapar Kab. Sambas")]
    )
    starts = forms.DateField(label="Mulai", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    email = forms.EmailField(label="Surel", required=False)
    mode = forms.ChoiceField(
        label="Cara mengikuti", choices=[("hall", "Tatap muka"), ("line", "Daring")], widget=forms.RadioSelect
    )
    letter = forms.FileField(label="Surat tugas", required=False, help_text="PDF, paling besar 5 MB.")
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agree = forms.BooleanField(label="Saya bersedia mengikuti seluruh sesi", help_text="Kehadiran dihitung per sesi.")


class SampleFilter(forms.Form):
    q = forms.CharField(label="Cari", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    agency = forms.ChoiceField(label="Instansi", required=False, choices=[("", "Semua"), ("1", "Kab. Sambas")])
    state = forms.ChoiceField(label="Status", required=False, choices=[("", "Semua"), ("1", "Terdaftar")])


class SampleTable(tables.Table):
    name = tables.Column("Nama")
    agency = tables.Column("Perangkat daerah")
    hours = tables.Column("JP", attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    state = tables.Column("Status", orderable=False)

    class Meta:
        template_name = "core/components/table.html"
        empty_text = "Belum ada peserta."


@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "core/styleguide.html", _samples(request))


def _samples(request: HttpRequest) -> dict[str, Any]:
    return {
        "colours": COLOURS,
        "icons": re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()),
        "tones": TONES,
        "form": SampleForm(),
        "wrong_form": SampleForm({"name": "Dayang Nurfaizah", "mode": "hall", "email": "dayang"}, auto_id="wrong_%s"),
        "filter_form": SampleFilter(request.GET or None, auto_id="filter_%s"),
        "table": _table(request),
        "empty_table": SampleTable([]),
        "page": Paginator(range(240), 20).page(5),
        "pools": [Pool("Kuota Provinsi", 12, 20), Pool("Kuota Kab. Sambas", 10, 10, 4), Pool("Umum", 3, 15)],
        "qr": SafeString(
            segno.make("HTTPS://ENGGANG.EXAMPLE/V/7K2M9QXW", error="m").svg_inline(omitsize=True, border=2)
        ),
        "whatsapp": WHATSAPP,
        **_lists(),
    }


WHATSAPP = (
    "Yth. Dayang Nurfaizah,\n\nAnda terdaftar pada pelatihan *Tata Kelola Festival*, gelombang 2.\n"
    "Senin, 14 September 2026 pukul 08.00 WIB\nGedung Pelatihan Disporapar, Pontianak\n\nMohon hadir 15 menit lebih awal."
)


def _lists() -> dict[str, Any]:
    return {
        "crumbs": [
            {"label": "Pelatihan", "href": "#"},
            {"label": "Tata Kelola Festival", "href": "#"},
            {"label": "Gelombang 2"},
        ],
        "steps": [
            {"label": "Pendaftaran", "state": "done", "note": "ditutup 1 September"},
            {"label": "Pelaksanaan", "state": "current", "note": "sesi 3 dari 6"},
            {"label": "Penilaian", "state": "failed", "note": "dua nilai ditolak"},
            {"label": "Sertifikat", "state": "todo"},
        ],
        "tab_items": [
            {"label": "Peserta", "href": "#", "current": True, "count": 28},
            {"label": "Sesi", "href": "#", "count": 6},
            {"label": "Kehadiran", "href": "#"},
            {"label": "Sertifikat", "href": "#"},
        ],
        "facts": [
            ("Penyelenggara", "Disporapar Provinsi Kalimantan Barat"),
            ("Tempat", "Gedung Pelatihan, Pontianak"),
            ("Jam pelajaran", "24 JP"),
            ("Catatan", ""),
        ],
        "meta": [{"icon": "calendar", "text": "14–16 September 2026"}, {"icon": "pin", "text": "Pontianak"}],
    }


def _table(request: HttpRequest) -> tables.Table:
    names = ("Dayang Nurfaizah", "Yohanes Lambang", "Siti Maimunah", "Agustinus Jelani", "Lim Mei Hwa", "Uray Ridwan")
    places = ("Disporapar Kab. Sambas", "Disporapar Kab. Sanggau", "Dinas Pariwisata Kota Singkawang")
    states = (("Lulus", "good"), ("Mengikuti", "info"), ("Menunggu", "warn"), ("Batal", "bad"))
    rows = [
        {
            "name": names[number % 6],
            "agency": places[number % 3],
            "hours": 24 - number % 5,
            "state": badge_html(*states[number % 4]),
        }
        for number in range(32)
    ]
    table = SampleTable(rows)
    tables.RequestConfig(request, paginate={"per_page": 5}).configure(table)
    return table
