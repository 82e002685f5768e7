"""Where the public question sets are: outside the repository, in `shared/data` beside it."""

from __future__ import annotations

from pathlib import Path

SETS = Path(__file__).parents[2] / "shared" / "data"
TUNE = SETS / "squad2-tune.json"
"""The half that is fitted on."""
