"""Running many reports: each in a process of its own, all published by one writer.

`tasks` says what a report is made from, `inputs` whether that has changed, `making` makes one in a
process of its own (`analysis.processes`), forked from one that is ready (`warming`), with a kernel
that is forked in its turn where that is safe (`engine`, `kernels`), `publication` puts it in its
place, `batch` does so for many, here or on a cluster (`cluster`).
"""
