"""What the guide says on the page: five things to try."""

from __future__ import annotations

from dataclasses import dataclass

_EVERYBODY = """\
**Five things to try.** The bot here is the real one; only this Discord is simulated, on your machine. What you do \
here is forgotten when it ends. *Viewing as*, above, makes you a member or a moderator.

1. **Ask:** type `/ask`, press Enter, and ask {question}
2. **Ask what the articles don't say:** `/ask` with *What is the best pizza topping?* The bot never makes up an answer.
3. **Mention it:** send a message such as {mention}
4. **Add an article:** go to *# moderators*, type `/corpus add`, press Enter and the arrow on the right, and write \
some sentences. A preview comes first; press **Add**, then ask about it here.
5. **Look behind it:** there, too, `/corpus test` shows why an answer is what it is, `/corpus history` who changed \
what, and `/corpus rollback` takes it back."""

_MODERATORS = """\
You are a moderator here. Send `/corpus add` without options to write an article of a few sentences, or choose a \
file for it. `/corpus list` shows all articles, `/corpus test` how a question is answered, `/corpus remove` takes an \
article out, and **Undo** under it brings it back."""


@dataclass(frozen=True, slots=True)
class Tour:
    """What is said in each channel before anybody comes."""

    for_everybody: str
    for_moderators: str
    post_title: str
    post: str

    @classmethod
    def of(cls, questions: tuple[str, str] | None) -> Tour:
        """The tour with two questions that the articles answer, or where none are known with none."""
        first, second = questions or (None, None)
        return cls(
            _EVERYBODY.format(
                question=f"*{first}*" if first else "something that your articles answer.",
                mention=f"`@Pullquote {second}`" if second else "`@Pullquote` with a question.",
            ),
            _MODERATORS,
            "Asking in a forum",
            f"Mention the bot in this post, with a question: `@Pullquote {first or '…'}`",
        )
