"""What visitors read in the demonstration. The events are real and what is said of them is general knowledge; days that the
calendar of an event does not compute, moves and everything marked «contoh» are made up. The pictures are drawn."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.demo.events import brought
from enggang.demo.pictures import PICTURES, Drawn, as_jpeg
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.editions import add_site, open_edition
from enggang.events.domain.pages import translate_event, write_page
from enggang.events.enums import DateState, Stage
from enggang.events.models import Edition, Event
from enggang.events.queries.counted import HELD
from enggang.media.domain.capability import missing_tools
from enggang.media.domain.curation import decide_asset, start_review, submit_asset
from enggang.media.domain.describing import describe_asset
from enggang.media.domain.importing import Archive, take_in
from enggang.media.domain.publishing import publish_asset
from enggang.media.domain.rights import state_rights
from enggang.media.models import Asset
from enggang.places.enums import Facility
from enggang.places.models import Organisation

AUTHOR = "Enggang (gambar peragaan)"


class Told(NamedTuple):
    name: str
    summary: str
    story: str


class Known(NamedTuple):
    own: Told
    others: dict[str, Told]
    reaching: str = ""
    facilities: tuple[Facility, ...] = ()
    point: tuple[str, str, str] | None = None  # name, latitude, longitude


KNOWN = {
    "Cap Go Meh Singkawang": Known(
        Told("Cap Go Meh Singkawang", "Hari kelima belas Tahun Baru Imlek: lampion, naga, dan pawai tatung di kota seribu kelenteng.",
             "Sejak malam Imlek kota Singkawang berhias lampion. Puncaknya hari kelima belas: ratusan tatung berjalan keliling kota diiringi tambur dan simbal, dan replika naga dibakar beberapa hari kemudian.\n\nTatung adalah orang yang dirasuki roh pelindung; sebagian adegan keras dilihat anak-anak. Berdirilah di belakang pembatas dan tanyalah sebelum memotret orang dari dekat."),
        {"en": Told("Cap Go Meh of Singkawang", "The fifteenth day of the Lunar New Year: lanterns, dragons and the tatung parade in the city of a thousand temples.",
                    "From New Year's Eve the city of Singkawang is hung with lanterns. It comes to its height on the fifteenth day, when hundreds of tatung pass through the streets to drums and cymbals; the dragons are burned some days later.\n\nA tatung is a person entered by a guardian spirit; some of it is hard for children to see. Stay behind the ropes, and ask before you photograph anybody closely."),
         "ms": Told("Cap Go Meh Singkawang", "Hari kelima belas Tahun Baru Cina: tanglung, naga dan perarakan tatung di kota seribu tokong.",
                    "Sejak malam Tahun Baru kota Singkawang dihias tanglung. Kemuncaknya pada hari kelima belas: ratusan tatung berarak mengelilingi kota diiringi gendang dan simbal.\n\nSebahagian adegan berat untuk kanak-kanak. Berdiri di belakang tali, dan minta izin sebelum mengambil gambar dari dekat."),
         "zh": Told("山口洋元宵节", "农历正月十五：千庙之城的灯笼、舞龙与乩童巡游。",
                    "从除夕起，山口洋全城挂满灯笼。正月十五达到高潮：数百名乩童在锣鼓声中巡游全城，数日后焚化彩龙。\n\n部分场面不适合儿童观看。请站在围栏之后，近距离拍摄他人前请先征得同意。")},
        "Dari Pontianak sekitar empat jam dengan mobil (kira-kira). Pesan penginapan jauh hari: kota penuh pada minggu itu.",
        (Facility.TOILET, Facility.FOOD, Facility.LODGING, Facility.PRAYER), ("Pusat kota Singkawang (titik kira-kira)", "0.906000", "108.985000"),
    ),
    "Cap Go Meh Pontianak": Known(
        Told("Cap Go Meh Pontianak", "Naga-naga menari di jalan Gajah Mada, lampion dan makanan sepanjang pekan.",
             "Selama sepekan jalan di tengah kota menjadi pasar malam dengan panggung dan stan makanan. Pada malam puncak naga-naga dari berbagai perkumpulan lewat beriringan."),
        {"en": Told("Cap Go Meh of Pontianak", "Dragons dance through the city, with lanterns and food for a week.",
                    "For a week the streets in the centre become a night market with a stage and stalls. On the last night the dragons of many societies pass in procession."),
         "ms": Told("Cap Go Meh Pontianak", "Naga menari di jalan kota, dengan tanglung dan makanan sepanjang minggu.",
                    "Selama seminggu jalan di pusat bandar menjadi pasar malam dengan pentas dan gerai. Pada malam kemuncak naga dari pelbagai persatuan berarak."),
         "zh": Told("坤甸元宵节", "舞龙穿城，灯火与美食持续一周。", "市中心的街道在一周内变成夜市，有舞台和小吃摊。最后一晚，各社团的龙队依次巡游。")},
        "", (Facility.FOOD, Facility.TOILET),
    ),
    "Pekan Gawai Dayak": Known(
        Told("Pekan Gawai Dayak", "Syukur atas panen di Rumah Radakng: upacara, tari, sumpit, dan masakan dari seluruh Kalimantan Barat.",
             "Sanggar-sanggar dari kabupaten dan kota bertemu di rumah panjang Rumah Radakng. Ada upacara pembukaan, tari, lomba menyumpit dan menumbuk padi, serta pasar kerajinan.\n\nMasuk gratis. Datanglah pagi bila ingin melihat upacara; malam untuk panggung."),
        {"en": Told("Gawai Dayak Week", "Thanks for the harvest at Rumah Radakng: rites, dances, blowpipes and food from all of West Kalimantan.",
                    "Troupes from every regency and city meet at the longhouse Rumah Radakng. There is an opening rite, dancing, contests of blowpipe and rice pounding, and a market of crafts.\n\nEntry is free. Come in the morning for the rites and at night for the stage."),
         "ms": Told("Pekan Gawai Dayak", "Kesyukuran menuai di Rumah Radakng: upacara, tarian, sumpitan dan masakan dari seluruh Kalimantan Barat.",
                    "Kumpulan dari setiap daerah bertemu di rumah panjang Rumah Radakng. Ada upacara pembukaan, tarian, pertandingan menyumpit dan menumbuk padi, serta pasar kraf.\n\nMasuk percuma."),
         "zh": Told("达雅克丰收节周", "在拉当长屋感谢丰收：仪式、舞蹈、吹箭与全省美食。", "各县市的团队齐聚拉当长屋，有开幕仪式、舞蹈、吹箭与舂米比赛，以及手工艺集市。\n\n免费入场。上午看仪式，晚上看演出。")},
        "Di Pontianak, dekat pusat kota.", (Facility.RAMP, Facility.ACCESSIBLE_TOILET, Facility.TOILET, Facility.FOOD, Facility.PARKING),
        ("Rumah Radakng (titik kira-kira)", "-0.048000", "109.318000"),
    ),
    "Robo-Robo": Known(
        Told("Robo-Robo", "Perahu keraton ke muara, doa, dan makan saprahan pada Rabu terakhir bulan Safar.",
             "Keraton Amantubillah memperingati kedatangan Opu Daeng Manambon. Rombongan berlayar ke muara Kuala Mempawah, lalu warga dan tamu makan bersama di lantai, beberapa orang satu saprah.\n\nHarinya diputuskan bersama keraton; kalender hanya memberi perkiraan."),
        {"en": Told("Robo-Robo", "Palace boats to the river mouth, prayers and a meal on the floor, on the last Wednesday of Safar.",
                    "The palace Amantubillah remembers the coming of Opu Daeng Manambon. Its boats sail to the mouth of the river at Kuala Mempawah; then people and guests eat together on the floor.\n\nThe day is decided with the palace; a calendar can only guess."),
         "ms": Told("Robo-Robo", "Perahu keraton ke kuala, doa dan jamuan saprahan pada Rabu terakhir bulan Safar.",
                    "Keraton Amantubillah memperingati ketibaan Opu Daeng Manambon. Rombongan belayar ke Kuala Mempawah, kemudian penduduk dan tetamu makan bersama di lantai."),
         "zh": Told("罗博罗博节", "萨法尔月最后一个星期三：王宫船队出海口、祈祷与席地聚餐。", "阿曼图比拉王宫纪念奥普·达英·马南邦的到来。船队驶往孟帕瓦河口，随后居民与宾客席地共餐。")},
        "Sekitar satu setengah jam dari Pontianak (kira-kira).", (Facility.TOILET, Facility.PRAYER),
    ),
    "Festival Danau Sentarum": Known(
        Told("Festival Danau Sentarum", "Perahu, madu hutan, dan tenun di danau yang naik dan surut bersama Kapuas.",
             "Di hulu Kapuas, danau-danau Sentarum penuh pada musim hujan dan nyaris kering pada kemarau. Festivalnya mempertemukan nelayan, pemanen madu, dan penenun dengan tamu dari dua sisi perbatasan.\n\nUntuk naik perahu orang mendaftar lebih dahulu; makan bersama gratis."),
        {"en": Told("Danau Sentarum Festival", "Boats, wild honey and weaving on lakes that rise and fall with the Kapuas.",
                    "At the head of the Kapuas the lakes of Sentarum are full in the rains and nearly dry in the drought. The festival brings fishermen, honey gatherers and weavers together with guests from both sides of the border.\n\nRegister for the boats; the common meal is free."),
         "ms": Told("Festival Danau Sentarum", "Perahu, madu hutan dan tenunan di tasik yang naik dan surut bersama Kapuas.",
                    "Di hulu Kapuas, tasik Sentarum penuh pada musim hujan dan hampir kering pada musim kemarau. Festival ini menemukan nelayan, pemungut madu dan penenun dengan tetamu dari kedua-dua belah sempadan.\n\nDaftar dahulu untuk menaiki perahu."),
         "zh": Told("森塔鲁姆湖节", "在随卡普阿斯河涨落的湖上：船、野蜂蜜与织布。", "森塔鲁姆湖群位于卡普阿斯河上游，雨季满水，旱季几近干涸。节日让渔民、采蜜人和织女与边境两侧的来宾相聚。\n\n乘船需预先报名；聚餐免费。")},
        "Lewat darat dari Putussibau, lalu perahu. Tanyakan tinggi air sebelum berangkat.", (Facility.TOILET, Facility.FOOD, Facility.GUIDE),
    ),
    "Festival Meriam Karbit": Known(
        Told("Festival Meriam Karbit", "Meriam kayu di dua tepi Kapuas berdentum bersahutan di sekitar malam Idulfitri.",
             "Kampung-kampung di tepi Kapuas membuat meriam dari batang pohon, membalutnya dengan kain, dan menembakkannya dengan gas karbit ke arah sungai. Dentumannya terasa di dada: bawalah penutup telinga, terutama untuk anak."),
        {"en": Told("Carbide Cannon Festival", "Wooden cannons answer one another across the Kapuas around the eve of Idul Fitri.",
                    "Villages along the Kapuas hollow logs into cannons, wrap them in cloth and fire them over the river with carbide gas. You feel it in the chest: bring ear protection, for children above all."),
         "ms": Told("Festival Meriam Karbit", "Meriam kayu di dua tebing Kapuas berdentum pada malam Aidilfitri.",
                    "Kampung di tepi Kapuas membuat meriam daripada batang kayu, membalutnya dengan kain, dan menembakkannya ke arah sungai. Bawa pelindung telinga, terutama untuk kanak-kanak."),
         "zh": Told("电石炮节", "开斋节前夕，卡普阿斯河两岸木炮齐鸣。", "河边村落以树干制炮，裹上彩布，用电石气朝河面鸣放。声震胸膛，请备耳塞，尤其是儿童。")},
        "", (Facility.FOOD,),
    ),
    "Pesona Kulminasi Matahari (September)": Known(
        Told("Pesona Kulminasi Matahari (September)", "Saat bayangan hilang di Tugu Khatulistiwa, sekitar ekuinoks September.",
             "Pada hari-hari sekitar ekuinoks matahari siang tepat di atas garis khatulistiwa. Sekitar pukul dua belas kurang seperempat waktu setempat benda tegak tidak berbayangan; orang mencoba menegakkan telur."),
        {"en": Told("Noon Without Shadows (September)", "When shadows vanish at the Equator Monument, around the September equinox.",
                    "On the days around the equinox the noon sun stands right above the equator. Shortly before twelve by local time upright things lose their shadow, and people try to stand eggs on end."),
         "ms": Told("Pesona Kulminasi Matahari (September)", "Bayang-bayang hilang di Tugu Khatulistiwa sekitar ekuinoks September.",
                    "Pada hari-hari sekitar ekuinoks, matahari tengah hari berada tepat di atas garisan khatulistiwa dan objek tegak tidak berbayang."),
         "zh": Told("赤道无影日（九月）", "九月秋分前后，赤道纪念碑下影子消失。", "秋分前后，正午太阳直射赤道，当地时间将近十二点时，直立的物体没有影子，人们还尝试把鸡蛋立起来。")},
        "", (Facility.RAMP, Facility.TOILET, Facility.PARKING), ("Tugu Khatulistiwa", "0.001000", "109.322000"),
    ),
    "Festival Budaya Melayu": Known(
        Told("Festival Budaya Melayu", "Zapin, berbalas pantun, dan masakan Melayu dari pesisir sampai hulu (tanggal contoh).",
             "Kabupaten dan kota mengirim penari, pemantun, dan juru masak. Tanggal penyelenggaraan ini contoh, dan pernah dipindah agar peragaan menunjukkan bagaimana pengunjung diberi tahu."),
        {"en": Told("Malay Culture Festival", "Zapin, duels of pantun and Malay cooking from the coast to the upper rivers (example dates).",
                    "Regencies and cities send dancers, poets and cooks. The days of this edition are an example, and were moved once so that the demonstration shows how visitors are told."),
         "ms": Told("Festival Budaya Melayu", "Zapin, berbalas pantun dan masakan Melayu dari pesisir hingga ke hulu (tarikh contoh).",
                    "Daerah dan bandar menghantar penari, pemantun dan tukang masak. Tarikh ini contoh dan pernah dipindah supaya peragaan menunjukkan bagaimana pengunjung dimaklumkan."),
         "zh": Told("马来文化节", "扎平舞、对诗与从海岸到内陆的马来美食（日期为示例）。", "各县市派出舞者、诗人和厨师。本届日期仅为示例，并曾更改一次，以演示如何通知访客。")},
        "", (Facility.RAMP, Facility.ACCESSIBLE_TOILET, Facility.SIGN_LANGUAGE),
    ),
}  # fmt: skip
CONFIRMED = ("Cap Go Meh Singkawang", "Cap Go Meh Pontianak", "Pekan Gawai Dayak")
OPENED = ("Festival Meriam Karbit", "Pesona Kulminasi Matahari (September)", "Hari Jadi Kota Pontianak")
MADE_UP = "Data peragaan"


def lay_down_portal() -> None:
    """Call once, after all other events."""
    for name, known in KNOWN.items():
        _write(Event.objects.with_names().get(name=name), known)
    for name in (*CONFIRMED, *OPENED):
        _publish(_coming(name), confirmed=name in CONFIRMED)
    _moved()
    for name, known in KNOWN.items():
        if known.point and (edition := _published(name)):
            _site(edition, known.point)
    if not missing_tools():
        for name, drawn in PICTURES.items():
            _picture(Event.objects.select_related("subject").get(name=name), drawn)


def _write(event: Event, known: Known) -> None:
    texts = {"summary": known.own.summary, "story": known.own.story, "reaching": known.reaching}
    write_page(event=event, version=0, facilities=known.facilities, actor=SYSTEM, **texts)
    for language, told in known.others.items():
        translate_event(event=event, language=language, texts=told._asdict(), checked=True, actor=SYSTEM)


def _coming(name: str) -> Edition:
    rows = Edition.objects.with_names().filter(event__name=name, starts_on__gte=clock.today())
    return rows.order_by("starts_on")[0]


def _published(name: str) -> Edition | None:
    return Edition.objects.with_names().filter(event__name=name, stage=Stage.PUBLISHED).first()


def _publish(edition: Edition, *, confirmed: bool) -> Edition:
    """From whatever stage it stands at."""
    _through(edition)
    return _decide(edition, edition.starts_on, edition.ends_on) if confirmed else edition


def _through(edition: Edition) -> None:
    if edition.stage != Stage.PUBLISHED:
        brought(edition, Stage.PUBLISHED)


def _decide(edition: Edition, first: date | None, last: date | None, reason: str = "") -> Edition:
    fresh = Edition.objects.with_names().get(pk=edition.pk)
    return decide_dates(
        edition=fresh, version=fresh.version, first=first, last=last, state=DateState.CONFIRMED, source=MADE_UP,
        reason=reason, actor=SYSTEM,
    )  # fmt: skip


def _moved() -> None:
    """Announced, then moved by a week: what visitors see of it."""
    event = Event.objects.with_names().get(name="Festival Budaya Melayu")
    first = clock.today() + timedelta(days=60)
    edition = open_edition(event=event, year=first.year, first=first, last=first + timedelta(days=2), actor=SYSTEM)
    edition = _publish(edition, confirmed=True)
    _decide(edition, first + timedelta(days=7), first + timedelta(days=9), "Contoh: aula belum siap")


def _site(edition: Edition, point: tuple[str, str, str]) -> None:
    name, latitude, longitude = point
    add_site(
        edition=edition, name=name, latitude=latitude, longitude=longitude, region=edition.event.region, actor=SYSTEM
    )


def _picture(event: Event, drawn: Drawn) -> None:
    """Of the edition that was held last, where one was; through every gate of the library: rights, description, review."""
    organisation = Organisation.objects.get(key="kalbar/disporapar")
    held = Edition.objects.filter(event=event, stage__in=HELD).order_by("year").last()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "gambar.jpg"
        path.write_bytes(as_jpeg(drawn.draw()))
        line = take_in(
            path, f"{drawn.title}.jpg", Archive(organisation, SYSTEM, held.subject if held else event.subject, AUTHOR)
        )
    if not line.code:
        return
    asset = _fresh(line.code)
    facts: dict[str, Any] = {
        "own_work": True,
        "people": "nobody",
        "licence": "cc-by-4.0",
        "holder": "Enggang",
        "credit": AUTHOR,
    }
    state_rights(asset=asset, actor=SYSTEM, **facts)
    asset = _fresh(line.code)
    texts = {"alt_id": drawn.alt, "alt_en": drawn.english, "region": event.region}
    describe_asset(asset=asset, version=asset.version, actor=SYSTEM, **texts)
    submit_asset(asset=_fresh(line.code), actor=SYSTEM)
    start_review(assets=[_fresh(line.code)], actor=SYSTEM)
    decide_asset(asset=_fresh(line.code), accept=True, actor=SYSTEM)
    publish_asset(asset=_fresh(line.code), actor=SYSTEM)


def _fresh(code: str) -> Asset:
    return Asset.objects.with_names().get(subject__code=code)
