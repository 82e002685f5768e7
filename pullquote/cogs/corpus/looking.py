"""/corpus list, show, history and test: what there is, what it says, what was done to it, how it answers."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands

from pullquote.cogs.audiences import seat_of
from pullquote.cogs.corpus.base import CorpusCommands
from pullquote.cogs.corpus.choosing import own_articles
from pullquote.cogs.corpus.pages import LONGEST_SEARCH, article_of, show_history, show_list, show_text, text_around
from pullquote.cogs.messages.explanations import explanation_embed
from pullquote.cogs.messages.histories import history_embed
from pullquote.cogs.messages.listings import Sort
from pullquote.cogs.pressing import guild_of
from pullquote.library.given import known_by
from retrieval.errors import CorpusError
from retrieval.question import MAX_QUESTION, Question


class Looking(CorpusCommands):
    """Nothing here changes anything."""

    @app_commands.command()
    @app_commands.describe(
        search="Words of the title, the name, the author, the link or the tags", sort="What comes first"
    )
    @app_commands.choices(
        sort=[
            app_commands.Choice(name="by title", value=Sort.TITLE.value),
            app_commands.Choice(name="last changed first", value=Sort.NEWEST.value),
            app_commands.Choice(name="most quoted first", value=Sort.QUOTED.value),
        ]
    )
    async def list(
        self,
        interaction: discord.Interaction,
        search: app_commands.Range[str, 1, LONGEST_SEARCH] | None = None,
        sort: str = Sort.TITLE.value,
    ) -> None:
        """List the articles"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_list(interaction, self.bot, Sort(sort), 0, " ".join((search or "").split()))

    @app_commands.command()
    @app_commands.describe(article="The article")
    @app_commands.autocomplete(article=own_articles)
    async def show(self, interaction: discord.Interaction, article: str) -> None:
        """Show an article of this server, passage by passage"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        entry = await self.entry(interaction, article)
        digest = known_by(entry.digest, entry.given)
        await show_text(interaction, self.bot, await article_of(self.bot, guild_of(interaction), digest), 0)

    @app_commands.command()
    @app_commands.describe(article="Only what was done to this article")
    @app_commands.autocomplete(article=own_articles)
    async def history(self, interaction: discord.Interaction, article: str | None = None) -> None:
        """Show who changed the articles, and when"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        if article is None:
            await show_history(interaction, self.bot)
            return
        entry = await self.entry(interaction, article)
        made = await asyncio.to_thread(self.articles.catalogue.history_of, guild_of(interaction), entry.name)
        embed = history_embed([each.change for each in made], entry)
        await interaction.edit_original_response(embed=embed)

    @app_commands.command()
    @app_commands.describe(question="A question as members would ask it")
    async def test(self, interaction: discord.Interaction, question: app_commands.Range[str, 1, MAX_QUESTION]) -> None:
        """See how an answer comes about: which passages were compared, and what counted"""
        asked = Question.parse(question)
        await interaction.response.defer(ephemeral=True, thinking=True)
        seat = seat_of(interaction, private=False)
        hidden = await asyncio.to_thread(self.articles.hidden, seat)
        try:
            served = await self.bot.queue.answer(asked, seat)
        except CorpusError as error:
            if hidden:
                raise CorpusError("nothing-for-this-channel") from error
            raise
        embed = explanation_embed(served.answer, self.bot.answerer.ranker.weights, hidden)
        await interaction.edit_original_response(embed=embed, view=await text_around(served.answer))
