"""Who may look after articles: of a guild its moderators, of the folder that all guilds share those of one guild.

The bot's operators may do both everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import discord
from discord import app_commands

from retrieval.errors import PullquoteError

# Roles in a team that make operators of its members; the other members can only read the application's settings.
_TRUSTED = {discord.TeamMemberRole.admin, discord.TeamMemberRole.developer}


class NotModeratorError(PullquoteError, app_commands.CheckFailure):
    """For members: the command is for moderators."""


@dataclass(frozen=True, slots=True)
class Moderators:
    """The ids of the operators, who run the bot, and the guild whose moderators look after the folder, if one is set.

    `role` is the id or the name of a role in that guild that makes moderators of members without Manage Server.
    """

    operators: frozenset[int]
    guild: int | None
    role: str | None

    def check(self, interaction: discord.Interaction) -> None:
        """Raises NotModeratorError, with the reason for the caller, unless the caller moderates the guild."""
        if self._is_operator(interaction.user):
            return
        role = self.role if self.guild is not None and interaction.guild_id == self.guild else None
        if not (interaction.permissions.manage_guild or (role and self._is_the_role_of(interaction.user))):
            if role is None:
                raise NotModeratorError("not-moderator")
            raise NotModeratorError("not-moderator-nor-role", role=self._role_name(interaction.guild) or role)

    def check_shared(self, interaction: discord.Interaction) -> None:
        """Raises NotModeratorError unless the caller may look after the articles that all guilds share."""
        if self._is_operator(interaction.user):
            return
        if self.guild is None:
            raise NotModeratorError("operators-only")
        if interaction.guild_id != self.guild:
            raise NotModeratorError("moderators-elsewhere")
        self.check(interaction)

    def _is_operator(self, user: discord.User | discord.Member) -> bool:
        # discord.py has no user for whoever Discord does not call a member of the guild.
        return isinstance(user, discord.User | discord.Member) and user.id in self.operators

    def _is_the_role_of(self, user: discord.User | discord.Member) -> bool:
        return isinstance(user, discord.Member) and any(self._is_the_role(role) for role in user.roles)

    def _is_the_role(self, role: discord.Role) -> bool:
        # Whoever may make roles could give a role the id of another for its name.
        return self.role is not None and self.role == (str(role.id) if self.role.isdigit() else role.name)

    def _role_name(self, guild: discord.Guild | None) -> str | None:
        roles = guild.roles if guild else ()
        return next((role.name for role in roles if self._is_the_role(role)), self.role)


def operators(application: discord.AppInfo) -> frozenset[int]:
    """The ids of the application's owner, or of its team's owner, and members who accepted to be admin or developer."""
    team = application.team
    if team is None:
        return frozenset({application.owner.id})
    # discord.py's own is_owner counts people who are only invited.
    members = {
        member.id
        for member in team.members
        if member.membership_state is discord.TeamMembershipState.accepted and member.role in _TRUSTED
    }
    return frozenset(members | ({team.owner_id} if team.owner_id else set()))
