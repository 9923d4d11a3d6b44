"""The codebook that is shipped, and how one that is wrong is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.data.codebook import EVERYWHERE, Codebook, Group, Theme, load_codebook, parse_codebook
from analysis.errors import DataError, UnknownNameError
from analysis.vocabulary import AREA_PARTS, expand_areas

SHIPPED = Path(__file__).parents[2] / "data" / "raw" / "codebook.yml"

GUIDE = {
    "workforce": ["caseloads", "workforce-stability", "training", "supervision"],
    "leadership-and-assurance": ["management-oversight", "leadership", "audit", "performance-data"],
    "practice": [
        "front-door",
        "child-protection-enquiries",
        "early-help",
        "assessments",
        "plans",
        "pathway-plans",
        "case-recording",
        "visits-direct-work",
        "childs-voice",
        "multi-agency",
    ],
    "risk-and-need": [
        "exploitation-missing",
        "domestic-abuse-neglect",
        "disabled-children",
        "private-fostering",
        "homelessness",
    ],
    "children-in-care-and-care-leavers": [
        "permanence",
        "placements",
        "health",
        "education",
        "accommodation",
        "care-leaver-support",
    ],
}

SMALL = r"""
version: "1.0"
groups:
  - {id: practice, name: Practice}
themes:
  - id: plans
    group: practice
    name: Plans
    definition: Plans for children.
    include: [drift]
    exclude: []
    areas: [help-and-protection]
    patterns: ['\bcare plans?\b']
    examples: [Care plans are clear]
  - id: no
    group: practice
    name: None
    definition: "1.10"
    include: []
    exclude: []
    areas: everywhere
    patterns: []
    examples: []
