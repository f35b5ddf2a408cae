# SPDX-License-Identifier: Apache-2.0
"""PostGIS on a cluster of its own: made in a temporary folder, run by an unprivileged user, gone at the end.

It listens on a socket in that folder and on no port. The times are those of the query alone, with as many sessions
as there are processors, because PostgreSQL runs a query of this shape on one of them.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from process import Failed, Run
from world import LIMIT_M

# A machine of the cluster's own: no safety on disk, much memory, both processors for indexes.
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
shared_buffers = {buffers}MB
work_mem = 256MB
maintenance_work_mem = 1GB
effective_cache_size = {cache}MB
max_parallel_workers = 4
max_parallel_workers_per_gather = 2
max_parallel_maintenance_workers = 2
random_page_cost = 1.1
jit = off
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 8GB
checkpoint_timeout = 30min
autovacuum = off
client_min_messages = warning
"""

VERDICT = """select p.id, (exists(select 1 from schools s where st_dwithin(s.geom, p.geom, {limit}))
                        or exists(select 1 from {parks} k where st_dwithin(k.geom, p.geom, {limit}))) w
from proposals p"""

NEAREST = """select p.id, (s.d <= {limit} or k.d <= {limit}) w, s.id sid, s.d sd, k.id kid, k.d kd
from proposals p
cross join lateral (select id, geom <-> p.geom d from schools order by geom <-> p.geom limit 1) s
cross join lateral (select id, geom <-> p.geom d from {parks} order by geom <-> p.geom limit 1) k"""


def find_programs():
    """The folder of initdb and pg_ctl, the newest that there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if not on_path:
        raise Failed("PostgreSQL is not installed (Debian: postgresql-15 postgresql-15-postgis-3)")
    return Path(on_path).resolve().parent


def unprivileged():
    """Whom the cluster runs as, where we are root: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Failed("no unprivileged user (postgres, nobody) to run PostgreSQL as")


