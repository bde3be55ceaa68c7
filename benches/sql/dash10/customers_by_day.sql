-- name: customers_by_day
SELECT DATE_TRUNC('day', created_at) AS day, COUNT(DISTINCT customer_id) AS customers FROM orders GROUP BY day ORDER BY day;
