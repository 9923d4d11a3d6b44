"""`python -m analysis` is the command `findings`."""

from analysis.cli import main

main()
