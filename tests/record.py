#!/usr/bin/env python3
"""Records what PostgreSQL answers to the corpora under sql/recorded.

    python3 tests/record.py [TOPIC ...]        all topics, or those that are named

A topic is a folder with a schema (schema.sql), queries (queries.sql) and changes (changes.jsonl: one transaction, or one move of the clock,
a line, as `cosmictron-compile run` takes them). After each line every query is run, and the results that changed are written to
expected.txt: rows in the text form of COPY, sorted where the query has no ORDER BY, or the name of the error.

The topic `ecommerce` is the example of that name over 300,000 rows and a history that `cargo run --bin ecommerce_history` writes; its
results are written to sql/ecommerce.

Starts a PostgreSQL 15 of its own in a temporary folder and stops it in the end; installs it first where there is none (as root). The tests read
what is recorded and need no PostgreSQL.
"""

import glob
import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile

VERSION = 15
HERE = os.path.dirname(os.path.abspath(__file__))
TOPICS = os.path.join(HERE, "sql", "recorded")
HISTORY = "ecommerce"

STOP, GO_ON = "\\set ON_ERROR_STOP on", "\\set ON_ERROR_STOP off"

# Condition names of the SQLSTATEs that expressions raise.
CONDITIONS = {
    "0A000": "feature_not_supported",
    "21000": "cardinality_violation",
    "22001": "string_data_right_truncation",
    "22003": "numeric_value_out_of_range",
    "22007": "invalid_datetime_format",
    "22008": "datetime_field_overflow",
    "22011": "substring_error",
    "22012": "division_by_zero",
    "2201E": "invalid_argument_for_logarithm",
    "2201F": "invalid_argument_for_power_function",
    "22023": "invalid_parameter_value",
    "22025": "invalid_escape_sequence",
    "22P02": "invalid_text_representation",
    "22P03": "invalid_binary_representation",
    "54000": "program_limit_exceeded",
}

# now() that stands where the changes put it. It hides pg_catalog's, which the search path names last.
CLOCK = """
CREATE SCHEMA clock;
CREATE TABLE clock.moment (at TIMESTAMPTZ NOT NULL);
INSERT INTO clock.moment VALUES ('2000-01-01');
CREATE FUNCTION clock.now() RETURNS TIMESTAMPTZ STABLE LANGUAGE SQL AS 'SELECT at FROM clock.moment';
"""


def programs():
    """The folder with initdb and pg_ctl."""
    found = glob.glob(f"/usr/lib/postgresql/{VERSION}/bin") or glob.glob(f"/opt/homebrew/opt/postgresql@{VERSION}/bin")
    if not found and os.geteuid() == 0:
        subprocess.run(["apt-get", "update"], check=True)
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", f"postgresql-{VERSION}"], check=True)
        found = glob.glob(f"/usr/lib/postgresql/{VERSION}/bin")
    if not found:
        sys.exit(f"there is no PostgreSQL {VERSION}: install it, or run this as root on Debian")
    return found[0]


class Server:
    """A server that lives as long as the `with` block; never root's."""

    def __enter__(self):
        self.bin = programs()
        self.folder = tempfile.mkdtemp(prefix="cosmictron-record-")
        self.user = None
        if os.geteuid() == 0:
            self.user = "postgres"
            account = pwd.getpwnam(self.user)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        data = os.path.join(self.folder, "data")
        self.run(["initdb", "-D", data, "-E", "UTF8", "--locale=C", "--lc-ctype=C.UTF-8", "-A", "trust", "-U", "postgres"])
        options = f"-k {self.folder} -c listen_addresses= -c timezone=UTC -c fsync=off"
        self.run(["pg_ctl", "-D", data, "-w", "-l", os.path.join(self.folder, "log"), "-o", options, "start"])
        return self

    def __exit__(self, *_):
        self.run(["pg_ctl", "-D", os.path.join(self.folder, "data"), "-m", "immediate", "stop"])
        shutil.rmtree(self.folder)

    def run(self, command, **options):
        command = [os.path.join(self.bin, command[0])] + command[1:]
        done = subprocess.run(
            command, user=self.user, cwd=self.folder, capture_output=True, text=True, encoding="utf-8", **options
        )
        if done.returncode != 0:
            sys.exit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
        return done

    def psql(self, database, script):
        """Runs a script and returns what it prints."""
        command = ["psql", "-h", self.folder, "-U", "postgres", "-d", database, "-X", "-q", "-f", "-"]
        return self.run(command, input=script)


