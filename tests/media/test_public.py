"""What everybody sees: found, credited, fetched; 404 for what never was shown, 410 for what is no longer."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.media.credits import Credit, with_credit
from enggang.media.domain.collections import collect, keep_collection, show_collection
from enggang.media.domain.consents import withdraw_consent
from enggang.media.domain.giving import site_of
from enggang.media.domain.publishing import publish_asset, withdraw_asset
from enggang.media.domain.rights import state_rights
from enggang.media.enums import RenditionKind
from enggang.media.models import Asset, Collection, Rendition, RightsStatement, Usage
from enggang.media.queries.credit import credit_of
from enggang.media.queries.gate import shown
from enggang.media.views import outside
from enggang.media.views.public import sizes_of
from enggang.media.workshop.marks import xmp_of
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.search.domain.indexing import index_subject
from tests.events.factories import make_region
from tests.media.factories import photo
from tests.media.rights import accepted, consent_of, fresh, in_order, published, shows, work
from tests.training.factories import make_agency, make_person

pytestmark = pytest.mark.django_db
CREDIT = Credit("Ibu <Contoh>", "Ibu Contoh", "Ibu / Dinas", "CC BY 4.0", "https://x.example/by", "https://y.example/1")


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def client() -> Client:
    found = Client()
    found.cookies["django_language"] = "en"
    return found


def filled(asset: Asset) -> Asset:
    """With a real JPEG behind its renditions."""
    for row in asset.renditions.all():
        row.content.save("x", ContentFile(photo(width=64, height=48)), save=False)
        row.save()
    return asset


def gathered(asset: Asset) -> Collection:
    row = keep_collection(
        organisation=asset.organisation, texts={"id": ("Kapuas", "Cerita")}, kind="theme", actor=SYSTEM
    )
    collect(collection=row, assets=[asset], actor=SYSTEM)
    return show_collection(collection=row, shown=True, actor=SYSTEM)


def addresses(asset: Asset) -> list[str]:
    """Every address that serves one work."""
    oembed = f"{reverse('gallery:oembed')}?url=http://localhost:8000{reverse('gallery:work', args=[asset.code])}"
    return [
        reverse("gallery:work", args=[asset.code]),
        reverse("gallery:rendition", args=[asset.code, "small", "jpeg"]),
        reverse("gallery:rendition", args=[asset.code, "medium", "jpeg"]),
        reverse("gallery:embed", args=[asset.code]),
        oembed,
    ]


def lists(collection: Collection) -> list[str]:
    names = ("gallery:list", "gallery:feed", "gallery:sitemap")
    return [*(reverse(name) for name in names), reverse("gallery:collection", args=[collection.code])]


class TestTheGateAtEveryAddress:
    def test_withdrawn_consent_shuts_every_one_of_them(
        self, client: Client, agency: Organisation, settings: Any
    ) -> None:
        settings.PUBLIC_URL = "http://localhost:8000"
        consent = consent_of(agency)
        asset = filled(shows(published(agency, author=make_person(agency)), consent))
        collection = gathered(asset)
        before = [client.get(url) for url in addresses(asset)]
        assert [each.status_code for each in before] == [200] * 5
        ages = [int(re.findall(r"max-age=(\d+)", each.headers["Cache-Control"])[0]) for each in before]
        assert max(ages) <= 60
        assert all(asset.code in client.get(url).content.decode() for url in lists(collection))
        withdraw_consent(consent=consent, actor=SYSTEM)
        assert [client.get(url).status_code for url in addresses(asset)] == [410] * 5
        assert client.post(reverse("gallery:download", args=[asset.code]), {"size": "small.jpeg"}).status_code == 410
        assert not any(asset.code in client.get(url).content.decode() for url in lists(collection))
        assert asset.author is not None
        assert client.get(reverse("gallery:maker", args=[asset.author.code])).status_code == 404

    def test_what_never_was_shown_is_not_found(self, client: Client, agency: Organisation, settings: Any) -> None:
        settings.PUBLIC_URL = "http://localhost:8000"
        asset = in_order(work(agency))
        assert [client.get(url).status_code for url in addresses(asset)] == [404] * 5

    def test_an_ended_licence_is_shut_without_waiting_for_the_night(self, client: Client, agency: Organisation) -> None:
        asset = published(agency)
        RightsStatement.objects.update(valid_to=clock.today() - timedelta(days=2))
        assert client.get(addresses(asset)[0]).status_code == 410
        assert not shown(Asset.objects.all()).exists()

    def test_a_hidden_collection_is_gone(self, client: Client, agency: Organisation) -> None:
        row = gathered(published(agency))
        show_collection(collection=row, shown=False, actor=SYSTEM)
        assert client.get(reverse("gallery:collection", args=[row.code])).status_code == 410
        fresh_one = keep_collection(organisation=agency, texts={"id": ("Baru", "")}, kind="theme", actor=SYSTEM)
        assert client.get(reverse("gallery:collection", args=[fresh_one.code])).status_code == 404

    @pytest.mark.parametrize("code", ["ZZZZZZZZZZZZ", "x", "0" * 300])
    def test_nonsense_is_not_found(self, client: Client, code: str) -> None:
        for name in ("work", "embed", "maker", "collection", "contest"):
            assert client.get(reverse(f"gallery:{name}", args=[code])).status_code == 404


class TestCredit:
    def test_person_search_engine_and_file_are_told(self, client: Client, agency: Organisation) -> None:
        asset = filled(published(agency))
        Asset.objects.filter(pk=asset.pk).update(title='</script><b>"Sampan"', author_name="Ibu Contoh")
        page = client.get(reverse("gallery:work", args=[asset.code])).content.decode()
        assert "</script><b>" not in page
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        assert found
        linked = json.loads(found[1])
        assert linked["@type"] == "ImageObject"
        assert linked["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert linked["creditText"] == "Ibu Contoh / Disporapar"
        assert linked["creator"]["name"] == "Ibu Contoh"
        assert 'property="og:image"' in page
        assert "CC BY 4.0" in page
        content = client.get(reverse("gallery:rendition", args=[asset.code, "medium", "jpeg"])).content
        assert b"<photoshop:Credit>Ibu Contoh / Disporapar</photoshop:Credit>" in content
        Image.open(io.BytesIO(content)).load()

    def test_an_agreement_is_told_in_words_that_say_what_strangers_may_do(
        self, client: Client, agency: Organisation
    ) -> None:
        asset = accepted(in_order(work(agency), licence="custom", proof=(b"%PDF-1.7", "surat.pdf")))
        publish_asset(asset=asset, actor=SYSTEM)
        page = client.get(reverse("gallery:work", args=[asset.code])).content.decode()
        assert "Perjanjian lain" not in page
        assert page.count("Ditampilkan atas perjanjian dengan pemegang hak: minta izin sebelum memakai") >= 3
        assert "mintalah izin pemegang hak" in page
        with override("en"):
            english = credit_of(fresh(asset)).marks
        assert english == credit_of(fresh(asset)).marks
        assert english["usage_terms"].startswith("Ditampilkan")

    @pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG"])
    def test_the_file_stays_a_picture_and_is_credited_once(self, form: str) -> None:
        kept = io.BytesIO()
        Image.effect_noise((70, 41), 60).convert("RGB").save(kept, form)
        plain = kept.getvalue()
        twice = (
            with_credit(with_credit(plain, Credit(line="lama")), CREDIT)
            if form != "PNG"
            else with_credit(plain, CREDIT)
        )
        opened = Image.open(io.BytesIO(twice))
        assert opened.tobytes() == Image.open(io.BytesIO(plain)).tobytes()
        assert twice.count(b"<photoshop:Credit>") == 1
        assert b"Ibu &lt;Contoh&gt;" in twice

    @pytest.mark.parametrize(
        "wrong", [b"", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"RIFF\0\0\0\0WEBPVP8 \x02", b"GIF89a"]
    )
    def test_what_is_no_picture_is_not_broken_further(self, wrong: bytes) -> None:
        assert with_credit(wrong, CREDIT) is not None

    def test_a_packet_is_well_formed_whatever_is_in_it(self) -> None:
        packet = xmp_of(Credit(creator="\x00\x1b<&\"'", holder="]]>", line="é\ufffe", licence_url="javascript:1").marks)
        ET.fromstring(packet.decode())  # noqa: S314 -- our own words

    def test_exiftool_reads_it_and_finds_no_place(self, client: Client, agency: Organisation, tmp_path: Path) -> None:
        tool = shutil.which("exiftool")
        asset = filled(published(agency))
        content = client.get(reverse("gallery:rendition", args=[asset.code, "medium", "jpeg"])).content
        (tmp_path / "a.jpg").write_bytes(content)
        if tool:
            asked = [tool, "-j", "-Credit", "-WebStatement", "-Creator", "-Rights", str(tmp_path / "a.jpg")]
            told = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)[0]
            assert told["Credit"] == "Ibu Contoh / Disporapar"
            assert told["WebStatement"] == "https://creativecommons.org/licenses/by/4.0/"

    def test_a_film_goes_out_in_parts(self, client: Client, agency: Organisation) -> None:
        asset = published(agency)
        row = Rendition(
            asset=asset, kind="video", format="mp4", width=1280, height=720, size=10, sha256="v", made_at=clock.now()
        )
        row.content.save("x", ContentFile(b"0123456789"), save=False)
        row.save()
        Asset.objects.filter(pk=asset.pk).update(kind="video", duration_ms=9000)
        url = reverse("gallery:rendition", args=[asset.code, "video", "mp4"])
        part = client.get(url, headers={"Range": "bytes=2-4"})
        assert (part.status_code, b"".join(part), part.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
        page = client.get(reverse("gallery:work", args=[asset.code])).content.decode()
        assert "<video" in page
        assert '"@type": "VideoObject"' in page
        assert "<video" in client.get(reverse("gallery:embed", args=[asset.code])).content.decode()
        withdraw_asset(asset=asset, actor=SYSTEM)
        assert client.get(url).status_code == 410

    def test_a_newer_form_that_was_not_made_is_the_jpeg(self, client: Client, agency: Organisation) -> None:
        asset = filled(published(agency))
        for form, status in (("webp", 200), ("avif", 200), ("mp4", 404), ("gif", 404)):
            answer = client.get(reverse("gallery:rendition", args=[asset.code, "medium", form]))
            assert answer.status_code == status, form
            assert status == 404 or answer.headers["Content-Type"] == "image/jpeg"

    def test_a_changed_credit_makes_another_tag(self, client: Client, agency: Organisation) -> None:
        asset = filled(published(agency))
        url = reverse("gallery:rendition", args=[asset.code, "medium", "jpeg"])
        tag = client.get(url).headers["ETag"]
        assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
        state_rights(asset=asset, version=asset.rights.version, credit="Lain", actor=SYSTEM)
        again = client.get(url, headers={"If-None-Match": tag})
        assert again.status_code == 200
        assert b"Lain" in again.content


class TestFinding:
    def test_by_words_place_day_shape_licence_and_author(self, client: Client, agency: Organisation) -> None:
        region = make_region()
        author = make_person(agency, "Siti Pemotret")
        one, other = published(agency, "Sampan", author=author), published(agency, "Tugu")
        now = clock.now()
        Asset.objects.filter(pk=one.pk).update(region=region, taken_at=now, width=800, height=600)
        Asset.objects.filter(pk=other.pk).update(width=600, height=800, taken_at=now - timedelta(days=400))
        state_rights(asset=fresh(other), licence="cc0-1.0", actor=SYSTEM)
        day = clock.today().isoformat()
        asked: list[dict[str, str]] = [
            {"q": "sampan"}, {"q": "SITI"}, {"wilayah": "61.02"}, {"wilayah": "61"}, {"dari": day},
            {"bentuk": "mendatar"}, {"lisensi": "cc-by-4.0"}, {"pembuat": author.code},
        ]  # fmt: skip
        for query in asked:
            page = client.get(reverse("gallery:list"), query).content.decode()
            assert "Sampan" in page, query
            assert "Tugu" not in page, query
        assert "Tugu" in client.get(reverse("gallery:list"), {"bentuk": "tegak"}).content.decode()

    def test_offered_are_the_regions_that_have_something_to_show(self, client: Client, agency: Organisation) -> None:
        region, elsewhere = make_region(), Region.objects.create(code="11", name="Aceh", level=RegionLevel.PROVINCE)
        asset = published(agency)
        Asset.objects.filter(pk=asset.pk).update(region=region)
        page = client.get(reverse("gallery:list")).content.decode()
        assert f'value="{region.pk}"' in page
        assert f'value="{region.parent_id}"' in page
        assert elsewhere.name not in page

    def test_events_and_authors_with_something_to_show_are_offered_by_name(
        self, client: Client, agency: Organisation
    ) -> None:
        seen, unseen = make_person(agency, "Siti Pemotret"), make_person(agency, "Budi Tertutup")
        asset, other = published(agency, "Sampan", author=seen), work(agency, "Draf", author=unseen)
        subject = Collection.new_subject(agency.code)
        index_subject(subject=subject, title="Gawai Dayak 2026", organisation_path=agency.path)
        Asset.objects.filter(pk=asset.pk).update(about=subject)
        form = client.get(reverse("gallery:list")).content.decode()
        assert re.search(rf'value="{subject.code}"[^>]*>Gawai Dayak 2026', form)
        assert re.search(rf'value="{seen.code}"[^>]*>Siti Pemotret', form)
        asked = client.get(reverse("gallery:list"), {"pembuat": unseen.code, "acara": other.code}).content.decode()
        assert "Budi Tertutup" not in asked
        withdraw_asset(asset=asset, actor=SYSTEM)
        gone = client.get(reverse("gallery:list"), {"acara": subject.code, "pembuat": seen.code}).content.decode()
        assert "Siti Pemotret" not in gone
        assert "Gawai Dayak" not in gone

    @pytest.mark.parametrize(
        "query",
        [
            {"q": "x" * 9999}, {"q": "'; --\x00"}, {"wilayah": "99"}, {"dari": "besok"}, {"page": "-1"}, {"bentuk": "bulat"},
            {"lisensi": "[]"}, {"acara": "\u0000"}, {"jenis": "gif"},
        ],
    )  # fmt: skip
    def test_nonsense_narrows_nothing_or_finds_nothing(
        self, client: Client, agency: Organisation, query: dict[str, str]
    ) -> None:
        published(agency)
        assert client.get(reverse("gallery:list"), query).status_code == 200

    def test_a_hidden_place_is_neither_told_nor_found(self, client: Client, agency: Organisation) -> None:
        region = make_region()
        asset = published(agency)
        place = {"latitude": "0.35", "longitude": "108.95", "region": region}
        Asset.objects.filter(pk=asset.pk).update(**place, precision="exact")
        url = reverse("gallery:work", args=[asset.code])
        assert "108.95" in client.get(url).content.decode()
        for hidden in ({"sensitivity": "sacred"}, {"sensitivity": "none", "precision": "hidden"}):
            Asset.objects.filter(pk=asset.pk).update(**hidden)
            page = client.get(url).content.decode()
            assert "108.95" not in page
            assert region.name not in page
            assert "Sampan" not in client.get(reverse("gallery:list"), {"wilayah": "61.02"}).content.decode()
        Asset.objects.filter(pk=asset.pk).update(precision="regency")
        page = client.get(url).content.decode()
        assert region.name in page
        assert "108.95" not in page

    def test_the_map_counts_regencies_and_marks_only_known_points(self, client: Client, agency: Organisation) -> None:
        region = make_region()
        assert Region.objects.filter(pk="61").exists()
        asset = published(agency)
        place = {"latitude": "0.35", "longitude": "108.95", "region": region}
        Asset.objects.filter(pk=asset.pk).update(**place, precision="exact")
        assert "gallery-map__dot" in client.get(reverse("gallery:map")).content.decode()
        Asset.objects.filter(pk=asset.pk).update(precision="regency")
        page = client.get(reverse("gallery:map")).content.decode()
        assert "gallery-map__dot" not in page
        assert "Kabupaten Mempawah: 1" in page
        Asset.objects.filter(pk=asset.pk).update(sensitivity="wildlife")
        assert "Kabupaten Mempawah: 0" in client.get(reverse("gallery:map")).content.decode()

    def test_a_regency_is_shown_large_and_works_on_one_spot_are_one_dot(
        self, client: Client, agency: Organisation
    ) -> None:
        region = make_region()
        place = {"latitude": "0.35", "longitude": "108.95", "region": region, "precision": "exact"}
        for number in range(3):
            Asset.objects.filter(pk=published(agency, f"Karya {number}").pk).update(**place)
        page = client.get(reverse("gallery:map")).content.decode()
        assert page.count("gallery-map__dot") == 1
        assert ">3</text>" in page
        near = client.get(reverse("gallery:map"), {"wilayah": region.pk}).content.decode()
        assert "gallery-map__place--near" in near
        assert "Karya 2" in near
        for nonsense in ("x", "61", "99.99", "a" * 99):
            answer = client.get(reverse("gallery:map"), {"wilayah": nonsense})
            assert answer.status_code == 200
            assert "gallery-map__place--near" not in answer.content.decode()

    def test_a_list_of_three_asks_no_more_than_one_of_one(self, client: Client, agency: Organisation) -> None:
        for url in ("gallery:list", "gallery:feed", "gallery:sitemap", "gallery:collections"):
            counts = []
            for number in range(3):
                gathered(published(agency, f"Karya {number}"))
                cache.clear()
                with CaptureQueriesContext(connection) as asked:
                    client.get(reverse(url))
                counts.append(len(asked))
            assert counts[0] == counts[2], url


class TestGivingOut:
    def test_a_download_is_credited_counted_and_an_attachment(self, client: Client, agency: Organisation) -> None:
        asset = filled(published(agency))
        url = reverse("gallery:download", args=[asset.code])
        answer = client.post(url, {"size": "medium.jpeg", "purpose": "brosur\x00 desa"})
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert b"photoshop:Credit" in answer.content
        client.post(url, {"size": "medium.jpeg", "purpose": "brosur desa"})
        assert list(Usage.objects.values_list("kind", "where", "purpose", "count")) == [
            ("download", "medium", "brosur desa", 2)
        ]
        assert Usage.objects.get().where_shown == str(RenditionKind.MEDIUM.label)  # in words, not as the code calls it
        assert client.post(url, {"size": "huge.jpeg"}).status_code == 404
        assert client.post(url).status_code == 404
        assert client.get(url).status_code == 405

    def test_only_the_embed_may_be_framed_and_no_cookie_is_set(self, agency: Organisation) -> None:
        asset, client = filled(published(agency)), Client()
        frame = client.get(reverse("gallery:embed", args=[asset.code]), headers={"Referer": "https://desa.example/a"})
        assert frame.status_code == 200
        assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in frame.headers
        assert not frame.cookies
        assert "Cookie" not in frame.headers.get("Vary", "")
        assert "CC BY 4.0" in frame.content.decode()
        page = client.get(reverse("gallery:work", args=[asset.code]))
        assert page.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert Usage.objects.get().where == "desa.example"

    @pytest.mark.parametrize("referer", ["", "javascript:alert(1)", "https://" + "a" * 400, "https://<b>/", "//x"])
    def test_an_odd_referer_is_no_site(self, referer: str) -> None:
        assert site_of(referer) == ""

    def test_oembed_answers_for_our_addresses_only(self, client: Client, agency: Organisation, settings: Any) -> None:
        settings.PUBLIC_URL = "https://enggang.example"
        asset = filled(published(agency))
        Rendition.objects.filter(asset=asset, kind="small").update(width=480, height=360)
        ours = f"https://enggang.example{reverse('gallery:work', args=[asset.code])}"
        told = client.get(reverse("gallery:oembed"), {"url": ours, "maxwidth": "500"}).json()
        assert (told["type"], told["width"], told["license"]) == ("photo", 480, "CC BY 4.0")
        assert client.get(reverse("gallery:oembed"), {"url": ours, "format": "xml"}).status_code == 501
        for url in (
            "",
            "https://evil.example/galeri/ZZZZZZZZZZZZ/",
            "http://[",
            "https://enggang.example/akun/",
            ours + "x",
        ):
            assert client.get(reverse("gallery:oembed"), {"url": url}).status_code == 404

    def test_the_map_for_search_engines_is_cut_into_parts_and_ends_nowhere(
        self, client: Client, agency: Organisation, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        settings.PUBLIC_URL = "https://enggang.example"
        monkeypatch.setattr(outside, "SITEMAP", 2)
        codes = {published(agency, f"Karya {number}").code for number in range(3)}
        index = client.get("/galeri/peta-situs-indeks.xml").content.decode()
        parts = re.findall(r"<loc>https://[^/]+([^<]+)</loc>", index)
        assert parts == ["/galeri/peta-situs.xml", "/galeri/peta-situs-2.xml"]
        said = "".join(client.get(part).content.decode() for part in parts)
        assert set(re.findall(r"/galeri/([0-9A-Z]{12})/</loc>", said)) == codes
        assert all(f'hreflang="zh" href="https://enggang.example/zh/galeri/{code}/"' in said for code in codes)
        for part in (0, 3):
            assert client.get(f"/galeri/peta-situs-{part}.xml").status_code == 404

    def test_the_feed_is_atom_and_holds_no_markup_of_others(self, client: Client, agency: Organisation) -> None:
        asset = published(agency)
        Asset.objects.filter(pk=asset.pk).update(title="<b>&\x0b", caption="]]>")
        for name in ("gallery:feed", "gallery:sitemap"):
            answer = client.get(reverse(name))
            ET.fromstring(answer.content.decode())  # noqa: S314 -- our own words
        withdraw_asset(asset=asset, actor=SYSTEM)
        assert asset.code not in client.get(reverse("gallery:feed")).content.decode()


def test_of_a_small_original_every_size_is_offered_once() -> None:
    def row(kind: str, width: int, height: int) -> Rendition:
        return Rendition(kind=kind, format="jpeg", width=width, height=height)

    small = [row("large", 720, 480), row("medium", 720, 480), row("small", 480, 320), row("square", 480, 480)]
    assert [each.kind for each in sizes_of(small)] == ["medium", "small", "square"]
    large = [row("large", 2560, 1707), row("medium", 1280, 853), row("small", 480, 320)]
    assert [each.kind for each in sizes_of(large)] == ["large", "medium", "small"]


def test_of_a_film_no_cut_of_its_still_is_offered() -> None:
    def row(kind: str, form: str, width: int, height: int) -> Rendition:
        return Rendition(kind=kind, format=form, width=width, height=height)

    film = [row("video", "mp4", 1280, 720), row("vertical", "mp4", 720, 1280), row("medium", "jpeg", 1280, 720)]
    cuts = [row("square", "jpeg", 1080, 1080), row("card", "jpeg", 1200, 630), row("hls240", "m4s", 426, 240)]
    assert {each.kind for each in sizes_of([*film, *cuts])} == {"video", "vertical", "medium"}


def test_the_gallery_says_what_it_is_to_search_engines(client: Client) -> None:
    assert '<meta name="description" content="' in client.get("/galeri/").content.decode()
