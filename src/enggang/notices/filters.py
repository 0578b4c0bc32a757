from __future__ import annotations

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from enggang.notices.enums import NoticeState
from enggang.notices.models import Notice

_STATES = [(state.value, state.label) for state in NoticeState if state != NoticeState.READ]


class OutboxFilter(filters.FilterSet):
    title = filters.CharFilter(lookup_expr="icontains", label=_("Subject"))
    state = filters.ChoiceFilter(choices=_STATES, label=_("State"), empty_label=_("All"))

    class Meta:
        model = Notice
        fields = ("title", "state")
