-- Who buys most: kept up to date with every order.
-- name: best_customers
SELECT c.name, COUNT(*) AS orders, SUM(o.total) AS spent
FROM customers c JOIN orders o ON o.customer_id = c.id
GROUP BY c.id
ORDER BY spent DESC
LIMIT 10;
