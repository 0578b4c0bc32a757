from __future__ import annotations

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize(("yes", "said"), [("", "Batalkan sesi"), ("Simpan keputusan", "Simpan keputusan")])
def test_a_button_that_asks_for_a_reason_says_what_it_does_whatever_the_form_before_it_said(
    yes: str, said: str
) -> None:
    facts = {"title": "Batalkan sesi", "action": "/x/", "submit": "Gabungkan", "yes": yes}
    page = render_to_string("core/components/confirm.html", facts)
    assert f'btn--danger">{said}</button>' in page
    assert "Gabungkan" not in page
