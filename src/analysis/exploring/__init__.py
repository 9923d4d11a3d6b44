"""An afternoon with the findings: plain calls on an authority, and menus that make those calls.

`authority` is the front, `choices` what can be chosen and what a report makes of it, `menus` the
menus. Every view of the menus is one call that stands beside it.
"""
