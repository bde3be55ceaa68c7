-- Every item has its order, of which nothing is read; a customer is read, and an order may have none.
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE orders (id BIGINT PRIMARY KEY, customer_id INTEGER REFERENCES customers (id));
CREATE TABLE items (order_id BIGINT NOT NULL REFERENCES orders (id), line INTEGER, quantity INTEGER NOT NULL, PRIMARY KEY (order_id, line));
-- queries:
-- name: units
SELECT o.id, SUM(i.quantity) AS units FROM items i JOIN orders o ON o.id = i.order_id GROUP BY o.id;
-- name: orders_of_somebody
SELECT COUNT(*) AS orders FROM orders o JOIN customers c ON c.id = o.customer_id;
