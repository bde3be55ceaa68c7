CREATE TABLE readings (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  level INTEGER NOT NULL DEFAULT 'high',
  unit TEXT DEFAULT level,
  taken_at TIMESTAMPTZ NOT NULL DEFAULT now() CHECK (taken_at <= NOW()),
  quality SMALLINT DEFAULT DATE '2024-01-01',
  CHECK (MAX(level) > 3),
  CHECK (level),
  CHECK (lvel > 0),
  CHECK (level IN (SELECT 1)),
  CHECK (level > 'a' AND unit = 5)
);
