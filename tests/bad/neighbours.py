#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Faults that the shared corpus does not hold: for each kind that it has, the ones beside it. Every file is written by the test.

neighbours.py [GROUP | TEST ...]      CORDON_PROGRAM: the program"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import near_containers
import near_environment
import near_files
import near_geometry
import near_policies
import near_tables
from harness import run_tests, tests_of

GROUPS = {"files": near_files, "containers": near_containers, "tables": near_tables, "geometry": near_geometry, "policies": near_policies, "environment": near_environment}


def main(words):
    tests, only = [], [word for word in words if word not in GROUPS]
    for name, module in GROUPS.items():
        if not words or only or name in words:
            tests += tests_of(module)
    return run_tests(tests, only)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
