"""What it takes to compile an output: the generated crate alone, as its dependencies are built before."""

import re
import shutil

import generators
import machine

COMMAND = ["cargo", "check", "--lib", "--quiet"]


def check(generator, document, arguments):
    crate = generators.output(generator, document, arguments.folder)
    log = crate.with_suffix(".check.log")
    own = {
        "CARGO_TARGET_DIR": str(arguments.folder / "build" / generator.name),
        "CARGO_TERM_COLOR": "never",
        "RUSTFLAGS": "",
    }
    manifest = alone(crate)
    # The same crate with nothing in it, so that what it depends on is built, and locked.
    empty = crate.with_suffix(".empty")
    (empty / "src").mkdir(parents=True, exist_ok=True)
    (empty / "src/lib.rs").touch()
    (empty / "Cargo.toml").write_text(manifest)
    built = machine.run(COMMAND, empty, log, 1_800, arguments.memory_limit, own)
    if built["code"]:
        return {**built, "failed": "the dependencies do not build: " + reason(log)}
    shutil.copy(empty / "Cargo.lock", crate)
    # Whatever has been compiled of it before is out of date.
    (crate / "src/lib.rs").touch()
    result = machine.run(COMMAND, crate, log, arguments.check_limit, arguments.memory_limit, own)
    if result["code"] and not result["failed"]:
        result["failed"] = reason(log)
    return result


def alone(crate):
    """The manifest, of a workspace of its own, whatever folder the crate lies in."""
    file = crate / "Cargo.toml"
    text = file.read_text()
    if "[workspace]" not in text:
        text += "\n[workspace]\n"
        file.write_text(text)
    return text


def reason(log):
    text = log.read_text(errors="replace")
    counted = re.search(r"due to (\d+ previous errors?)", text)
    if counted is None:
        return generators.message(text)
    first = re.search(r"^error.*", text, re.M)
    return f"does not compile: {counted[1].replace(' previous', '')}, as {first[0]}"
