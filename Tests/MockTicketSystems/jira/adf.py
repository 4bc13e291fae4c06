"""Atlassian's document format and plain text."""


def document(text: str) -> dict:
    """A text as a document: a paragraph a line."""
    paragraphs = [{"type": "paragraph", "content": [{"type": "text", "text": line}] if line else []}
                  for line in text.split("\n")]
    return {"type": "doc", "version": 1, "content": paragraphs}


def shown(body) -> dict | None:
    return document(body) if isinstance(body, str) else body


def is_document(value) -> bool:
    return isinstance(value, dict) and value.get("type") == "doc" and value.get("version") == 1 \
        and isinstance(value.get("content"), list) and is_sound(value, 0)


def is_sound(node, depth: int) -> bool:
    """Whether every node has a type, text nodes a text that is not empty, and the nesting an end."""
    if not isinstance(node, dict) or not isinstance(node.get("type"), str) or depth > 100:
        return False
    if node["type"] == "text" and not (isinstance(node.get("text"), str) and node["text"]):
        return False
    content = node.get("content", [])
    return isinstance(content, list) and all(is_sound(child, depth + 1) for child in content)


def text(body) -> str:
    """The text in a document, a line a block."""
    if body is None or isinstance(body, str):
        return body or ""
    lines: list[str] = []

    def walk(node: dict) -> None:
        if node["type"] == "text":
            lines[-1:] = [lines[-1] + node["text"]] if lines else [node["text"]]
        elif node["type"] == "hardBreak":
            lines.append("")
        else:
            if node["type"] in ("paragraph", "heading", "codeBlock"):
                lines.append("")
            for child in node.get("content", []):
                walk(child)
    walk(body)
    return "\n".join(lines)
