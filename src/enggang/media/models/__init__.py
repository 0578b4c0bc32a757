from enggang.media.models.assessment import Assessment
from enggang.media.models.asset import Asset
from enggang.media.models.caption import Caption
from enggang.media.models.collection import Collection, CollectionItem, CollectionText
from enggang.media.models.consent import Consent, Likeness
from enggang.media.models.contest import Contest, Entry, Juror
from enggang.media.models.delivery import Delivery
from enggang.media.models.intake import Intake
from enggang.media.models.release import BulkChange, LibraryPolicy, Release
from enggang.media.models.rendition import Rendition
from enggang.media.models.rights import RightsStatement
from enggang.media.models.tag import AssetTag, Tag
from enggang.media.models.twin import Twin
from enggang.media.models.usage import Posting, Reading, Usage

__all__ = [
    "Assessment",
    "Asset",
    "AssetTag",
    "BulkChange",
    "Caption",
    "Collection",
    "CollectionItem",
    "CollectionText",
    "Consent",
    "Contest",
    "Delivery",
    "Entry",
    "Intake",
    "Juror",
    "LibraryPolicy",
    "Likeness",
    "Posting",
    "Reading",
    "Release",
    "Rendition",
    "RightsStatement",
    "Tag",
    "Twin",
    "Usage",
]
