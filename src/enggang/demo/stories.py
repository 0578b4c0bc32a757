"""Stories of the demonstration: about places, things and seasons, with drawn pictures. Nobody real is quoted, and nobody is made up
and called by a name."""

from __future__ import annotations

from typing import Any, NamedTuple

from enggang.core.actor import SYSTEM
from enggang.events.models import Event
from enggang.media.models import Asset
from enggang.places.models import Organisation, Region
from enggang.stories.blocks import field_of
from enggang.stories.domain.stories import move_story, open_story, translate_story
from enggang.stories.enums import PageState
from enggang.stories.models import Destination, Story


class Told(NamedTuple):
    title: str
    summary: str
    texts: tuple[str, ...]  # of the parts that have words, in their order


class Known(NamedTuple):
    region: str
    picture: str  # title of a work
    own: Told
    others: dict[str, Told]
    event: str = ""
    destination: str = ""
    state: PageState = PageState.PUBLISHED


STORIES = (
    Known(
        "61.06", "Perahu di danau senja",
        Told("Danau yang pergi dan kembali", "Di hulu Kapuas danau naik dan surut belasan meter, dan hidup mengikutinya.",
             ("Pada musim hujan air Kapuas masuk ke dataran dan Sentarum menjadi danau-danau yang luas. Pada kemarau air itu pulang; yang tersisa alur-alur sempit dan padang rumput.\n\nRumah berdiri di atas tiang atau rakit. Nelayan, pemanen madu, dan pembuat perahu menghitung tahun dengan tinggi air, bukan dengan tanggal.",
              "Madu di atas air", "Lebah hutan datang ketika pohon-pohon di hutan rawa berbunga. Pemanen memasang papan miring di cabang, dan memanen pada malam hari dengan asap. Sebagian sarang selalu ditinggal.",
              "Datanglah bersama air, bukan bersama kalender.")),
        {"en": Told("The lake that leaves and returns", "At the head of the Kapuas the lakes rise and fall by many metres, and life goes with them.",
                    ("In the rains the Kapuas flows into the plain and Sentarum becomes wide lakes. In the drought the water goes home; narrow channels and grassland remain.\n\nHouses stand on stilts or rafts. Fishermen, honey gatherers and boat builders count the year by the height of the water, not by dates.",
                     "Honey above the water", "Wild bees come when the trees of the flooded forest bloom. Gatherers set slanted boards in the branches and harvest at night, with smoke. Part of the comb is always left.",
                     "Come with the water, not with the calendar.")),
         "ms": Told("Tasik yang pergi dan kembali", "Di hulu Kapuas tasik naik dan surut, dan kehidupan mengikutinya.",
                    ("Pada musim hujan air Kapuas masuk ke dataran dan Sentarum menjadi tasik yang luas. Pada musim kemarau air itu pulang; yang tinggal alur sempit dan padang rumput.",
                     "Madu di atas air", "Lebah hutan datang apabila pokok di hutan paya berbunga. Pemungut memasang papan condong di dahan dan memungut pada waktu malam dengan asap.",
                     "Datanglah bersama air, bukan bersama kalendar.")),
         "zh": Told("去而复返的湖", "卡普阿斯河上游的湖水涨落数米，生活也随之起伏。",
                    ("雨季河水漫入平原，森塔鲁姆成为辽阔的湖群；旱季水退，只剩狭窄的水道和草地。\n\n房屋立在木桩或木筏上。渔民、采蜜人和造船人以水位而不是日期来计算一年。",
                     "水上的蜂蜜", "淹水林开花时，野蜂便来。采蜜人在枝上架斜板，夜里用烟采收，总会留下一部分蜂巢。", "随水而来，而不是随日历而来。"))},
        "Festival Danau Sentarum", "Taman Nasional Danau Sentarum",
    ),
    Known(
        "61.71", "Meriam karbit di tepi sungai",
        Told("Dentum di dua tepi Kapuas", "Batang pohon, kain, karbit, dan berminggu-minggu kerja bersama.",
             ("Meriam karbit dibuat dari batang pohon besar yang dibelah, dilubangi, lalu disatukan lagi dengan ikatan rotan. Ia berat: puluhan orang memindahkannya ke tepi air.",
              "Mengapa di sungai", "Moncongnya menghadap ke air agar tekanan tidak melukai orang dan kaca jendela. Panitia kampung mengatur giliran; anak-anak menonton dari belakang tali.",
              "Bawalah penutup telinga.")),
        {"en": Told("Thunder on both banks", "Logs, cloth, carbide, and weeks of work together.",
                    ("A carbide cannon is a great log that is split, hollowed and bound together again with rattan. It is heavy: dozens of people carry it to the water.",
                     "Why on the river", "The mouth points to the water, so that the pressure hurts neither people nor windows. The village committee calls the turns; children watch from behind a rope.",
                     "Bring something for your ears."))},
        "Festival Meriam Karbit", "Tugu Khatulistiwa",
    ),
    Known(
        "61.72", "Malam lampion",
        Told("Seribu lampion sebelum fajar", "Sebelum pawai lewat, kota sudah bekerja semalaman.",
             ("Pada malam sebelum Cap Go Meh gang-gang Singkawang tidak tidur. Lampion digantung ulang setelah hujan, tandu dipoles, tambur diuji pelan-pelan agar tetangga tidak terbangun.",
              "Melihat dengan hormat", "Bagi banyak orang ini ibadah. Jangan melintas di depan tandu, jangan menyentuh, dan tanyalah sebelum memotret dari dekat. Anak kecil lebih nyaman menonton pada sore hari.")),
        {"en": Told("A thousand lanterns before dawn", "Before the parade passes, the city has worked all night.",
                    ("On the night before Cap Go Meh the lanes of Singkawang do not sleep. Lanterns are hung again after the rain, litters are polished, drums are tried softly so that the neighbours sleep on.",
                     "Watching with respect", "For many this is worship. Do not cross before a litter, do not touch, and ask before you photograph closely. Small children are better off in the afternoon.")),
         "zh": Told("黎明前的千盏灯", "巡游到来之前，全城已忙了一夜。",
                    ("元宵节前夜，山口洋的巷子彻夜不眠。雨后重新挂灯，擦亮神轿，轻轻试鼓，以免吵醒邻居。",
                     "以敬意观看", "对许多人来说这是信仰。请勿从神轿前穿行，勿触碰，近距离拍摄前请先询问。幼儿更适合下午观看。"))},
        "Cap Go Meh Singkawang", "Vihara Tri Dharma Bumi Raya",
    ),
    Known(
        "61.71", "Kampung di atas air",
        Told("Rumah yang menghadap sungai", "Di Pontianak tua, pintu depan adalah pintu ke air.",
             ("Sebelum jalan dibangun, orang datang dengan perahu. Karena itu banyak rumah tua di tepi Kapuas berpaling dari jalan dan tersenyum kepada sungai.",
              "Yang masih terlihat", "Berjalanlah di gertak, jalan papan di antara rumah. Warnanya berganti tiap Lebaran; ukirannya lebih tua daripada jembatannya.")),
        {"en": Told("Houses that face the river", "In old Pontianak the front door is the door to the water.",
                    ("Before there were roads, people came by boat. So many old houses along the Kapuas turn their back on the street and smile at the river.",
                     "What is still to be seen", "Walk on the gertak, the plank ways between the houses. Their colours change every Lebaran; their carvings are older than the bridge."))},
        "Festival Budaya Melayu", "Keraton Kadriyah",
    ),
    Known(
        "61.02", "Iring-iringan perahu ke muara",
        Told("Satu saprah, enam orang", "Makan bersama di lantai, dan siapa pun diundang (draf contoh).",
             ("Kain putih dibentang, piring disusun melingkar. Enam orang duduk untuk satu saprah, dan yang muda menuang air untuk yang tua.", "Draf", "Naskah ini menunggu peninjauan.")),
        {}, "Robo-Robo", "", PageState.REVIEW,
    ),
)  # fmt: skip


