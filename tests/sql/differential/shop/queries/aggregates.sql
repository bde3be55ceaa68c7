-- name: every_aggregate
SELECT status, COUNT(*) AS n, COUNT(shipped_at) AS shipped, SUM(total) AS total, AVG(total) AS average, MIN(total) AS least,
       MAX(total) AS greatest, MIN(created_at) AS first, MAX(shipped_at) AS last
FROM orders GROUP BY status;

-- name: every_aggregate_of_all
SELECT COUNT(*) AS n, COUNT(customer_id) AS known, SUM(total) AS total, AVG(total) AS average, MIN(total) AS least,
       MAX(status) AS greatest, BOOL_AND(total > 0) AS positive, BOOL_OR(status = 'void') AS any_void
FROM orders;

-- name: filtered
SELECT customer_id, COUNT(*) FILTER (WHERE status = 'paid') AS paid, SUM(total) FILTER (WHERE total > 2) AS large,
       AVG(total) FILTER (WHERE status <> 'void') AS average, MAX(total) FILTER (WHERE shipped_at IS NOT NULL) AS shipped,
       COUNT(DISTINCT total) FILTER (WHERE total > 1) AS different
FROM orders GROUP BY customer_id;

-- name: distinct_aggregates
SELECT customer_id, COUNT(DISTINCT status) AS states, SUM(DISTINCT total) AS total, AVG(DISTINCT total) AS average,
       MIN(DISTINCT total) AS least, COUNT(DISTINCT total + 1) AS shifted
FROM orders GROUP BY customer_id;

-- name: distinct_of_all
SELECT COUNT(DISTINCT page) AS pages, COUNT(DISTINCT customer_id) AS customers, SUM(DISTINCT seconds) AS seconds,
       AVG(DISTINCT customer_id) AS average FROM visits;

-- name: floats
SELECT page, SUM(seconds) AS total, AVG(seconds) AS average, MIN(seconds) AS least, MAX(seconds) AS greatest
FROM visits GROUP BY page;

-- name: floats_of_all
SELECT SUM(weight) AS total, AVG(weight) AS average, SUM(weight * 2) AS doubled, COUNT(*) FILTER (WHERE weight > 1) AS heavy
FROM products;

-- name: by_expression
SELECT total > 2 AS large, COUNT(*) AS n, SUM(total) AS total FROM orders GROUP BY total > 2;

-- name: by_alias
SELECT DATE_TRUNC('day', created_at) AS day, status, COUNT(*) AS n FROM orders GROUP BY day, status;

-- name: by_ordinal
SELECT EXTRACT(HOUR FROM created_at) AS hour, COUNT(*) AS n FROM orders GROUP BY 1 ORDER BY 1;

-- name: by_hidden
SELECT COUNT(*) AS n, SUM(total) AS total FROM orders GROUP BY status, customer_id;

-- name: by_dependent
SELECT id, name, credit * 2 AS twice, COUNT(*) AS one FROM customers GROUP BY id;

-- name: by_key_and_more
SELECT c.id, c.name, c.region FROM customers c GROUP BY c.id, c.name, c.region;

-- name: by_null
SELECT region, referrer, COUNT(*) AS n FROM customers GROUP BY region, referrer;

-- name: by_coalesce
SELECT COALESCE(region, '?') AS region, COUNT(*) AS n FROM customers GROUP BY COALESCE(region, '?');

-- name: by_case
SELECT CASE WHEN credit > 1 THEN 'rich' WHEN credit IS NULL THEN 'unknown' ELSE 'poor' END AS class, COUNT(*) AS n,
       SUM(credit) AS credit
FROM customers GROUP BY class;

-- name: having_count
SELECT product_id, COUNT(*) AS n FROM items GROUP BY product_id HAVING COUNT(*) > 1;

-- name: having_unselected
SELECT product_id FROM items GROUP BY product_id HAVING SUM(quantity) > 3 AND MIN(price) IS NOT NULL;

-- name: having_null
SELECT product_id, SUM(price) AS price FROM items GROUP BY product_id HAVING SUM(price) > 1 OR SUM(price) IS NULL;

-- name: having_without_groups
SELECT COUNT(*) AS n, MAX(total) AS greatest FROM orders HAVING COUNT(*) > 2;

-- name: having_fails
SELECT product_id, COUNT(*) AS n FROM items GROUP BY product_id HAVING 10 / SUM(quantity) > 0;

-- name: expressions_of_aggregates
SELECT customer_id, SUM(total) / NULLIF(COUNT(shipped_at), 0) AS per_shipped, COALESCE(SUM(total), 0) + COUNT(*) AS mixed,
       CASE WHEN COUNT(*) > 1 THEN 'many' ELSE 'one' END AS how_many
FROM orders GROUP BY customer_id;

-- name: failing_argument
SELECT order_id, SUM(60 / quantity) AS shares, COUNT(*) AS n FROM items GROUP BY order_id;

-- name: failing_argument_beside
SELECT order_id, COUNT(*) AS n, MAX(quantity) AS greatest FROM items GROUP BY order_id;

-- name: failing_filter
SELECT COUNT(*) FILTER (WHERE 60 / quantity > 10) AS small FROM items;

-- name: failing_key
SELECT 60 / quantity AS share, COUNT(*) AS n FROM items GROUP BY 60 / quantity;

-- name: overflowing_sum
SELECT line, SUM(quantity * 1000000) AS large, SUM(order_id) AS wide FROM items GROUP BY line;

-- name: overflowing_product
SELECT order_id, line, quantity * quantity AS square FROM items;

-- name: avg_of_integers
SELECT order_id, AVG(quantity) AS average, AVG(line) AS lines, AVG(product_id) AS products FROM items GROUP BY order_id;

-- name: only_distinct
SELECT DISTINCT status, customer_id FROM orders;

-- name: distinct_expression
SELECT DISTINCT total * 0 AS zero, status = 'void' AS is_void FROM orders;

-- name: single_row_limit
SELECT COUNT(*) AS n, SUM(credit) AS credit FROM customers LIMIT 1;

-- name: single_row_offset
SELECT COUNT(*) AS n FROM customers LIMIT 1 OFFSET 1;

-- name: constant_conditions
SELECT status, SUM(total) FILTER (WHERE total > 4 * 5) AS large, COUNT(*) FILTER (WHERE id % (1 + 2) = 5 - 4) AS thirds, AVG(total + 2 * 3) AS more
FROM orders GROUP BY status HAVING COUNT(*) > 3 - 2;
