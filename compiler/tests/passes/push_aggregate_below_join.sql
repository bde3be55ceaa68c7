CREATE TABLE categories (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE products (id BIGINT PRIMARY KEY, name TEXT NOT NULL, category_id INTEGER NOT NULL REFERENCES categories(id));
CREATE TABLE orders (id BIGINT PRIMARY KEY, status TEXT NOT NULL);
CREATE TABLE items (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL REFERENCES orders(id),
  product_id BIGINT REFERENCES products(id),
  quantity INTEGER NOT NULL,
  price NUMERIC(10,2)
);
-- queries:
-- A product's row meets one group of items: the sums are carried as they are.
-- name: by_product
SELECT p.name, SUM(i.quantity) AS units, AVG(i.price) AS price FROM items i JOIN products p ON p.id = i.product_id GROUP BY p.id;

-- Several groups of items make up one category: sums of sums, extremes of extremes. Orders only filter, and stay below.
-- name: by_category
SELECT c.name, COUNT(*) AS items, SUM(i.price) AS revenue, MIN(i.price) AS cheapest, MAX(i.quantity) AS most
FROM items i JOIN orders o ON o.id = i.order_id JOIN products p ON p.id = i.product_id JOIN categories c ON c.id = p.category_id
WHERE o.status <> 'void' GROUP BY c.name;

-- COUNT(DISTINCT) of parts does not make the COUNT(DISTINCT) of the whole: nothing is pushed.
-- name: distinct_prices
SELECT p.category_id, COUNT(DISTINCT i.price) AS prices FROM items i JOIN products p ON p.id = i.product_id GROUP BY p.category_id;

-- The product is in the sum itself: nothing is pushed.
-- name: named_sum
SELECT p.category_id, SUM(i.quantity * length(p.name)) AS letters FROM items i JOIN products p ON p.id = i.product_id GROUP BY p.category_id;
