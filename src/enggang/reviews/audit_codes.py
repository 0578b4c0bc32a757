from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "reviews.keep_rubric": _("Added or changed a rubric"),
    "reviews.open_review": _("Asked for a grading"),
    "reviews.submit_sheet": _("Graded a work"),
    "reviews.reopen_review": _("Opened a grading again"),
    "reviews.begin_anew": _("Began a grading anew for another version"),
    "reviews.await_sheets": _("Changed how many graders are awaited"),
    "reviews.close_review": _("Closed a grading with the sheets that were there"),
    "reviews.take_back_sheet": _("Took a sheet of marks back"),
    "reviews.keep_minutes": _("Kept the minutes of a panel"),
}
