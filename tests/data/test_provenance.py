"""What a report says of how it was made."""

from __future__ import annotations

from analysis.data.provenance import data_hash, input_files, package_versions


def test_the_hash_follows_every_input_and_nothing_else(project):
    before = data_hash(project, "exampleshire")
    assert len(before) == 64
    (project.root / "notes.txt").write_text("not an input")
    assert data_hash(project, "exampleshire") == before
    for path in input_files(project, "exampleshire"):
        kept = path.read_bytes()
        path.write_bytes(kept + b"\n")
        assert data_hash(project, "exampleshire") != before, path
        path.write_bytes(kept)
    assert data_hash(project, "exampleshire") == before


def test_a_renamed_input_is_another_input(project):
    before = data_hash(project, "exampleshire")
    path = project.raw("exampleshire", "codes", "reader-1.csv")
    path.rename(path.with_name("anna.csv"))
    assert data_hash(project, "exampleshire") != before


def test_versions_are_named():
    assert {"python", "pandas", "nbconvert"} <= set(package_versions())
