-- name: revenue_by_category
SELECT p.category, SUM(oi.quantity * oi.price) AS revenue
FROM orders o JOIN order_items oi ON oi.order_id = o.id JOIN products p ON p.id = oi.product_id
WHERE o.status <> 'void' GROUP BY p.category;
