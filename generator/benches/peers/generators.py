"""The generators: where they come from, how each is called, and how its output is a crate."""

import dataclasses
import pathlib
import re
import shutil
import subprocess
from typing import Callable

import documents
import machine


@dataclasses.dataclass
class Generator:
    name: str
    # By cargo from its registry; ours is built where it stands.
    package: str
    version: str
    # Program, document and output folder -> command line.
    command: Callable
    # What the output lacks to be a crate.
    finish: Callable = lambda crate: None


def module_to_crate(crate):
    """openapi-to-rust writes a module and says what its crate has to depend on."""
    dependencies = (crate / "src/generated/REQUIRED_DEPS.toml").read_text()
    head = '[package]\nname = "output"\nversion = "0.1.0"\nedition = "2024"\n\n'
    (crate / "Cargo.toml").write_text(head + dependencies)
    (crate / "src/lib.rs").write_text("pub mod generated;\n")


OURS = Generator(
    "restwright",
    "restwright",
    "",
    lambda program, document, output: [
        program, "generate", document, "--output", output, "--name", "output", "--quiet",
    ],
)
ALL = [
    OURS,
    Generator(
        "ploidy",
        "ploidy",
        "0.15.0",
        lambda program, document, output: [
            program, "generate", "rust", document, "--output", output, "--name", "output",
        ],
    ),
    Generator(
        "openapi-to-rust",
        "openapi-to-rust",
        "0.23.0",
        lambda program, document, output: [
            program, "generate", document, "--output-dir", f"{output}/src/generated", "--quiet",
        ],
        module_to_crate,
    ),
    Generator(
        "progenitor",
        "cargo-progenitor",
        "0.15.0",
        lambda program, document, output: [
            program, "progenitor", "-i", document, "-o", output, "-n", "output", "-v", "0.1.0",
            "--license-name", "MIT",
        ],
    ),
    Generator(
        "oas3-gen",
        "oas3-gen",
        "0.29.0",
        lambda program, document, output: [
            program, "generate", "client-mod", "-i", document, "-o", output, "--workspace", "--quiet",
        ],
    ),
]


def program(generator, folder):
    if generator.package == OURS.package:
        return documents.ROOT / "target/release/restwright"
    return folder / "tools" / generator.name / "bin" / generator.package


def install(generator, folder):
    """Builds a generator with optimisations, unless it is there."""
    if generator is OURS:
        command = ["cargo", "build", "--release", "--locked", "-p", generator.package]
    elif program(generator, folder).exists():
        return
    else:
        root = folder / "tools" / generator.name
        package = f"{generator.package}@{generator.version}"
        command = ["cargo", "install", "--locked", "--root", root, package]
    subprocess.run(command, cwd=documents.ROOT, check=True, stdout=subprocess.DEVNULL)


def version(generator, folder):
    """What is measured: figures of another version are not taken for those of this one."""
    if generator is not OURS:
        return generator.version
    command = ["git", "log", "-1", "--format=%h", "--", "generator/src", "generator/runtime/src"]
    return subprocess.run(command, cwd=documents.ROOT, capture_output=True, text=True).stdout.strip()


def output(generator, document, folder):
    """In memory, where there is a folder for that: what a file system takes to make a file is nobody's cost, and
    depends on what was deleted before."""
    memory = pathlib.Path("/dev/shm")
    root = memory / "restwright-peers" if memory.is_dir() else folder / "output"
    return root / generator.name / document.name


def run(generator, document, arguments):
    """Generates once, into a folder that is not there."""
    crate = output(generator, document, arguments.folder)
    shutil.rmtree(crate, ignore_errors=True)
    crate.parent.mkdir(parents=True, exist_ok=True)
    log = crate.with_suffix(".log")
    command = generator.command(program(generator, arguments.folder), document.file, crate)
    result = machine.run(command, crate.parent, log, arguments.limit, arguments.memory_limit)
    if result["code"] and not result["failed"]:
        result["failed"] = message(log.read_text(errors="replace"))
    if not result["failed"]:
        generator.finish(crate)
        texts = [file.read_bytes() for file in crate.rglob("*.rs")]
        result["lines"] = sum(text.count(b"\n") for text in texts)
        result["bytes"] = sum(map(len, texts))
    return result


def message(log):
    """The first words that look like a reason, and what follows them."""
    colours, places = r"\x1b\[[0-9;]*m", r"thread '\w+' \(\d+\) |/\S*/registry/src/[^/]+/"
    lines = re.sub(f"{colours}|{places}", "", log).splitlines()
    telling = re.compile(r"error|panicked|unsupported|invalid|missing|fail", re.I)
    first = next((at for at, line in enumerate(lines) if telling.search(line)), 0)
    words = [re.sub(r"^(Error:)?[\s│×╰─▶├╭·]+", "", line).strip(" :") for line in lines[first : first + 3]]
    text = ": ".join(word for word in words if word and not word.startswith("note:")) or "without a word"
    return text if len(text) <= 160 else text[:159] + "…"
