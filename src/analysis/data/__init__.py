"""What `data/` holds about an authority, read and checked."""

from typing import TYPE_CHECKING

from analysis.doors import door

if TYPE_CHECKING:
    from analysis.data.authority import AuthorityData as AuthorityData
    from analysis.data.codebook import Codebook as Codebook
    from analysis.data.codebook import load_codebook as load_codebook
    from analysis.data.held import held_authorities as held_authorities
    from analysis.data.loading import check as check
    from analysis.data.loading import load_data as load_data

__all__ = [
    "AuthorityData",
    "Codebook",
    "check",
    "held_authorities",
    "load_codebook",
    "load_data",
]
__getattr__, __dir__ = door(
    __name__,
    {
        "AuthorityData": "authority",
        "Codebook": "codebook",
        "check": "loading",
        "held_authorities": "held",
        "load_codebook": "codebook",
        "load_data": "loading",
    },
)
