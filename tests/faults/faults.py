#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the machine does to a run: full disks, kills, signals, closed pipes, inputs that change while they are read, limits of every kind.

Whatever happens, an output is the old file or the whole new one, never half; no input is touched; the message is one line; the exit status is 3
(or the signal's); nothing stays behind, but for the temporary file of a run that was killed outright, whose name says what it is.

faults.py [GROUP | TEST ...]      CORDON_PROGRAM: the program"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import fault_inputs
import fault_limits
import fault_outputs
import fault_signals
from whole_runs import run_tests, tests_of

GROUPS = {"outputs": fault_outputs, "inputs": fault_inputs, "signals": fault_signals, "limits": fault_limits}


def main(words):
    only = [word for word in words if word not in GROUPS]
    tests = [test for name, module in GROUPS.items() if not words or only or name in words for test in tests_of(module)]
    return run_tests(tests, only)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