class Number(str):
    """A number as it is written, so that no digit is lost."""


def literal(value, is_document):
    """A JSON value as a literal whose type the column decides; a column of documents takes any value as one."""
    if value is None:
        return "NULL"
    if is_document:
        value = document(value)
    if isinstance(value, bool):
        value = "true" if value else "false"
    return "'" + str(value).replace("'", "''") + "'"


def document(value):
    """A JSON value as JSON."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {document(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(document, value)) + "]"
    return json.dumps(value)


def statement(operation, documents):
    """An operation as SQL. `documents` are the JSONB columns, as (table, column)."""
    table = next(operation[kind] for kind in ("insert", "update", "delete") if kind in operation)

    def value(column, value):
        return literal(value, (table, column) in documents)

    def matches(columns):
        return " AND ".join(f'"{c}" IS NOT DISTINCT FROM {value(c, v)}' for c, v in columns.items())

    if "insert" in operation:
        columns = ", ".join(f'"{c}"' for c in operation["row"])
        values = ", ".join(value(c, v) for c, v in operation["row"].items())
        return f'INSERT INTO {table} ({columns}) VALUES ({values});'
    if "update" in operation:
        assignments = ", ".join(f'"{c}" = {value(c, v)}' for c, v in operation["set"].items())
        return f'UPDATE {table} SET {assignments} WHERE {matches(operation["key"])};'
    if "key" in operation:
        return f'DELETE FROM {table} WHERE {matches(operation["key"])};'
    one = f'SELECT ctid FROM {table} WHERE {matches(operation["row"])} LIMIT 1'
    return f"DELETE FROM {table} WHERE ctid = ({one});"


def read_queries(path):
    """The queries of a file by name."""
    with open(path, encoding="utf-8") as file:
        parts = re.split(r"^-- name: (\w+)$", file.read(), flags=re.MULTILINE)
    texts = [re.sub(r"^--.*$", "", text, flags=re.MULTILINE).strip().rstrip(";") for text in parts[2::2]]
    return dict(zip(parts[1::2], texts))


def with_clock(sql):
    """The query with the keywords of the clock as calls of the function that can be moved."""
    sql = re.sub(r"\bCURRENT_TIMESTAMP\b|\bTRANSACTION_TIMESTAMP\(\)", "NOW()", sql, flags=re.IGNORECASE)
    sql = re.sub(r"\bCURRENT_DATE\b", "(NOW()::date)", sql, flags=re.IGNORECASE)
    return re.sub(r"\bLOCALTIMESTAMP\b", "(NOW()::timestamp)", sql, flags=re.IGNORECASE)


def create(server, database, schema):
    """Creates a database with a schema and a clock, and returns its JSONB columns, as (table, column)."""
    server.run(["createdb", "-h", server.folder, "-U", "postgres", database])
    path = f"ALTER DATABASE {database} SET search_path = clock, public, pg_catalog;"
    with open(schema, encoding="utf-8") as file:
        server.psql(database, "\n".join([STOP, file.read(), CLOCK, path]))
    columns = "SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'jsonb'"
    documents = server.psql(database, f"COPY ({columns}) TO STDOUT;").stdout
    return {tuple(line.split("\t")) for line in documents.splitlines()}


def read_changes(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line, parse_float=Number, parse_int=Number) for line in file]


def apply(change, documents):
    """A transaction or a move of the clock as SQL."""
    if "advance" in change:
        return [f"UPDATE clock.moment SET at = {literal(change['advance'], False)};"]
    return ["BEGIN;", *(statement(o, documents) for o in change["tx"]), "COMMIT;"]


def ask(name, sql):
    """Runs a query under its name."""
    # A COPY that fails half way does not set SQLSTATE, so the query runs by itself first.
    sql = with_clock(sql)
    return [GO_ON, "\\o /dev/null", f"{sql};", "\\o", f"\\echo @query {name} :SQLSTATE", f"COPY ({sql}) TO STDOUT;", STOP]


def record(server, topic):
    """Records what a topic's queries answer after each of its changes."""
    folder = os.path.join(TOPICS, topic)
    queries = read_queries(os.path.join(folder, "queries.sql"))
    documents = create(server, topic, os.path.join(folder, "schema.sql"))
    script = [STOP]
    for number, change in enumerate(read_changes(os.path.join(folder, "changes.jsonl")), 1):
        script += [*apply(change, documents), f"\\echo @line {number}"]
        for name, sql in queries.items():
            script += ask(name, sql)
    done = server.psql(topic, "\n".join(script))
    write(folder, queries, done.stdout)
    for error in re.findall(r"ERROR:.*", done.stderr):
        print(f"  {topic}: {error}")


