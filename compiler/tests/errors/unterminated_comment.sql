-- queries:
SELECT 1 /* one /* two */;
