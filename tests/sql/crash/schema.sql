-- Each transaction writes one transfer and both its entries, or takes all three away again: whatever is torn shows.
CREATE TABLE transfers (
  id     BIGINT PRIMARY KEY,
  amount NUMERIC(12,2) NOT NULL
);

CREATE TABLE entries (
  transfer_id BIGINT NOT NULL REFERENCES transfers(id) ON DELETE CASCADE,
  side        SMALLINT NOT NULL CHECK (side IN (-1, 1)),
  amount      NUMERIC(12,2) NOT NULL,
  PRIMARY KEY (transfer_id, side)
);
