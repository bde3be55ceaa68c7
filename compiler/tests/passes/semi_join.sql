CREATE TABLE customers (id BIGINT PRIMARY KEY, name TEXT NOT NULL, blocked BOOLEAN NOT NULL);
CREATE TABLE orders (id BIGINT PRIMARY KEY, customer_id BIGINT, total NUMERIC(10,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- The inner side is a group by what connects it. A key that may be NULL matches nothing, so such rows are left out of it.
-- name: buyers
SELECT c.id, c.name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.total > 100.00);

-- An anti-join asks the other way round. What it asks of the outer row alone decides whether that row looks for a match at all.
-- name: idle
SELECT COUNT(*) AS customers FROM customers c
WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.created_at > NOW() - INTERVAL '30 days' AND NOT c.blocked);

-- The same as EXISTS with an equality; the group is shared.
-- name: names
SELECT c.name, COUNT(*) AS customers FROM customers c WHERE c.id IN (SELECT customer_id FROM orders o WHERE o.total > 100.00) GROUP BY c.name;
