"""Running many reports: each in a process of its own, all published by one writer.

`tasks` says what a report is made from, `inputs` whether that has changed, `making` makes one in a
process of its own (`processes`, `server`) with a kernel that is forked where that is safe
(`engine`, `kernels`), `publication` puts it in its place, `batch` does so for many, here or on a
cluster (`cluster`).
"""
