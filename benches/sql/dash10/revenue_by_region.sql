-- name: revenue_by_region
SELECT region, SUM(total) AS revenue, COUNT(*) AS orders FROM orders GROUP BY region ORDER BY revenue DESC;
