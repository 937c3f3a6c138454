#!/usr/bin/env python3
"""Other generators and ours on the same documents: what they cost, and what their output costs.

    python3 generator/benches/peers              all of it; goes on where it stopped
    python3 generator/benches/peers stability    what moves in their output from version to version

Installs the peers by cargo into FOLDER, runs all of them in turn, and prints Markdown;
`--write` puts it into generator/docs. Needs Linux, Python 3.11, cargo and its registry.
"""

import argparse
import functools
import pathlib
import sys

# No folder of compiled modules in the repository.
sys.dont_write_bytecode = True

import compile
import documents
import generators
import machine
import page
import records
import stability


def main():
    arguments = read_arguments()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    chosen = [it for it in generators.ALL if it.name in arguments.generators]
    for generator in chosen:
        generators.install(generator, arguments.folder)
    if arguments.what == "stability":
        shown = stability.measure(chosen, arguments.folder)
        mark = "stability of peers"
        target = documents.ROOT / "generator/docs/stability.md"
    else:
        shown = costs(chosen, arguments)
        mark = "peers"
        target = documents.ROOT / "generator/docs/performance.md"
    print(shown)
    if arguments.write:
        page.write(target, mark, shown)


def costs(chosen, arguments):
    """Rounds in turn, so that whatever else the machine does is shared by all; then the checks."""
    known = records.Records(arguments.folder / "results.jsonl", arguments.fresh)
    versions = {it.name: generators.version(it, arguments.folder) for it in chosen}
    texts = [documents.path(name) for name in arguments.documents]
    for turn in range(arguments.runs):
        for document in texts:
            for generator in chosen:
                key = ("generate", generator.name, document.name, turn)
                run = functools.partial(generators.run, generator, document, arguments)
                known.keep(key, versions[generator.name], run)
    if not arguments.no_check:
        for turn in range(arguments.check_runs):
            for document in texts:
                for generator in chosen:
                    check(known, versions[generator.name], generator, document, turn, arguments)
    head = machine.described(arguments.runs, known.load())
    return page.costs(head, known.of(versions), [it.name for it in texts], versions)


def check(known, version, generator, document, turn, arguments):
    made = known.get(("generate", generator.name, document.name, 0), version)
    if made is None or made["failed"]:
        return
    key = ("check", generator.name, document.name, turn)
    known.keep(key, version, functools.partial(compile.check, generator, document, arguments))


def read_arguments():
    parser = argparse.ArgumentParser(
        prog="generator/benches/peers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = [it.name for it in generators.ALL]
    add = parser.add_argument
    add("what", nargs="?", choices=["costs", "stability"], default="costs")
    add("--documents", nargs="+", choices=documents.NAMES, default=documents.NAMES)
    add("--generators", nargs="+", choices=names, default=names)
    add("--runs", type=int, default=5, help="of generation, in turn (5)")
    add("--check-runs", type=int, default=1, help="of cargo check (1)")
    add("--no-check", action="store_true", help="generation only")
    add("--limit", type=int, default=120, help="seconds that generating may take (120)")
    add("--check-limit", type=int, default=300, help="seconds that cargo check may take (300)")
    add("--memory-limit", type=int, default=16, help="gigabytes of address space (16)")
    add("--fresh", action="store_true", help="forget what is measured already")
    add("--write", action="store_true", help="renew the page in generator/docs")
    add(
        "--folder",
        type=pathlib.Path,
        default=documents.ROOT / "target/peers",
        help="where tools, output and results are kept (target/peers)",
    )
    arguments = parser.parse_args()
    arguments.folder = arguments.folder.resolve()
    return arguments


if __name__ == "__main__":
    main()
