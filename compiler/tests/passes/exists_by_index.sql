CREATE TABLE orders (id BIGINT PRIMARY KEY, total NUMERIC(10,2) NOT NULL);
CREATE TABLE items (id BIGINT PRIMARY KEY, order_id BIGINT REFERENCES orders(id), other_id BIGINT, quantity INTEGER NOT NULL);
CREATE TABLE lines (order_id BIGINT REFERENCES orders(id), line INTEGER, PRIMARY KEY (order_id, line));
CREATE TABLE rates (id INTEGER PRIMARY KEY, total NUMERIC(10,2) NOT NULL, label TEXT NOT NULL);
-- queries:
-- All rows of a table, through the index of a foreign key: no group is kept.
-- name: empty
SELECT COUNT(*) AS orders FROM orders o WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id);

-- name: filled
SELECT o.id, o.total FROM orders o WHERE EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id);

-- No index on the column: a group counts the matches.
-- name: by_other
SELECT COUNT(*) AS orders FROM orders o WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.other_id = o.id);

-- A condition on the inner rows: the index would have to be searched.
-- name: with_large
SELECT COUNT(*) AS orders FROM orders o WHERE EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id AND i.quantity > 3);

-- The table is joined as well: a change of a row would reach both inputs at once.
-- name: joined_too
SELECT SUM(j.quantity) AS units FROM orders o JOIN items j ON j.other_id = o.id
WHERE EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id);

-- Asked about two tables: the test waits for both, though an index would know about one of them.
-- name: of_two_tables
SELECT o.id, r.label FROM orders o JOIN rates r ON r.total = o.total
WHERE EXISTS (SELECT 1 FROM lines l WHERE l.order_id = o.id AND l.line = r.id);
