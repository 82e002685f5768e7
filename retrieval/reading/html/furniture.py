"""What stands around a page's text: navigation, search, footers, tables of contents, marks beside headings."""

from __future__ import annotations

import re

from retrieval.reading.html.parsing import PageElement
from retrieval.reading.tree.element import HEADINGS, Element

_UNSEEN = frozenset(
    "annotation annotation-xml applet area audio base button canvas col colgroup datalist embed frame frameset head "
    "iframe input link map meta meter noembed noframes noscript object param progress rp rt script select source "
    "style svg template textarea title track video".split()
)
_ROLES = frozenset(
    "navigation banner contentinfo search menu menubar toolbar tablist dialog alertdialog tooltip".split()
)
_ROLES |= {"doc-noteref", "doc-backlink", "doc-toc", "doc-pagelist"}
# Classes and ids of what is no text, in the page generators that are used most.
_NAMES = frozenset(
    "navheader navfooter navigation navbar nav-bar navbox nav-panel docnav site-nav main-nav mobile-nav page-nav "
    "nav-chapters nav-wrapper breadcrumb breadcrumbs wy-breadcrumbs theme-doc-breadcrumbs wy-nav-side wy-nav-top "
    "rst-footer-buttons rst-versions sphinxsidebar md-header md-footer md-nav md-sidebar md-skip md-tabs "
    "md-source-file md-content__button theme-doc-footer theme-doc-sidebar-container theme-edit-this-page vpnav "
    "vpsidebar vpdocfooter vplocalnav vpdocaside pagination pagination-nav pager prev-next prevnext page-navigation "
    "post-navigation nav-links skip-link skiplink skip-nav skipnav skip-to-content screen-reader-text sr-only "
    "visually-hidden visuallyhidden edit-page edit-this-page edit-link edit-on-github edit_on_github editsection "
    "mw-editsection mw-jump-link noprint printfooter catlinks sitesub site-header site-footer page-footer footer "
    "copyright-footer masthead topbar menu-bar menu sidebar-nav sidebar-menu cookie-banner cookie-notice "
    "cookie-consent cookieconsent share share-buttons social-share sharing sharedaddy comments comment-respond "
    "disqus_thread related-posts jp-relatedposts newsletter advertisement advert ads back-to-top backtotop copybtn "
    "copy-button clipboard-copy headerlink header-anchor anchorjs-link anchor-link heading-link linenos lineno "
    "line-numbers gutter linenodiv footnote-ref footnote-reference footnote-back footnote-backref fn-backref "
    "footnoteref banner indexterm mw-cite-backlink reference-link this-page-menu sourcelink viewcode-link".split()
)
# Tables of contents, if they are mostly links: others hold the text.
_CONTENTS = frozenset(
    "toc toc-list table-of-contents table_of_contents tableofcontents tocwrapper localtoc toctree toctree-wrapper "
    "list-of-tables list-of-figures list-of-examples list-of-equations".split()
)
# These may also be a box beside the text that belongs to it.
_BESIDE = frozenset({"sidebar", "aside", "header", "related", "contents", "links"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_PERMALINKS = frozenset({"", "¶", "#", "§", "🔗", "☍", "∞", "link", "permalink", "anchor"})
_MARK = re.compile(r"\[?(?:\d{1,3}|[a-z*†‡])\]?")
_OFFERS = frozenset(
    "edit this page|edit this page on github|edit on github|edit on gitlab|edit page|edit|improve this page|view page "
    "source|view source|show source|source code|back to top|[source]|[edit]|report a bug|suggest an edit|"
    "edit this page on gitlab|suggest changes|edit source|view on github|print this page|top".split("|")
)
_SKIPS = ("skip to ", "jump to content", "jump to navigation", "zum inhalt springen", "aller au contenu")
# A row of steps to other pages is not longer than this.
_LONGEST_STEPS = 800


def prune(root: PageElement) -> None:
    """Take away the furniture in a page's body or in its main part."""
    _prune(root, root.length, in_text=root.tag not in ("html", "body"))


def _prune(element: PageElement, length: int, *, in_text: bool) -> None:
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, PageElement):
            if is_unseen(child) or _is_furniture(child, element, length, in_text=in_text):
                continue
            if child.children:
                _prune(child, length, in_text=in_text or child.tag in ("main", "article", "section"))
        kept.append(child)
    element.children = kept


def is_unseen(element: PageElement) -> bool:
    """Whether a reader sees nothing of the element, or only what is to be clicked or filled in."""
    attributes = element.attributes
    if element.tag in _UNSEEN:
        return True
    if not attributes:
        return element.tag == "dialog"
    if "hidden" in attributes and attributes["hidden"] != "until-found" and attributes.get("role") != "tabpanel":
        return True
    if attributes.get("aria-hidden") == "true" or (element.tag == "dialog" and "open" not in attributes):
        return True
    return bool(_HIDDEN_STYLE.search(attributes.get("style", "").lower()[:1_000]))


def _is_furniture(element: PageElement, parent: PageElement, length: int, *, in_text: bool) -> bool:
    tag = element.tag
    if tag == "nav" or tag == "footer" or element.attributes.get("role") in _ROLES:
        return True
    if tag == "header":
        return not in_text
    linked = 2 * element.linked > element.length
    if tag == "aside" and (linked or not in_text) and not element.classes:
        return True
    if tag == "a":
        return _is_mark(element, parent)
    if tag == "sup" and element.linked and _MARK.fullmatch(element.text().strip()[:9]):
        return True
    if element.steps and linked and element.length < _LONGEST_STEPS and tag not in HEADINGS:
        return True
    names = set(map(str.lower, element.classes))
    if linked or not _is_section(element):
        names.add(element.attributes.get("id", "").lower())
    if linked and names & _CONTENTS:
        return True
    # A page whose text lies in an element with such a name is kept.
    if 2 * element.length >= length and not (linked and names & _NAMES):
        return False
    return bool(names & _NAMES) or (linked and bool(names & _BESIDE))


def _is_section(element: PageElement) -> bool:
    """Whether the element is a heading or begins with one: its id may then be made of a title such as "Comments"."""
    first = next((child for child in element.children if not isinstance(child, str) or child.strip()), None)
    return element.tag in HEADINGS or (isinstance(first, Element) and first.tag in HEADINGS)


def _is_mark(link: PageElement, parent: PageElement) -> bool:
    """Whether a link is a mark beside a heading or for a note, or offers something else than text."""
    classes = {name.lower() for name in link.classes}
    if classes & _NAMES or link.attributes.get("rel", "").lower() in ("next", "prev"):
        return True
    if link.length > 40:
        return False
    text = " ".join(link.text().split()).casefold()
    to_this_page = link.attributes.get("href", "").startswith("#")
    if to_this_page and (text in _PERMALINKS or text.startswith(_SKIPS) or text in ("↩", "↩︎", "↑", "^", "⏎")):
        return not any(child.tag == "img" for child in link.elements)
    if to_this_page and text.startswith("[") and _MARK.fullmatch(text):
        return True
    return text in _OFFERS and (text.startswith("[") or parent.length <= link.length + 3)
