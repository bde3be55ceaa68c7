CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
CREATE TABLE measures (id INT PRIMARY KEY, amount NUMERIC NOT NULL);
-- queries:
-- name: names
SELECT c.name, c.segment, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name, c.segment;

-- Equal numbers have different texts, so the number does not determine its text.
-- name: texts_of_numbers
SELECT amount, amount::text AS shown, COUNT(*) AS items FROM measures GROUP BY amount, amount::text;
