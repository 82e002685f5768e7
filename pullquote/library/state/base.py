"""What all tables share: names for constraints, and types of columns that every database keeps alike."""

from __future__ import annotations

import datetime as dt
import re
import zlib

from sqlalchemy import DateTime, Dialect, LargeBinary, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass

# What PostgreSQL refuses in texts, and what UTF-8 cannot write.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """The base of all tables. Migrations change constraints by their names, so that each has a name of a fixed form."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[dt.datetime]):
    """A point in time, in UTC. SQLite keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _: Dialect) -> dt.datetime | None:
        return value and value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, _: Dialect) -> dt.datetime | None:
        if value is None or value.tzinfo is not None:
            return value and value.astimezone(dt.UTC)
        return value.replace(tzinfo=dt.UTC)


class Compressed(TypeDecorator[bytes]):
    """Bytes, compressed on their way into the database. Reading damaged bytes raises zlib.error."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, _: Dialect) -> bytes | None:
        return None if value is None else zlib.compress(value)

    def process_result_value(self, value: bytes | None, _: Dialect) -> bytes | None:
        return None if value is None else zlib.decompress(value)


class Shown(TypeDecorator[str]):
    """A text of other people that is only shown. Characters that no database keeps become �."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        return None if value is None else _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
