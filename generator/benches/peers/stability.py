"""What moves in the output of a generator when the document does.

Lines are counted as in tests/tests/generator/stability.rs: those that one text has more often than
the other. A name has moved when an item is gone, and another one has come whose text is the same
but for its own name and the words above it; of that, only what is beyond doubt is counted: one such
item gone, one come, and at least three lines of it.
"""

import collections
import dataclasses
import json
import re
import shutil

import documents
import generators
import machine

ITEM = re.compile(r"^[ \t]*pub (?:async )?(?:struct|enum|type|fn|trait|mod) +(\w+)")


def measure(chosen, folder):
    """A table: a row for each generator and step."""
    lines = [
        "| generator | from | to | lines of the document | of the output | per line | files touched | names moved |",
        "|---|---|---|--:|--:|--:|--:|--:|",
    ]
    versions = documents.history()
    if generators.OURS in chosen:
        chosen = [generators.OURS, with_lock(folder), *chosen[1:]]
    for generator in chosen:
        made = [generate(generator, document, folder) for document in versions]
        for index in range(len(versions) - 1):
            pair = versions[index : index + 2]
            lines.append(row(generator, pair, made[index : index + 2], folder))
    named = ", ".join(f"{it.name} {it.version}" for it in chosen if it.version)
    return "\n".join([*lines, "", f"{named}."])


def with_lock(folder):
    """Ours, with the names of the version before, as a project has them in its lock."""
    lock = folder / "stability/restwright.lock"
    lock.unlink(missing_ok=True)
    ours = generators.OURS
    command = lambda *given: [*ours.command(*given), "--lock", lock]
    return dataclasses.replace(ours, name="restwright, lock", command=command)


def row(generator, pair, made, folder):
    head = f"| {generator.name} | {pair[0].name} | {pair[1].name} |"
    failed = [it for it in made if isinstance(it, str)]
    if failed:
        return f"{head} fails: {failed[0]} | | | | |"
    changes = changed(pretty(pair[0]), pretty(pair[1]))
    paths = sorted(set(made[0]) | set(made[1]))
    touched = {path: changed(made[0].get(path, ""), made[1].get(path, "")) for path in paths}
    output = sum(touched.values())
    files = sum(count > 0 for count in touched.values())
    names = moved(made[0], made[1])
    kept = folder / "moved" / f"{generator.name}.{pair[0].name}.{pair[1].name}.txt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("".join(f"{old} -> {new}\n" for old, new in names))
    return f"{head} {changes} | {output} | {output / changes:.2f} | {files} of {len(paths)} | {len(names)} |"


def generate(generator, document, folder):
    """The Rust files of the output by path, or why there are none."""
    crate = folder / "stability" / generator.name / document.name
    shutil.rmtree(crate, ignore_errors=True)
    crate.parent.mkdir(parents=True, exist_ok=True)
    log = crate.with_suffix(".log")
    command = generator.command(generators.program(generator, folder), document.file, crate)
    result = machine.run(command, crate.parent, log, 300, 16)
    if result["code"]:
        return result["failed"] or generators.message(log.read_text(errors="replace"))
    files = sorted(crate.rglob("*.rs"))
    return {str(file.relative_to(crate)): file.read_text() for file in files}


def pretty(document):
    return json.dumps(json.loads(document.file.read_text()), indent=2, ensure_ascii=False)


def changed(old, new):
    count = collections.Counter(new.splitlines())
    count.subtract(old.splitlines())
    return sum(map(abs, count.values()))


def moved(old, new):
    """Items that have another name and are the same otherwise."""
    before, after = items(old), items(new)
    gone = texts(before, set(before) - set(after))
    come = texts(after, set(after) - set(before))
    pairs = [(gone[text][0], come[text][0]) for text in gone if len(gone[text]) == len(come.get(text, [])) == 1]
    return sorted(pairs)


def texts(known, names):
    """Names by the text that they stand for."""
    by_text = collections.defaultdict(list)
    for name in sorted(names):
        for text in known[name]:
            by_text[text].append(name)
    return by_text


def items(files):
    """The public items by name: what they look like without their names."""
    known = collections.defaultdict(list)
    for text in files.values():
        lines = text.splitlines()
        for at, line in enumerate(lines):
            found = ITEM.match(line)
            if found:
                body = whole(lines, at)
                if len(body) >= 3:
                    own = re.compile(rf"\b{re.escape(found[1])}\b")
                    known[found[1]].append(own.sub("_", "\n".join(body)))
    return known


def whole(lines, at):
    """An item from its first line to the one that closes it, without documentation."""
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    body = []
    for line in lines[at:]:
        if not line.lstrip().startswith("///"):
            body.append(line)
        closes = line.startswith((indent + "}", indent + ")")) and line.endswith(("}", ";"))
        if closes or (len(body) == 1 and line.endswith((";", "}"))):
            break
    return body
