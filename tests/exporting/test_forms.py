"""Which forms there are, and which file belongs to which."""

from __future__ import annotations

import pytest

from analysis.errors import UnknownNameError
from analysis.exporting.forms import FORMS, form_of, read_forms


def test_forms_are_read_in_any_order_and_case_once_each():
    assert read_forms("") == ("html",)
    assert read_forms(" PDF ,docx,pdf,") == ("html", "docx", "pdf")
    assert read_forms(",".join(reversed(FORMS))) == tuple(FORMS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("doc", "docx"), ("word", "docx"), ("Word", "docx"), ("htm", "html"), ("pfd", "pdf"),
        ("figure", "figures"), ("charts", "figures"), ("svg", "figures"), ("bibtex", "citation"),
    ],
)  # fmt: skip
@pytest.mark.promise("odd-form-refused")
def test_an_unknown_form_is_refused_with_the_one_that_is_meant(typed, meant):
    with pytest.raises(UnknownNameError, match=rf"'{typed.lower()}'. Did you mean '{meant}'\?$"):
        read_forms(f"html,{typed}")


@pytest.mark.parametrize(
    "part", ["../x", "figures/../x.svg", "figures/a/b.svg", "figures/.tmp", "exe", "figures/x"]
)
def test_no_other_file_belongs_to_a_report(part):
    assert form_of(part) == ""
