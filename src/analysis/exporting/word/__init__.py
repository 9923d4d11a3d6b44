"""A report as Word document: the words of the page, in styles that a briefing paper can take over.

`document` puts the blocks of a page in order, `paragraphs` and `tables` make the XML of one,
`styles` says how each kind looks, `package` makes the file.
"""

from analysis.exporting.word.document import to_word

__all__ = ["to_word"]
