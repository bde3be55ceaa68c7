"""Runs DuckDB for the benchmark: a line of JSON in, a line of JSON out.

{"write": [sql, ...]} runs the statements in one transaction, {"ask": sql, "parameters": [...]} answers with the rows.
"""

import json
import sys

import duckdb

connection = duckdb.connect()
for line in sys.stdin:
    request = json.loads(line)
    answer = None
    if "ask" in request:
        answer = connection.execute(request["ask"], request["parameters"]).fetchall()
    else:
        connection.execute("BEGIN")
        for sql in request["write"]:
            connection.execute(sql)
        connection.execute("COMMIT")
    print(json.dumps(answer), flush=True)
