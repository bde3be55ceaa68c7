-- name: empty_orders
SELECT COUNT(*) AS orders FROM orders o WHERE NOT EXISTS (SELECT 1 FROM order_items i WHERE i.order_id = o.id);
