CREATE TABLE customers (id INT PRIMARY KEY);
CREATE TABLE orders (
    id INT PRIMARY KEY,
    customer_id INT REFERENCES custmers (id),
    item_id INT REFERENCES items,
    FOREIGN KEY (customer_id) REFERENCES warehouses
);
CREATE TABLE items (id INT PRIMARY KEY);
CREATE INDEX ON itms (id);
