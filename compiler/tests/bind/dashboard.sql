CREATE TABLE products (
  id        BIGINT PRIMARY KEY,
  name      TEXT NOT NULL,
  image_url TEXT NOT NULL,
  category  INTEGER NOT NULL
);
CREATE TABLE orders (
  id          BIGINT PRIMARY KEY,
  customer_id BIGINT NOT NULL,
  status      TEXT NOT NULL,
  total       NUMERIC(12,2) NOT NULL,
  created_at  TIMESTAMPTZ NOT NULL,
  region      SMALLINT NOT NULL
);
CREATE TABLE order_items (
  id         BIGINT PRIMARY KEY,
  order_id   BIGINT NOT NULL REFERENCES orders(id),
  product_id BIGINT NOT NULL REFERENCES products(id),
  quantity   INTEGER NOT NULL,
  price      NUMERIC(10,2) NOT NULL
);
-- queries:
-- name: revenue_by_hour
SELECT DATE_TRUNC('hour', created_at) AS hour, SUM(total) AS revenue, COUNT(*) AS orders, AVG(total) AS avg_order_value
FROM orders WHERE created_at > NOW() - INTERVAL '24 hours' GROUP BY hour ORDER BY hour DESC;

-- name: top_products
SELECT p.name, p.image_url, SUM(oi.quantity) AS units_sold, SUM(oi.quantity * oi.price) AS total_revenue
FROM products p JOIN order_items oi ON p.id = oi.product_id GROUP BY p.id ORDER BY units_sold DESC LIMIT 10;

-- name: kpi
SELECT COUNT(*) FILTER (WHERE created_at > NOW() - INTERVAL '1 hour') as orders_last_hour,
       SUM(total) FILTER (WHERE status = 'pending') as pending_revenue, AVG(total) as avg_order_value FROM orders;

-- name: orders_by_status
SELECT status, COUNT(*) AS orders FROM orders GROUP BY status;

-- name: revenue_by_category
SELECT p.category, SUM(oi.quantity * oi.price) AS revenue
FROM orders o JOIN order_items oi ON oi.order_id = o.id JOIN products p ON p.id = oi.product_id
WHERE o.status <> 'void' GROUP BY p.category;

-- name: top_customers
SELECT customer_id, SUM(total) AS spend FROM orders GROUP BY customer_id ORDER BY spend DESC, customer_id LIMIT 10;

-- name: customers_by_day
SELECT DATE_TRUNC('day', created_at) AS day, COUNT(DISTINCT customer_id) AS customers FROM orders GROUP BY day ORDER BY day;
