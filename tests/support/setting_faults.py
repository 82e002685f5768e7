"""Why settings cannot be used."""

from __future__ import annotations

import pytest

from pullquote.settings import SettingsError, load_settings


def fault() -> SettingsError:
    """The error of the settings as they are now."""
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return caught.value
