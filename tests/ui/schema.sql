CREATE TABLE orders (
  id          BIGINT PRIMARY KEY,
  status      TEXT NOT NULL,
  total       NUMERIC(12,2) NOT NULL,
  created_at  TIMESTAMPTZ NOT NULL
);
CREATE TABLE order_items (
  id         BIGINT PRIMARY KEY,
  order_id   BIGINT NOT NULL REFERENCES orders(id),
  quantity   INTEGER NOT NULL
);
