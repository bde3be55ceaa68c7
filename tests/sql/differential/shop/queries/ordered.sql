-- name: newest
SELECT id, status, created_at FROM orders ORDER BY created_at DESC LIMIT 5;

-- name: newest_paged
SELECT id, created_at FROM orders ORDER BY created_at DESC, id LIMIT 3 OFFSET 4;

-- name: nulls_first
SELECT id, credit FROM customers ORDER BY credit NULLS FIRST, id;

-- name: nulls_last
SELECT id, credit FROM customers ORDER BY credit DESC NULLS LAST LIMIT 4;

-- name: nulls_default
SELECT id, region FROM customers ORDER BY region LIMIT 4;

-- name: nulls_default_descending
SELECT id, region, credit FROM customers ORDER BY region DESC, credit, id DESC LIMIT 6 OFFSET 1;

-- name: ties
SELECT id, status FROM orders ORDER BY status LIMIT 4;

-- name: ties_of_groups
SELECT product_id, COUNT(*) AS n FROM items GROUP BY product_id ORDER BY n DESC LIMIT 2;

-- name: ties_of_hidden_groups
SELECT COUNT(*) AS n FROM items GROUP BY product_id ORDER BY n DESC LIMIT 3 OFFSET 1;

-- name: by_unselected
SELECT name FROM products ORDER BY price DESC, id LIMIT 5;

-- name: by_unselected_aggregate
SELECT status FROM orders GROUP BY status ORDER BY SUM(total) DESC, status;

-- name: by_expression
SELECT id, total FROM orders ORDER BY total * -1, id LIMIT 6;

-- name: by_failing_expression
SELECT order_id, line FROM items ORDER BY 60 / quantity, order_id, line LIMIT 3;

-- name: by_ordinal
SELECT status, SUM(total) AS total FROM orders GROUP BY status ORDER BY 2 DESC, 1 DESC LIMIT 2;

-- name: bag_ordered
SELECT page, seconds FROM visits ORDER BY seconds DESC, page;

-- name: bag_top
SELECT page, seconds FROM visits ORDER BY seconds DESC LIMIT 5;

-- name: bag_ties
SELECT page FROM visits ORDER BY page LIMIT 4 OFFSET 2;

-- name: bag_by_unselected
SELECT page FROM visits ORDER BY seen_at DESC NULLS LAST LIMIT 4;

-- name: limit_without_order
SELECT id, name FROM products LIMIT 3;

-- name: offset_without_limit
SELECT id, name FROM products ORDER BY name OFFSET 2;

-- name: limit_zero
SELECT id FROM products ORDER BY id LIMIT 0;

-- name: distinct_ordered
SELECT DISTINCT page FROM visits ORDER BY page DESC NULLS LAST LIMIT 3;

-- name: join_top
SELECT o.id, c.name, o.total FROM orders o JOIN customers c ON c.id = o.customer_id
ORDER BY c.name, o.total DESC LIMIT 5 OFFSET 1;

-- name: having_top
SELECT c.region, SUM(o.total) AS total FROM customers c JOIN orders o ON o.customer_id = c.id
GROUP BY c.region HAVING COUNT(*) > 1 ORDER BY total DESC LIMIT 2;

-- name: float_order
SELECT name, weight FROM products ORDER BY weight, name LIMIT 5;
