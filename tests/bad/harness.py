# SPDX-License-Identifier: Apache-2.0
"""Runs the real program on a study in a fresh folder, within limits, and looks at everything that it wrote.

A `Bench` is one folder with a sound little study in it; a test spoils one thing and says what must come of it.
Every run is held against the rules that no input may break (see `Run.hold_rules`)."""

import csv
import hashlib
import io
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

SECONDS = 30  # of processor time, both cores together
WAITING = 300  # by the clock: a busy machine is no fault of the program, one that waits for ever is
MEMORY = 2 << 30
SKIPPED = 77  # what ctest is told

FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?\Z")
# C0 but for line ends, DEL, C1: as they stand; and what turns text round on a screen.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Skip(Exception):
    """Why a test cannot be run here."""


class Fault(AssertionError):
    """What the program got wrong."""


def expect(holds, message):
    if not holds:
        raise Fault(message)


def program():
    path = os.environ.get("CORDON_PROGRAM", "")
    if not path or not os.access(path, os.X_OK):
        raise SystemExit("CORDON_PROGRAM is not the built cordon")
    return path


def toml_value(value):
    """A TOML value; `Raw` stands as it is."""
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{toml_key(k)} = {toml_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml_value(v) for v in value) + "]"
    return str(value)


def toml_key(key):
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key)


class Raw:
    def __init__(self, text):
        self.text = text


def toml_table(name, keys):
    return f"[{name}]\n" + "".join(f"{toml_key(k)} = {toml_value(v)}\n" for k, v in keys.items() if v is not None) + "\n"


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sanitized():
    """Sanitizers take terabytes of addresses and several times as long: such a build is run without these limits."""
    if not hasattr(sanitized, "answer"):
        sanitized.answer = b"__asan_init" in Path(program()).read_bytes()
    return sanitized.answer


