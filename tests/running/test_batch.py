"""Many reports in one command: what is made, what is not, and what is left where one fails."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import nbformat
import pytest
from lxml import html as lxml_html
from small import ALL, WAITS, alive, wait_for

from analysis import processes
from analysis.data.held import held_authorities
from analysis.project import ROOT_VARIABLE, Project
from analysis.running.selection import Authorities

pytestmark = pytest.mark.notebook

RAISES = "values = {}\nvalues['missing <b>']"
DIES = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
HANGS_DEAF = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    signal.pause()
"""
KILLS_ITS_PARENT = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"


@pytest.mark.promise("broken-cell-told")
def test_one_broken_of_each_kind_leaves_the_good_ones_alone(small, report):
    small.add(*ALL)
    assert report("--all").status == 0
    before = small.bytes()
    broken = dict(zip(ALL[:4], (RAISES, DIES, HANGS_DEAF, KILLS_ITS_PARENT), strict=True))
    for name, cell in broken.items():
        small.add(name, cell=cell)
    ran = report("--all", "--timeout", "5", "--jobs", "4")
    after = small.bytes()
    assert ran.status == 1
    assert "2 unchanged, 4 failed" in ran.said
    assert small.pages() == ALL
    for name in ALL:
        for ending in ("html", "ipynb"):
            assert after[f"{name}.{ending}"] == before[f"{name}.{ending}"]
    assert small.litter() == []
    causes = {
        ALL[0]: ("Code cell 4", "exec(text)", "KeyError: 'missing <b>'", "Open notebooks/"),
        ALL[1]: ("Code cell 4", "exec(text)", "its process was killed", "with fewer --jobs"),
        ALL[2]: ("Code cell 4", "exec(text)", "longer than 5 seconds", "--timeout SECONDS"),
        ALL[3]: ("Outside the cells", "", "killed by signal 9 (SIGKILL)", "with fewer --jobs"),
    }
    for name, (where, source, cause, fix) in causes.items():
        text = " ".join(
            lxml_html.fromstring(small.read(f"{name}.failed.html")).text_content().split()
        )
        for words in (where, source, cause, fix, "The last good report, of 2026-01-01, stays"):
            assert words in text, (name, words)
        assert name in ran.said
        assert small.manifest()[name]["status"] == "failed"
    # mended, they are made again, and nothing else is
    small.add(*broken)
    again = report("--all")
    assert again.status == 0
    assert "4 ok, 2 unchanged" in again.said
    assert not list(small.out.glob("*.failed.html"))
    assert small.bytes() == before


@pytest.mark.promise("unchanged-not-made-again")
def test_a_second_run_executes_nothing_and_one_change_reruns_one(small, report):
    small.add(*ALL[:5])
    assert "5 ok, 1 no data" in report("--all").said
    stamps = {p.name: p.stat().st_mtime_ns for p in small.out.iterdir() if p.suffix != ".lock"}
    assert "5 unchanged, 1 no data" in report("--all").said
    unlike = {p.name for p in small.out.iterdir() if stamps.get(p.name) != p.stat().st_mtime_ns}
    assert unlike <= {".lock"}
    (small.project.raw(ALL[2]) / "letter.csv").write_text("new\n")
    why = report("--all", "--why")
    assert f"{ALL[2]}: changed: its data" in why.said
    assert "1 would be made; 1 no data, 4 unchanged" in why.said
    assert "1 ok, 4 unchanged, 1 no data" in report("--all").said


CHANGES = (
    ("data/raw/codebook.yml", "changed: the codebook", 3),
    ("data/raw/authorities.csv", "changed: the list of authorities", 3),
    ("data/processed/england/latest.parquet", "changed: the tables of England", 3),
    ("data/processed/england/codes.parquet", "", 0),
    ("data/local/place-02/texts.csv", "changed: its data", 1),
    ("data/local/place-02/documents/a.pdf", "", 0),
    ("data/processed/place-02/findings.csv", "", 0),
)


