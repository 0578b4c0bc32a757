"""The media library at work: photos that wait, people who agreed to be shown, a collection, a contest and what was posted.

Authors and people are made up, but for the participant and the instructor of the demonstration, who have accounts. The
photos are parts of the drawn pictures that the library shows already.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PIL import Image, ImageOps

from enggang.access.domain.grants import grant_role
from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import SYSTEM, load_user
from enggang.media.domain.capability import missing_tools
from enggang.media.domain.collections import collect, keep_collection, show_collection
from enggang.media.domain.consents import add_likeness, keep_consent, withdraw_consent
from enggang.media.domain.contests import ask_guest, ask_juror, enter_contest, judge_entry, keep_contest, move_contest
from enggang.media.domain.curation import decide_asset, start_review, submit_asset
from enggang.media.domain.describing import describe_asset
from enggang.media.domain.giving import note_posting
from enggang.media.domain.importing import Archive, take_in
from enggang.media.domain.intakes import open_intake
from enggang.media.domain.publishing import publish_asset
from enggang.media.domain.rights import state_rights
from enggang.media.enums import AssetState
from enggang.media.enums_words import ContestState
from enggang.media.models import Asset, Consent, Entry
from enggang.people.models import Person
from enggang.places.models import Organisation

GUEST = "Fatimah Contoh (tanpa akun)"
WIDTH = 720  # small: a photo that nobody prints is taken in within a moment


class Part(NamedTuple):
    """A part of a shown picture as a photo of its own: ``box`` in shares of it, mirrored; by whom, and how far it is."""

    of: str
    box: tuple[float, float, float, float]
    title: str
    by: str  # "" for somebody without an account, else the role of the account
    state: AssetState
    person: int | None = None  # which of the consents


PARTS = (
    Part("Malam lampion", (0.0, 0.0, 0.5, 0.6), "Lampion di malam Imlek", "participant", AssetState.PUBLISHED),
    Part("Rumah panjang saat panen", (0.2, 0.3, 1.0, 0.9), "Rumah panjang dari dekat", "", AssetState.ACCEPTED, 0),
    Part("Perahu di danau senja", (0.0, 0.4, 0.6, 1.0), "Nelayan pulang", "participant", AssetState.IN_REVIEW, 1),
    Part("Meriam karbit di tepi sungai", (0.3, 0.2, 1.0, 0.9), "Meriam dibalut kain", "", AssetState.IN_REVIEW),
    Part("Tugu di garis khatulistiwa", (0.3, 0.1, 0.9, 1.0), "Tepat tengah hari", "instructor", AssetState.IN_REVIEW),
    Part("Iring-iringan perahu ke muara", (0.2, 0.3, 1.0, 1.0), "Bendera keraton", "participant", AssetState.REVISE),
    Part("Kampung di atas air", (0.0, 0.2, 0.5, 0.9), "Gertak pagi hari", "", AssetState.SUBMITTED),
    Part("Perahu di danau senja", (0.4, 0.1, 1.0, 0.7), "Matahari di balik bukit", "instructor", AssetState.SUBMITTED, 2),
    Part("Rumah panjang saat panen", (0.0, 0.5, 0.6, 1.0), "Padi kuning", "participant", AssetState.DRAFT),
)  # fmt: skip
WAY = [AssetState.DRAFT, AssetState.SUBMITTED, AssetState.IN_REVIEW, AssetState.ACCEPTED, AssetState.PUBLISHED]
POSTED = (("instagram", "@kalbar.contoh", 12_480, 21), ("youtube", "Kalbar Contoh", 3_905, 14), ("press", "Koran Contoh", 41_000, 9))  # fmt: skip


def lay_down_library() -> None:
    """Call once, after the portal and the accounts."""
    agency = Organisation.objects.get(key="kalbar/disporapar")
    users = {role: User.objects.get(handles__value=f"{role}@demo.enggang") for role in (Role.PARTICIPANT, Role.INSTRUCTOR, Role.GRADER)}  # fmt: skip
    grant_role(user=users[Role.PARTICIPANT], role=Role.PARTICIPANT, organisation=agency, actor=SYSTEM)
    consents = _consents(agency)
    open_intake(
        organisation=agency, author_name=GUEST, last_day=clock.today() + timedelta(days=30),
        note="Foto kampung di tepi sungai (contoh)", actor=SYSTEM,
    )  # fmt: skip
    shown = list(Asset.objects.filter(organisation=agency, state=AssetState.PUBLISHED).with_names().order_by("pk"))
    if missing_tools() or not shown:
        return
    with TemporaryDirectory() as folder:
        brought = [_bring(part, agency, users, consents, Path(folder)) for part in PARTS]
    _collection(agency, shown)
    _contests(agency, shown, brought, users)
    for number, (channel, account, reach, days) in enumerate(POSTED):
        note_posting(
            organisation=agency, asset=shown[number % len(shown)], channel=channel, account=account, reach=reach,
            posted_on=clock.today() - timedelta(days=days), note="Contoh", actor=SYSTEM,
        )  # fmt: skip


def _consents(agency: Organisation) -> list[Consent]:
    """One in force, a minor with her guardian, one that ends soon, one taken back."""
    today = clock.today()

    def kept(person: str, scopes: str, days: int | None = None, guardian: str = "") -> Consent:
        return keep_consent(
            organisation=agency, person=person, scopes=scopes.split(), given_on=today - timedelta(days=90),
            expires_on=today + timedelta(days=days) if days else None, is_minor=bool(guardian), guardian=guardian,
            guardian_is="Ibu" if guardian else "", contact="0812-0000-0000", actor=SYSTEM,
        )  # fmt: skip

    rows = [
        kept("Ibu Contoh Penenun", "web social print"),
        kept("Anak Contoh (12 tahun)", "web", 200, "Ibu Contoh Wali"),
        kept("Bapak Contoh Nelayan", "web social", 12),
    ]
    withdrawn = kept("Saudara Contoh", "web social")
    return [*rows, withdraw_consent(consent=withdrawn, note="Contoh: diminta lewat telepon.", actor=SYSTEM)]


def _bring(
    part: Part, agency: Organisation, users: dict[Role, User], consents: Sequence[Consent], folder: Path
) -> Asset:
    """Taken in, described where it waits for judges, and led as far as it is."""
    source = Asset.objects.select_related("original", "region").filter(organisation=agency, title=part.of).first()
    path = folder / "bagian.jpg"
    _cut(source, part, path)
    person = Person.objects.filter(user=users[Role(part.by)]).first() if part.by else None
    author = GUEST if not part.by else users[Role(part.by)].name
    line = take_in(path, f"{part.title}.jpg", Archive(agency, SYSTEM, source.about if source else None, author))
    if person:
        Asset.objects.filter(subject__code=line.code).update(author=person, author_name="")
    if part.by:
        Asset.objects.filter(subject__code=line.code).update(brought_by_key=f"user:{users[Role(part.by)].pk}")
    if part.state != AssetState.DRAFT:
        _described(line.code, part, consents)
        _led(line.code, part.state)
    return _fresh(line.code)


def _cut(source: Asset | None, part: Part, path: Path) -> None:
    if source is None:
        raise LookupError(part.of)
    with source.original.content.open("rb") as handle, Image.open(handle) as picture:
        picture.draft("RGB", (WIDTH, WIDTH))  # decoded at about the size that is wanted
        width, height = picture.size
        left, top, right, bottom = part.box
        box = (int(left * width), int(top * height), int(right * width), int(bottom * height))
        cut = ImageOps.mirror(picture.convert("RGB").crop(box))
    cut.thumbnail((WIDTH, WIDTH))
    cut.save(path, "JPEG", quality=85)


def _described(code: str, part: Part, consents: Sequence[Consent]) -> None:
    asset = _fresh(code)
    holder = asset.shown_author
    state_rights(
        asset=asset, own_work=True, people="nobody" if part.person is None else "some", licence="cc-by-4.0",
        holder=holder, actor=SYSTEM,
    )  # fmt: skip
    if part.person is not None:
        add_likeness(asset=_fresh(code), consent=consents[part.person], actor=SYSTEM)
    asset = _fresh(code)
    describe_asset(asset=asset, version=asset.version, alt_id=f"Gambar: {part.title.lower()}.", actor=SYSTEM)


def _led(code: str, state: AssetState) -> None:
    submit_asset(asset=_fresh(code), actor=SYSTEM)
    if state == AssetState.SUBMITTED:
        return
    start_review(assets=[_fresh(code)], actor=SYSTEM)
    if state == AssetState.REVISE:
        decide_asset(asset=_fresh(code), accept=False, note="Contoh: cakrawala miring, luruskan.", actor=SYSTEM)
    elif state != AssetState.IN_REVIEW:
        decide_asset(asset=_fresh(code), accept=True, actor=SYSTEM)
    if state == AssetState.PUBLISHED:
        publish_asset(asset=_fresh(code), actor=SYSTEM)


def _collection(agency: Organisation, shown: list[Asset]) -> None:
    texts = {
        "id": ("Sungai, danau, dan muara", "Empat gambar peragaan tentang hidup di atas air."),
        "en": ("River, lake and river mouth", "Four drawings of life on the water, made for this demonstration."),
    }
    row = keep_collection(organisation=agency, texts=texts, kind="theme", actor=SYSTEM)
    collect(collection=row, assets=shown[2:6] or shown, actor=SYSTEM)
    show_collection(collection=row, shown=True, actor=SYSTEM)


def _contests(agency: Organisation, shown: list[Asset], brought: list[Asset], users: dict[Role, User]) -> None:
    """One with an open call, and one whose winners are announced."""
    today = clock.today()
    criteria = [("Gagasan dan pesan", 2), ("Teknik", 1), ("Cerita", 1)]
    coming = keep_contest(
        organisation=agency, title="Lomba foto sungai (contoh)", criteria=criteria, opens_on=today - timedelta(days=10),
        closes_on=today + timedelta(days=20), actor=SYSTEM,
        brief="Foto sendiri tentang hidup di tepi sungai Kalimantan Barat. Lomba peragaan: hadiahnya tidak ada.",
    )  # fmt: skip
    past = keep_contest(
        organisation=agency, title="Lomba gambar event (contoh)", criteria=criteria, most_entries=9,
        opens_on=today - timedelta(days=60), closes_on=today, actor=SYSTEM, brief="Lomba peragaan yang sudah selesai.",
    )  # fmt: skip
    for row, works in ((coming, brought[2:7]), (past, shown[:4])):
        ask_juror(contest=row, user=users[Role.GRADER], actor=SYSTEM)
        move_contest(contest=row, to=ContestState.OPEN, actor=SYSTEM)
        for asset in works:
            enter_contest(contest=row, asset=asset, actor=SYSTEM)
    ask_guest(contest=coming, name="Ibu Contoh Juri (tamu)", actor=SYSTEM)
    move_contest(contest=past, to=ContestState.JUDGING, actor=SYSTEM)
    grader = load_user(users[Role.GRADER].pk)
    for number, entry in enumerate(Entry.objects.filter(contest=past).order_by("pk")):
        rubric = past.rubric
        levels = {each.pk: list(each.levels.all())[4 - number].pk for each in rubric.criteria.all()} if rubric else {}
        judge_entry(entry=_judged(entry.pk), levels=levels, actor=grader)
    for to in (ContestState.CLOSED, ContestState.ANNOUNCED):
        move_contest(contest=past, to=to, actor=SYSTEM)


def _judged(pk: int) -> Entry:
    rows = Entry.objects.select_related("subject", "contest__subject", "asset__author", "review__rubric")
    return rows.prefetch_related("contest__jurors").get(pk=pk)


def _fresh(code: str) -> Asset:
    return Asset.objects.with_names().get(subject__code=code)
