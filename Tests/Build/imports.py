#!/usr/bin/env python3
"""Holds the imports of the sources against the direction the design fixes and against the package manifest.

The compiler lets an import of an undeclared target through when it can be reached through another one, and it knows
nothing of the direction. So three things are compared: the table below (A: what A may import), the `import` lines of
Sources/<module>/ and Tests/<module>Tests/, and the dependencies in `swift package dump-package`. A target of ours that
does not treat warnings as errors is also reported, and a module that asks for the bytes of raw text (`@_spi(RawText)`)
or for the right to call a text redacted (`@_spi(Stored)`) and has no business with it.

usage: imports.py [--root DIR] [--manifest DUMP.json]
Prints one line a violation and exits with 1 when there is any.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

DOMAIN = {"Records", "Logs", "Features", "Statistics", "LinearAlgebra", "Models", "Incidents", "Knowledge", "Workforce"}
UPPER_DOMAIN = {"Records", "Features", "Statistics", "Models"}
RIM = {"Storage", "Connectors"}
EVERYTHING = DOMAIN | RIM | {"Simulation", "Service"}

ALLOWED = {
    "CLAPACKE": set(),
    "CSimdJSON": set(),
    "CZlib": set(),
    "LinearAlgebra": {"CLAPACKE"},
    "Statistics": {"LinearAlgebra", "Algorithms"},
    "Records": {"CSimdJSON", "Crypto", "Algorithms"},
    "Logs": {"Records", "CSimdJSON", "CZlib"},
    "Features": {"Records", "LinearAlgebra", "Algorithms"},
    "Models": {"Records", "Features", "Statistics", "LinearAlgebra", "Crypto", "Algorithms"},
    "Incidents": UPPER_DOMAIN | {"Algorithms"},
    "Knowledge": UPPER_DOMAIN | {"Algorithms"},
    "Workforce": UPPER_DOMAIN,
    "Storage": {"Records", "GRDB", "Crypto"},
    "Connectors": {"Records", "Storage", "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOPosix", "Crypto", "CZlib"},
    "Simulation": {"Records", "Statistics", "Algorithms"},
    "Service": DOMAIN | RIM | {"Hummingbird", "HTTPTypes", "Logging", "NIOCore", "Crypto"},
    "Spark": EVERYTHING,
    "Commands": UPPER_DOMAIN | {"LinearAlgebra", "ArgumentParser"},
    "train": EVERYTHING | {"Commands", "ArgumentParser"},
    "score": EVERYTHING | {"Commands", "ArgumentParser"},
    "evaluate": EVERYTHING | {"Commands", "ArgumentParser"},
    "casebook": EVERYTHING | {"Commands", "ArgumentParser"},
    "TestSupport": EVERYTHING,
}
# Who may see the bytes of raw text (`@_spi(RawText) import Records`), and who may say of a text that it was redacted before.
GRANTED = {
    "RawText": ({"Logs", "RecordsTests", "LogsTests", "ConnectorsTests"}, "must not read raw text, only redacted text"),
    "Stored": ({"Storage", "RecordsTests", "StorageTests", "FeaturesTests", "ModelsTests"}, "must not call a text redacted"),
}
# Part of the toolchain or of the system, so never in the manifest.
TOOLCHAIN = {"Swift", "CDispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization", "Dispatch", "RegexBuilder"}
TOOLCHAIN_OF_TESTS = TOOLCHAIN | {"Testing"}

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*"
    r"(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var|actor)\s+)?"
    r"(\w+)")
SPI = re.compile(r"@_spi\(\s*(\w+)\s*\)")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


def imports(swift):
    """(line number from 1, module) of every import in the text of a Swift file."""
    # Comments go, their newlines stay, so that the line numbers hold.
    code = COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), swift)
    found = []
    for number, line in enumerate(code.split("\n"), start=1):
        for statement in line.split(";"):
            if match := IMPORT.match(statement):
                found.append((number, match.group(1)))
    return found


def asked(swift):
    """(line number from 1, name) of everything private that the text of a Swift file asks for."""
    code = COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), swift)
    return [
        (number, name) for number, line in enumerate(code.split("\n"), start=1) for name in SPI.findall(line)]


def declared(target):
    """The names a target of the dumped manifest depends on."""
    return {names[0] for dependency in target["dependencies"] for names in dependency.values()}


def has_swift(root, folder):
    return any((root / folder).rglob("*.swift"))


def violations(root, manifest):
    """One sentence for each thing in the tree below `root` or in the dumped manifest that the design forbids."""
    found = []
    targets = {target["name"]: target for target in manifest["targets"]}

    for folder in sorted(path for path in (root / "Sources").iterdir() if path.is_dir()):
        if any(folder.rglob("*.*")) and folder.name not in targets:
            found.append(f"Sources/{folder.name}: is no target of Package.swift")

    for name, target in targets.items():
        is_test = target["type"] == "test"
        folder = target.get("path") or (f"Tests/{name}" if is_test else f"Sources/{name}")
        depends = declared(target)
        if not is_test:
            if name not in ALLOWED:
                found.append(f"Package.swift: {name} is not in the table of the design")
                continue
            for module in sorted(depends - ALLOWED[name]):
                found.append(f"Package.swift: {name} depends on {module}, which the design does not allow")
        if has_swift(root, folder) and not any("treatAllWarnings" in s["kind"] for s in target["settings"]):
            found.append(f"Package.swift: {name} does not treat warnings as errors")
        for file in sorted((root / folder).rglob("*.swift")):
            place = file.relative_to(root)
            text = file.read_text(encoding="utf-8")
            if name != "Records":
                for line, private in asked(text):
                    owners, refusal = GRANTED.get(private, (set(), f"must not ask for {private}"))
                    if name not in owners:
                        found.append(f"{place}:{line}: {name} {refusal}")
            for line, module in imports(text):
                if module in (TOOLCHAIN_OF_TESTS if is_test else TOOLCHAIN) or module == name:
                    continue
                if not is_test and module not in ALLOWED[name]:
                    found.append(f"{place}:{line}: {name} must not import {module}")
                elif module not in depends:
                    found.append(f"{place}:{line}: {name} imports {module}, which Package.swift does not declare")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[2])
    parser.add_argument("--manifest", type=Path, help="a dump made before; default: ask swift")
    arguments = parser.parse_args()
    if arguments.manifest:
        text = arguments.manifest.read_text(encoding="utf-8")
    else:
        text = subprocess.run(
            ["swift", "package", "dump-package"], cwd=arguments.root, check=True, capture_output=True, text=True).stdout
    found = violations(arguments.root, json.loads(text))
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