@pytest.mark.promise("why-makes-nothing")
def test_why_names_what_changed(small, report):
    small.add(*ALL[:3])
    report("--all")
    for path, reason, count in CHANGES:
        file = small.project.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_bytes() if file.exists() else None
        file.write_bytes((before or b"") + b"\n")
        said = report("--all", "--why").said
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
        assert f"{count} would be made" in said, path
        assert not reason or said.count(reason) == count, path


@pytest.mark.promise("why-makes-nothing")
def test_why_writes_nothing(small, report):
    small.add(*ALL[:2])
    ran = report("--all", "--why")
    assert ran.status == 0
    assert "place-01: never made" in ran.said
    assert not small.out.exists()


def test_what_was_altered_or_removed_is_made_again(small, report):
    small.add(*ALL[:3])
    report("--all")
    before = small.bytes()
    (small.out / "place-01.html").write_text("cut sho")
    (small.out / "place-02.ipynb").unlink()
    page = small.out / "place-03.html"
    page.write_bytes(page.read_bytes().replace(b"findings", b"FINDINGS"))  # of the same size
    said = report("--all", "--why").said
    assert said.count("its files are missing or were altered") == 3
    (small.out / "manifest.json").write_text("{not json")
    assert "3 ok" in report("--all").said
    assert small.bytes() == before


@pytest.mark.promise("force-makes-all")
def test_force_makes_all_again(small, report):
    small.add(*ALL[:2])
    report("--all")
    assert "2 ok" in report("--all", "--force").said


@pytest.mark.promise("fail-fast")
def test_fail_fast_begins_no_other(small, report):
    small.add(*ALL, cell=WAITS)
    small.add(ALL[0], cell=RAISES)
    ran = report("--all", "--fail-fast", "--jobs", "1")
    assert ran.status == 1
    assert "1 failed, 5 not run" in ran.said
    assert small.pages() == []


@pytest.mark.promise("own-process")
def test_each_report_has_a_process_of_its_own(small, report):
    leaves = """
    import os, random, warnings
    import numpy as np, pandas as pd, matplotlib as mpl, matplotlib.pyplot as plt
    print(sorted(name for name in os.environ if name.startswith("LEFT")), plt.get_fignums(),
          pd.get_option("display.max_rows"), mpl.rcParams["font.size"], "left" in vars(pd))
    draws = [np.random.random(), random.random()]
    os.environ["LEFT"] = authority
    plt.figure()
    pd.set_option("display.max_rows", 7)
    mpl.rcParams["font.size"] = 33
    pd.left = authority
    os.chdir("/")
    Path("{out}", authority).write_text(repr(draws))
    """
    seeds = small.project.root / "seeds"
    seeds.mkdir()
    small.add(*ALL[:4], cell=leaves.replace("{out}", str(seeds)))
    assert report("--all", "--jobs", "1").status == 0
    for name in ALL[:4]:
        assert "[] [] 60 10.0 False" in small.read(f"{name}.ipynb")
    drawn = [ast.literal_eval((seeds / name).read_text()) for name in ALL[:4]]
    assert len({d[0] for d in drawn}) == len({d[1] for d in drawn}) == 4


def test_the_last_line_says_which_file_to_open(small, report):
    small.add("place-01", "place-02")
    small.add("place-03", cell=RAISES)

    def last(*arguments: str) -> str:
        return report(*arguments).said.splitlines()[-1]

    for name in ("place-01.html", "place-01.html", "place-03.failed.html"):
        assert last(name.partition(".")[0]) == f"Open {small.out / name} in a browser."
        assert (small.out / name).is_file()
    assert last("place-01", "place-02") == f"Open {small.out / 'index.html'} in a browser."


