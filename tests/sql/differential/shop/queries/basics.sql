-- name: revenue_by_hour
SELECT DATE_TRUNC('hour', created_at) AS hour, SUM(total) AS revenue, COUNT(*) AS orders, AVG(total) AS average
FROM orders WHERE created_at > NOW() - INTERVAL '24 hours' GROUP BY hour ORDER BY hour DESC;

-- name: top_products
SELECT p.name, p.sku, SUM(i.quantity) AS units, SUM(i.quantity * i.price) AS revenue
FROM products p JOIN items i ON p.id = i.product_id GROUP BY p.id ORDER BY units DESC LIMIT 3;

-- name: kpi
SELECT COUNT(*) FILTER (WHERE created_at > NOW() - INTERVAL '1 hour') AS last_hour,
       SUM(total) FILTER (WHERE status = 'new') AS pending, AVG(total) AS average FROM orders;

-- name: customers_by_region
SELECT region, COUNT(*) AS customers, SUM(credit) AS credit FROM customers GROUP BY region;

-- name: orders_with_customer
SELECT o.id, o.total, c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status <> 'void';

-- name: visits_of_pages
SELECT page, seconds FROM visits WHERE seconds > 1;

-- name: pages
SELECT DISTINCT page FROM visits;

-- name: referrals
SELECT c.name, r.name AS referrer FROM customers c JOIN customers r ON r.id = c.referrer;

-- name: visits_of_customers
SELECT v.page, c.name, COUNT(*) AS visits, MIN(v.seen_at) AS first, MAX(v.seen_at) AS last
FROM visits v JOIN customers c ON c.id = v.customer_id GROUP BY v.page, c.name;

-- name: price_by_quantity
SELECT order_id, line, price / quantity AS each FROM items;

-- name: regional_revenue
SELECT r.name, SUM(i.quantity * i.price) AS revenue, COUNT(DISTINCT o.id) AS orders
FROM regions r
JOIN customers c ON c.region = r.code
JOIN orders o ON o.customer_id = c.id
JOIN items i ON i.order_id = o.id
GROUP BY r.name
HAVING COUNT(*) > 1
ORDER BY revenue DESC NULLS LAST, r.name;

-- name: inverse_quantities
SELECT product_id, SUM(100 / quantity) AS inverse, COUNT(*) AS lines FROM items GROUP BY product_id;

-- name: quantities
SELECT product_id, COUNT(*) AS lines FROM items GROUP BY product_id;

-- name: heavy
SELECT name, weight FROM products WHERE weight > 2 ORDER BY weight DESC NULLS FIRST, name LIMIT 4 OFFSET 1;

-- name: even_shares
SELECT o.id, i.line FROM orders o JOIN items i ON i.order_id = o.id WHERE 12 / i.quantity > 2;

-- name: constant_terms
SELECT id, total * (1 + 0.05) AS with_tax, 'no. ' || (2 + 3)::text || UPPER('a') AS label, id * (7 % 4) AS tripled,
       CASE WHEN total > 5 * 10 THEN LENGTH('large') ELSE 2 - 3 END AS size
FROM orders WHERE total BETWEEN 10 - 9 AND 10 * 100 AND status <> LOWER('VOID')::status;

-- name: constant_dates
SELECT id, created_at - INTERVAL '1 day' * 2 AS before FROM orders
WHERE created_at >= (DATE '2026-01-30' + 1)::timestamptz AND shipped_at IS DISTINCT FROM TIMESTAMP '2026-01-30 12:00' + INTERVAL '1 hour' * 12;

-- name: constant_failure
SELECT id, CASE WHEN total > 40 THEN id / (1 - 1) ELSE 2 + 2 END AS quotient FROM orders WHERE status = 'paid';
