-- A change of an order finds its one customer before its many items, and all are computed from the items.
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE orders (id BIGINT PRIMARY KEY, customer_id INTEGER REFERENCES customers (id));
CREATE TABLE items (order_id BIGINT NOT NULL REFERENCES orders (id), line INTEGER, quantity INTEGER NOT NULL, PRIMARY KEY (order_id, line));
-- queries:
-- name: lines
SELECT c.name, i.line, i.quantity FROM orders o JOIN items i ON i.order_id = o.id JOIN customers c ON c.id = o.customer_id;
