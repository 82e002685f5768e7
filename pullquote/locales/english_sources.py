"""English: why a web page cannot be fetched. The sentences complete the sentence "PAGE: …"."""

from __future__ import annotations

_UPLOAD = "save the page and upload the file"
_LATER = f"try again later, or {_UPLOAD}"

# What is wrong with an address itself.
_ADDRESSES = {
    "page-not-an-address": "is not the address of a web page; copy it from the address bar of your browser",
    "page-scheme": f"begins with neither http:// nor https://; open it in your browser, {_UPLOAD}",
    "page-credentials": f"has a user name or a password in it; leave them out, or {_UPLOAD}",
    "page-port": f"is at port {{port}}, and I fetch from port {{ports}} only; {_UPLOAD}",
    "page-private": f"is not on the public internet; {_UPLOAD}",
    "page-downgrade": f"is not encrypted (http://), though what led there is (https://); {_UPLOAD}",
    "page-redirected": "leads on to {to}, which {reason}",
    "page-redirects": (
        "leads from address to address more than {limit} times; "
        "open it in your browser and copy the address where it ends"
    ),
}
# What is wrong with the way to a server.
_CONNECTIONS = {
    "page-host-unknown": "cannot be found, for there is no server of that name; check how the address is spelt",
    "page-unreachable": f"cannot be reached, for its server does not answer; check the address, {_LATER}",
    "page-tls": f"cannot be fetched safely, for its certificate or its encryption is not in order; {_UPLOAD}",
    "page-slow": f"takes more than {{seconds:g}} s to fetch; {_LATER}",
    "page-broken-off": f"broke off before all of it was here; {_LATER}",
    "page-garbled": "is not at a web server, or that server is out of order; check the address",
}
# What is wrong with a server's answer.
_ANSWERS = {
    "page-gone": "does not exist, its server says ({status}); check the address",
    "page-closed": f"is not open to everybody, or not to programs ({{status}}); {_UPLOAD}",
    "page-too-often": f"was asked for too often, its server says (429); {_LATER}",
    "page-not-given": f"was not given out by its server ({{status}}); check the address, or {_UPLOAD}",
    "page-server-error": f"cannot be had just now, for its server is out of order ({{status}}); {_LATER}",
    "page-robots": f"is not for programs to read, its site says (robots.txt); if you may use it, {_UPLOAD}",
    "page-robots-unreachable": f"may not be for programs to read: its site's robots.txt cannot be read; {_LATER}",
    "page-kind": (
        "is of a kind that I do not read ({kind}); save it as a web page (.html), as .docx or as plain text (.txt), "
        "and upload that file"
    ),
    "page-large": "is larger than {limit:g} MB; save the part that you need and upload that file",
    "page-packing": f"came damaged, or packed in a way that I cannot unpack; {_LATER}",
    "page-empty": f"is empty; check the address, or {_UPLOAD}",
}
SOURCES = {"page-not-fetched": "{page}: {reason}", **_ADDRESSES, **_CONNECTIONS, **_ANSWERS}