def limits():
    if not sanitized():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS * (10 if sanitized() else 1),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Run:
    """One run: its status, what it said, and what it wrote, read back."""

    def __init__(self, status, out, err, folder, files):
        self.status, self.out_bytes, self.err_bytes, self.folder = status, out, err, folder
        self.out, self.err = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")
        self.files = files  # what was asked for
        self.json = None

    def read(self):
        report = self.folder / "v.json"
        if report in self.files and report.exists():
            self.json = json.loads(report.read_bytes().decode("utf-8"))
        return self

    # What the report says.
    @property
    def issues(self):
        return self.json["issues"] if self.json else []

    def issue_text(self):
        parts = [self.out, self.err]
        for issue in self.issues:
            parts.append("line {} row {} {} {} {} {}".format(issue.get("row", ""), issue.get("row", ""), issue.get("id", ""), issue["code"],
                                                              issue["message"], issue.get("action", "")))
        if self.json:
            parts += self.json["not_tested"]
        return "\n".join(parts)

    def listed(self, code=None, layer=None):
        """Ids that issues list."""
        return {i.get("id", "") for i in self.issues if (code is None or i["code"] == code) and (layer is None or i["layer"] == layer)}

    def account(self, layer):
        """Rows of a layer: read, used, not_used, ruled_out."""
        found = [a for a in self.json["rows"] if a["layer"] == layer]
        expect(len(found) == 1, f"{len(found)} row accounts of {layer}")
        return tuple(found[0][k] for k in ("read", "used", "not_used", "ruled_out"))

    def proposal(self, reference):
        found = [p for p in self.json["proposals"] if p["reference"] == reference]
        expect(len(found) == 1, f"{reference} stands {len(found)} times in the report")
        return found[0]

    def verdict(self, reference):
        return self.proposal(reference)["verdict"]

    def finding(self, reference, rule):
        found = [f for f in self.proposal(reference)["findings"] if f["rule"] == rule]
        expect(len(found) == 1, f"{len(found)} findings of {rule} on {reference}")
        return found[0]

    def distance(self, reference, rule):
        return self.finding(reference, rule)["measured"]

    def with_result(self, rule, result):
        return [p["reference"] for p in self.json["proposals"] if any(f["rule"] == rule and f["result"] == result for f in p["findings"])]

    def breaches(self, rule):
        return self.with_result(rule, "breach")

    # What must hold whatever was read.
    def hold_rules(self):
        expect(self.status not in (-signal.SIGXCPU, -signal.SIGKILL), f"stopped after {SECONDS} s of processor time, or for want of memory")
        expect(self.status in (0, 1, 2, 3, 4), f"exit status {self.status}: {self.err[-600:]}")
        expect("a fault in cordon itself" not in self.err, self.err)
        for name, data in (("standard output", self.out_bytes), ("standard error", self.err_bytes)):
            self.hold_text(name, data)
        if self.status in (2, 3):
            self.hold_error()
        else:
            for path in self.files:
                expect(path.exists(), f"{path.name} was not written")
        left = sorted(p.name for p in self.folder.iterdir() if p.name.startswith(".") or ".tmp" in p.name or ".part" in p.name)
        expect(not left, f"left behind: {left}")
        for path in self.files:
            if path.exists():
                self.hold_file(path)
        if self.json:
            self.hold_accounts()

    def hold_error(self):
        expect(not self.out.strip(), f"an error, and yet output: {self.out[:300]}")
        expect(re.fullmatch(r"cordon: .+\n", self.err), f"the message is not one line: {self.err[:600]!r}")
        expect(len(self.err) < 4000, f"a message of {len(self.err)} characters")
        for path in [*self.files, self.folder / "v.provenance.json", self.folder / "f.provenance.json"]:
            expect(not path.exists(), f"an error, and yet {path.name} is there")

    def hold_text(self, name, data):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Fault(f"{name} is not UTF-8: {error}")
        found = CONTROL.search(text)
        expect(not found, f"{name} holds {found.group()!r} unescaped" if found else "")

    def hold_file(self, path):
        if path.suffix not in (".csv", ".json", ".geojson"):
            return
        data = path.read_bytes()
        if path.suffix == ".csv":
            self.hold_csv(path, data)
            return
        self.hold_text(path.name, data)
        json.loads(data.decode("utf-8"))

    def hold_csv(self, path, data):
        text = data.decode("utf-8")  # UTF-8 or a fault
        expect("\x00" not in text, f"{path.name} holds NUL")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        expect(rows, f"{path.name} is empty")
        for row in rows:
            expect(len(row) == len(rows[0]), f"{path.name}: a row of {len(row)} cells under {len(rows[0])} columns: {row}")
            for cell in row:
                lead = cell.lstrip(" \u00a0\u3000")
                expect(not lead.startswith(FORMULA) or NUMBER.match(cell), f"{path.name}: a spreadsheet would run {cell!r}")

    def hold_accounts(self):
        for account in self.json["rows"]:
            parts = account["used"] + account["not_used"] + account["ruled_out"]
            expect(account["read"] == parts, f"rows read do not add up: {account}")
            listed = [i for i in self.issues if i["layer"] == account["layer"] and i.get("file") == account["file"] and i["kept"] == "not-used"]
            expect(len(listed) >= account["not_used"], f"{account['not_used']} rows of {account['layer']} not used, {len(listed)} listed")
        hides = any(i["may_hide_breach"] for i in self.issues)
        expect(self.json["complete"] == (not hides), "`complete` and the issues differ")
        expect(self.status == (4 if hides else self.status) and (self.status != 4 or hides), f"exit status {self.status}, rows that may hide a breach: {hides}")
        by_reference = [p["reference"] for p in self.json["proposals"]]
        expect(len(by_reference) == self.json["tally"]["proposals"], "the tally does not count the proposals of the report")


