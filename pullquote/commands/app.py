"""The command line: which commands there are, and how the program ends."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from pullquote.commands.ask import ask
from pullquote.commands.calibrate import calibrate
from pullquote.commands.chat import chat
from pullquote.commands.check import check
from pullquote.commands.evaluate import evaluate
from pullquote.commands.printing import print_error
from pullquote.commands.run import run
from pullquote.commands.trying import has_screen, missing, try_out
from pullquote.settings import load_settings
from retrieval.errors import PullquoteError

app = typer.Typer(
    help="Answers questions with quoted passages from your articles and their sources, in Discord or right here.",
    epilog="Without a command: run, if DISCORD_TOKEN is set, otherwise try, or chat where no browser is.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(run)
app.command("try")(try_out)
for command in (chat, ask, evaluate, calibrate, check):
    app.command()(command)


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    terminal: Annotated[
        bool, typer.Option("--terminal", help="Without a token, chat even where a browser is.")
    ] = False,
) -> None:
    """Without a command: the bot if there is a token, otherwise the bot in the browser, or the chat."""
    if context.invoked_subcommand is not None:
        return
    if load_settings().discord_token is not None:
        run()
    elif has_screen() and not terminal and not missing():
        typer.echo("DISCORD_TOKEN is not set, so this is the bot in a simulated Discord, in your browser.")
        try_out()
    else:
        typer.echo("DISCORD_TOKEN is not set, so this is the terminal chat on the same articles.")
        chat()


def start() -> None:
    """Run the command line. An error of our own ends it with its sentence."""
    # A character that a pipe or a terminal does not know is not a reason to stop.
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except PullquoteError as error:
        print_error(error)
        sys.exit(1)
