"""Starts one program and prints, as JSON, what it took. A program of its own: what starts another is
counted with it until that has begun, so it has to be small. Imports as little as it can for that."""

import os
import sys
import time


def main():
    """Arguments: the file for the program's output, then the program with its arguments."""
    log, *command = sys.argv[1:]
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(out, 1)
        os.dup2(out, 2)
        try:
            os.execvp(command[0], command)
        except OSError as error:
            os.write(2, f"{command[0]}: {error.strerror}\n".encode())
            os._exit(127)
    _, status, usage = os.wait4(child, 0)
    wall, cpu = time.monotonic() - started, usage.ru_utime + usage.ru_stime
    code = os.waitstatus_to_exitcode(status)
    print(f'{{"wall": {wall}, "cpu": {cpu}, "peak": {usage.ru_maxrss / 1024}, "code": {code}}}')


main()
