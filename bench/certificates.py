"""Two-page certificates with a QR code: ours (Typst, tagged, PDF/A-3a and PDF/UA-1) beside WeasyPrint on the same content.

Both sides set the same words in the same fonts with the same ornaments and the same QR code, a different person
and number every time, unsigned, in one process. WeasyPrint's paper is plain PDF, which is less than ours promises.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import time
from base64 import b64encode
from copy import deepcopy
from html import escape
from itertools import count
from typing import Any, cast

from bench import Result

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

from bench._measure import interleaved

EXPECTED_RATIO = 15.0
EXPECTED_PER_SECOND = 60.0
WARM_UP = 30

STYLE = """
@font-face { font-family: Source; src: url(SourceSerif4-Regular.ttf) }
@font-face { font-family: Source; font-style: italic; src: url(SourceSerif4-Italic.ttf) }
@font-face { font-family: Source; font-weight: 600; src: url(SourceSerif4-SemiBold.ttf) }
@font-face { font-family: Jakarta; src: url(PlusJakartaSans-Medium.ttf) }
@page { size: A4; margin: 31mm 24mm 27mm; border: 0 }
body { font: 11pt/1.3 Source; color: #23211f; margin: 0; text-align: center }
.frame { position: fixed; inset: -22mm -15mm -18mm; border: 0.9pt solid #6b1e28; outline: 0.4pt solid #b08a3c; outline-offset: -5pt }
.band { position: absolute; left: -13.5mm; width: 189mm; top: -20.5mm } .low { top: auto; bottom: -16.5mm; transform: scaleY(-1) }
.mark { position: absolute; top: 35%; left: 5mm; font: 92pt Jakarta; color: #f6ebe7; transform: rotate(-52deg); z-index: -1 }
.line { display: inline-block; border: 0.6pt solid #6b1e28; border-radius: 2pt; padding: 4pt 8pt; font: 7.5pt Jakarta; color: #6b1e28 }
.parent { font: 8pt Jakarta; letter-spacing: .13em; color: #645e57 } .issuer { font-weight: 600; font-size: 14pt; letter-spacing: .05em }
h1 { font-weight: 400; font-size: 28pt; letter-spacing: .1em; color: #6b1e28; margin: 3mm 0 2mm } h2 { font-size: 18pt; font-weight: 400; color: #6b1e28 }
.name { font-weight: 600; font-size: 26pt } .programme { font-weight: 600; font-size: 19pt; color: #6b1e28 } i { color: #645e57; font-size: 12pt }
.facts { margin: 3mm auto; width: 136mm; border-top: .5pt solid #d9cfbb; text-align: left; font-size: 10.5pt } .facts th { font: 7.5pt Jakarta; width: 32mm; text-align: left }
.foot { width: 100%; margin-top: 6mm; text-align: left } .foot td { vertical-align: bottom } .qr { width: 27mm } small { font: 7pt Jakarta; color: #645e57 }
.back { break-before: page; position: relative } .list { width: 100%; border-collapse: collapse; text-align: left; font-size: 10pt }
.list th { background: #6b1e28; color: white; font: 7.5pt Jakarta; padding: 2.3mm 3mm } .list td { border-bottom: .5pt solid #d9cfbb; padding: 2mm 3mm }
"""


def _image(svg: str, css_class: str, alt: str = "") -> str:
    source = "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
    return f'<img class="{css_class}" alt="{escape(alt)}" src="{source}">'


def page_in_html(page: dict[str, Any], band: str, star: str) -> str:
    """The same words, as WeasyPrint would be given them."""
    holder, programme, signatory, verify = (page[key] for key in ("holder", "programme", "signatory", "verification"))
    facts = "".join(f"<tr><th>{escape(name)}<td>{escape(text)}" for name, text in holder["facts"])
    rows = "".join(
        f"<tr><td>{number}<td>{escape(item['subject'])}<td>{item['jp']}"
        for number, item in enumerate(page["curriculum"], 1)
    )
    line = '<p class="line">SPESIMEN – bukan dokumen resmi / SPECIMEN – not an official document</p>'
    name = "<br>".join(map(escape, holder["name"]["lines"]))
    title = "<br>".join(map(escape, programme["name"]["lines"]))
    return f"""<!doctype html><html lang="id"><title>{escape(page["title"])}</title><div class="frame"></div>
<section>{_image(band, "band")}{_image(band, "band low")}<div class="mark">SPESIMEN</div>{line}
<p>{_image(star, "star")}</p><div class="parent">{escape(page["issuer"]["parent"])}</div>
<div class="issuer">{escape(page["issuer"]["lines"][0])}</div><h1>{escape(page["heading"].upper())}</h1>
<div>Nomor {escape(page["number"])}</div><p><i>diberikan kepada</i></p><div class="name">{name}</div>
<table class="facts">{facts}</table><p><i>{escape(programme["sentence"])}</i></p><div class="programme">{title}</div>
<div>{escape(programme["wave"])}</div><p>{escape(programme["circumstances"])}, dengan kualifikasi
<b>{escape(programme["qualification"])}</b></p>
<table class="foot"><tr><td>{_image(verify["qr"], "qr", "Kode QR " + verify["url"])}<td><small>Periksa keaslian<br>
{escape(verify["code"])}<br><a href="{escape(verify["url"])}">{escape(verify["address"])}</a></small>
<td>{escape(page["issued"])}<br>{escape(signatory["post"])}<br><br><br><small>{escape(signatory["status"])}</small><br>
<b>{escape(signatory["name"])}</b><br>{"<br>".join(map(escape, signatory["lines"]))}</table></section>
<section class="back"><div class="mark">SPESIMEN</div>{line}<h2>Daftar Mata Pelatihan</h2><b>{title}</b>
<p>{escape(programme["wave"])}</p><table class="list"><thead><tr><th>No.<th>Mata pelatihan<th>JP</thead>{rows}
<tr><td><td><b>Jumlah jam pelajaran</b><td><b>{page["total"]}</b></table><p><small>{escape(page["note"])}</small></p></section>"""


class Sides:
    """Both ways to draw the paper of the n-th person."""

    def __init__(self) -> None:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration

        from enggang.documents.rendering import certificate
        from enggang.documents.rendering.compiler import template
        from enggang.documents.rendering.typography import FONTS

        self.certificate, self.html = certificate, HTML
        self.sample = cast(dict[str, Any], certificate.sample())
        self.fonts, self.base = FontConfiguration(), FONTS.as_uri() + "/"
        self.style = CSS(string=STYLE, base_url=self.base, font_config=self.fonts)  # read once, as ours is
        files = template(certificate.TEMPLATE).files
        self.band, self.star = files["band.svg"].decode(), files["star.svg"].decode().replace("<svg", '<svg width="76"')

    def data(self, person: int) -> dict[str, Any]:
        data = deepcopy(self.sample)
        code = f"7KQ2M9XW4{person:05d}"
        data["holder"] |= {"name": f"Siti Nurhaliza {person}, S.E., M.M.", "nip": f"19860926201505{person % 10**4:04d}"}
        data["number"] = f"800.1.4.2/{person:04d}/DISPORAPAR/XI/2022"
        data["verification"] = {"url": f"https://enggang.example/verify/{code}", "code": code}
        return data

    def ours(self, person: int) -> bytes:
        return self.certificate.render_certificate(self.data(person))

    def theirs(self, person: int) -> bytes:
        page = self.certificate.page(self.certificate.check(self.data(person)))
        html = self.html(string=page_in_html(page, self.band, self.star), base_url=self.base)
        return bytes(html.write_pdf(stylesheets=[self.style], font_config=self.fonts))


def _pages(pdf: bytes) -> int:
    import pikepdf

    return len(pikepdf.open(io.BytesIO(pdf)).pages)


def _milliseconds(draw: Any, persons: Any, rounds: int) -> list[float]:
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        draw(next(persons))
        spent.append((time.perf_counter() - start) * 1000)
    return sorted(spent)


def run(options: argparse.Namespace) -> Result:
    django.setup()
    sides, persons = Sides(), count(1)
    samples = sides.ours(next(persons)), sides.theirs(next(persons))
    if [_pages(pdf) for pdf in samples] != [2, 2]:
        raise RuntimeError("both papers must have two pages")
    _milliseconds(sides.ours, persons, WARM_UP)

    def draw(side: Any) -> int:
        side(next(persons))
        return 1

    ours, theirs = interleaved(lambda: draw(sides.ours), lambda: draw(sides.theirs), seconds=options.seconds)
    single = _milliseconds(sides.ours, persons, 100)
    return {
        "figures": {
            "certificates a second, one process": round(ours, 1),
            "expected at least": EXPECTED_PER_SECOND,
            "milliseconds for one, median": round(statistics.median(single), 2),
            "milliseconds for one, p99": round(single[98], 2),
            "kB each": round(len(samples[0]) / 1024, 1),
            "kB each, WeasyPrint": round(len(samples[1]) / 1024, 1),
        },
        "comparisons": [
            {
                "rival": "WeasyPrint",
                "ours": ours,
                "theirs": theirs,
                "unit": "two-page certificates/s",
                "expected": EXPECTED_RATIO,
            }
        ],
        "holds": ours >= EXPECTED_PER_SECOND,
    }
