"""What the process that reads articles may not do, whatever a file has its parsers try."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

# Audit events of Python: of the network, and of other programs.
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine() -> None:
    """From now on this process reaches no network, starts no program and opens no file for writing.

    Who tries gets a PermissionError. An audit hook cannot be taken away again.
    """
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN) or (event == "open" and arguments[2] and arguments[2] & _WRITES):
        raise PermissionError(errno.EPERM, f"{event} is not for the process that reads articles")