def record_history(server):
    """Records what the queries of the ecommerce example answer to the history in tests/src/ecommerce where that asks for them."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        command = ["cargo", "run", "-q", "-p", "cosmictron-tests", "--bin", "ecommerce_history", "--", folder]
        subprocess.run(command, cwd=HERE, check=True)
        example = os.path.join(HERE, "..", "generated-examples", "ecommerce")
        queries = read_queries(os.path.join(example, "queries", "dashboard.sql"))
        documents = create(server, HISTORY, os.path.join(example, "schema.sql"))
        script = [STOP]
        for table in ["products", "orders", "order_items"]:
            path = os.path.join(folder, f"{table}.csv")
            with open(path, encoding="utf-8") as file:
                header = file.readline().strip()
            script.append(f"\\copy {table} ({header}) FROM '{path}' CSV HEADER")
        script.append("ANALYZE;")
        for number, change in enumerate(read_changes(os.path.join(folder, "changes.jsonl")), 1):
            if "snapshot" in change:
                script += [f"\\echo @line {number}", *ask(change["snapshot"], queries[change["snapshot"]])]
            else:
                script += apply(change, documents)
        done = server.psql(HISTORY, "\n".join(script))
        write(os.path.join(HERE, "sql", HISTORY), queries, done.stdout)


def write(folder, queries, output):
    """Writes down the results that changed."""
    known = {}
    with open(os.path.join(folder, "expected.txt"), "w", encoding="utf-8") as file:
        file.write(f"# Recorded from PostgreSQL {VERSION} by tests/record.py.\n")
        for part in re.split(r"^@line ", output, flags=re.MULTILINE)[1:]:
            number, rest = part.split("\n", 1)
            file.write(f"line {number}\n")
            for query in re.split(r"^@query ", rest, flags=re.MULTILINE)[1:]:
                title, rows = query.split("\n", 1)
                name, state = title.split(" ")
                rows = rows.splitlines()
                if state != "00000":
                    if state not in CONDITIONS:
                        sys.exit(f"{folder}: {name} fails with SQLSTATE {state}, which has no name here")
                    rows = ["error " + CONDITIONS[state]]
                elif not re.search(r"\bORDER BY\b", queries[name], flags=re.IGNORECASE):
                    rows = sorted("| " + row for row in rows)
                else:
                    rows = ["| " + row for row in rows]
                if known.get(name) != rows:
                    known[name] = rows
                    file.writelines(line + "\n" for line in [f"query {name}", *rows])


def main():
    topics = sys.argv[1:] or [*sorted(os.listdir(TOPICS)), HISTORY]
    with Server() as server:
        for topic in topics:
            print(topic)
            if topic == HISTORY:
                record_history(server)
            else:
                record(server, topic)


main()
