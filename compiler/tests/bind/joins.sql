CREATE TYPE status AS ENUM ('pending', 'paid', 'shipped');
CREATE TABLE customers (id BIGINT PRIMARY KEY, name TEXT NOT NULL, email VARCHAR(40), country CHAR(2) NOT NULL, active BOOLEAN);
CREATE TABLE orders (
  id BIGINT PRIMARY KEY,
  customer_id BIGINT NOT NULL,
  status status NOT NULL,
  total NUMERIC(12,2) NOT NULL,
  discount NUMERIC(12,4),
  quantity INTEGER NOT NULL,
  rating SMALLINT,
  weight DOUBLE PRECISION,
  created_at TIMESTAMPTZ NOT NULL,
  due DATE,
  note TEXT
);
CREATE TABLE lines (order_id BIGINT NOT NULL, line SMALLINT NOT NULL, product TEXT, price NUMERIC(10,2), PRIMARY KEY (order_id, line));
CREATE TABLE tags (order_id INTEGER NOT NULL, tag TEXT NOT NULL);
-- queries:
SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id AND c.active;
SELECT o.id, c.name FROM orders o, customers AS c WHERE c.id = o.customer_id;
SELECT order_id, product, tag FROM lines JOIN tags USING (order_id);
SELECT * FROM lines JOIN tags USING (order_id);
SELECT * FROM lines NATURAL JOIN tags;
SELECT tags.*, l.price FROM tags INNER JOIN (lines l JOIN orders ON orders.id = l.order_id) ON l.order_id = tags.order_id;
SELECT a.id AS a, b.id AS b FROM orders a JOIN orders b ON a.customer_id = b.customer_id AND a.id < b.id;
SELECT o.id, tag FROM orders o CROSS JOIN tags;
SELECT x.k, x.tag FROM tags AS x (k) WHERE x.k > 1;
SELECT public.orders.id FROM public.orders;
SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id AND o.created_at > NOW() - INTERVAL '1 day';
