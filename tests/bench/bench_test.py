#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The bench's own parts: data that are always the same, and a comparison that sees each kind of difference."""

import hashlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import compare  # noqa: E402
import make_data  # noqa: E402
import process  # noqa: E402
import walking  # noqa: E402
import world  # noqa: E402

PEERS = [["0", "t", "7", "399.9996", "3", "1000.25"], ["1", "f", "8", "400.0004", "4", "0.5"]]


def ours(**change):
    """What cordon would say where it agrees, with one row changed."""
    rows = [["0", "breach", {"schools": ("7", "400.000"), "parks": ("3", "1000.250")}],
            ["1", "clear", {"schools": ("8", "400.000"), "parks": ("4", "0.500")}]]
    if "verdict" in change:
        rows[1][1] = change["verdict"]
    if "park" in change:
        rows[1][2]["parks"] = change["park"]
    return rows[: change.get("rows", 2)]


class Comparison(unittest.TestCase):
    def test_rounded_distances_are_equal(self):
        found = compare.differences(ours(), PEERS)
        self.assertEqual((found.rows, found.verdicts, found.distances, found.others), (2, 0, 0, []))

    def test_a_millionth_more_than_rounding_is_not(self):
        self.assertEqual(compare.differences(ours(park=("4", "0.5005")), PEERS).distances, 1)
        self.assertEqual(compare.differences(ours(park=("4", "0.501")), PEERS).distances, 1)
        found = compare.Differences()
        found.distance("0", "parks", "7.000", 7.0005009)
        self.assertEqual(found.distances, 0)
        found.distance("0", "parks", "7.000", 7.0005011)
        self.assertEqual(found.distances, 1)

    def test_another_verdict(self):
        self.assertEqual(compare.differences(ours(verdict="breach"), PEERS).verdicts, 1)
        self.assertEqual(compare.differences(ours(verdict="borderline"), PEERS).verdicts, 1)

    def test_another_place_is_left_to_be_judged(self):
        self.assertEqual(compare.differences(ours(park=("5", "0.500")), PEERS).others, [("1", "parks", "5", "0.5")])

    def test_rows_that_are_missing(self):
        with self.assertRaises(process.Failed):
            compare.differences(ours(rows=1), PEERS)
        with self.assertRaises(process.Failed):
            compare.differences(ours(), PEERS[:1])

    def test_findings_are_laid_to_their_verdicts(self):
        with tempfile.TemporaryDirectory() as folder:
            verdicts, findings = Path(folder, "v.csv"), Path(folder, "f.csv")
            verdicts.write_text("reference,verdict\n0,breach\n1,clear\n")
            findings.write_text("reference,measured,layer,place_id\n0,1.000,schools,7\n0,2.000,parks,3\n1,3.000,schools,8\n")
            rows = list(compare.cordon_rows(verdicts, findings))
            self.assertEqual(rows[0], ("0", "breach", {"schools": ("7", "1.000"), "parks": ("3", "2.000")}))
            self.assertEqual(rows[1], ("1", "clear", {"schools": ("8", "3.000")}))
            findings.write_text(findings.read_text() + "9,3.000,schools,8\n")
            with self.assertRaises(process.Failed):
                list(compare.cordon_rows(verdicts, findings))


class Data(unittest.TestCase):
    def test_the_same_on_every_machine(self):
        land = make_data.Land("S")
        with tempfile.TemporaryDirectory() as folder:
            proposals = Path(folder, "proposals.csv")
            make_data.write_proposals(land, proposals)
            text = proposals.read_text()
        self.assertEqual(text.count("\n"), 5001)
        digest = hashlib.sha256(text.encode())
        for rows in (make_data.school_rows(land), make_data.park_rows(land)):
            digest.update(repr(list(rows)).encode())
        self.assertEqual(digest.hexdigest()[:16], "e27c866cc9745e3f")

    def test_more_and_fewer_proposals(self):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "proposals.csv")
            source.write_text("id,x,y\n0,100.00,200.00\n1,110.00,210.00\n2,120.00,220.00\n3,130.00,230.00\n")
            few, many = io.StringIO(), io.StringIO()
            self.assertEqual(world.copy_proposals(source, few, 0, 2, 2, 0), 2)
            self.assertEqual(few.getvalue(), "0,100.00,200.00\n1,120.00,220.00\n")
            self.assertEqual(world.copy_proposals(source, many, 4, 5, 1, 1), 5)
            self.assertEqual(many.getvalue(), "4,107.00,195.00\n")


class Processes(unittest.TestCase):
    def test_a_process_that_fails_is_no_time(self):
        with self.assertRaisesRegex(process.Failed, "ended with 4"):
            process.run([sys.executable, "-c", "import sys; sys.exit(4)"])

    def test_the_middle_and_the_largest_memory(self):
        runs = [process.Run(1, 5, 10), process.Run(9, 3, 30), process.Run(2, 4, 20)]
        self.assertEqual(process.middle(runs), process.Run(2, 4, 30))


class Walking(unittest.TestCase):
    def test_a_millimetre_is_a_difference(self):
        walking.agree({"1": 400000, "2": 7}, "another", {"2": 7, "1": 400000})
        for other in ({"1": 400001, "2": 7}, {"1": 400000}, {"1": 400000, "2": 7, "3": 1}):
            with self.assertRaises(process.Failed):
                walking.agree({"1": 400000, "2": 7}, "another", other)

    def test_the_same_streets_on_every_machine(self):
        try:
            import make_streets
        except ImportError as missing:
            self.skipTest(f"streets are made with Debian's Python: {missing}")
        net = make_streets.lattice(dict(corner=(528000, 179000), step=78, across=12, up=9), 0.73, 0.04)
        net.give_bends(make_streets.np.full(len(net.source), 150.0))
        self.assertTrue((net.cost == 150_000).all())
        digest = hashlib.sha256(repr([column.tolist() for column in (net.x, net.y, net.source, net.target)]).encode())
        self.assertEqual((len(net.x), len(net.source), digest.hexdigest()[:16]), (108, 131, "4b726fe112038787"))


if __name__ == "__main__":
    unittest.main()
