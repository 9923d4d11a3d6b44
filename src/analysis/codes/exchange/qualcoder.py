"""A QualCoder project, as the program's public source describes its database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from analysis.codes.exchange.model import Case, Code, Coded, Coding, Selection, Source, guid
from analysis.codes.exchange.positions import found_again, settled
from analysis.codes.exchange.sqlite import Rows, Tables
from analysis.english import plural

NEEDED: Final = {
    "code_name": ("cid", "name", "memo", "catid", "color"),
    "code_cat": ("catid", "name", "memo", "supercatid"),
    "code_text": ("cid", "fid", "pos0", "pos1", "owner", "memo"),
    "source": ("id", "name", "fulltext", "memo"),
}
"""Tables and columns without which a project cannot be read."""
_NOT_READ: Final = {
    "code_image": ("code of a picture", "codes of pictures"),
    "code_av": ("code of sound or film", "codes of sound or film"),
    "graph": ("graph", "graphs"),
}
_TEXT: Final = 5_000_000
"""Most characters of a text; codes of what lies behind are named and left out."""
_PARAGRAPH: Final = "\N{PARAGRAPH SEPARATOR}"
"""How QualCoder's editor ends a line of what is selected in it."""
_SHOWN: Final = 50
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")


def qualcoder(tables: Tables, name: str) -> Coded:
    """Read a project from its tables."""
    return _Project(tables).coded(name)


class _Project:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.left_out: list[str] = []
        self.coders: dict[str, str] = {}
        self.codes = dict(_codes(tables))

    def coded(self, name: str) -> Coded:
        given: dict[str, list[Selection]] = {}
        for fid, selection in (*self._given(), *self._annotations()):
            given.setdefault(fid, []).append(selection)
        links = self.tables.rows("case_text", ("caseid", "fid", "pos0", "pos1"))
        cases = tuple(self._cases(links, given))
        sources = tuple(self._sources(given))
        if given:
            told = plural(sum(map(len, given.values())), "code is", "codes are")
            self.left_out.append(f"{told} of a source that is not there")
        memo = "\n".join(row["memo"] for row in self.tables.rows("project", ("memo",)))
        self._rest()
        return Coded(name, self.coders, tuple(self.codes.values()), sources, cases, memo,
                     tuple(self.left_out))  # fmt: skip

    def _who(self, owner: str) -> str:
        who = guid("coder", owner) if owner else ""
        if who:
            self.coders[who] = owner
        return who

    def _given(self) -> Iterator[tuple[str, Selection]]:
        important = 0
        columns = (*NEEDED["code_text"], "seltext", "important")
        for at, row in enumerate(self.tables.rows("code_text", columns)):
            key = guid("code_text", str(at))
            if not _placed(row) or row["cid"] not in self.codes:
                self.left_out.append(f"code_text {at + 1}: its position or its code is none")
                continue
            who = self._who(row["owner"])
            coding = Coding(guid("coding", key), self.codes[row["cid"]].guid, who)
            important += row["important"] == "1"
            words = row["seltext"].replace("\r\n", "\n").replace(_PARAGRAPH, "\n")
            yield (
                row["fid"],
                Selection(
                    key, int(row["pos0"]), int(row["pos1"]), (coding,), words, row["memo"], who
                ),
            )
        if important:
            self.left_out.append(f"mark of {plural(important, 'code')} as important")

    def _annotations(self) -> Iterator[tuple[str, Selection]]:
        columns = ("fid", "pos0", "pos1", "memo", "owner")
        for at, row in enumerate(self.tables.rows("annotation", columns)):
            if _placed(row):
                key, who = guid("annotation", str(at)), self._who(row["owner"])
                yield (
                    row["fid"],
                    Selection(key, int(row["pos0"]), int(row["pos1"]), memo=row["memo"], coder=who),
                )
            else:
                self.left_out.append(f"annotation {row['memo'][:_SHOWN]!r}: its position is none")

    def _sources(self, given: dict[str, list[Selection]]) -> Iterator[Source]:
        for row in self.tables.rows("source", NEEDED["source"]):
            own = tuple(given.pop(row["id"], ()))
            text = row["fulltext"][:_TEXT].removeprefix("\ufeff")
            source = settled(Source(guid("source", row["id"]), row["name"], text, own, row["memo"]))
            kept = [sound for one in source.selections if (sound := self._sound(one, source))]
            yield replace(source, selections=tuple(kept))

    def _sound(self, selection: Selection, source: Source) -> Selection | None:
        """The selection where it was made; none where its text does not hold what was selected."""
        found = found_again(selection, source.text)
        if found:
            return replace(found, name="")
        where = f"source {source.name!r}, characters {selection.start} to {selection.end}"
        words = " ".join(selection.name.split())[:_SHOWN]
        told = f"what was selected there ({words!r})" if words else "that much"
        self.left_out.append(f"{where}: its text does not hold {told}")
        return None

    def _cases(self, links: Rows, given: Mapping[str, list[Selection]]) -> Iterator[Case]:
        texts = {row["id"]: len(row["fulltext"]) for row in self.tables.rows("source",
                 ("id", "fulltext"))}  # fmt: skip
        values: dict[str, dict[str, str]] = {}
        of_files = 0
        for row in self.tables.rows("attribute", ("name", "attr_type", "value", "id")):
            if row["attr_type"] == "case":
                values.setdefault(row["id"], {})[row["name"]] = row["value"]
            else:
                of_files += bool(row["value"])
        if of_files:
            self.left_out.append(f"{plural(of_files, 'value')} of variables of files")
        of_case: dict[str, Rows] = {}
        for link in links:
            of_case.setdefault(link["caseid"], []).append(link)
        for row in self.tables.rows("cases", ("caseid", "name", "memo")):
            own = [link for link in of_case.get(row["caseid"], []) if _placed(link)]
            whole = [link["fid"] for link in own if _is_whole(link, texts)]
            parts = [
                one.guid
                for link in own if link["fid"] not in whole
                for one in given.get(link["fid"], ())
                if one.start < int(link["pos1"]) and int(link["pos0"]) < one.end
            ]  # fmt: skip
            yield Case(
                guid("case", row["caseid"]), row["name"],
                {k: v for k, v in values.get(row["caseid"], {}).items() if v},
                tuple(guid("source", fid) for fid in dict.fromkeys(whole)), row["memo"],
                tuple(dict.fromkeys(parts)),
            )  # fmt: skip

    def _rest(self) -> None:
        for row in self.tables.rows("journal", ("name", "jentry")):
            words = " ".join(row["jentry"].split())[:_SHOWN]
            self.left_out.append(f"journal {row['name']!r} ({words!r})")
        for table, (one, several) in _NOT_READ.items():
            if count := self.tables.count(table):
                self.left_out.append(f"{plural(count, one, several)}: only text is read")


