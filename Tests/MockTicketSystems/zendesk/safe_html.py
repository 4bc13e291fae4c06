"""The HTML the Help Center lets through."""

from html import escape
from html.parser import HTMLParser

DROPPED = {"script", "style", "iframe", "object", "embed", "form"}
EMPTY = {"br", "hr", "img"}
KEPT = {"a", "b", "blockquote", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "li", "ol", "p", "pre",
        "s", "span",
        "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"} | EMPTY


class Sanitizer(HTMLParser):
    """Copies safe tags and attributes; what stands in a dropped tag goes with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.inside_dropped = 0

    def handle_starttag(self, tag: str, attributes) -> None:
        if tag in DROPPED:
            self.inside_dropped += 1
        elif tag in KEPT and not self.inside_dropped:
            safe = "".join(f' {name}="{escape(value or "")}"' for name, value in attributes
                           if is_safe(name, value or ""))
            self.out.append(f"<{tag}{safe}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED:
            self.inside_dropped = max(0, self.inside_dropped - 1)
        elif tag in KEPT and tag not in EMPTY and not self.inside_dropped:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.inside_dropped:
            self.out.append(escape(data, quote=False))


def is_safe(name: str, value: str) -> bool:
    return not name.startswith("on") and not value.strip().lower().startswith(("javascript:", "data:"))


def sanitized(html: str) -> str:
    parser = Sanitizer()
    parser.feed(html)
    parser.close()
    return "".join(parser.out)
