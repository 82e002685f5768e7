"""English: what is said about the database, the data folder, and the articles and states that are kept there."""

from __future__ import annotations

FOR_ALL = {
    "article-not-there": "The article “{name}” is not in the corpus. Perhaps somebody has just removed it.",
    "state-not-kept": "State {state} is not kept; states {oldest} to {newest} are.",
    "version-not-kept": "That version is not kept any more.",
    "changed-since": "“{name}” has been changed again since then. Roll it back to the state you want instead.",
    "given-too-long": "The {field} has {length:,} characters; please shorten it to {limit:,}.",
    "not-a-tag": "“{tag}” cannot be a tag: a tag has at most {limit} characters, none of them a comma.",
    "too-many-tags": "An article has at most {limit} tags, and these are {number:,}.",
    "too-many-scopes": "At most {limit} tags can be kept for some. Open one with /corpus scope open first.",
    "too-many-askers": "At most {limit} channels and roles can be let ask “{tag}”. Take one away first.",
    "tag-for-everybody": "Everybody may ask what is tagged “{tag}” already: no /corpus scope is set for it.",
    "given-not-one-line": "The {field} must be a single line of text.",
}
_ASK = "Nothing was changed. Ask whoever runs the bot to look into its log."
FOR_MEMBERS = {
    "database-locked": "The articles of this server are being changed just now. Nothing was changed; please try again.",
    "database-full": "The bot's disk is full. Nothing was changed. Ask whoever runs the bot to make room on it.",
    "database-read-only": "The bot may only read its database. " + _ASK,
    "database-damaged": "The bot's database is damaged. " + _ASK,
    "database-disk-fails": "The bot's disk could not be read or written. " + _ASK,
    "database-cannot-open": "The bot's database cannot be opened. " + _ASK,
    "database-unreachable": (
        "The bot's database cannot be reached just now. Nothing was changed; please try again in a minute."
    ),
    "database-failed": "The bot's database failed. " + _ASK,
}
FOR_OPERATORS = {
    "database-locked": (
        "Another process keeps the database locked. Nothing was changed; end that process, or try again."
    ),
    "database-full": "The disk of the database is full. Nothing was changed; make room on it.",
    "database-read-only": (
        "The database can only be read. Nothing was changed; mend the permissions of the data folder, or of the user "
        "that PULLQUOTE_DATABASE names."
    ),
    "database-damaged": "The database is damaged. Put back a copy of it, or move it away to begin without articles.",
    "database-disk-fails": "The disk of the database cannot be read or written. Check it, and whether it is full.",
    "database-cannot-open": "The file of the database cannot be opened. Mend the permissions of its folder.",
    "database-unreachable": (
        "The database that PULLQUOTE_DATABASE names cannot be reached, or refuses Pullquote. Check whether it runs, "
        "and its name, user and password in PULLQUOTE_DATABASE."
    ),
    "database-failed": "The database failed ({error}). Nothing was changed.",
    "database-in-memory": "A database in memory would forget all articles. Name a file in PULLQUOTE_DATABASE.",
    "database-not-made": "The database {path} cannot be made ({reason}). Mend the permissions of its folder.",
    "database-not-copied": (
        "The database has to be brought up to date, but cannot be copied to {path} before that ({reason}). "
        "Nothing was changed; make room, or mend the folder's permissions."
    ),
    "database-newer": (
        "A newer version of Pullquote made the database's tables (schema {found}). Update Pullquote, or put back the "
        "copy that the newer version laid beside the database."
    ),
    "database-not-empty": (
        "The database that PULLQUOTE_DATABASE names has tables of another program in it. Name a database that is empty."
    ),
    "database-driver-missing": (
        "PULLQUOTE_DATABASE names a database of PostgreSQL, whose driver is not installed. Install it: "
        ".venv/bin/pip install -e '.[postgresql]'"
    ),
    "database-not-supported": (
        "PULLQUOTE_DATABASE names a database of the kind {kind}. Name one of the kind postgresql or sqlite."
    ),
    "database-not-understood": (
        "PULLQUOTE_DATABASE is not the URL of a database, such as postgresql://user:password@host/name."
    ),
    "data-held": "Another process uses the data folder {folder}. Stop it first, or set another PULLQUOTE_DATA.",
    "data-held-by": (
        "Process {pid} on {host} has used the data folder {folder} since {since:%Y-%m-%d %H:%M:%S} UTC. "
        "Stop it first, or set another PULLQUOTE_DATA."
    ),
    "data-not-held": "The data folder {folder} cannot be used ({reason}). Mend its permissions, or set PULLQUOTE_DATA.",
    "not-ports": "must be numbers of ports from 1 to 65535, with commas between them, such as 80, 443",
    "not-a-database": (
        "must be the URL of a database, such as postgresql://user:password@host/name, "
        "with the characters @ / ? # and % of a user or password written as %40 %2F %3F %23 and %25"
    ),
}
