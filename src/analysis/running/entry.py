"""What papermill finds under the name `findings`: it loads every engine on being imported itself.

So nothing is imported here before the engine is used.
"""

from __future__ import annotations

from typing import Any


class FindingsEngine:
    """Stands for `analysis.running.engine.FindingsEngine`."""

    @classmethod
    def execute_notebook(cls, *arguments: Any, **options: Any) -> Any:
        """Run a notebook."""
        from analysis.running.engine import FindingsEngine as Engine

        return Engine.execute_notebook(*arguments, **options)

    @classmethod
    def nb_kernel_name(cls, notebook: Any, name: str | None = None) -> Any:
        """Return the name of a notebook's kernel."""
        from papermill.utils import nb_kernel_name

        return nb_kernel_name(notebook, name)

    @classmethod
    def nb_language(cls, notebook: Any, language: str | None = None) -> Any:
        """Return a notebook's language."""
        from papermill.utils import nb_language

        return nb_language(notebook, language)
