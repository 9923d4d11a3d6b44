"""Authorities are found where and as they are named, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from composed_truth import AUTHORITIES, GAZETTEER, OWN_NAMES, ROOT
from hypothesis import given
from hypothesis import strategies as st

from analysis.data.authority_list import AUTHORITY_COLUMNS
from analysis.documents.printed.names import OWN, Gazetteer, Match, Name, load_names, normal
from analysis.errors import FindingsError
from analysis.project import Project

FORMS = (
    "{}", "London Borough of {}", "City of {}", "{} Council", "{} City Council",
    "{} County Council", "Royal Borough of {}", "Metropolitan Borough of {}",
    "{} Metropolitan Borough Council", "{}’s services for children",
    "Inspection of {} local authority children’s services",
)  # fmt: skip
OTHERS = [name for name in AUTHORITIES if name.what != OWN]
PLACES = [name.name for name in OTHERS if name.what == "other"]


def spellings(name: str) -> set[str]:
    return {
        name,
        name.upper(),
        name.replace("-", " "),
        name.replace(" ", "-"),
        name.replace(" and ", " & "),
        name.replace(".", ""),
        name.partition(",")[0] if name.endswith("of") else name,
    }


@pytest.mark.parametrize("form", FORMS)
def test_every_authority_is_found_in_any_spelling(form: str) -> None:
    missed = [
        (own.authority, spelling)
        for own in OWN_NAMES
        for spelling in sorted(spellings(own.name))
        if (match := GAZETTEER.find(form.format(spelling))) is None
        or match.authority != own.authority
    ]
    assert missed == []


def test_a_name_that_two_authorities_share_names_neither() -> None:
    one, two = Name("east-ambria", "Ambria"), Name("west-ambria", "Ambria")
    other = Name("borsetshire", "Borsetshire")
    gazetteer = Gazetteer([one, two, other])
    assert gazetteer.find("Ambria County Council") is None
    match = gazetteer.find("Borsetshire County Council")
    assert match and match.authority == "borsetshire"


def test_no_two_authorities_share_a_name() -> None:
    names = [normal(own.name) for own in OWN_NAMES]
    assert len(names) == len(set(names))


def test_every_other_name_leads_to_its_authority() -> None:
    led = {name.name: GAZETTEER.find(f"Inspection of {name.name}") for name in OTHERS}
    former = {name.name: name.name if name.what == "former" else "" for name in OTHERS}
    assert {name: (match and match.authority) or "" for name, match in led.items()} == {
        name.name: name.authority for name in OTHERS
    }
    assert {name: match.former for name, match in led.items() if match} == {
        name.name: former[name.name] for name in OTHERS if name.authority
    }


def test_every_other_place_holds_a_name_that_would_be_taken_for_an_authority() -> None:
    alone = Gazetteer(name for name in AUTHORITIES if name.what != "other")
    assert PLACES
    assert [place for place in PLACES if alone.find(f"in {place}") is None] == []


@pytest.mark.parametrize(
    ("text", "anywhere", "organisation"),
    [
        ("the teaching of reading and writing", "", ""),
        ("Reading is taught well. Bury it there.", "", ""),
        ("Social workers in Reading know children.", "reading", ""),
        ("Inspection of Reading children’s services", "reading", ""),
        ("Reading Borough Council", "reading", "reading"),
        ("Alex Durham, Police and Crime Commissioner", "durham", ""),
        ("Alex Durham, City of York Council", "durham", "york"),
        ("Director, London Borough of Barnet", "barnet", "barnet"),
        ("INSPECTION OF BOLTON", "bolton", ""),
        ("Inspection of Achieving for Children in Kingston upon Thames",
         "kingston-upon-thames", ""),
        ("Inspection of Together for Children", "sunderland", ""),
        ("A college in Bury St Edmunds", "", ""),
    ],
)  # fmt: skip
def test_a_name_counts_where_it_is_one(text: str, anywhere: str, organisation: str) -> None:
    found = GAZETTEER.find(text), GAZETTEER.find(text, organisation=True)
    assert [match.authority if match else "" for match in found] == [anywhere, organisation]


@given(st.sampled_from(OWN_NAMES), st.sampled_from(OWN_NAMES), st.integers(1, 5))
def test_the_authority_named_most_comes_first(one: Name, other: Name, more: int) -> None:
    if one.authority == other.authority:
        return
    text = " Council, ".join([*[one.name] * (more + 1), *[other.name] * more, ""])
    assert next(iter(GAZETTEER.counts(text).items())) == (one.authority, more + 1)
    assert GAZETTEER.counts(text)[other.authority] == more


def project(folder: Path, names: str) -> Project:
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    row = {"authority": "kent", "name": "Kent"}
    table = [AUTHORITY_COLUMNS, [row.get(column, "") for column in AUTHORITY_COLUMNS]]
    (raw / "authorities.csv").write_text("".join(f"{','.join(cells)}\n" for cells in table))
    if names:
        (raw / "authority_names.csv").write_text(names)
    return Project(folder)


def test_a_project_without_other_names_knows_the_authorities_own(tmp_path: Path) -> None:
    assert load_names(project(tmp_path, "")) == [Name("kent", "Kent")]


@pytest.mark.parametrize(
    "row", ["Garden of England,sussex,spelling", "Kentish Town,kent,other", "Invicta,kent,nickname"]
)
def test_a_name_of_no_authority_is_refused_with_what_is_allowed(tmp_path: Path, row: str) -> None:
    with pytest.raises(FindingsError) as caught:
        load_names(project(tmp_path, f"name,authority,what\n{row}\n"))
    assert row.split(",", maxsplit=1)[0] in str(caught.value)
    assert "spelling, trust, former, other" in str(caught.value)


def test_the_names_that_are_held_are_those_that_are_looked_for() -> None:
    assert load_names(Project(ROOT)) == list(AUTHORITIES)
    assert GAZETTEER.find("Poole") == Match("bournemouth-christchurch-poole", "Poole")
