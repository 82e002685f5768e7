"""/corpus edit, remove, rollback and folder: what there is becomes something else, and can become what it was."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from pullquote.cogs.corpus.base import CorpusCommands
from pullquote.cogs.corpus.choosing import offered_to_moderators, own_articles
from pullquote.cogs.corpus.forms import DetailsForm
from pullquote.cogs.corpus.undoing import changing, confirm_view
from pullquote.cogs.corpus.work import working
from pullquote.cogs.messages.histories import states, what_goes
from pullquote.cogs.messages.markup import shorten
from pullquote.cogs.messages.reports import COLOUR
from pullquote.cogs.naming import MOST_CHOICES
from pullquote.cogs.pressing import guild_of
from pullquote.library.given import Given, given_over
from pullquote.library.records import Entry
from pullquote.locales.english import counted

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote


class Changing(CorpusCommands):
    """What destroys asks once."""

    @app_commands.command()
    @app_commands.describe(article="The article")
    @app_commands.autocomplete(article=own_articles)
    async def edit(self, interaction: discord.Interaction, article: str) -> None:
        """Correct the title, author, date, link or language of an article"""
        guild, by = guild_of(interaction), interaction.user.id
        entry = await self.entry(interaction, article)
        read = await asyncio.to_thread(self.articles.importer.read_of, guild, entry)

        async def described(sent: discord.Interaction, given: Given) -> None:
            await sent.response.defer(ephemeral=True, thinking=True)
            versions = self.articles.versions
            await changing(sent, self.bot, lambda: versions.edit(guild, by, entry.name, given), "Changing the article")

        await interaction.response.send_modal(DetailsForm(interaction, read, given_over(read, entry.given), described))

    @app_commands.command()
    @app_commands.describe(article="The article")
    @app_commands.autocomplete(article=own_articles)
    async def remove(self, interaction: discord.Interaction, article: str) -> None:
        """Take an article out; it can be put back"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        entry = await self.entry(interaction, article)
        embed = discord.Embed(title="Remove this article?", colour=COLOUR, description=_about(entry))
        embed.set_footer(text="Members will not be answered from it. You can undo this for an hour, and go back later.")
        view = confirm_view("remove", entry.version, 0, "Remove")
        await interaction.edit_original_response(embed=embed, view=view)

    @app_commands.command()
    @app_commands.describe(state="The number of a state, see /corpus history", article="Only this article")
    @app_commands.autocomplete(article=own_articles)
    async def rollback(
        self, interaction: discord.Interaction, state: app_commands.Range[int, 0], article: str | None = None
    ) -> None:
        """Put all articles of this server, or one of them, back to what they were"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild, catalogue = guild_of(interaction), self.articles.catalogue
        entry = await self.entry(interaction, article) if article else None
        listing = await asyncio.to_thread(catalogue.current, guild)
        now = {each.name: each.version for each in listing.entries}
        then = dict(await asyncio.to_thread(catalogue.contents, guild, state))
        if entry is not None:
            now, then = ({name: v for name, v in each.items() if name == entry.name} for each in (now, then))
        if now == then:
            await interaction.edit_original_response(content=f"Nothing to do: it is as it was in state {state}.")
            return
        embed = discord.Embed(title=f"Go back to state {state}?", colour=COLOUR, description=what_goes(now, then))
        embed.set_footer(text="You can undo this for an hour, and go back to the present state later.")
        view = confirm_view("rollback", entry.version if entry else 0, state, "Go back")
        await interaction.edit_original_response(embed=embed, view=view)

    @rollback.autocomplete("state")
    async def kept_states(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[int]]:
        """Choices of the states that are kept, with what was done then; others than moderators get none."""

        def offer(bot: Pullquote, guild: int) -> list[app_commands.Choice[int]]:
            changes = bot.articles.catalogue.history(guild, 2 * MOST_CHOICES)
            found = [each for each in states(changes) if str(each[0]).startswith(typed.strip())]
            return [app_commands.Choice(name=label, value=state) for state, label in found]

        return await offered_to_moderators(interaction, offer)

    @app_commands.command()
    @app_commands.describe(shared="Whether members are answered from the articles that all servers share, too")
    async def folder(self, interaction: discord.Interaction, shared: bool) -> None:
        """Turn the articles that all servers share on or off for this server"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild, by = guild_of(interaction), interaction.user.id
        await working(
            interaction, lambda progress: self.articles.share(guild, by, shared, progress), "Changing the articles"
        )
        said = "are asked, too" if shared else "are not asked any more"
        number = counted(len(self.bot.library.corpus.articles), "article")
        await interaction.edit_original_response(content=f"The {number} that all servers share {said}.")


def _about(entry: Entry) -> str:
    return f"**{shorten(entry.title, 200)}** ({counted(entry.passages, 'passage')}, {shorten(entry.name, 200)})"
