-- EXISTS, IN of a subquery and their negations, as conditions of plain queries, aggregates, joins, windows and of one another.

-- name: orders_without_items
SELECT COUNT(*) AS orders FROM orders o WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id);

-- name: orders_with_large_lines
SELECT o.id, o.total FROM orders o
WHERE o.status <> 'void' AND EXISTS (SELECT i.line FROM items i WHERE i.order_id = o.id AND i.quantity > 3 LIMIT 1);

-- name: products_not_sold_lately
SELECT p.id, p.name FROM products p
WHERE p.id NOT IN (SELECT product_id FROM items JOIN orders o ON o.id = order_id WHERE o.created_at > NOW() - INTERVAL '2 hours')
ORDER BY p.price DESC, p.id LIMIT 4;

-- name: customers_who_refer
SELECT c.region, COUNT(*) AS customers, SUM(c.credit) AS credit FROM customers c
WHERE c.id IN (SELECT referrer FROM customers) GROUP BY c.region;

-- name: customers_refer_and_are_referred
SELECT c.id, c.name FROM customers c
WHERE EXISTS (SELECT 1 FROM customers r WHERE r.referrer = c.id) AND EXISTS (SELECT 1 FROM customers r WHERE r.id = c.referrer);

-- name: strangers
SELECT c.name, COUNT(*) AS customers FROM customers c
WHERE NOT EXISTS (SELECT 1 FROM customers r WHERE r.id = c.referrer AND r.region = c.region) GROUP BY c.name;

-- name: revenue_of_complete_orders
SELECT p.name, SUM(i.quantity * i.price) AS revenue, COUNT(*) AS lines
FROM products p JOIN items i ON i.product_id = p.id JOIN orders o ON o.id = i.order_id
WHERE NOT EXISTS (SELECT 1 FROM items u WHERE u.order_id = o.id AND u.price IS NULL) GROUP BY p.id;

-- name: pages_of_customers
SELECT v.page, v.seconds FROM visits v WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = v.customer_id AND c.credit > 10);

-- name: pages_of_nobody
SELECT v.page, COUNT(*) AS visits, AVG(v.seconds) AS seconds FROM visits v
WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = v.customer_id) GROUP BY v.page;

-- name: buyers_of_all_kinds
SELECT c.id, COUNT(*) AS orders FROM customers c JOIN orders o ON o.customer_id = c.id
WHERE EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id AND NOT EXISTS (SELECT 1 FROM products p WHERE p.id = i.product_id AND p.weight > 50))
  AND NOT (o.id IN (SELECT order_id FROM items WHERE quantity = 1)) AND o.total > 20
GROUP BY c.id;

-- name: credit_without_large_orders
SELECT SUM(c.credit) AS credit FROM customers c
WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.total > 50 AND c.region <> 'n');

-- name: same_two_columns
SELECT o.id, o.customer_id FROM orders o
WHERE EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id AND i.product_id = o.customer_id)
   AND o.customer_id NOT IN (SELECT v.customer_id FROM visits v WHERE v.customer_id IS NOT NULL AND v.page = 'home') AND o.customer_id IS NOT NULL;

-- name: waiting
SELECT c.id, c.name FROM customers c
WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.created_at > NOW() - INTERVAL '90 minutes')
  AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.created_at > NOW() - INTERVAL '30 minutes');

-- name: products_never_sold
SELECT p.name, COUNT(*) AS products, MAX(p.price) AS dearest FROM products p
WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.product_id = p.id) GROUP BY p.name;

-- name: units_in_known_regions
SELECT c.name, SUM(o.total) AS total, COUNT(*) AS orders FROM customers c JOIN orders o ON o.customer_id = c.id
WHERE EXISTS (SELECT 1 FROM regions r WHERE r.code = c.region) AND EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id) GROUP BY c.id;

-- name: lines_of_two_tables
SELECT c.id, p.id AS product FROM customers c JOIN products p ON p.name = c.name
WHERE EXISTS (SELECT 1 FROM items i WHERE i.order_id = c.id AND i.line = CASE WHEN p.weight > 5 THEN 1::SMALLINT ELSE 2::SMALLINT END);
