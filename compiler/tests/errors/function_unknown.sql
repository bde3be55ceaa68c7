CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: misspelt
SELECT cuont(*) FROM orders;
-- name: wrong_arguments
SELECT upper(total) FROM orders;
-- name: far_off
SELECT frobnicate(id) FROM orders;
-- name: star
SELECT sum(*) FROM orders;
-- name: misspelt_with_a_rule_of_its_own
SELECT coalsce(name, 'nobody') FROM customers;
-- name: star_elsewhere
SELECT abs(*) FROM orders;
