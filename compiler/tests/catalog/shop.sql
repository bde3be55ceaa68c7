CREATE TYPE order_status AS ENUM ('pending', 'paid', 'it''s gone');

CREATE TABLE customers (
    id BIGSERIAL PRIMARY KEY,
    email VARCHAR(255) NOT NULL UNIQUE,
    "Full Name" TEXT,
    country CHAR(2) DEFAULT 'DE' CHECK (country <> ''),
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE TABLE Products (
    id INTEGER GENERATED ALWAYS AS IDENTITY,
    sku pg_catalog.text NOT NULL,
    price NUMERIC(10, 2) NOT NULL DEFAULT 9.5 CHECK (price >= 0),
    weight DOUBLE PRECISION,
    tags JSONB,
    parent_id INT REFERENCES products ON DELETE SET NULL,
    PRIMARY KEY (id),
    CONSTRAINT sku_is_unique UNIQUE (sku)
);

CREATE TABLE public.orders (
    id INT PRIMARY KEY,
    customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    status order_status NOT NULL DEFAULT 'pending',
    total NUMERIC,
    placed DATE,
    CHECK (total > 0),
    CHECK (total > 0 OR status = 'pending'),
    CHECK (total < 100 OR status = 'paid'),
    CONSTRAINT placed_in_time CHECK (placed IS NOT NULL OR total IS NULL)
);

CREATE TABLE order_items (
    order_id INT REFERENCES orders ON DELETE RESTRICT,
    line SMALLINT,
    product_id INT NOT NULL,
    quantity INT4 NOT NULL DEFAULT 1,
    PRIMARY KEY (order_id, line),
    FOREIGN KEY (product_id) REFERENCES products ON DELETE NO ACTION,
    UNIQUE (line, order_id)
);

CREATE TABLE refunds (
    id UUID,
    order_id INT,
    line SMALLINT,
    FOREIGN KEY (order_id, line) REFERENCES order_items
);

CREATE INDEX ON orders (customer_id, placed DESC);
CREATE INDEX ON orders (customer_id, placed);
CREATE INDEX orders_by_status ON orders USING hash (status);
CREATE UNIQUE INDEX ON refunds (id);
CREATE TABLE orders_pkey1 (a REAL, b FLOAT(10), c FLOAT, d BYTEA, e TIME, f INTERVAL, g TIMESTAMP(6), h BOOL, i DEC(5));