def _is_whole(link: Mapping[str, str], texts: Mapping[str, int]) -> bool:
    """Whether a case is of all of a text, but for a mark at its beginning or a last line end."""
    return int(link["pos0"]) <= 1 and int(link["pos1"]) >= texts.get(link["fid"], 0) - 1


def _placed(row: Mapping[str, str]) -> bool:
    return row["pos0"].isdecimal() and row["pos1"].isdecimal()


def _codes(tables: Tables) -> Iterator[tuple[str, Code]]:
    """Categories, then codes, each after what it stands below: a category, or another code."""
    cats = {row["catid"]: row for row in tables.rows("code_cat", NEEDED["code_cat"])}
    for key in _from_the_top(cats, "supercatid"):
        row = cats[key]
        above = guid("cat", row["supercatid"]) if row["supercatid"] in cats else ""
        yield f"cat{key}", Code(guid("cat", key), row["name"], above, row["memo"], "", False)
    columns: Sequence[str] = (*NEEDED["code_name"], "supercid")
    codes = {row["cid"]: row for row in tables.rows("code_name", columns)}
    for key in _from_the_top(codes, "supercid"):
        row = codes[key]
        above = guid("cat", row["catid"]) if row["catid"] in cats else ""
        above = guid("cid", row["supercid"]) if row["supercid"] in codes else above
        colour = row["color"] if _COLOUR.fullmatch(row["color"]) else ""
        yield key, Code(guid("cid", key), row["name"], above, row["memo"], colour)


def _from_the_top(rows: dict[str, dict[str, str]], above: str) -> list[str]:
    """Return keys, each after the one above it; one of those that go in a circle is at the top."""
    done: dict[str, None] = {}
    for key in rows:
        way, at = dict[str, None](), key
        while at in rows and at not in done and at not in way:
            way[at] = None
            at = rows[at][above]
        done |= dict.fromkeys(reversed(way))
    return list(done)
