-- Renaming a product touches one group of items.
CREATE TABLE products (id BIGINT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE items (id BIGINT PRIMARY KEY, product_id BIGINT NOT NULL REFERENCES products (id), quantity INTEGER NOT NULL);
-- queries:
-- name: units_by_name
SELECT p.name, SUM(i.quantity) AS units FROM items i JOIN products p ON p.id = i.product_id GROUP BY p.name;
