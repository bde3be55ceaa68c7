CREATE TABLE customers (id BIGINT PRIMARY KEY, name TEXT NOT NULL, credit NUMERIC);
CREATE TABLE orders (id BIGINT PRIMARY KEY, customer_id BIGINT, other_id BIGINT NOT NULL, total NUMERIC(10,2) NOT NULL);
-- queries:
-- name: in_select_list
SELECT id, EXISTS (SELECT 1 FROM orders WHERE customer_id = id) AS buys FROM customers;
-- name: under_or
SELECT id FROM customers c WHERE name = 'a' OR EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id);
-- name: scalar
SELECT id FROM customers c WHERE id = (SELECT MAX(customer_id) FROM orders);
-- name: not_in_with_nulls
SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders);
-- name: two_columns
SELECT id FROM customers WHERE id IN (SELECT other_id, total FROM orders);
-- name: grouped
SELECT id FROM customers WHERE id IN (SELECT other_id FROM orders GROUP BY other_id HAVING COUNT(*) > 3);
-- name: aggregated
SELECT id FROM customers c WHERE EXISTS (SELECT COUNT(*) FROM orders o WHERE o.other_id = c.id);
-- name: limited
SELECT id FROM customers WHERE id IN (SELECT other_id FROM orders ORDER BY total DESC LIMIT 3);
-- name: unconnected
SELECT id FROM customers WHERE EXISTS (SELECT 1 FROM orders WHERE total > 100.00);
-- name: inequality
SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.other_id > c.id);
-- name: fallible_connection
SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.other_id = 10 / c.id);
-- name: several_tables
SELECT c.id FROM customers c JOIN orders p ON p.other_id = c.id WHERE EXISTS (SELECT 1 FROM orders o WHERE o.other_id = CASE WHEN c.name = 'a' THEN p.id END);
-- name: fallible_guard
SELECT id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.other_id = c.id AND 1 / c.id > 0);
-- name: unknown_inside
SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer = c.id);
-- name: types_differ
SELECT id FROM customers c WHERE c.name IN (SELECT other_id FROM orders);
-- name: unknown_order
SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id ORDER BY o.totl);
-- name: order_by_position
SELECT id FROM customers WHERE id IN (SELECT other_id FROM orders ORDER BY total, 2);
