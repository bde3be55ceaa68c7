-- name: kpi
SELECT COUNT(*) FILTER (WHERE created_at > NOW() - INTERVAL '1 hour') AS orders_last_hour,
       SUM(total) FILTER (WHERE status = 'pending') AS pending_revenue, AVG(total) AS avg_order_value
FROM orders;
