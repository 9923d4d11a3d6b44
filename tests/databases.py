"""Databases of other programs, composed as their public sources describe them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

QUALCODER = """
create table project (databaseversion text, date text, memo text, about text);
create table source (id integer primary key, name text, fulltext text, mediapath text, memo text,
    owner text, date text);
create table code_cat (catid integer primary key, name text, owner text, date text, memo text,
    supercatid integer);
create table code_name (cid integer primary key, name text, memo text, catid integer, owner text,
    date text, color text);
create table code_text (ctid integer primary key, cid integer, fid integer, seltext text,
    pos0 integer, pos1 integer, owner text, date text, memo text, avid integer, important integer);
create table cases (caseid integer primary key, name text, memo text, owner text, date text);
insert into code_cat values (1, 'Practice', 'Ann', '', '', null), (2, 'Plans', 'Ann', '', '', 1);
insert into code_name values (1, 'weak', 'poor or late', 2, 'Ann', '', '#C62828');
insert into cases values (1, 'Visit of 2022', '', 'Ann', '');
"""
TAGUETTE = """
create table projects (id integer primary key, name text, description text, created datetime);
create table documents (id integer primary key, name text, description text, filename text,
    created datetime, project_id integer, contents text);
create table tags (id integer primary key, project_id integer, path text, description text);
create table highlights (id integer primary key, document_id integer, start_offset integer,
    end_offset integer, snippet text);
create table highlight_tags (highlight_id integer, tag_id integer);
insert into projects values (1, 'Visits', 'What was found', '');
insert into tags values (1, 1, 'plans', ''), (2, 1, 'plans.weak', 'poor'), (3, 1, 'odd', '');
"""


def database(path: Path, script: str, rows: list[tuple[str, tuple]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as made:
        made.executescript(script)
        for statement, values in rows:
            made.execute(statement, values)
        made.commit()
    return path
