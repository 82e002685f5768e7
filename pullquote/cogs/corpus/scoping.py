"""/corpus tag and scope: which articles belong together, and which channels and roles may ask them."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from pullquote.cogs.corpus.base import CorpusCommands
from pullquote.cogs.corpus.choosing import offered_to_moderators, own_articles
from pullquote.cogs.corpus.forms import FormError, tags_given
from pullquote.cogs.corpus.undoing import changing
from pullquote.cogs.messages.scopes import scope_embed, scopes_embed
from pullquote.cogs.pressing import guild_of
from pullquote.library.records import Asker, AskerKind, Scope
from retrieval.tags import LONGEST_TAG, tag_of, tags_of

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote
    from pullquote.library.guild_library import GuildLibrary

log = logging.getLogger(__name__)

Tag = app_commands.Range[str, 1, LONGEST_TAG]


class ChannelOption(app_commands.Transformer):
    """A channel or a category. Threads are asked as their channels are."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """What Discord calls it."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """What Discord offers."""
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.voice, kinds.stage_voice, kinds.forum, kinds.category]

    async def transform(self, _: discord.Interaction, value: Any, /) -> Asker:
        """The channel that was chosen."""
        return Asker(AskerKind.CHANNEL, value.id)


class RoleOption(app_commands.Transformer):
    """A role."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """What Discord calls it."""
        return discord.AppCommandOptionType.role

    async def transform(self, _: discord.Interaction, value: Any, /) -> Asker:
        """The role that was chosen."""
        return Asker(AskerKind.ROLE, value.id)


AChannel = app_commands.Transform[Asker, ChannelOption]
ARole = app_commands.Transform[Asker, RoleOption]


async def tags(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Choices of the tags that articles or scopes of the guild have; others than moderators get none."""

    def offer(bot: Pullquote, guild: int) -> list[app_commands.Choice[str]]:
        known = {*tagged(bot.articles, guild), *(scope.tag for scope in bot.articles.scopes.of(guild))}
        return [app_commands.Choice(name=tag, value=tag) for tag in sorted(known) if tag_of(typed) in tag]

    return await offered_to_moderators(interaction, offer)


def tagged(articles: GuildLibrary, guild: int) -> Counter[str]:
    """How many of the articles that a guild asks have each tag. Raises StateError."""
    listing = articles.catalogue.current(guild)
    shared = articles.guilds.shared.corpus.articles if listing.shared else ()
    tags = [entry.tags for entry in listing.entries] + [article.tags for article in shared]
    return Counter(tag for each in tags for tag in each)


class Scoping(CorpusCommands):
    """An article is for everybody unless somebody says whom its tags are for."""

    scope = app_commands.Group(name="scope", description="Say which channels and roles may ask which articles")

    @app_commands.command()
    @app_commands.describe(
        article="The article", add="Tags to give it, with commas between them", remove="Tags to take from it"
    )
    @app_commands.autocomplete(article=own_articles)
    async def tag(
        self, interaction: discord.Interaction, article: str, add: str | None = None, remove: str | None = None
    ) -> None:
        """Give an article tags, or take them away; /corpus scope says who may ask what has a tag"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild, by = guild_of(interaction), interaction.user.id
        entry = await self.entry(interaction, article)
        gone = tags_of((remove or "").split(","))
        wanted = [*(tag for tag in entry.tags if tag not in gone), *(add or "").split(",")]
        given = replace(entry.given, tags=tags_given(wanted))
        versions = self.articles.versions
        await changing(interaction, self.bot, lambda: versions.edit(guild, by, entry.name, given), "Changing its tags")

    @scope.command(name="show")
    async def scope_show(self, interaction: discord.Interaction) -> None:
        """Show who may ask what"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild = guild_of(interaction)
        embed = await asyncio.to_thread(
            lambda: scopes_embed(self.articles.scopes.of(guild), tagged(self.articles, guild))
        )
        await interaction.edit_original_response(embed=embed)

    @scope.command(name="allow")
    @app_commands.describe(
        tag="The tag", channel="A channel with its threads, or a category", role="A role, for private answers"
    )
    @app_commands.autocomplete(tag=tags)
    async def scope_allow(
        self,
        interaction: discord.Interaction,
        tag: Tag,
        channel: AChannel | None = None,
        role: ARole | None = None,
    ) -> None:
        """Let a channel or a role ask what has a tag, and nobody else whom you did not let before"""
        asker = asker_of(channel, role)
        if asker is None:
            raise FormError("scope-for-whom")
        await self._change(interaction, lambda guild, by: self.articles.scopes.allow(guild, by, tag_of(tag), asker))

    @scope.command(name="refuse")
    @app_commands.describe(
        tag="The tag", channel="A channel or category that may ask it now", role="A role that may ask it now"
    )
    @app_commands.autocomplete(tag=tags)
    async def scope_refuse(
        self,
        interaction: discord.Interaction,
        tag: Tag,
        channel: AChannel | None = None,
        role: ARole | None = None,
    ) -> None:
        """Let a channel or a role no longer ask what has a tag; without either, let nobody ask it"""
        asker = asker_of(channel, role)
        await self._change(interaction, lambda guild, by: self.articles.scopes.refuse(guild, by, tag_of(tag), asker))

    @scope.command(name="open")
    @app_commands.describe(tag="The tag")
    @app_commands.autocomplete(tag=tags)
    async def scope_open(self, interaction: discord.Interaction, tag: Tag) -> None:
        """Let everybody ask what has a tag"""
        await self._change(interaction, lambda guild, by: self.articles.scopes.open(guild, by, tag_of(tag)))

    async def _change(self, interaction: discord.Interaction, change: Callable[[int, int], Scope | None]) -> None:
        """Change a scope, and show it, or all that are left if it is gone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild, by, articles = guild_of(interaction), interaction.user.id, self.articles

        def changed() -> discord.Embed:
            scope = change(guild, by)
            known = tagged(articles, guild)
            return scope_embed(scope, known[scope.tag]) if scope else scopes_embed(articles.scopes.of(guild), known)

        embed = await asyncio.to_thread(changed)
        log.info("User %s changed who may ask what in guild %s", by, guild)
        await interaction.edit_original_response(embed=embed)


def asker_of(channel: Asker | None, role: Asker | None) -> Asker | None:
    """Whom a moderator named; None for nobody. Raises FormError for both at once."""
    if channel is not None and role is not None:
        raise FormError("scope-one-of-both")
    return channel or role
