-- Orders leave this hour by themselves, as time goes by.
-- name: last_hour
SELECT COUNT(*) AS orders, SUM(total) AS revenue
FROM orders
WHERE created_at > NOW() - INTERVAL '1 hour';
