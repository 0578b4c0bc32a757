from __future__ import annotations

from typing import Any

import pytest

from enggang.documents.rendering.certificate import check
from enggang.documents.rendering.schema import Misshapen
from tests.documents.factories import curriculum, paper


def problems(data: dict[str, Any]) -> list[str]:
    with pytest.raises(Misshapen) as refused:
        check(data)
    return refused.value.problems


def test_the_sample_has_the_right_shape() -> None:
    assert check(paper()) == paper()


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"holder": {"name": ""}}, "holder.name: is shorter than 1"),
        ({"holder": {"name": "\u200b \u2060"}}, "holder.name: is shorter than 1"),
        ({"holder": {"name": "x" * 301}}, "holder.name: is longer than 300"),
        ({"holder": {"born": "1986"}}, "holder: born is not known"),
        ({"holder": {"nip_label": "NIK"}}, "holder.nip_label: is not one of NIP, NI PPPK"),
        ({"programme": {"jp": True}}, "programme.jp: is not of type integer"),
        ({"programme": {"jp": 0}}, "programme.jp: is outside 1 to 9999"),
        ({"issued": {"on": "2022-13-01"}}, "issued.on: is not a date"),
        ({"issued": {"on": "20221111"}}, "issued.on: is not a date"),
        ({"verification": {"url": "javascript:alert(1)"}}, "verification.url: has the wrong form"),
        ({"curriculum": curriculum(401)}, "curriculum: has more than 400 items"),
        ({"specimen": "no"}, "specimen: is not of type boolean"),
        ({"programme": {"starts_on": "2022-11-10"}}, "programme.ends_on: is before starts_on"),
        ({"programme": {"jp": 23}}, "curriculum: its JP do not add up to programme.jp"),
    ],
)
def test_what_does_not_fit_is_named(parts: dict[str, Any], problem: str) -> None:
    assert problem in problems(paper(**parts))


def test_what_is_missing_is_named() -> None:
    data = paper()
    del data["issuer"]
    del data["holder"]["name"]
    assert sorted(problems(data)) == [": issuer is missing", "holder: name is missing"]


def test_something_else_than_an_object_is_refused() -> None:
    with pytest.raises(Misshapen, match="data: is not of type object"):
        check([])  # type: ignore[arg-type]
