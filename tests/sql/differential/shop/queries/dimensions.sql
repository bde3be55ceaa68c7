-- Joins with tables that name or place groups: aggregates go below the join, and joins that contribute nothing go.

-- name: units_by_product
SELECT p.name, p.price, SUM(i.quantity) AS units, COUNT(*) AS lines, COUNT(i.price) AS priced, AVG(i.price) AS average
FROM products p JOIN items i ON i.product_id = p.id GROUP BY p.id;

-- name: units_by_name
SELECT p.name, SUM(i.quantity) AS units, COUNT(*) AS lines, MIN(i.price) AS cheapest, MAX(i.price) AS dearest,
       SUM(i.quantity * i.price) AS revenue, AVG(i.price) AS average, MIN(i.quantity) AS least
FROM products p JOIN items i ON i.product_id = p.id GROUP BY p.name;

-- name: revenue_by_customer_name
SELECT c.name, c.region, SUM(o.total) AS total, COUNT(*) FILTER (WHERE o.status = 'paid') AS paid,
       SUM(o.total) FILTER (WHERE o.created_at > NOW() - INTERVAL '2 hours') AS recent
FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.name, c.region;

-- name: customers_with_orders
SELECT c.id, c.name, COUNT(*) AS orders, MAX(o.total) AS largest
FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.status <> 'void' GROUP BY c.id HAVING COUNT(*) > 1;

-- name: lines_by_region
SELECT r.name AS region, SUM(i.quantity) AS units, COUNT(*) AS lines
FROM regions r JOIN customers c ON c.region = r.code JOIN orders o ON o.customer_id = c.id JOIN items i ON i.order_id = o.id
GROUP BY r.name;

-- name: recent_units_by_product
SELECT p.id, p.name, SUM(i.quantity) AS units
FROM items i JOIN orders o ON o.id = i.order_id JOIN products p ON p.id = i.product_id
WHERE o.created_at > NOW() - INTERVAL '3 hours' AND o.status <> 'void' GROUP BY p.id ORDER BY units DESC, p.id LIMIT 3;

-- name: best_products
SELECT p.name, SUM(i.quantity) AS units FROM products p JOIN items i ON i.product_id = p.id
GROUP BY p.id ORDER BY units DESC, p.name LIMIT 2 OFFSET 1;

-- name: prices_by_product_name
SELECT p.name, COUNT(DISTINCT i.price) AS prices, SUM(DISTINCT i.quantity) AS quantities
FROM products p JOIN items i ON i.product_id = p.id GROUP BY p.name;

-- name: orders_joined_for_nothing
SELECT i.product_id, SUM(i.quantity) AS units FROM items i JOIN orders o ON o.id = i.order_id GROUP BY i.product_id;

-- name: customers_joined_for_nothing
SELECT c.id, SUM(o.total) AS total FROM orders o JOIN customers c ON c.id = o.customer_id GROUP BY c.id;

-- name: key_read_from_the_referencing_side
SELECT o.id, o.total FROM orders o JOIN customers c ON c.id = o.customer_id;

-- name: referrers
SELECT r.name, COUNT(*) AS referred, SUM(c.credit) AS credit
FROM customers c JOIN customers r ON r.id = c.referrer GROUP BY r.name;

-- name: pairs_of_items
SELECT a.product_id AS first, b.product_id AS second, COUNT(*) AS together, SUM(a.quantity * b.quantity) AS product
FROM items a JOIN items b ON b.order_id = a.order_id AND b.line > a.line GROUP BY a.product_id, b.product_id;

-- name: spans_by_region
SELECT c.region, SUM(INTERVAL '1 day' * o.id) AS spans, COUNT(*) AS n FROM orders o JOIN customers c ON c.id = o.customer_id GROUP BY c.region;
