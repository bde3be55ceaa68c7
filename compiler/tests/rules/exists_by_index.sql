-- The store keeps an index of the foreign key.
CREATE TABLE orders (id BIGINT PRIMARY KEY, total NUMERIC(10, 2) NOT NULL);
CREATE TABLE items (order_id BIGINT REFERENCES orders (id), quantity INTEGER NOT NULL);
-- queries:
-- name: empty_orders
SELECT COUNT(*) AS orders FROM orders o WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id);
