-- A shop: references with every ON DELETE action, a table that references itself, a composite key, and a bag.

CREATE TYPE status AS ENUM ('new', 'paid', 'shipped', 'void');

CREATE TABLE regions (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    region TEXT REFERENCES regions (code) ON DELETE SET NULL,
    referrer INTEGER REFERENCES customers (id) ON DELETE SET NULL,
    credit NUMERIC(8, 2)
);

CREATE TABLE products (
    id BIGINT PRIMARY KEY,
    sku TEXT UNIQUE,
    name TEXT NOT NULL,
    price NUMERIC(10, 2) NOT NULL,
    weight DOUBLE PRECISION
);

CREATE TABLE orders (
    id BIGINT PRIMARY KEY,
    customer_id INTEGER REFERENCES customers (id) ON DELETE CASCADE,
    status status NOT NULL,
    total NUMERIC(12, 2) NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    shipped_at TIMESTAMP
);

CREATE TABLE items (
    order_id BIGINT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    line SMALLINT NOT NULL,
    product_id BIGINT NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    quantity INTEGER NOT NULL,
    price NUMERIC(10, 2),
    PRIMARY KEY (order_id, line)
);

CREATE TABLE visits (
    customer_id INTEGER,
    page TEXT,
    seen_at TIMESTAMPTZ,
    seconds REAL
);
