-- name: top_customers
SELECT customer_id, SUM(total) AS spend FROM orders GROUP BY customer_id ORDER BY spend DESC, customer_id LIMIT 10;
