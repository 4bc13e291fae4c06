"""A folder as a value, to see that nothing in it changed."""


def snapshot(folder):
    """{relative path: bytes} of every file below the folder; nothing when there is no such folder."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
