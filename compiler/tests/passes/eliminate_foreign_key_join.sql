CREATE TABLE products (id BIGINT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE items (id BIGINT PRIMARY KEY, product_id BIGINT REFERENCES products(id), other_id BIGINT, quantity INTEGER NOT NULL);
-- queries:
-- Every item has its product, or none: the product's row says nothing that the item does not.
-- name: by_product
SELECT p.id, SUM(i.quantity) AS units FROM items i JOIN products p ON p.id = i.product_id GROUP BY p.id;

-- Not a foreign key: the join stays, since it drops items.
-- name: by_other
SELECT p.id, SUM(i.quantity) AS units FROM items i JOIN products p ON p.id = i.other_id GROUP BY p.id;

-- A column of the product is read: the join stays.
-- name: named
SELECT p.id, COUNT(*) AS items FROM items i JOIN products p ON p.id = i.product_id WHERE p.name <> '' GROUP BY p.id;
