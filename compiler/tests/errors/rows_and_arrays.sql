CREATE TYPE status AS ENUM ('pending', 'paid');
CREATE TABLE orders (id INTEGER PRIMARY KEY, status status NOT NULL, quantity INTEGER, due DATE, note TEXT);
CREATE TABLE tags (order_id INTEGER NOT NULL, tag TEXT NOT NULL);
-- queries:
-- name: widths
SELECT id FROM orders WHERE (id, quantity) = (1, 2, 3) OR (id, quantity) IN ((1, 2), (3, 4, 5));
-- name: no_row
SELECT id FROM orders WHERE (id, quantity) IN ((1, 2), 3);
-- name: subquery_of_one
SELECT id FROM orders WHERE (id, note) IN (SELECT order_id FROM tags);
-- name: nullable_row
SELECT id FROM orders WHERE (id, note) NOT IN (SELECT order_id, tag FROM tags);
-- name: column_types
SELECT id FROM orders WHERE (id, note) < (due, 1);
-- name: empty
SELECT id FROM orders WHERE id = ANY (ARRAY[]);
-- name: text_elements
SELECT id FROM orders WHERE due = ANY (ARRAY['2026-01-01']) OR status = ANY (ARRAY['paid']);
-- name: bad_element
SELECT id FROM orders WHERE status = ANY (ARRAY['paid', 'payed']::status[]);
-- name: mixed_elements
SELECT id FROM orders WHERE id = ANY (ARRAY[id, note]);
-- name: below_any
SELECT id FROM orders WHERE id < ANY (SELECT order_id FROM tags);
-- name: any_under_or
SELECT id FROM orders WHERE id = 1 OR id = ANY (SELECT order_id FROM tags);
-- name: escape_beside_any
SELECT id FROM orders WHERE note LIKE ANY (ARRAY['a']) ESCAPE '!';
-- name: symmetric
SELECT id FROM orders WHERE id BETWEEN SYMMETRIC 3 AND 1;
-- name: separators
SELECT CONCAT_WS(id, note) AS a, CONCAT_WS(', ') AS b, CONCAT() AS c FROM orders;
-- name: prefixes
SELECT 2 * ~ id - 1 AS a, |/ note AS b, - @ id + 1 AS c FROM orders;
