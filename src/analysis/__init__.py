"""How inspection findings change from visit to visit, theme by theme."""

from __future__ import annotations

__version__ = "0.1.0"
