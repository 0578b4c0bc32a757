"""The training certificate: from its data to what the template sets, and from there to the PDF."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any, NotRequired, TypedDict

from enggang.core.codes import grouped
from enggang.documents.rendering import qr, schema
from enggang.documents.rendering.compiler import TEMPLATES, template
from enggang.documents.rendering.pictures import as_svg
from enggang.documents.rendering.typography import BREAK, breakable, cleaned, fitted, line_count
from enggang.documents.rendering.wording import NBSP, date_range, long_date, spaced_nip, spelled

TEMPLATE = "certificate/2"
HEADING = "Sertifikat Pelatihan"
SENTENCE = "telah mengikuti dan menyelesaikan"
WIDTH = 459.0  # points: the 162 mm between the margins
FACT_WIDTH, SENTENCE_WIDTH, SIGNATURE_WIDTH = 285.0, 391.0, 198.0
SEMIBOLD = "SourceSerif4-SemiBold"
ISSUER_SIZES = (14, 12.5, 11, 9.5, 8.5)
NAME_SIZES = (26, 24.5, 23, 21, 19, 17, 15, 13, 11.5, 10)
PROGRAMME_SIZES = ((19, 17.5, 16), (15, 14, 13, 12, 11, 10.5))  # on two lines, and when it needs three
# The front holds its shortest texts and this many points of further lines, and still looks unhurried. Beyond that
# the template measures and shrinks it as a whole, which takes three times as long.
ROOM = 150.0
# A curriculum of more lines than this is set closer, and its pages are counted.
ROWS = 18
ROW = 64  # characters that surely fit one line of the table


class Issuer(TypedDict):
    name: str
    emblem: NotRequired[str]  # the code of the stored picture; empty: the ornament of the template
    parent: NotRequired[str]


class Holder(TypedDict):
    name: str
    nip: NotRequired[str]
    nip_label: NotRequired[str]  # "NIP" or "NI PPPK"
    rank: NotRequired[str]
    post: NotRequired[str]
    agency: NotRequired[str]


class Programme(TypedDict):
    name: str
    starts_on: str  # ISO dates
    ends_on: str
    jp: int
    credited_jp: NotRequired[int]  # of its holder, where it is not what the curriculum has
    wave: NotRequired[str]
    place: NotRequired[str]
    minutes_per_jp: NotRequired[int]
    sentence: NotRequired[str]
    qualification: NotRequired[str]


class Item(TypedDict):
    subject: str
    jp: int


class Issued(TypedDict):
    city: str
    on: str
    until: NotRequired[str]  # the last day on which it is good


class Signatory(TypedDict):
    above: NotRequired[str]  # «a.n. …», the line over the post
    post: str
    name: str
    rank: NotRequired[str]
    nip: NotRequired[str]
    status: NotRequired[str]


class Verification(TypedDict):
    url: str
    code: str


class Certificate(TypedDict):
    """What a certificate says; ``schema.json`` beside the template gives the lengths and forms."""

    number: str
    issuer: Issuer
    holder: Holder
    programme: Programme
    curriculum: list[Item]
    issued: Issued
    signatory: Signatory
    verification: Verification
    specimen: bool
    heading: NotRequired[str]


@cache
def shape() -> schema.Schema:
    """The JSON Schema of the data."""
    loaded: schema.Schema = json.loads((TEMPLATES / TEMPLATE / "schema.json").read_text())
    return loaded


def sample() -> Certificate:
    """A specimen with invented people, for previews and tests."""
    loaded: Certificate = json.loads((TEMPLATES / TEMPLATE / "sample.json").read_text())
    return loaded


def check(data: dict[str, Any]) -> Certificate:
    """The data with its texts cleaned for printing.

    Raises Misshapen when it has the wrong shape, Unprintable when a character is in no shipped font.
    """
    certificate: Certificate = _cleaned(data)
    schema.check(certificate, shape())
    programme, curriculum = certificate["programme"], certificate["curriculum"]
    if programme["ends_on"] < programme["starts_on"]:
        raise schema.Misshapen(["programme.ends_on: is before starts_on"])
    if curriculum and sum(item["jp"] for item in curriculum) != programme["jp"]:
        raise schema.Misshapen(["curriculum: its JP do not add up to programme.jp"])
    return certificate


def render_certificate(data: dict[str, Any], *, path: str = TEMPLATE, emblem: bytes = b"") -> bytes:
    """The certificate as a PDF/A-3a and PDF/UA-1 file; the same data and emblem give the same bytes, always.

    Raises Misshapen or Unprintable, see ``check``. Takes about 10 ms: call it from a job, outside any transaction.
    """
    certificate = check(data)
    laid, day = page(certificate), date.fromisoformat(certificate["issued"]["on"])
    laid["issuer"]["emblem"] = bool(emblem)
    return template(path).draw(laid, day, {"emblem.svg": as_svg(emblem)} if emblem else None)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    return [_cleaned(each) for each in value] if isinstance(value, list) else value


def page(data: Certificate) -> dict[str, Any]:
    """What the template sets, worded, fitted and broken into lines; every string is text, none is markup."""
    issued = date.fromisoformat(data["issued"]["on"])
    heading = data.get("heading", HEADING)
    set_up = {
        "title": f"{'SPESIMEN – ' if data['specimen'] else ''}{heading} – {data['holder']['name']}",
        "date": {"year": issued.year, "month": issued.month, "day": issued.day},
        "specimen": data["specimen"],
        "heading": heading,
        "number": breakable(data["number"]),
        "issuer": _issuer(data["issuer"]),
        "holder": _holder(data["holder"]),
        "programme": _programme(data["programme"], data["issued"].get("until", "")),
        "curriculum": [{"subject": breakable(item["subject"]), "jp": str(item["jp"])} for item in data["curriculum"]],
        "total": str(data["programme"]["jp"]),
        "note": _note(data["programme"]),
        "issued": f"{data['issued']['city']}, {long_date(issued)}",
        "signatory": _signatory(data["signatory"]),
        "verification": _verification(data["verification"]),
    }
    return {
        **set_up,
        "dense": _further_lines(set_up) > ROOM,
        "long": sum(1 + len(item["subject"]) // ROW for item in data["curriculum"]) > ROWS,
    }


def _further_lines(front: dict[str, Any]) -> float:
    """The height in points of all lines of the front beyond the first of each text."""
    holder, programme, signatory = front["holder"], front["programme"], front["signatory"]
    fitted_lines = [
        (each["size"] * 1.5, len(each["lines"])) for each in (front["issuer"], holder["name"], programme["name"])
    ]
    sentence = f"{programme['circumstances']}, dengan kualifikasi {programme['qualification']}"
    wrapped = [
        (13.0, front["issuer"]["parent"], 10.0, WIDTH),
        (17.0, front["number"], 11.0, WIDTH),
        *((17.0, text, 10.5, FACT_WIDTH) for _name, text in holder["facts"]),
        (18.0, programme["sentence"], 12.0, WIDTH),
        (18.0, programme["wave"], 11.5, WIDTH),
        (19.0, sentence, 11.0, SENTENCE_WIDTH),
        (17.0, front["issued"], 10.5, SIGNATURE_WIDTH),
        (17.0, signatory["above"], 10.5, SIGNATURE_WIDTH),
        (17.0, signatory["post"], 10.5, SIGNATURE_WIDTH),
        (17.0, signatory["name"], 10.5, SIGNATURE_WIDTH),
        *((16.0, line, 9.5, SIGNATURE_WIDTH) for line in signatory["lines"]),
    ]
    counted = [
        (height, line_count(text, font=SEMIBOLD, size=size, width=width)) for height, text, size, width in wrapped
    ]
    return float(sum(height * (lines - 1) for height, lines in fitted_lines + counted))


def _lines(text: str, sizes: tuple[float, ...], lines: int, tracking: float = 0.0) -> dict[str, Any]:
    set_as = fitted(text, font=SEMIBOLD, sizes=sizes, width=WIDTH, lines=lines, tracking=tracking)
    return {"size": set_as.size, "lines": set_as.lines}


def _issuer(issuer: Issuer) -> dict[str, Any]:
    lines = _lines(issuer["name"].upper(), ISSUER_SIZES, 2, tracking=0.05)
    return {"name": issuer["name"], "emblem": False, "parent": breakable(issuer.get("parent", "").upper()), **lines}


def _holder(holder: Holder) -> dict[str, Any]:
    facts = (
        (holder.get("nip_label", "NIP"), spaced_nip(holder.get("nip", ""))),
        ("Pangkat/golongan", holder.get("rank", "")),
        ("Jabatan", holder.get("post", "")),
        ("Instansi", holder.get("agency", "")),
    )
    return {
        "name": _lines(holder["name"], NAME_SIZES, 2),
        "facts": [[key, breakable(text)] for key, text in facts if text],
    }


def _programme(programme: Programme, until: str) -> dict[str, Any]:
    dates = date_range(date.fromisoformat(programme["starts_on"]), date.fromisoformat(programme["ends_on"]))
    where = f" di {breakable(programme['place'])}" if programme.get("place") else ""
    amount = _hours(programme["jp"])
    if "credited_jp" in programme:
        amount += f", diakui {_hours(programme['credited_jp'])}"
    good = f", berlaku sampai dengan {long_date(date.fromisoformat(until))}" if until else ""
    return {
        "sentence": programme.get("sentence", SENTENCE),
        "name": _programme_name(programme["name"]),
        "wave": breakable(programme.get("wave", "")),
        "circumstances": f"yang diselenggarakan{where} pada tanggal {dates} selama {amount}{good}",
        "qualification": breakable(programme.get("qualification", "")).replace(" ", NBSP),
    }


def _hours(jp: int) -> str:
    return f"{jp}{NBSP}({spelled(jp)}) jam pelajaran"


def _programme_name(name: str) -> dict[str, Any]:
    large, small = PROGRAMME_SIZES
    set_as = _lines(name, large, 2)
    return set_as if len(set_as["lines"]) <= 2 else _lines(name, small, 3)


def _note(programme: Programme) -> str:
    minutes = programme.get("minutes_per_jp")
    return f"1 JP (jam pelajaran) setara dengan {minutes} menit." if minutes else ""


def _signatory(signatory: Signatory) -> dict[str, Any]:
    nip = signatory.get("nip", "")
    lines = [signatory.get("rank", ""), f"NIP{NBSP}{spaced_nip(nip)}" if nip else ""]
    return {
        "above": breakable(signatory.get("above", "")),
        "post": breakable(signatory["post"]),
        "name": breakable(signatory["name"]),
        "lines": [breakable(line) for line in lines if line],
        "status": signatory.get("status", ""),
    }


def _verification(verification: Verification) -> dict[str, str]:
    url = verification["url"]
    code = verification["code"]
    shown = url.split("://", 1)[1]
    return {
        "url": url,
        "address": f"/{BREAK}".join(map(breakable, shown.split("/"))),
        "code": code if "-" in code else grouped(code),
        "qr": qr.svg(url),
    }