class Cluster:
    """with Cluster() as cluster: …"""

    def __init__(self):
        self.programs = find_programs()
        self.user = unprivileged()
        self.sessions = len(os.sched_getaffinity(0))
        self.folder = None

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="cordon-bench-"))
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self):
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.as_user("initdb", "-D", self.folder / "data", "-U", "bench", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
        with (self.folder / "data/postgresql.auto.conf").open("a") as out:
            out.write(SETTINGS.format(folder=self.folder, buffers=min(4096, memory // 5), cache=memory // 2))
        self.as_user("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-t", 120, "start")

    def __exit__(self, *_):
        if (self.folder / "data/postmaster.pid").exists():
            try:
                self.as_user("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")
            except Failed as problem:
                print(problem)
        shutil.rmtree(self.folder, ignore_errors=True)

    def as_user(self, program, *arguments):
        argv = [str(word) for word in (self.programs / program, *arguments)]
        if self.user:
            argv = ["runuser", "-u", self.user.pw_name, "--", *argv]
        # To a file, not a pipe: the server keeps what it was started with open.
        with open(self.folder / f"{program}.out", "w+") as words:
            done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT, cwd=self.folder, check=False)
            words.seek(0)
            if done.returncode:
                log = self.folder / "log"
                raise Failed(f"{program}: {words.read()[-1500:]}{log.read_text()[-1500:] if log.exists() else ''}")

    def psql_argv(self, database):
        return ["psql", "-h", str(self.folder), "-U", "bench", "-d", database, "-v", "ON_ERROR_STOP=1", "-X", "-q", "-A", "-t", "-F", ","]

    def sql(self, *statements, database="bench"):
        """Runs the statements, each in a transaction of its own; what the last one printed."""
        argv = self.psql_argv(database)
        for statement in statements:
            argv += ["-c", statement]
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failed(f"psql: {done.stderr.strip()}\n{statements}")
        return done.stdout.strip()

    def rows(self, statement, database="bench"):
        """The rows of a query as texts, one after another, however many."""
        argv = self.psql_argv(database) + ["-c", f"copy ({statement}) to stdout (format csv)"]
        with subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as child:
            for line in child.stdout:
                yield line.rstrip("\n").split(",")
        if child.returncode:
            raise Failed(f"psql ended with {child.returncode}: {statement}")

    def load(self, world):
        """Tables with indexes and statistics. Seconds."""
        started = time.monotonic()
        self.sql("create database bench", database="postgres")
        self.sql("create extension postgis")
        for name in ("schools", "parks"):
            done = subprocess.run(["ogr2ogr", "-f", "PostgreSQL", f"PG:host={self.folder} user=bench dbname=bench", str(world.folder / f"{name}.gpkg"),
                                   "-nln", name, "-lco", "GEOMETRY_NAME=geom", "-lco", "UNLOGGED=ON", "-lco", "SPATIAL_INDEX=NONE",
                                   "--config", "PG_USE_COPY", "YES"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
            if done.returncode:
                raise Failed(f"ogr2ogr: {done.stderr}")
            self.sql(f"create index on {name} using gist(geom)", f"vacuum analyze {name}")
        self.sql("create unlogged table raw(id int, x float8, y float8)",
                 f"\\copy raw from '{world.proposals}' with (format csv, header)",
                 "create unlogged table proposals as select id, st_setsrid(st_makepoint(x, y), 27700)::geometry(point, 27700) geom from raw",
                 "drop table raw", "create index on proposals using gist(geom)", "vacuum analyze proposals")
        return time.monotonic() - started

    def subdivide(self):
        """What an expert does with large polygons: pieces of at most 32 vertices, the same set of points. Seconds."""
        started = time.monotonic()
        self.sql("create unlogged table pieces as select id, st_subdivide(geom, 32) geom from parks",
                 "create index on pieces using gist(geom)", "vacuum analyze pieces")
        return time.monotonic() - started

    def query(self, job, parks="parks"):
        """The job's query, in as many sessions as processors, each a part of the proposals. Its cost."""
        body = {"verdict": VERDICT, "nearest": NEAREST}[job].format(limit=LIMIT_M, parks=parks)
        count = self.sessions
        self.sql("drop view if exists answer", *(f"drop table if exists answer_{k}" for k in range(count)))
        problems = []

        def session(k):
            try:
                self.sql(f"create unlogged table answer_{k} as {body} where p.id % {count} = {k}")
            except Failed as problem:
                problems.append(problem)

        watch = Watch(self.postmaster())
        used, started = children_seconds(self.postmaster()), time.monotonic()
        threads = [threading.Thread(target=session, args=(k,)) for k in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wall = time.monotonic() - started
        time.sleep(0.3)  # until the postmaster has counted its finished children
        peak = watch.stop()
        if problems:
            raise problems[0]
        self.sql("create view answer as " + " union all ".join(f"select * from answer_{k}" for k in range(count)))
        return Run(wall, children_seconds(self.postmaster()) - used, peak)

    def answer(self, job):
        """Rows, rows within the limit, and with `nearest` the sums: nearest of all, schools, parks."""
        more = ", sum(least(sd, kd)), sum(sd), sum(kd)" if job == "nearest" else ""
        numbers = self.sql(f"select count(*), count(*) filter (where w){more} from answer").split(",")
        return (int(numbers[0]), int(numbers[1]), *map(float, numbers[2:]))

    def version(self):
        return self.sql("select postgis_lib_version()")

    def postmaster(self):
        return int((self.folder / "data/postmaster.pid").read_text().split("\n", 1)[0])


def children_seconds(pid):
    """Processor time of the finished children of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


class Watch(threading.Thread):
    """Peak memory of a cluster: what its processes have to themselves, and the buffers that they share, once."""

    def __init__(self, postmaster):
        super().__init__(daemon=True)
        self.postmaster, self.peak_kb, self.over = postmaster, 0, threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(0.1):
            own = shared = 0
            for pid in [self.postmaster, *children(self.postmaster)]:
                memory = memory_kb(pid)
                own += memory.get("RssAnon", 0)
                shared = max(shared, memory.get("RssShmem", 0))
            self.peak_kb = max(self.peak_kb, own + shared)

    def stop(self):
        self.over.set()
        self.join()
        return self.peak_kb / 1024


def children(pid):
    try:
        return map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    except OSError:
        return []


def memory_kb(pid):
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:  # it has ended since
        return {}
    return {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith("Rss")}
