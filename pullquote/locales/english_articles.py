"""English: what moderators read when they add, change and look at articles."""

from __future__ import annotations

FOR_ALL = {
    "draft-gone": "This preview is too old, or was used already. Nothing was added; please add it once more.",
    "draft-of-another": "Only the moderator who made this preview can use it. Add it yourself with /corpus add.",
    "nothing-to-add": "{file} holds no article that can be read:\n{problems}",
    "nothing-in-archive": "{file} holds no articles. Pack files such as .md, .txt, .html, .docx or .epub.",
    "consent-gone": "This question is too old. Nothing was added; a moderator can add the message once more.",
    "consent-of-another": "Only the author of the message can answer this.",
    "consent-not-given": "The author has not agreed.",
    "consent-cannot-ask": (
        "The author would have to agree first, and I may not write in this channel. "
        "Let me write here, or add what the message says with /corpus add."
    ),
    "message-without-article": "That message has neither words nor a file that can be read as an article.",
    "unknown-ending": "files of this kind are not read; save it as one of {endings}",
    "name-too-long": "its path has more than {limit} characters; pack it in fewer folders",
    "add-one-of-both": "Give either a link or a file, not both at once.",
    "import-not-zip": "{file} is not a .zip. Add a single file with /corpus add.",
    "not-in-force": (
        "The change is kept, but members are answered from the articles of before until it can be put into force, "
        "which is tried again by itself. What went wrong: {reason}"
    ),
    "no-pages": "None of this server's articles is a web page. Add one with /corpus add and its link.",
    "documents-left": "{documents} more documents were not read, for that took too long; pack them by themselves",
    "pages-left": "{pages} more pages were not fetched, for that took too long; do it once more",
    "no-own-articles": "This server has no articles of its own yet. Add some with /corpus add.",
    "no-such-article": "No article is called “{name}”. Did you mean “{nearest}”? Pick one from the list as you type.",
    "article-gone": "This article has changed or gone since then. Please look it up again.",
    "undo-too-late": "That was more than an hour ago. Use /corpus rollback with state {state} instead.",
    "form-of-another": "Only whoever opened this form can send it. Nothing was changed.",
    "scope-for-whom": "Say whom the tag is for: a channel, a category or a role. Nothing was changed.",
    "scope-one-of-both": "Give either a channel or a role, not both at once. Nothing was changed.",
    "nothing-for-this-channel": (
        "Nothing can be asked in this channel: all articles have tags that it may not ask. See /corpus scope show."
    ),
    "form-not-a-date": "“{text}” is not a date such as 2026-01-31. Nothing was changed; please try again.",
    "form-not-a-link": "“{text}” is not a web address such as https://example.org. Nothing was changed.",
    "form-not-a-language": "“{text}” is not the code of a language, such as en or de. Nothing was changed.",
}
