"""Pullquote: a Discord bot that answers questions with quoted passages and their sources.

`python bot.py` starts the bot if DISCORD_TOKEN is set, and if not, the bot in a simulated Discord in the browser, or
the terminal chat; `python bot.py --help` lists the commands. This file only starts the program. What there is:

    pullquote/    the program: everything that a member, a moderator or an operator meets
        commands/     the command line, a file for each command
        cogs/         interactions in, messages out; the only room that knows Discord
        web/          the bot in the browser, in a simulated Discord
        library/      which articles are served, and how they are replaced
        evaluation/   question sets → figures, pictures, fitted weights
    retrieval/    the engine: articles → answers; knows nothing of Discord
        reading/      bytes → articles with passages and sentences
        language/     words, stems, what a question asks for
        encoding/     texts → vectors
        search/       a corpus and its indexes
        ranking/      candidates → hits with probabilities
    corpus/       the articles that ship with it

ARCHITECTURE.md has the picture, the way of a question and the way of an article.
"""

from pullquote.commands.app import start
from pullquote.commands.opening import create_bot

__all__ = ["create_bot", "start"]

if __name__ == "__main__":
    start()
