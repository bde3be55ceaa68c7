-- name: customers_by_day_{n}
SELECT DATE_TRUNC('day', created_at) AS day, COUNT(DISTINCT customer_id) AS customers FROM orders WHERE total > {n} GROUP BY day ORDER BY day;
-- name: empty_orders_{n}
SELECT COUNT(*) AS orders FROM orders o WHERE o.total > {n} AND NOT EXISTS (SELECT 1 FROM order_items i WHERE i.order_id = o.id);
-- name: kpi_{n}
SELECT COUNT(*) FILTER (WHERE created_at > NOW() - INTERVAL '{n} hours') AS recent,
       SUM(total) FILTER (WHERE status = 'pending') AS pending_revenue, AVG(total) AS avg_order_value
FROM orders WHERE total > {n};
-- name: order_range_by_region_{n}
SELECT region, MIN(total) AS smallest, MAX(total) AS largest FROM orders WHERE total > {n} GROUP BY region;
-- name: orders_by_status_{n}
SELECT status, COUNT(*) AS orders FROM orders WHERE total > {n} GROUP BY status;
-- name: revenue_by_category_{n}
SELECT p.category, SUM(oi.quantity * oi.price) AS revenue
FROM orders o JOIN order_items oi ON oi.order_id = o.id JOIN products p ON p.id = oi.product_id
WHERE o.total > {n} GROUP BY p.category;
-- name: revenue_by_hour_{n}
SELECT DATE_TRUNC('hour', created_at) AS hour, SUM(total) AS revenue, COUNT(*) AS orders, AVG(total) AS avg_order_value
FROM orders WHERE created_at > NOW() - INTERVAL '{n} days' GROUP BY hour ORDER BY hour DESC;
-- name: revenue_by_customer_{n}
SELECT customer_id, SUM(total) AS revenue, COUNT(*) AS orders FROM orders WHERE total > {n} GROUP BY customer_id ORDER BY revenue DESC;
-- name: top_customers_{n}
SELECT customer_id, SUM(total) AS spend FROM orders WHERE region = {n} GROUP BY customer_id ORDER BY spend DESC, customer_id LIMIT 10;
-- name: top_products_{n}
SELECT p.name, p.image_url, SUM(oi.quantity) AS units_sold, SUM(oi.quantity * oi.price) AS total_revenue
FROM products p JOIN order_items oi ON p.id = oi.product_id WHERE oi.quantity > {n} GROUP BY p.id ORDER BY units_sold DESC, p.id LIMIT 10;