"""


@pytest.fixture(scope="module")
def shipped() -> Codebook:
    return load_codebook(SHIPPED)


def problems_of(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(DataError) as caught:
        parse_codebook(text)
    return [(problem.row, problem.column, problem.value) for problem in caught.value.problems]


def test_shipped_themes_and_groups_are_those_of_the_guide_in_its_order(shipped: Codebook) -> None:
    assert shipped.ids == tuple(theme for themes in GUIDE.values() for theme in themes)
    assert len(shipped.ids) == 29
    found = {
        group.id: [t.id for t in shipped.themes if t.group == group.id] for group in shipped.groups
    }
    assert found == GUIDE


def test_every_shipped_theme_can_be_read_and_tagged(shipped: Codebook) -> None:
    for theme in shipped.themes:
        assert theme.definition and theme.include and theme.exclude, theme.id
        assert theme.patterns and len(theme.examples) >= 2, theme.id
        assert theme.name[0].isupper(), theme.id


def test_exclusions_name_only_themes_that_exist(shipped: Codebook) -> None:
    slugs = {
        word.strip("(),.")
        for theme in shipped.themes
        for line in theme.exclude
        for word in line.split()
        if word.startswith("(") and word.endswith((")", "),")) and word != "(no"
    }
    assert len(slugs) > 10
    assert slugs <= {*shipped.ids, "no"}


def test_workforce_and_leadership_are_expected_everywhere_and_others_are_not(
    shipped: Codebook,
) -> None:
    everywhere = {theme.id for theme in shipped.themes if theme.areas == (EVERYWHERE,)}
    assert everywhere == {*GUIDE["workforce"], *GUIDE["leadership-and-assurance"]}


def test_shipped_areas_are_leaves(shipped: Codebook) -> None:
    named = {area for theme in shipped.themes for area in theme.areas}
    assert named.isdisjoint({*AREA_PARTS, "overall", "leadership"})


@pytest.mark.parametrize(
    ("theme", "areas", "expected"),
    [
        ("supervision", [], True),
        ("supervision", ["front-door"], True),
        ("pathway-plans", ["care-leavers"], True),
        ("pathway-plans", ["children-in-care-and-care-leavers"], True),
        ("pathway-plans", ["children-in-care"], False),
        ("pathway-plans", [], False),
        ("private-fostering", ["help-and-protection"], True),
        ("private-fostering", ["children-in-need", "child-protection"], False),
        ("child-protection-enquiries", ["front-door"], True),
        ("homelessness", ["care-leavers"], True),
        ("permanence", ["adoption"], True),
        ("permanence", ["care-leavers"], False),
    ],
)
def test_silence_counts_only_where_the_theme_was_expected(
    shipped: Codebook, theme: str, areas: list[str], expected: bool
) -> None:
    assert shipped.expects(theme, expand_areas(areas)) is expected


def test_a_theme_of_a_whole_area_is_expected_in_each_part() -> None:
    book = parse_codebook(SMALL)
    assert book.expects("plans", {"front-door"})
    assert not book.expects("plans", {"care-leavers"})


def test_everywhere_is_everywhere_in_childrens_services() -> None:
    book = Codebook(
        "1",
        (Group("g", "Group"),),
        (
            Theme("caseloads", "g", "Caseloads", "", (), (), (EVERYWHERE,), (), ()),
            Theme("send", "g", "SEND", "", (), (), ("send-partnership",), (), ()),
        ),
    )
    expected = {
        area: [theme for theme in book.ids if book.expects(theme, {area} - {""})]
        for area in ("front-door", "joint-theme", "send-partnership", "")
    }
    assert expected == {
        "front-door": ["caseloads"],
        "joint-theme": [],
        "send-partnership": ["send"],
        "": ["caseloads"],
    }


def test_unknown_theme_is_refused_with_the_nearest(shipped: Codebook) -> None:
    for ask in (shipped.theme, shipped.group_of, lambda name: shipped.expects(name, [])):
        with pytest.raises(UnknownNameError, match="'supervision'"):
            ask("supervison")


def test_table_has_one_row_a_theme(shipped: Codebook) -> None:
    table = shipped.table().set_index("theme")
    assert list(table.columns) == ["name", "group", "group_name", "definition", "areas"]
    assert tuple(table.index) == shipped.ids
    assert table.loc["homelessness", "areas"] == "front-door;care-leavers"
    assert table.loc["audit", "areas"] == "everywhere"
    assert table.loc["audit", "group_name"] == "Leadership and assurance"


def test_scalars_stay_the_text_that_was_typed() -> None:
    book = parse_codebook(SMALL)
    assert book.version == "1.0"
    theme = book.theme("no")
    assert (theme.name, theme.definition) == ("None", "1.10")


def test_patterns_ignore_case() -> None:
    (pattern,) = parse_codebook(SMALL).theme("plans").patterns
    assert pattern.search("CARE PLAN")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("    definition: Plans for children.\n", "", (6, "definition", "")),
        ("    include: [drift]", "    includes: [drift]", (10, "includes", "includes")),
        ("id: no", "id: none", (15, "id", "none")),
        ("id: no", "id: No!", (15, "id", "No!")),
        ("id: no", "id: plans", (15, "id", "plans")),
        ("id: no", "id:", (15, "id", "")),
        ("group: practice\n    name: None", "group: risk\n    name: None", (16, "group", "risk")),
        ("areas: [help-and-protection]", "areas: [moon]", (12, "areas", "moon")),
        ("areas: [help-and-protection]", "areas: []", (12, "areas", "")),
        ("areas: everywhere", "areas: front-door", (21, "areas", "front-door")),
        (r"'\bcare plans?\b'", "'care ('", (13, "patterns", "care (")),
        (r"'\bcare plans?\b'", "'(?:care)?'", (13, "patterns", "(?:care)?")),
        (r"'\bcare plans?\b'", r"'\b'", (13, "patterns", r"\b")),
        ("examples: []", "examples: one", (23, "examples", "one")),
        ("    name: Plans\n", "    name: Plans\n    name: Plan\n", (9, "name", "name")),
        ("  - {id: practice, name: Practice}\n", "  - practice\n", (4, "", "practice")),
    ],
)
def test_each_fault_is_named_with_its_line(
    old: str, new: str, problem: tuple[int, str, str]
) -> None:
    assert SMALL.count(old) == 1
    assert problem in problems_of(SMALL.replace(old, new))


def test_all_faults_are_said_at_once() -> None:
    text = SMALL.replace("[help-and-protection]", "[moon, sun]").replace("id: no", "id: none")
    assert problems_of(text) == [(12, "areas", "moon"), (12, "areas", "sun"), (15, "id", "none")]


def test_broken_yaml_is_refused_with_its_line() -> None:
    ((row, column, _),) = problems_of(SMALL.replace("name: Practice}", "name: Practice"))
    assert (row, column) == (5, "")


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b", "\x07"])
def test_a_file_without_keys_is_refused(text: str) -> None:
    assert len(problems_of(text)) == 1


def test_python_objects_in_yaml_are_only_text() -> None:
    text = SMALL.replace("name: Plans", "name: !!python/object/apply:os.getcwd []")
    assert problems_of(text) == [(8, "name", "")]


def test_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="this file is missing"):
        load_codebook(tmp_path / "codebook.yml")


def test_file_is_named_in_problems(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yml"
    path.write_text(SMALL.replace("id: no", "id: none"), encoding="utf-8")
    with pytest.raises(DataError, match=r"codebook\.yml, row 15, id = 'none'"):
        load_codebook(path)
