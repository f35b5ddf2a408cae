# SPDX-License-Identifier: Apache-2.0
"""Rows, cells, ids, numbers and dates of CSV files."""

import csv
import io

from harness import expect
from world import OUTLETS, SCHOOLS, again, base, base_answer, put, same_answer


def rows_of(bench, name):
    with open(bench.folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- the file as a whole

def utf_16(bench):
    base(bench)
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        again(bench)
        put(bench, "schools", SCHOOLS.encode(encoding))
        bench.fails("(?i)utf-16|nul")


def header_only(bench):
    base(bench)
    put(bench, "schools", SCHOOLS.splitlines()[0])
    run = bench.finishes()
    expect("0 rows" in run.issue_text() or "no rows" in run.issue_text(), run.issue_text())
    expect(all(p["verdict"] != "clear" for p in run.json["proposals"]), "clear, though SCH-400 was not tested")


def header_of_blanks(bench):
    base(bench)
    for text in (",,,,,,\n" + SCHOOLS, "\n\n\n", " ", '""', "\ufeff"):
        again(bench)
        put(bench, "schools", text)
        bench.fails("(?i)column|header|empty")


def header_twice(bench):
    """Two files pasted together: the second header is a row without a place."""
    base(bench)
    lines = SCHOOLS.splitlines(keepends=True)
    put(bench, "schools", "".join(lines[:3] + lines[:1] + lines[3:]))
    run = same_answer(bench, status=4)
    expect("urn" in run.listed(layer="schools"), f"listed: {run.listed()}")
    expect({i["row"] for i in run.issues if i.get("id") == "urn"} == {4}, "line 4 is named")


def column_twice(bench):
    base(bench)
    put(bench, "schools", SCHOOLS.replace("status", "easting", 1))
    bench.fails("(?i)easting.*(name of its own|twice|two)")


def excel_first_line(bench):
    base(bench)
    put(bench, "schools", "sep=;\n" + SCHOOLS.replace(",", ";"))
    run = bench.run()
    if run.status in (2, 3):
        expect("column" in run.err, run.err)
    else:
        base_answer(run)


def nul_bytes(bench):
    base(bench)
    put(bench, "schools", SCHOOLS.replace("Ash", "A\0sh"))
    bench.fails("(?i)nul")


def line_ends(bench):
    base(bench)
    for end, last in (("\r", True), ("\r\n", False), ("\n", False), ("\r\n", True)):
        again(bench)
        text = SCHOOLS.replace("\n", end)
        put(bench, "schools", text if last else text.rstrip("\r\n"))
        run = same_answer(bench)
        expect(run.account("schools")[:2] == (4, 4), f"{end!r}: {run.account('schools')}")


def line_ends_mixed(bench):
    base(bench)
    lines = SCHOOLS.splitlines()
    put(bench, "schools", lines[0] + "\r\n" + lines[1] + "\n" + lines[2] + "\r\n\n" + "\n".join(lines[3:]))
    run = same_answer(bench)
    expect(run.account("schools")[:2] == (4, 4), str(run.account("schools")))


def delimiters(bench):
    base(bench)
    for delimiter in (";", "\t", "|"):
        again(bench)
        put(bench, "schools", SCHOOLS.replace(",", delimiter))
        same_answer(bench)


# ---- quotes

def quote_over_lines(bench):
    """A line break inside quotes is text; the rows behind it keep their line numbers."""
    base(bench)
    text = SCHOOLS.replace("Ash Primary School", '"Ash\nPrimary ""School"""').replace("432000.0,302000.0", "here,302000.0")
    put(bench, "schools", text)
    run = bench.finishes(status=4)
    expect({i["row"] for i in run.issues if i.get("id") == "D1004"} == {6}, run.issue_text())
    expect(run.breaches("SCH-400") == ["O-001", "O-002"], str(run.breaches("SCH-400")))
    expect('Ash\nPrimary "School"' in [p.get("nearest_name") for p in run.json["proposals"]], "the name keeps its line break")


def quote_never_closed(bench):
    base(bench)
    put(bench, "schools", SCHOOLS.replace("Beech", '"Beech'))
    bench.fails(r"(?i)quote.*line 3|schools\.csv:3.*quote")


def quote_never_closed_in_a_long_file(bench):
    base(bench)
    rows = "".join(f"X{i},Far School {i},430000.0,{400000 + i}.0,Open,,\n" for i in range(200_000))
    put(bench, "schools", SCHOOLS + 'Y,"Never closed,430000.0,400000.0,Open,,\n' + rows)
    bench.fails(r"(?i)quote.*line 6|schools\.csv:6.*quote")


def text_behind_a_quote(bench):
    base(bench)
    put(bench, "schools", SCHOOLS.replace("Ash Primary School", '"Ash" Primary School'))
    run = same_answer(bench)
    expect(any(i.get("row") == 2 and "quote" in i["message"] for i in run.issues), run.issue_text())


def quote_within_a_field(bench):
    base(bench)
    put(bench, "schools", SCHOOLS.replace("Ash Primary School", 'Ash 6" Primary School'))
    run = same_answer(bench)
    expect('Ash 6" Primary School' in [p["nearest_name"] for p in run.json["proposals"]], "the quote is text")


def field_beyond_measure(bench):
    base(bench)
    put(bench, "schools", SCHOOLS.replace("Ash Primary School", '"' + "x" * (40 << 20) + '"'))
    bench.fails("(?i)MiB|too long|quote")


def columns_beyond_measure(bench):
    base(bench)
    more = "".join(f",c{i}" for i in range(100_000))
    lines = SCHOOLS.splitlines()
    put(bench, "schools", "\n".join([lines[0] + more] + [line + "," * 100_000 for line in lines[1:]]) + "\n")
    run = bench.run()
    if run.status == 0:
        base_answer(run)


# ---- numbers

def numbers_with_blanks(bench):
    base(bench)
    put(bench, "schools", SCHOOLS.replace("430000.0,300000.0", " 430000.0 ,\u00a0300000.0\t"))
    same_answer(bench)


def numbers_that_are_none(bench):
    """Each is a row without a place, listed; none is read as far as it goes."""
    base(bench)
    for written in ("430000m", "430000.0 m", "1e400", "0x68FB0", "４３００００", "٤٣٠٠٠٠", "430 000", "430000.0.0", "4.3e", "--430000", "430000,0", "430'000", "NULL", "#N/A",
                    "1#INF", "430000f", "TRUE", "½", "nan(0x1)", "infinity", "4_30000", "+-1", "e5"):
        again(bench)
        put(bench, "schools", SCHOOLS.replace("430000.0,300000.0", f'"{written}",300000.0'))
        run = bench.finishes(status=4)
        expect("D1001" in run.listed(layer="schools"), f"{written}: not listed")
        expect(run.account("schools")[:3] == (4, 3, 1), f"{written}: {run.account('schools')}")
        expect(run.breaches("SCH-400") == [], f"{written} was read as a number: {run.breaches('SCH-400')}")


def numbers_that_are_far_away(bench):
    base(bench)
    for written in ("1e300", "-1e300", "430000000", "1.7976931348623157e308"):
        again(bench)
        put(bench, "schools", SCHOOLS.replace("430000.0,300000.0", f"{written},300000.0"))
        run = bench.finishes(status=(0, 4))
        expect("D1001" in run.listed(layer="schools") and run.status == 4, f"{written}: a school in no place, and the run is not incomplete: {run.issue_text()}")


def numbers_in_other_forms(bench):
    """430000 as a spreadsheet may write it."""
    base(bench)
    for written in ("4.3e5", "4.3E+05", "430000", "+430000", "0430000.00", "430000."):
        again(bench)
        put(bench, "schools", SCHOOLS.replace("430000.0,300000.0", f"{written},300000.0"))
        run = bench.run()
        if "D1001" in run.listed(layer="schools"):
            expect(run.status == 4, f"{written}: left out, and the run is not incomplete")
        else:
            base_answer(run)


def one_coordinate_is_nothing(bench):
    """Northing 0 lies off Brittany, easting 0 off St Kilda: no place, as (0, 0) is none."""
    base(bench)
    for position in ("430000.0,0", "430000.0,0.0", "0,300000.0", "0.0,0.0", "-0,0", "1e-300,300000.0"):
        again(bench)
        put(bench, "schools", SCHOOLS.replace("430000.0,300000.0", position))
        run = bench.finishes(status=4)
        expect("D1001" in run.listed(layer="schools"), f"{position}: {run.issue_text()}")
        expect(run.account("schools")[:3] == (4, 3, 1), f"{position}: {run.account('schools')}")


def one_row_in_degrees(bench):
    """A row in degrees among rows in metres: off Scilly, so it has no place."""
    base(bench)
    put(bench, "schools", SCHOOLS.replace("430000.0,300000.0", "-1.558525262,52.596988421"))
    run = bench.finishes(status=4)
    expect("D1001" in run.listed(layer="schools"), run.issue_text())
    again(bench)
    put(bench, "outlets", OUTLETS.replace("430300.0,300000.0", "-1.554,52.597"))
    put(bench, "schools", SCHOOLS)
    run = bench.finishes(status=(0, 4))
    expect("O-001" in run.listed(layer="outlets") and run.verdict("O-001") == "unknown", f"{run.verdict('O-001')} {run.issue_text()}")


def one_row_in_metres(bench):
    """A row in metres among rows in degrees."""
    base(bench)
    put(bench, "schools", "urn,lon,lat\nD1001,430000,300000\nD1002,-1.543762496,52.596932356\nD1004,-1.528807535,52.614853225\n", crs="EPSG:4326",
        columns={"id": "urn", "x": "lon", "y": "lat"})
    run = bench.finishes(status=4)
    expect("D1001" in run.listed(layer="schools"), run.issue_text())


# ---- coordinates that mean something else

def axes_of_degrees_swapped(bench):
    base(bench)
    text = "urn,name,lon,lat,status\nD1001,Ash,52.596988421,-1.558525262,Open\nD1002,Beech,52.596932356,-1.543762496,Open\n"
    put(bench, "schools", text, crs="EPSG:4326", columns={"id": "urn", "name": "name", "x": "lon", "y": "lat", "state": "status"})
    bench.fails("(?i)swap|axes|order")


def easting_and_northing_swapped(bench):
    """(300000, 430000) is inside the grid's bounds too: only the study area tells."""
    base(bench)
    bench.layers["schools"]["columns"].update(x="northing", y="easting")
    bench.fails("(?i)swap|axes|order")
    again(bench)
    base(bench)
    bench.layers["outlets"]["columns"].update(x="northing", y="easting")
    bench.fails("(?i)swap|axes|order")


def degrees_called_web_mercator(bench):
    base(bench)
    text = "urn,x,y\nD1001,-1.558525262,52.596988421\nD1002,-1.543762496,52.596932356\n"
    put(bench, "schools", text, crs="EPSG:3857", columns={"id": "urn"})
    bench.fails("(?i)degree|label|outside")


def web_mercator_called_grid(bench):
    base(bench)
    text = "urn,x,y\nD1001,-173494.2,6907021.0\nD1002,-171850.8,6907010.7\n"
    put(bench, "schools", text, crs="EPSG:27700", columns={"id": "urn"})
    bench.fails("(?i)outside|label|area of use")


def irish_grid(bench):
    """Dublin in Irish Grid, said rightly: no place near the study; called the British grid: near Galashiels."""
    base(bench)
    text = "urn,x,y\nI-1,315900,234000\nI-2,316100,234200\n"
    for crs in ("EPSG:29903", "EPSG:29902", "EPSG:2157"):
        again(bench)
        put(bench, "schools", text, crs=crs, columns={"id": "urn"})
        run = bench.run()
        expect(run.status in (2, 3, 4) or run.issues, f"{crs}: nothing is said")
        if run.status == 0:
            expect(not run.breaches("SCH-400"), str(run.breaches("SCH-400")))


def coarse_degrees(bench):
    """Three decimals are 61 m: said."""
    base(bench)
    put(bench, "schools", "urn,lon,lat\nD1001,-1.559,52.597\nD1002,-1.544,52.597\n", crs="EPSG:4326", columns={"id": "urn", "x": "lon", "y": "lat"})
    run = bench.finishes()
    expect("decimal" in run.issue_text(), run.issue_text())


# ---- ids and names

def ids_of_blanks(bench):
    base(bench)
    put(bench, "schools", SCHOOLS.replace("D1001", "   ").replace("D1002", ""))
    run = same_answer(bench)
    expect("2 of 4 rows have a blank id" in run.issue_text(), run.issue_text())
    again(bench)
    put(bench, "outlets", OUTLETS.replace("O-001", "   ").replace("O-003", "\u00a0"))
    run = bench.finishes()
    expect(run.breaches("SCH-400") == ["row 2", "O-002"], str(run.breaches("SCH-400")))


def ids_of_10_kilobytes(bench):
    base(bench)
    long = "L" * 10_000
    put(bench, "schools", SCHOOLS.replace("D1001", long).replace("D1004", long + "x").replace("432000.0", "none"))
    put(bench, "outlets", OUTLETS.replace("O-001", long))
    run = bench.finishes(status=4)
    expect(run.breaches("SCH-400") == [long, "O-002"], "a long id is whole in JSON")
    expect(rows_of(bench, "v.csv")[0]["reference"] == long, "a long id is whole in CSV")
    expect(len(run.err) < 2000, f"a message of {len(run.err)} characters")
    terminal = bench.finishes(status=4, files=())
    expect(max(map(len, terminal.out.splitlines())) < 1000, "the table on the terminal stays readable")


def ids_that_differ_by_case_or_form(bench):
    """d1001 and D1001, é in one and in two characters: ids are text, so they are different."""
    base(bench)
    put(bench, "outlets", OUTLETS.replace("O-002", "o-001").replace("O-003", "Caf\u00e9").replace("O-004", "Cafe\u0301"))
    run = bench.finishes()
    expect([p["reference"] for p in run.json["proposals"]] == ["O-001", "o-001", "Caf\u00e9", "Cafe\u0301", "O-005", "O-006"], "six proposals, as written")


def ids_that_differ_by_blanks(bench):
    """Blanks round an id are no part of it, so this is one id twice: said, and both places count."""
    base(bench)
    put(bench, "schools", SCHOOLS.replace("D1002", '" D1001 "'))
    run = same_answer(bench)
    expect("D1001" in run.listed("duplicate-id"), run.issue_text())


def text_that_turns_round(bench):
    """Marks that turn text round, escape sequences, other controls: no output shows them unescaped."""
    base(bench)
    odd = "\u202egnp.\u202cexe \x1b[2J\x1b]0;owned\x07 \x7f \u0085 \u009b31m \u2066x\u2069 \x08"
    put(bench, "schools", SCHOOLS.replace("Ash Primary School", odd).replace("D1002", "D\u202e1002").replace("432000.0", odd))
    put(bench, "outlets", OUTLETS.replace("Golden Fry", odd).replace("O-002", "O\x1b[31m-002"), keep=["name"])
    run = bench.run()  # controls are looked for in every run
    expect(run.status in (3, 4), f"status {run.status}")
    bench.run(files=())
    bench.run(files=(), command="inspect")
    bench.run("--at", "430300,300000", files=())


def line_breaks_in_ids(bench):
    base(bench)
    put(bench, "outlets", OUTLETS.replace("O-001", '"O\n001"').replace("O-002", '"O\r\n002"').replace("Kebab Hut", '"Kebab\nHut,"'))
    run = bench.finishes()
    expect(run.breaches("SCH-400") == ["O\n001", "O\r\n002"], str(run.breaches("SCH-400")))
    rows = rows_of(bench, "v.csv")
    expect(len(rows) == 6 and rows[0]["reference"] == "O\n001" and rows[2]["name"] == "Kebab\nHut,", "read back from CSV as they were")
    terminal = bench.finishes(files=())
    expect(len(terminal.out.splitlines()) < 40, "a line break in an id breaks no table")


def formulas_in_disguise(bench):
    """Behind blanks, a tab, a no-break space, full width: what spreadsheets run when they trim or normalise."""
    base(bench)
    names = ["  =1+1", "\t=1+1", "\u00a0=1+1", "＝1+1", "\r=1+1", "@SUM(1)"]
    lines = list(csv.reader(io.StringIO(OUTLETS)))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(lines[0])
    for line, name in zip(lines[1:], names):
        line[1] = name
        line[0] = "=" + line[0] if line[0] == "O-006" else line[0]
        writer.writerow(line)
    put(bench, "outlets", out.getvalue(), keep=["name", "id"])
    run = bench.finishes("--places", str(bench.folder / "report.csv"))  # cells are looked at in every run
    expect(len(run.json["proposals"]) == 6, "six proposals")
    for row in rows_of(bench, "v.csv"):
        for cell in row.values():
            expect(not cell.lstrip(" \t\r\n\u00a0").startswith(("=", "@", "＝")), f"a spreadsheet may run {cell!r}")


def names_of_another_encoding(bench):
    """One cell in Windows-1252 among UTF-8, and bytes that are neither."""
    base(bench)
    put(bench, "schools", SCHOOLS.encode().replace(b"Ash Primary", b"Caf\xe9 Primary").replace(b"Beech", b"B\x81\xff"))
    run = same_answer(bench)
    expect("1252" in run.issue_text(), run.issue_text())
    expect("Café Primary School" in [p["nearest_name"] for p in run.json["proposals"]], "the name is whole")


def one_id_for_all(bench):
    """50,000 schools of one id: listed once, and in good time."""
    base(bench)
    rows = "".join(f"D1001,School {i},{430000 + i % 250}.0,{310000 + i // 250}.0,Open,1971-09-01,\n" for i in range(50_000))
    put(bench, "schools", SCHOOLS + rows)
    run = same_answer(bench)
    expect("D1001" in run.listed("duplicate-id"), "the double id is listed")
    expect(run.account("schools")[:2] == (50_004, 50_004), str(run.account("schools")))


def one_reference_for_all(bench):
    base(bench)
    rows = "".join(f"O-001,Shop {i},{430000 + i % 250}.0,{310000 + i // 250}.0,2021-05-17\n" for i in range(200_000))
    put(bench, "outlets", OUTLETS + rows)
    run = bench.finishes()
    expect(len(run.json["proposals"]) == 6, "one proposal with many sites")
    expect(run.verdict("O-001") == "breach", "the worst site counts")
    expect("O-001" in run.listed("several-sites"), run.issue_text()[:500])


# ---- dates

def dates_that_are_none(bench):
    """A closing date that cannot be read: whether the school is open is not known, so nothing that rests on it is clear or breached."""
    base(bench)
    for written in ("1900-13-01", "0000-00-00", "2019-02-29", "31/02/2019", "43677", "July 2019", "2019-07-31T25:00:00", "tomorrow", "2019-7", "99999-01-01", "-2019-07-31",
                    "2019-07-31; DROP", "１９-07-31"):
        again(bench)
        put(bench, "schools", SCHOOLS.replace("1971-09-01,", f"1971-09-01,{written}"))
        run = bench.finishes(status=(0, 4))
        listed = [i for i in run.issues if i.get("id") == "D1001" and written in i["message"]]
        expect(listed, f"{written}: not listed: {run.issue_text()}")
        result = run.finding("O-001", "SCH-400")["result"]
        expect(result in ("unknown", "borderline"), f"{written}: {result}")


def dates_with_a_time(bench):
    base(bench)
    for written in ("2019-07-31T00:00:00", "2019-07-31 00:00:00", "2019-07-31T00:00:00Z", "2019-07-31T23:59:59.999+01:00"):
        again(bench)
        put(bench, "schools", SCHOOLS.replace("Open,1971-09-01,", f"Open,1971-09-01,{written}"))
        run = bench.finishes(status=(0, 4))
        if "D1001" in run.listed():
            expect(run.finding("O-001", "SCH-400")["result"] in ("unknown", "borderline"), f"{written}: listed, and yet measured")
        else:
            expect(run.breaches("SCH-400") == [], f"{written}: the school closed in 2019")


def dates_of_two_digits(bench):
    """01/02/19 has two readings of the day and two of the century."""
    base(bench)
    put(bench, "schools", SCHOOLS.replace("2019-07-31", "01/02/19").replace("1971-09-01", "03/04/71"))
    run = bench.run()
    if run.status in (2, 3):
        expect("date" in run.err, run.err)
    else:
        expect({"D1001", "D1003"} <= run.listed(), run.issue_text())


def dates_that_contradict(bench):
    base(bench)
    put(bench, "schools", SCHOOLS.replace("1971-09-01", "25/12/1971").replace("2005-09-01", "12/25/2005"))
    bench.fails("(?i)contradict|format")


def day_that_the_study_has_not(bench):
    base(bench)
    bench.fails("(?i)2024-02-30", "--on", "2024-02-30", status=2)
    bench.fails("(?i)01/02/2024", "--on", "01/02/2024", status=2)
