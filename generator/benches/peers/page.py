"""Measured figures as Markdown, and a page of generator/docs with them."""

import statistics

import generators

OURS = generators.OURS.name


def write(path, mark, text):
    """Puts a text between the two marks of a page; before the first time, at its end."""
    comment = f"<!-- made by generator/benches/peers: {mark} -->"
    page = path.read_text() if path.exists() else ""
    if comment not in page:
        page += f"\n{comment}\n{comment}\n"
    head, _, tail = page.split(comment)
    path.write_text(f"{head}{comment}\n{text}\n{comment}{tail}")


def costs(head, entries, documents, versions):
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    parts = [f"{head[:-1]}. {named}.", whole(entries, documents, versions), ratios(entries, documents, versions)]
    return "\n\n".join(parts)


def whole(entries, documents, versions):
    lines = [
        "| document | generator | wall s | CPU s | peak MB | lines | check: wall s | CPU s | peak MB |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for document in documents:
        for name in versions:
            made = summary(entries, "generate", name, document)
            if made is None:
                continue
            if made["failed"]:
                lines.append(f"| {document} | {name} | fails: {cell(made['failed'])} | | | | | | |")
                continue
            first = f"{made['wall']:.2f} | {made['cpu']:.2f} | {made['peak']:.0f} | {made['lines']:,}"
            lines.append(f"| {document} | {name} | {first} | {checked(summary(entries, 'check', name, document))} |")
    return "\n".join(lines)


def checked(result):
    if result is None:
        return "not measured | |"
    if result["failed"]:
        return f"{cell(result['failed'])} | |"
    return f"{result['wall']:.1f} | {result['cpu']:.1f} | {result['peak']:.0f}"


def ratios(entries, documents, versions):
    """Ours by the best of the others, each figure for itself."""
    lines = [
        "Ours, divided by the best peer's:",
        "",
        "| document | wall | CPU | peak | check: wall | CPU | peak |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for document in documents:
        cells = []
        for what in ["generate", "check"]:
            for figure in ["wall", "cpu", "peak"]:
                cells.append(ratio(entries, what, figure, document, versions))
        lines.append(f"| {document} | {' | '.join(cells)} |")
    return "\n".join(lines)


def ratio(entries, what, figure, document, versions):
    known = {name: summary(entries, what, name, document) for name in versions}
    good = {name: it[figure] for name, it in known.items() if it and not it["failed"]}
    others = {name: value for name, value in good.items() if name != OURS}
    if OURS not in good or not others:
        return "no peer" if OURS in good else "-"
    best = min(others, key=others.get)
    return f"{good[OURS] / others[best]:.2f} ({best})"


def summary(entries, what, name, document):
    """The medians of all runs."""
    runs = [it for it in entries if tuple(it["key"][:3]) == (what, name, document)]
    if not runs:
        return None
    failed = next((it["failed"] for it in runs if it["failed"]), "")
    middle = {figure: statistics.median(it[figure] for it in runs) for figure in ["wall", "cpu", "peak"]}
    return {"failed": failed, "lines": runs[0].get("lines", 0), **middle}


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
