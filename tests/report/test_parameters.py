"""Parameters as they are typed, and what papermill gives a notebook that has no such parameter."""

from __future__ import annotations

import pytest

from analysis.errors import UnknownNameError
from analysis.report.parameters import Parameters, refuse_unknown

OWN = 'authority = "knowsley"  # slug\nstart = ""\n'
CALL = "from analysis.report.parameters import refuse_unknown\nrefuse_unknown(In)"


@pytest.mark.parametrize(
    "cells",
    [
        ["", OWN, CALL],  # all cells run in JupyterLab
        ["", OWN, '# Parameters\nauthority = "kent"\nstart = "2018"\n', CALL],
        ["", OWN, "strat = 2018", CALL],  # a cell of the user's own
        ["", OWN, CALL, "authorty = 1", CALL],
        ["", '# Parameters\nauthority = "kent"\n', CALL],  # run without the cell before it
        ["", OWN, "# Parameters\nstrat = 1", CALL, OWN, "# Parameters\nstart = '1'", CALL],  # again
    ],
)
def test_known_parameters_and_cells_of_the_users_own_pass(cells):
    refuse_unknown(cells)


@pytest.mark.parametrize("name", ["authorty", "Authority", "strat"])
def test_an_unknown_one_is_refused_with_the_nearest(name):
    cells = ["", OWN, f'# Parameters\nstart = "2018"\n{name} = "kent"\n', CALL]

    with pytest.raises(UnknownNameError, match=f"no parameter '{name}'. Did you mean '(auth|st)"):
        refuse_unknown(cells)


def test_themes_are_cut_where_they_are_typed_each_once():
    typed = Parameters.typed("kent", themes=" plans, audit ,plans,")

    assert typed.themes == ("plans", "audit")
    assert typed == Parameters.typed("kent", themes="plans,audit")
    assert typed.name == "kent--themes-plans+audit"


def test_what_is_typed_again_is_the_same():
    asked = Parameters("kent", "2018", "2024-01", ("audit", "plans"), True, "me")

    assert Parameters.typed(**asked.values()) == asked
