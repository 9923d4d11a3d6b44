"""From the inspectorate's page and files of any name to findings ready to code.

`read_register` turns files into documents, grades, findings and problems; `write_register` writes
them as four tables. Each step is a module or a folder of its own:

`fetching`
    an authority's documents are fetched from the inspectorate's page
`files`
    a file of any format becomes printed lines; headers, footers and footnotes are set apart
`blocks`
    lines become headings, numbered paragraphs, bullets and paragraphs
`front`, `kinds`, `other_kinds`, `accounts`
    what a document says of itself tells its kind and its authority, or why it is not read
`printed`
    what printed words mean: names, dates, grades, scope, headings, extents
`document`
    blocks become what the document says about itself, and its findings
`oddities`
    what does not fit together is named
`workers`
    each document is read in a process that can be stopped
`register`
    files that hold one document become one
`sheet`
    a document becomes rows under `data/raw/` for a person to code
"""

from typing import TYPE_CHECKING

from analysis.doors import door

if TYPE_CHECKING:
    from analysis.documents.fetching.fetch import fetch as fetch
    from analysis.documents.register import Register as Register
    from analysis.documents.register import read_register as read_register
    from analysis.documents.register import write_register as write_register
    from analysis.documents.sheet import add_documents as add_documents

__all__ = [
    "Register",
    "add_documents",
    "fetch",
    "read_register",
    "write_register",
]
__getattr__, __dir__ = door(
    __name__,
    {
        "Register": "register",
        "add_documents": "sheet",
        "fetch": "fetching.fetch",
        "read_register": "register",
        "write_register": "register",
    },
)
