-- name: five_tables
SELECT r.name AS region, c.name AS customer, o.id, i.line, p.name AS product, i.quantity * p.price AS value
FROM regions r
JOIN customers c ON c.region = r.code
JOIN orders o ON o.customer_id = c.id
JOIN items i ON i.order_id = o.id
JOIN products p ON p.id = i.product_id
WHERE p.price > 0;

-- name: comma_join
SELECT o.id, c.name FROM orders o, customers c WHERE o.customer_id = c.id AND c.credit > 0;

-- name: using_join
SELECT page, customer_id, o.id FROM visits JOIN orders o USING (customer_id) WHERE o.total > 0;

-- name: natural_names
SELECT name, c.id, p.weight FROM customers c JOIN products p USING (name);

-- name: referrer_of_referrer
SELECT a.id, b.name AS first, c.name AS second
FROM customers a JOIN customers b ON b.id = a.referrer JOIN customers c ON c.id = b.referrer;

-- name: same_region
SELECT a.id AS one, b.id AS other FROM customers a JOIN customers b ON b.region = a.region AND a.id < b.id;

-- name: same_region_counts
SELECT a.region, COUNT(*) AS pairs, SUM(b.credit) AS credit
FROM customers a JOIN customers b ON b.region = a.region GROUP BY a.region;

-- name: visits_meet
SELECT a.page, COUNT(*) AS pairs FROM visits a JOIN visits b ON a.page = b.page AND a.customer_id = b.customer_id
GROUP BY a.page;

-- name: visits_rows
SELECT a.page, b.seconds FROM visits a JOIN visits b ON a.seen_at = b.seen_at;

-- name: nullable_keys
SELECT c.id, v.page FROM customers c JOIN visits v ON v.customer_id = c.referrer;

-- name: expression_keys
SELECT o.id, p.name FROM orders o JOIN products p ON LOWER(p.name) = LOWER(p.sku) AND p.id = o.id;

-- name: computed_equality
SELECT c.name, p.name AS product FROM customers c JOIN products p ON UPPER(c.name) = UPPER(p.name);

-- name: mixed_widths
SELECT i.order_id, i.line, c.name FROM items i JOIN customers c ON c.id = i.line;

-- name: mixed_widths_of_product
SELECT v.page, p.name FROM visits v JOIN products p ON p.id = v.customer_id;

-- name: inequality_beside
SELECT o.id, i.line FROM orders o JOIN items i ON i.order_id = o.id AND i.price < o.total;

-- name: not_distinct
SELECT a.id, b.id AS other
FROM customers a JOIN customers b ON a.region = b.region AND a.credit IS NOT DISTINCT FROM b.credit;

-- name: failing_join
SELECT o.id, i.line, 10 / i.quantity AS tenth FROM orders o JOIN items i ON i.order_id = o.id AND 10 / i.quantity > 1;

-- name: failing_both_sides
SELECT c.name, COUNT(*) AS n
FROM customers c JOIN orders o ON o.customer_id = c.id
WHERE 100 / c.credit > 1 AND 100 / o.total < 50 GROUP BY c.name;

-- name: failing_self_join
SELECT a.id, b.id AS other FROM customers a JOIN customers b ON b.referrer = a.id WHERE a.credit / b.credit > 1;

-- name: order_value_by_customer
SELECT c.id, c.name, c.region, SUM(i.quantity * i.price) AS value, COUNT(DISTINCT i.product_id) AS products
FROM customers c JOIN orders o ON o.customer_id = c.id JOIN items i ON i.order_id = o.id GROUP BY c.id;

-- name: order_value_by_region
SELECT r.code, r.name, SUM(o.total) AS total, MIN(o.created_at) AS first
FROM regions r JOIN customers c ON c.region = r.code JOIN orders o ON c.id = o.customer_id GROUP BY r.code;

-- name: products_in_orders
SELECT DISTINCT p.name FROM products p JOIN items i ON i.product_id = p.id JOIN orders o ON o.id = i.order_id
WHERE o.status IN ('new', 'paid');

-- name: contradictory
SELECT o.id FROM orders o JOIN items i ON i.order_id = o.id WHERE o.id = i.line AND o.id = 3;

-- name: two_paths
SELECT o.id, i.line, p.id AS product FROM orders o JOIN items i ON i.order_id = o.id
JOIN products p ON p.id = i.product_id AND p.price = i.price;

-- name: siblings
SELECT a.order_id, a.line, b.line AS other FROM items a JOIN items b ON a.order_id = b.order_id AND a.line < b.line;

-- name: siblings_by_product
SELECT a.product_id, SUM(a.quantity * b.quantity) AS crossed
FROM items a JOIN items b ON a.product_id = b.product_id GROUP BY a.product_id;

-- name: three_copies
SELECT a.page, COUNT(*) AS n FROM visits a JOIN visits b ON b.page = a.page JOIN visits c ON c.page = b.page
GROUP BY a.page HAVING COUNT(*) > 1;

-- name: rename_product
SELECT p.name, COUNT(*) AS lines, SUM(i.quantity) AS units
FROM items i JOIN products p ON p.id = i.product_id GROUP BY p.name;

-- name: all_names
SELECT MIN(c.name) AS least, MAX(p.name) AS greatest, COUNT(*) AS n
FROM items i JOIN products p ON p.id = i.product_id JOIN orders o ON o.id = i.order_id
JOIN customers c ON c.id = o.customer_id;

-- name: constant_keys
SELECT o.id, i.line, p.name FROM orders o JOIN items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id
WHERE o.customer_id = 1 + 1 AND i.line < 2 * 2;

-- name: constant_key_of_groups
SELECT c.region, c.id, COUNT(*) AS orders FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = 4 - 1 GROUP BY c.region, c.id;
