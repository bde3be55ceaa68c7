-- queries:
SELECT 1 FROM;
SELECT 'it''s
FROM t;
SELECT 2;
