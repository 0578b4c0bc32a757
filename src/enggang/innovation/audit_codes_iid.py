from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "innovation.keep_guide_row": _("Changed a row of the innovation guide"),
    "innovation.load_guide": _("Loaded the shipped rows of the innovation guide"),
    "innovation.copy_guide": _("Began the innovation guide of a year from another one"),
    "innovation.begin_submission": _("Began the entry of an innovation for a year"),
    "innovation.choose_parameter": _("Chose the parameter of an indicator"),
    "innovation.answer_profile": _("Wrote the profile of an entry"),
    "innovation.set_submission": _("Named the research board of an entry, or what was renewed"),
    "innovation.hand_on_submission": _("Handed an entry on to the next desk"),
    "innovation.send_back_submission": _("Sent an entry back to the innovator"),
    "innovation.close_year": _("Closed an entry with its year"),
    "innovation.pack_submission": _("Asked for the IID pack of an entry"),
    "innovation.bring_file": _("Brought a file as evidence of an innovation"),
    "innovation.bring_link": _("Brought a link as evidence of an innovation"),
    "innovation.accept_proposal": _("Accepted proposed evidence"),
    "innovation.refuse_proposal": _("Refused proposed evidence"),
    "innovation.propose_again": _("Let refused evidence be proposed again"),
    "innovation.use_evidence": _("Let evidence serve an indicator"),
    "innovation.leave_evidence": _("Took evidence from an indicator"),
    "innovation.withdraw_evidence": _("Took evidence out of the vault"),
    "innovation.tie_subject": _("Tied something of the system to an innovation"),
    "innovation.untie_subject": _("Untied something from an innovation"),
    "innovation.set_region_point": _("Entered points of the region for the innovation index"),
    "innovation.enter_board_letter": _("Entered the letter of the research board"),
}
