-- Money moves between accounts and never comes or goes. Each transaction that moves some writes one entry.
CREATE TABLE accounts (
  id      BIGINT PRIMARY KEY,
  owner   INTEGER NOT NULL,
  balance BIGINT NOT NULL
);

CREATE TABLE entries (
  id     BIGINT PRIMARY KEY,
  writer INTEGER NOT NULL,
  at     TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
