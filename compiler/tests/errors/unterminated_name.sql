-- queries:
SELECT "a FROM t;
