-- name: orders_by_status
SELECT status, COUNT(*) AS orders FROM orders GROUP BY status;