def test_what_a_report_leaves_running_is_ended(small, report):
    pids = small.project.root / "pids"
    small.add(
        "place-01",
        cell=f"""
    import subprocess
    process = subprocess.Popen(["sleep", "600"])
    Path({str(pids)!r}).write_text(str(process.pid))
    """,
    )
    assert report("place-01").status == 0
    wait_for(lambda: not alive(int(pids.read_text())))


def test_notebook_and_page_are_published_without_places_and_times(small, report):
    small.add("place-01")
    ran = report("place-01", "--start", "2018")
    assert ran.status == 0
    name = "place-01--start-2018"
    assert small.pages() == [name]
    assert f"{name}.html (" in ran.said
    text = small.read(f"{name}.ipynb")
    notebook = nbformat.reads(text, as_version=4)
    assert str(small.project.root) not in text
    assert notebook.metadata.papermill.parameters["start"] == "2018"
    assert "duration" not in json.dumps(notebook.metadata)
    assert notebook.cells[1]["id"] == "injected-parameters"
    assert "from '2018'" in text
    page = lxml_html.fromstring(small.read(f"{name}.html"))
    assert page.findtext(".//h1") == "place-01: findings"


@pytest.mark.promise("parameters-own-files")
def test_reports_with_other_parameters_have_files_of_their_own(small, report, tmp_path):
    small.add("place-01", "place-02")
    sets = tmp_path / "sets.yml"
    sets.write_text(
        "- authority: place-01\n  start: 2018\n  end: 2020-06\n"
        "- authority: place-01\n  include_secondary: true\n- {authority: place-02}\n"
    )
    assert report("--set", str(sets), "place-01").status == 0
    assert small.pages() == [
        "place-01", "place-01--secondary", "place-01--start-2018--end-2020-06", "place-02",
    ]  # fmt: skip
    index = lxml_html.fromstring(small.read("index.html"))
    others = index.xpath("//table[2]//tbody/tr | (//table)[2]//tbody/tr")
    assert {row.xpath("string(td[1])") for row in others} == {
        "from 2018, to 2020-06", "secondary sources count",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("--region", "london"), 3),
        (("--region", "NW"), 3),
        (("--neighbours-of", "place-02"), 2),
        (("--neighbours-of", "place-02", "place-06"), 3),
        (("place-01", "place-01", "--all"), 6),
    ],
)
def test_choosing(small, report, arguments, count):
    small.add(*ALL)
    assert f"{count} would be made" in report(*arguments, "--why").said


def test_the_fallback_without_forking_gives_the_same(small, report, monkeypatch):
    small.add("place-01", cell=f"{GOOD_FIGURE}\nimport os, sys\nprint(os.getppid() > 1)")
    assert report("place-01").status == 0
    forked = small.bytes()
    monkeypatch.setenv("FINDINGS_FORK", "0")
    assert report("place-01", "--force").status == 0
    assert small.bytes() == forked


GOOD_FIGURE = """
import matplotlib.pyplot as plt
plt.rcdefaults()
plt.plot([1, 2], [3, 4])
plt.gcf().savefig("/dev/null", format="png")
from IPython.display import display
display(plt.gcf())
plt.close()
"""


def test_the_server_has_one_thread(small, report):
    small.add("place-01")
    assert report("place-01").status == 0
    if not processes.can_fork():
        pytest.skip("nothing is forked on this system")
    server = processes.call("os:getppid", seconds=60)
    assert len(list(Path(f"/proc/{server}/task").iterdir())) == 1


def test_all_means_all_that_are_held(report, monkeypatch):
    root = Path(__file__).parents[2]
    monkeypatch.setenv(ROOT_VARIABLE, str(root))
    held = held_authorities(Project(root))
    every = len(Authorities.read(Project(root)).places())

    ran = report("--all", "--why")

    assert ran.status == 0
    assert [line for line in held if f"{line}: never made" not in ran.said] == []
    rest = f"; {every - len(held)} no data" if every > len(held) else ""
    assert f"{len(held)} would be made{rest}." in ran.said
