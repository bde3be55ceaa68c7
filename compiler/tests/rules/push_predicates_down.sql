-- Small orders look nothing up. What can fail waits until there is a row of the join.
CREATE TABLE orders (id BIGINT PRIMARY KEY, total INTEGER NOT NULL);
CREATE TABLE items (id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL REFERENCES orders (id), quantity INTEGER NOT NULL);
-- queries:
-- name: items_of_large_orders
SELECT i.id, o.total FROM orders o JOIN items i ON i.order_id = o.id WHERE o.total > 100 AND i.quantity < o.total AND o.total / i.quantity > 2;
