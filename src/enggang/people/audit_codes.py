from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "people.add_person": _("Added a person"),
    "people.change_person": _("Changed a person's details"),
    "people.complete_nip": _("Completed an NIP"),
    "people.merge_persons": _("Made two records of a person one"),
    "people.undo_merge": _("Parted two records of a person again"),
    "people.follow_agency": _("Moved a person to the successor of their agency"),
    "people.export_everything": _("Exported everything of an agency"),
    "people.set_employment": _("Changed a person's employment"),
    "people.release_person": _("Ended a person's employment"),
    "people.set_superior": _("Named a person's superior"),
    "people.upload_roster": _("Uploaded a roster"),
    "people.keep_roster": _("Kept a roster"),
    "people.check_roster": _("Looked through a roster"),
    "people.map_roster": _("Said which columns of a roster are meant"),
    "people.accept_roster": _("Had a roster read in after looking at it"),
    "people.import_roster": _("Read a roster in"),
    "people.fail_roster": _("Could not read a roster"),
    "people.add_from_roster": _("Added a person from a roster"),
    "people.change_from_roster": _("Changed a person from a roster"),
    "people.ensure_user": _("Made a person's account ready"),
    "people.hand_out_code": _("Handed out a sign-in code"),
    "people.invite_person": _("Invited a person"),
    "people.export_people": _("Exported the list of people"),
}