class Bench:
    """A folder with a sound study: schools, parks, outlets (the proposals), areas, a policy."""

    def __init__(self, name):
        self.folder = Path(tempfile.mkdtemp(prefix=f"cordon-bad-{name}-"))
        self.study = {"title": "Bad inputs", "crs": "EPSG:27700", "area": {"layer": "areas"}, "as-at": Raw("2024-06-01"), "policies": ["policy.toml"]}
        self.layers = {}
        self.policy = {"id": "D-DM12", "title": "Hot food takeaways", "authority": "Exampleshire", "in-force": Raw("{ from = 2019-04-01 }"),
                       "applies-to": ["hot-food-takeaway"]}
        self.rules = [self.rule("SCH-400", "schools", "<= 400 m"), self.rule("PARK-200", "parks", "<= 200 m")]
        self.study_text = self.policy_text = None  # in place of what the tables say
        self.extra = ""                            # after the study
        self.options = []
        self.env = {}

    @staticmethod
    def rule(name, layer, breach):
        return {"id": name, "cite": name, "distance": {"to": [layer], "from": "boundary"}, "breach": breach, "outcome": "refuse"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for folder, names, _files in os.walk(self.folder):
            for name in names:
                if not os.path.islink(os.path.join(folder, name)):
                    os.chmod(os.path.join(folder, name), 0o755)
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return name

    def write_study(self):
        if self.policy_text is None:
            self.policy_text = toml_table("policy", self.policy) + "".join("[" + toml_table("rule", r).replace("]", "]]", 1) for r in self.rules)
        self.write("policy.toml", self.policy_text)
        if self.study_text is None:
            self.study_text = toml_table("study", self.study) + "".join(toml_table("layers." + toml_key(n), k) for n, k in self.layers.items()) + self.extra
        self.write("study.toml", self.study_text)

    def run(self, *arguments, files=("v.csv", "v.json", "v.geojson"), findings=True, command="check", rules=True, **how):
        """Runs a command on the study; `files` are asked for with --out."""
        self.write_study()
        wanted = [self.folder / name for name in files]
        words = [command, str(self.folder / "study.toml")]
        for path in wanted:
            words += ["--out", str(path)]
        if findings and files:
            wanted.append(self.folder / "f.csv")
            words += ["--findings", str(wanted[-1])]
        for path in wanted:
            for old in (path, Path(str(path) + ".provenance.json"), path.with_suffix(".provenance.json")):
                old.unlink(missing_ok=True)
        before = self.inputs()
        run = self.call(words + self.options + list(arguments), wanted, **how)
        expect(self.inputs() == before, "an input was changed, or something was written beside it")
        if rules:
            run.hold_rules()
        return run

    def inputs(self):
        outputs = re.compile(r"[vf]\.[a-z]+(\.provenance\.json)?|[vf]\.provenance\.json|report.*", re.DOTALL)
        found = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and not outputs.fullmatch(path.name) and os.access(path, os.R_OK):
                found[str(path)] = digest(path)
        return found

    def call(self, words, wanted=(), stdout=subprocess.PIPE, cwd=None, env=None, prefix=(), before=None):
        environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", **self.env, **(env or {})}

        def prepare():
            limits()
            if before:
                before()

        try:
            done = subprocess.run([*prefix, program(), *words], stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, cwd=cwd or self.folder,
                                  env=environment, preexec_fn=prepare, timeout=WAITING * (3 if sanitized() else 1), check=False)
        except subprocess.TimeoutExpired:
            raise Fault(f"still running after {WAITING} s")
        return Run(done.returncode, done.stdout or b"", done.stderr, self.folder, list(wanted)).read()

    def call_study(self, *arguments, **how):
        """`check` of the study as it is written, with these arguments and no others."""
        self.write_study()
        return self.call(["check", str(self.folder / "study.toml"), *arguments], **how)

    # What a test usually expects.
    def fails(self, pattern, *arguments, status=None, **how):
        """An error: status 2 or 3, one line that says what is wrong, nothing written."""
        run = self.run(*arguments, **how)
        expect(run.status in ((status,) if status else (2, 3)), f"exit status {run.status}, an error was expected: {run.err or run.issue_text()[:1200]}")
        expect(re.search(pattern, run.err), f"the message does not match {pattern}: {run.err}")
        return run

    def finishes(self, *arguments, status=0, **how):
        run = self.run(*arguments, **how)
        allowed = status if isinstance(status, tuple) else (status,)
        expect(run.status in allowed, f"exit status {run.status}, {allowed} was expected: {run.err or run.issue_text()[:1200]}")
        return run


def near(a, b, within=0.001):
    return a is not None and abs(a - b) <= within + 1e-9


def as_nobody():
    """Words that run a command as an unprivileged user; None when this is one already."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv"):
        return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]
    if shutil.which("runuser"):
        return ["runuser", "-u", "nobody", "--"]
    raise Skip("neither setpriv nor runuser is here to become an unprivileged user")


def tests_of(module):
    """Its functions that take a bench and nothing else, in the order of the file."""
    found = [f for f in vars(module).values() if getattr(f, "__module__", "") == module.__name__ and hasattr(f, "__code__")]
    return [(f.__name__, f) for f in found if f.__code__.co_varnames[:f.__code__.co_argcount] == ("bench",) and not f.__name__.startswith("_")]


def run_tests(tests, only):
    """Runs (name, function) pairs; prints a line for each; gives ctest's status."""
    chosen = [(name, test) for name, test in tests if not only or any(re.fullmatch(o, name) for o in only)]
    if not chosen:
        print(f"no test is called {' or '.join(only)}")
        return 1
    wrong, skipped = [], 0
    for name, test in chosen:
        try:
            with Bench(re.sub(r"\W+", "-", name)) as bench:
                test(bench)
            print(f"ok    {name}")
        except Skip as reason:
            skipped += 1
            print(f"skip  {name}: {reason}")
        except Exception as fault:  # a fault of the program, or an answer of a shape that cannot be read
            wrong.append(name)
            kind = "" if isinstance(fault, Fault) else f"{type(fault).__name__}: "
            print(f"WRONG {name}: {kind}{fault}")
    print(f"{len(chosen)} tests, {len(wrong)} wrong, {skipped} skipped" + (": " + " ".join(wrong) if wrong else ""))
    if wrong:
        return 1
    return SKIPPED if skipped == len(chosen) else 0
