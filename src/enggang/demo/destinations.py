"""Destinations of the fourteen regencies and cities. The places are real; what is said of them is general knowledge that
nobody has checked on the spot, and says so. Opening hours and fees are left empty rather than guessed."""

from __future__ import annotations

from typing import NamedTuple

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.places.models import Organisation, Region
from enggang.stories.domain.destinations import move_destination, open_destination, translate_destination
from enggang.stories.enums import DestinationKind as Kind
from enggang.stories.enums import PageState
from enggang.stories.models import Destination

UNCHECKED = "Pengetahuan umum (contoh); belum dicek di tempat."


class Told(NamedTuple):
    name: str
    summary: str
    description: str


class Place(NamedTuple):
    region: str
    kind: Kind
    own: Told
    english: Told
    more: dict[str, Told] = {}
    point: tuple[float, float] | None = None
    free: bool | None = None


PLACES = (
    Place(
        "61.71", Kind.HERITAGE,
        Told("Tugu Khatulistiwa", "Tugu di garis khatulistiwa; dua kali setahun benda tegak tidak berbayangan.",
             "Tugu ini berdiri di utara Sungai Kapuas, di Kota Pontianak.\n\nPada hari-hari sekitar ekuinoks Maret dan September, matahari siang berada tepat di atas kepala dan bayangan hilang sesaat. Warga merayakannya bersama tamu."),
        Told("Equator Monument", "A monument on the equator, where upright things lose their shadow twice a year.",
             "The monument stands north of the Kapuas river, in the city of Pontianak.\n\nOn the days around the equinoxes of March and September the noon sun is straight overhead and shadows vanish for a moment. People celebrate it together with their guests."),
        {"ms": Told("Tugu Khatulistiwa", "Tugu di garisan khatulistiwa; dua kali setahun objek tegak tidak berbayang.",
                    "Tugu ini terletak di utara Sungai Kapuas, di Kota Pontianak.\n\nPada hari-hari sekitar ekuinoks Mac dan September, matahari tengah hari berada tepat di atas kepala dan bayang-bayang hilang seketika. Penduduk meraikannya bersama tetamu."),
         "zh": Told("赤道纪念碑", "矗立在赤道线上的纪念碑，每年两次直立的物体没有影子。",
                    "纪念碑位于坤甸市卡普阿斯河北岸。\n\n每年三月和九月的春分、秋分前后，正午的太阳正好在头顶，影子会消失片刻，当地人与来宾一同庆祝。")},
        (0.001, 109.322),
    ),
    Place(
        "61.71", Kind.HERITAGE,
        Told("Keraton Kadriyah", "Istana Kesultanan Pontianak di tepi Sungai Kapuas.",
             "Istana kayu berwarna kuning ini adalah kediaman para sultan Pontianak. Kota ini didirikan Syarif Abdurrahman Alkadrie pada tahun 1771 di pertemuan Sungai Kapuas dan Sungai Landak."),
        Told("Kadriyah Palace", "The palace of the sultanate of Pontianak, on the Kapuas river.",
             "This yellow wooden palace was the home of the sultans of Pontianak. Syarif Abdurrahman Alkadrie founded the city in 1771 where the Kapuas and Landak rivers meet."),
        {"zh": Told("卡德里亚王宫", "卡普阿斯河畔的坤甸苏丹王宫。",
                    "这座黄色木构王宫是历代坤甸苏丹的居所。一七七一年，谢里夫·阿卜杜拉赫曼·阿尔卡德里在卡普阿斯河与兰达河交汇处建立了这座城市。")},
    ),
    Place(
        "61.71", Kind.WORSHIP,
        Told("Masjid Jami Sultan Syarif Abdurrahman", "Masjid kayu di tepi Kapuas, dekat keraton.",
             "Masjid tua dari kayu ini berdiri di tepi air di Kampung Beting, tidak jauh dari Keraton Kadriyah. Berpakaianlah sopan dan hormati waktu salat."),
        Told("Sultan Syarif Abdurrahman Mosque", "A wooden mosque on the Kapuas, near the palace.",
             "This old wooden mosque stands by the water in Kampung Beting, not far from Kadriyah Palace. Dress modestly and mind the times of prayer."),
    ),
    Place(
        "61.71", Kind.MUSEUM,
        Told("Museum Kalimantan Barat", "Benda dan cerita dari suku-suku di Kalimantan Barat.",
             "Museum provinsi ini menyimpan perahu, tempayan, tenun, alat rumah tangga dan kisah orang Melayu, Dayak, Tionghoa dan suku lain di Kalimantan Barat."),
        Told("West Kalimantan Museum", "Things and stories of the peoples of West Kalimantan.",
             "The museum of the province keeps boats, jars, woven cloth, household tools and the stories of the Malay, Dayak, Chinese and other peoples of West Kalimantan."),
    ),
    Place(
        "61.71", Kind.CITY,
        Told("Rumah Radakng", "Rumah panjang besar di kota, tempat Pekan Gawai Dayak.",
             "Bangunan besar bergaya rumah panjang Dayak ini dipakai untuk pertunjukan dan perayaan, di antaranya Pekan Gawai Dayak."),
        Told("Rumah Radakng", "A great longhouse in the city, where Pekan Gawai Dayak is held.",
             "This large building in the form of a Dayak longhouse is used for performances and celebrations, Pekan Gawai Dayak among them."),
    ),
    Place(
        "61.71", Kind.CITY,
        Told("Taman Alun Kapuas", "Taman kota di tepi sungai terpanjang Indonesia.",
             "Taman terbuka di tepi Sungai Kapuas. Dari sini kapal wisata berangkat menyusuri sungai."),
        Told("Kapuas Riverside Park", "A city park on the longest river of Indonesia.",
             "An open park on the bank of the Kapuas. Tour boats leave from here along the river."),
        free=True,
    ),
    Place(
        "61.72", Kind.COAST,
        Told("Pantai Pasir Panjang", "Pantai panjang di selatan Kota Singkawang.",
             "Pantai berpasir yang ramai pada hari libur, di selatan Kota Singkawang."),
        Told("Pasir Panjang Beach", "A long beach south of Singkawang.",
             "A sandy beach south of the city of Singkawang, full of people on holidays."),
        {"ms": Told("Pantai Pasir Panjang", "Pantai panjang di selatan Kota Singkawang.",
                    "Pantai berpasir di selatan Kota Singkawang yang sesak pada hari cuti."),
         "zh": Told("长滩", "山口洋市以南的长沙滩。", "位于山口洋市以南的沙滩，节假日游人众多。")},
    ),
    Place(
        "61.72", Kind.WORSHIP,
        Told("Vihara Tri Dharma Bumi Raya", "Kelenteng tua di pusat Kota Singkawang.",
             "Salah satu kelenteng tertua di Singkawang, di tengah kota. Pada Cap Go Meh para tatung singgah di sini."),
        Told("Tri Dharma Bumi Raya Temple", "An old temple in the middle of Singkawang.",
             "One of the oldest temples of Singkawang, in the middle of the city. At Cap Go Meh the tatung call here."),
        {"zh": Told("三教大伯公庙", "山口洋市中心的古老庙宇。", "山口洋最古老的庙宇之一，位于市中心。元宵节时乩童会到此参拜。")},
    ),
    Place(
        "61.07", Kind.COAST,
        Told("Pulau Randayan", "Pulau kecil dengan terumbu karang di lepas pantai Bengkayang.",
             "Pulau kecil berpasir putih; orang datang untuk berenang dan melihat karang. Perahu berangkat bila laut tenang."),
        Told("Randayan Island", "A small island with coral reefs off the coast of Bengkayang.",
             "A small island of white sand, where people swim and look at corals. Boats leave when the sea is calm."),
    ),
    Place(
        "61.07", Kind.NATURE,
        Told("Riam Merasap", "Air terjun lebar di hutan Bengkayang.",
             "Air terjun yang lebar di tengah hutan, dekat perbatasan. Batu licin sesudah hujan."),
        Told("Merasap Falls", "Broad falls in the forest of Bengkayang.",
             "Broad falls in the forest, near the border. The rocks are slippery after rain."),
    ),
    Place(
        "61.01", Kind.HERITAGE,
        Told("Istana Alwatzikhoebillah", "Istana Kesultanan Sambas di pertemuan sungai.",
             "Istana para sultan Sambas, dekat Masjid Jami, di tempat sungai-sungai bertemu."),
        Told("Alwatzikhoebillah Palace", "The palace of the sultanate of Sambas, where rivers meet.",
             "The palace of the sultans of Sambas, near the old mosque, where the rivers meet."),
    ),
    Place(
        "61.01", Kind.COAST,
        Told("Pantai Temajuk", "Pantai di ujung utara, berbatasan dengan Sarawak.",
             "Desa dan pantai di ujung utara Kalimantan Barat, bertetangga dengan Sarawak, Malaysia."),
        Told("Temajuk Beach", "A beach at the northern tip, next to Sarawak.",
             "A village and beach at the northern tip of West Kalimantan, next to Sarawak in Malaysia."),
        {"ms": Told("Pantai Temajuk", "Pantai di hujung utara, bersempadan dengan Sarawak.",
                    "Kampung dan pantai di hujung utara Kalimantan Barat, berjiran dengan Sarawak, Malaysia.")},
    ),
    Place(
        "61.02", Kind.HERITAGE,
        Told("Istana Amantubillah", "Istana Kerajaan Mempawah, tempat Robo-Robo bermula.",
             "Istana raja-raja Mempawah. Rombongan keraton turut dalam Robo-Robo, pada Rabu terakhir bulan Safar."),
        Told("Amantubillah Palace", "The palace of Mempawah, where Robo-Robo sets out.",
             "The palace of the rulers of Mempawah. The court takes part in Robo-Robo, on the last Wednesday of Safar."),
    ),
    Place(
        "61.02", Kind.NATURE,
        Told("Mempawah Mangrove Park", "Jalan papan di antara bakau di tepi laut.",
             "Hutan bakau yang ditanam warga di pantai Mempawah, dengan jalan papan di antara pohon."),
        Told("Mempawah Mangrove Park", "A boardwalk among mangroves on the coast.",
             "Mangroves planted by the people of the coast of Mempawah, with a boardwalk among the trees."),
    ),
    Place(
        "61.08", Kind.HERITAGE,
        Told("Keraton Ismahayana", "Keraton Kerajaan Landak di Ngabang.",
             "Keraton para raja Landak di tepi sungai, di Ngabang."),
        Told("Ismahayana Palace", "The palace of Landak, in Ngabang.",
             "The palace of the rulers of Landak, on the river in Ngabang."),
    ),
    Place(
        "61.08", Kind.VILLAGE,
        Told("Rumah Betang Saham", "Rumah panjang yang masih dihuni.",
             "Rumah panjang Dayak di Kecamatan Sengah Temila yang masih dihuni banyak keluarga. Mintalah izin sebelum masuk dan memotret."),
        Told("Saham Longhouse", "A longhouse in which people still live.",
             "A Dayak longhouse in the district of Sengah Temila in which many families still live. Ask before you enter and take pictures."),
    ),
    Place(
        "61.03", Kind.NATURE,
        Told("Pancur Aji", "Air terjun di hutan dekat Kota Sanggau.", "Air terjun dan hutan kecil tidak jauh dari Kota Sanggau."),
        Told("Pancur Aji", "Falls in a forest near the town of Sanggau.", "Falls and a small forest not far from the town of Sanggau."),
    ),
    Place(
        "61.03", Kind.NATURE,
        Told("Danau Lait", "Danau di Tayan Hilir dengan pulau-pulau kecil.", "Danau di Kecamatan Tayan Hilir, dengan pulau-pulau kecil dan kampung nelayan."),
        Told("Lake Lait", "A lake with small islands in Tayan Hilir.", "A lake in the district of Tayan Hilir, with small islands and villages of fishermen."),
    ),
    Place(
        "61.09", Kind.NATURE,
        Told("Lawang Kuari", "Bukit batu di tepi Kapuas yang dianggap keramat.", "Bukit dan gua batu di tepi Sungai Kapuas di Sekadau. Warga menganggapnya keramat: ikuti petunjuk penjaga."),
        Told("Lawang Kuari", "A rock on the Kapuas that is held sacred.", "A rock and cave on the Kapuas in Sekadau. People hold it sacred: follow the guardian's words."),
    ),
    Place(
        "61.05", Kind.VILLAGE,
        Told("Rumah Betang Ensaid Panjang", "Rumah panjang dan rumah tenun ikat di Sintang.", "Rumah panjang Dayak Desa. Para perempuan menenun kain ikat, dan tamu dapat melihat dan membelinya."),
        Told("Ensaid Panjang Longhouse", "A longhouse of ikat weavers in Sintang.", "A longhouse of the Dayak Desa. Its women weave ikat cloth, which guests can see and buy."),
    ),
    Place(
        "61.05", Kind.NATURE,
        Told("Bukit Kelam", "Batu raksasa yang menjulang dari hutan dekat Sintang.", "Bukit batu tunggal yang tampak dari jauh. Ada jalur untuk mendaki; pergilah dengan pemandu."),
        Told("Kelam Hill", "A giant rock that rises from the forest near Sintang.", "A single hill of rock, seen from afar. There is a way up; go with a guide."),
    ),
    Place(
        "61.06", Kind.NATURE,
        Told("Taman Nasional Danau Sentarum", "Danau-danau yang naik dan surut dengan musim, di hulu Kapuas.", "Danau musiman dengan rawa dan hutan air, rumah orang utan, bekantan dan ikan arwana. Nelayan dan petani madu hidup di atas air. Untuk masuk perlu izin balai taman nasional."),
        Told("Danau Sentarum National Park", "Lakes that rise and fall with the seasons, on the upper Kapuas.", "Seasonal lakes with swamps and flooded forest, home of orangutans, proboscis monkeys and arowana. Fishermen and honey gatherers live on the water. A permit of the national park is needed."),
        {"zh": Told("森塔鲁姆湖国家公园", "卡普阿斯河上游随季节涨落的湖群。", "季节性湖泊、沼泽与淹水林，是红毛猩猩、长鼻猴和龙鱼的家园。渔民与采蜜人居住在水上。入园需持国家公园许可。")},
    ),
    Place(
        "61.06", Kind.NATURE,
        Told("Taman Nasional Betung Kerihun", "Hutan pegunungan di hulu Kapuas, di perbatasan.", "Hutan luas di hulu Sungai Kapuas yang berbatasan dengan Sarawak. Perjalanan berhari-hari dengan perahu dan pemandu; perlu izin balai taman nasional."),
        Told("Betung Kerihun National Park", "Mountain forest at the head of the Kapuas, on the border.", "A vast forest at the head of the Kapuas, next to Sarawak. Journeys take days, by boat and with a guide; a permit of the national park is needed."),
    ),
    Place(
        "61.10", Kind.NATURE,
        Told("Taman Nasional Bukit Baka Bukit Raya", "Hutan pegunungan di selatan Melawi.", "Hutan pegunungan di batas Kalimantan Barat dan Kalimantan Tengah. Perlu izin balai taman nasional dan pemandu."),
        Told("Bukit Baka Bukit Raya National Park", "Mountain forest in the south of Melawi.", "Mountain forest on the border of West and Central Kalimantan. A permit of the national park and a guide are needed."),
    ),
    Place(
        "61.04", Kind.HERITAGE,
        Told("Keraton Matan Tanjungpura", "Keraton di tepi Sungai Pawan, Ketapang.", "Keraton kerajaan Matan Tanjungpura di Ketapang, dengan pusaka kerajaan."),
        Told("Matan Tanjungpura Palace", "A palace on the Pawan river in Ketapang.", "The palace of the kingdom of Matan Tanjungpura in Ketapang, with its heirlooms."),
    ),
    Place(
        "61.11", Kind.COAST,
        Told("Pantai Pulau Datok", "Pantai Sukadana di kaki bukit.", "Pantai di Sukadana, di kaki bukit, dekat pusat Kabupaten Kayong Utara."),
        Told("Pulau Datok Beach", "The beach of Sukadana at the foot of the hills.", "A beach in Sukadana at the foot of the hills, near the seat of Kayong Utara."),
    ),
    Place(
        "61.11", Kind.NATURE,
        Told("Taman Nasional Gunung Palung", "Hutan hujan dan orang utan dekat Sukadana.", "Hutan hujan dari rawa sampai puncak gunung, tempat orang utan dan bekantan. Perlu izin balai taman nasional."),
        Told("Gunung Palung National Park", "Rain forest and orangutans near Sukadana.", "Rain forest from swamp to summit, home of orangutans and proboscis monkeys. A permit of the national park is needed."),
    ),
    Place(
        "61.12", Kind.NATURE,
        Told("Hutan Mangrove Batu Ampar", "Bakau luas di muara dan pulau-pulau Kubu Raya.", "Hutan bakau yang luas di Kecamatan Batu Ampar; orang mencari kepiting dan membuat arang di sini."),
        Told("Batu Ampar Mangroves", "Wide mangroves among the estuaries of Kubu Raya.", "Wide mangroves in the district of Batu Ampar, where people catch crabs and make charcoal."),
    ),
)  # fmt: skip


def lay_down_destinations() -> int:
    """Every place of the list as published pages of the province's agency, once; answers how many are new."""
    province = Organisation.objects.get(key="kalbar/disporapar")
    known = set(Destination.objects.values_list("name", flat=True))
    regions = {row.pk: row for row in Region.objects.for_choice().filter(pk__in={each.region for each in PLACES})}
    fresh = [each for each in PLACES if each.own.name not in known and each.region in regions]
    for each in fresh:
        _lay_down(each, province, regions[each.region])
    return len(fresh)


def _lay_down(place: Place, province: Organisation, region: Region) -> None:
    latitude, longitude = place.point or (None, None)
    row = open_destination(
        organisation=province, region=region, name=place.own.name, kind=place.kind, summary=place.own.summary,
        description=place.own.description, latitude=latitude, longitude=longitude, is_free=place.free,
        source=UNCHECKED, checked_on=clock.today(), actor=SYSTEM,
    )  # fmt: skip
    for language, told in {"en": place.english, **place.more}.items():
        translate_destination(destination=row, language=language, texts=told._asdict(), checked=True, actor=SYSTEM)
    for to in (PageState.REVIEW, PageState.PUBLISHED):
        move_destination(destination=row, to=to, actor=SYSTEM)
