-- The product's key determines its name, and an item determines its product.
CREATE TABLE products (id BIGINT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE items (id BIGINT PRIMARY KEY, product_id BIGINT NOT NULL, quantity INTEGER NOT NULL);
-- queries:
-- name: names
SELECT name, id, COUNT(*) AS products FROM products GROUP BY name, id;
-- name: items_with_products
SELECT i.id, p.name FROM items i JOIN products p ON p.id = i.product_id;
