from __future__ import annotations

from django.urls import path, re_path

from enggang.core.public import in_each
from enggang.portal.views import (
    agencies,
    calendar,
    cards,
    data,
    destinations,
    embed,
    events,
    feeds,
    home,
    innovations,
    pocket,
    press,
    registrations,
    search,
    sitemaps,
    stories,
)

EVENT = r"agenda/(?P<slug>(?:[-\w]+-)?[0-9A-Z]{8,16})/"
KEY = r"(?P<key>\d{4}(?:-[-\w]+)?)/"


app_name = "portal"
urlpatterns = [
    path("robots.txt", sitemaps.robots, name="robots"),
    path("peta-situs.xml", sitemaps.sitemap, name="sitemap"),
    re_path(
        r"^peta-situs-(?P<code>id|en|ms|zh)(?:-(?P<number>[1-9]\d{0,3}))?\.xml$", sitemaps.sitemap_of, name="sitemap_of"
    ),
    path("pengunjung.js", pocket.worker, name="worker"),
    *in_each(r"manifest\.webmanifest", pocket.manifest, "manifest"),
    *in_each(r"tanpa-sambungan/", pocket.offline, "offline"),
    *in_each(r"sematan/agenda/", embed.embed, "embed"),
    *in_each(r"telusur/", search.search, "search"),
    *in_each(r"telusur/saran\.json", search.suggestions, "suggestions"),
    *in_each(r"tentang/", search.about, "about"),
    *in_each(r"perjalanan/", pocket.journey, "journey"),
    *in_each(r"", home.home, "home"),
    *in_each(r"agenda/pendaftaran/", registrations.registrations, "registrations"),
    *in_each(r"agenda/", calendar.agenda, "agenda"),
    *in_each(r"agenda/kalender\.ics", feeds.calendar_file, "calendar_file"),
    *in_each(r"agenda/umpan\.json", feeds.feed_json, "feed_json"),
    *in_each(r"agenda/umpan\.csv", feeds.feed_csv, "feed_csv"),
    *in_each(r"agenda/umpan\.xml", feeds.atom, "atom"),
    *in_each(EVENT, events.event, "event"),
    *in_each(EVENT + r"kalender\.ics", feeds.event_calendar, "event_calendar"),
    *in_each(EVENT + KEY, events.event, "edition"),
    *in_each(EVENT + KEY + r"kartu\.png", cards.event_card, "event_card"),
    *in_each(r"data/", data.data_list, "data"),
    *in_each(r"data/katalog\.json", data.data_catalogue, "data_catalogue"),
    *in_each(r"data/(?P<code>[0-9A-Z]{8,16})/", data.data_page, "data_page"),
    *in_each(r"data/(?P<code>[0-9A-Z]{8,16})\.csv", data.data_csv, "data_csv"),
    *in_each(r"data/(?P<code>[0-9A-Z]{8,16})\.json", data.data_json, "data_json"),
    *in_each(r"destinasi/", destinations.destination_list, "destinations"),
    *in_each(r"destinasi/(?P<slug>[-\w]+)/", destinations.destination, "destination"),
    *in_each(r"inovasi-daerah/", innovations.innovation_list, "innovations"),
    *in_each(r"inovasi-daerah/(?P<code>[0-9A-Z]{8,16})/", innovations.innovation, "innovation"),
    *in_each(r"lembaga/", agencies.agency_list, "agencies"),
    *in_each(r"lembaga/(?P<code>[0-9A-Z]{8,16})/", agencies.agency, "agency"),
    *in_each(r"pers/", press.release_list, "releases"),
    *in_each(r"pers/(?P<slug>[-\w]+)/", press.release, "release"),
    *in_each(r"pers/(?P<slug>[-\w]+)/siaran\.docx", press.release_file, "release_file"),
    *in_each(r"kisah/", stories.story_list, "stories"),
    *in_each(r"kisah/(?P<slug>[-\w]+)/", stories.story, "story"),
    *in_each(r"kisah/(?P<slug>[-\w]+)/kartu\.png", cards.story_card, "story_card"),
]
