"""The tables of all authorities whose documents were read and tagged by the program alone."""
