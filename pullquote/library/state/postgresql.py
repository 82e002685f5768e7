"""What PostgreSQL has to be told: how long to wait."""

from __future__ import annotations

import math
from typing import Any

from sqlalchemy import Engine, event


def set_up(engine: Engine, patience: float) -> None:
    """Have nobody wait longer than `patience` seconds: for the server, for its word, for another transaction.

    What the URL says of the first two counts more.
    """

    def connecting(_: object, __: object, ___: object, parameters: dict[str, Any]) -> None:
        parameters.setdefault("connect_timeout", math.ceil(patience))
        parameters.setdefault("tcp_user_timeout", round(patience * 1000))

    def connected(connection: Any, _: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {round(patience * 1000)}")
        connection.commit()

    event.listen(engine, "do_connect", connecting)
    event.listen(engine, "connect", connected)
