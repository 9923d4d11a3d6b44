"""What a report does without and others would import for it, which takes as long as all else.

Notebooks are checked by `jsonschema`, which takes along, where it is installed, a grammar of
international addresses that is built anew in every process. No notebook's schema asks for it.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # as if not installed