def lay_down_stories() -> None:
    """Call once, after the events, destinations and pictures."""
    agency = Organisation.objects.get(key="kalbar/disporapar")
    for known in STORIES:
        _tell(agency, known)


def _tell(agency: Organisation, known: Known) -> None:
    work = Asset.objects.filter(title=known.picture).select_related("subject").first()
    story = open_story(
        organisation=agency, title=known.own.title, summary=known.own.summary, byline="Tim peragaan Enggang (contoh)",
        region=Region.objects.get(pk=known.region), cover=work.code if work else "", blocks=_blocks(known), actor=SYSTEM,
    )  # fmt: skip
    for language, told in known.others.items():
        texts = {"title": told.title, "summary": told.summary}
        spoken = [block for block in story.blocks if block["text"]]
        texts |= {field_of(block): text for block, text in zip(spoken, told.texts, strict=True)}
        translate_story(story=story, language=language, texts=texts, checked=True, actor=SYSTEM)
    for to in (PageState.REVIEW, *([PageState.PUBLISHED] if known.state == PageState.PUBLISHED else [])):
        move_story(story=Story.objects.with_names().get(pk=story.pk), to=to, actor=SYSTEM)


def _blocks(known: Known) -> list[dict[str, Any]]:
    first, heading, second, *quote = known.own.texts
    blocks: list[dict[str, Any]] = [{"kind": "text", "text": first}, {"kind": "heading", "text": heading}]
    blocks.append({"kind": "text", "text": second})
    blocks += [{"kind": "quote", "text": text} for text in quote]
    event = Event.objects.filter(name=known.event).select_related("subject").first()
    place = Destination.objects.published().filter(name=known.destination).first()
    if event:
        blocks.append({"kind": "event", "what": event.code})
    if place:
        blocks.append({"kind": "destination", "what": place.slug})
    return blocks
