"""A report to take away: as Word, as PDF, its figures one by one, and how to cite it.

`forms` says what there is, `outline` what a page says, block by block, `word` and `pdf` and
`figures` and `citing` make the files, `making` all that were asked for.
"""
