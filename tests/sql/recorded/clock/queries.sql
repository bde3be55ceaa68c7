-- name: last_day
SELECT id FROM events WHERE at > NOW() - INTERVAL '24 hours' ORDER BY id;

-- name: last_day_inclusive
SELECT id FROM events WHERE at >= CURRENT_TIMESTAMP - INTERVAL '1 day' ORDER BY id;

-- name: past
SELECT id FROM events WHERE at <= NOW() ORDER BY id;

-- name: future
SELECT id FROM events WHERE at > NOW() ORDER BY id;

-- name: next_hours
SELECT id FROM events WHERE at BETWEEN NOW() AND NOW() + INTERVAL '3 hours' ORDER BY id;

-- name: today
SELECT id FROM events WHERE at::date = CURRENT_DATE ORDER BY id;

-- name: this_month
SELECT COUNT(*) AS n FROM events WHERE at >= DATE_TRUNC('month', NOW());

-- name: last_month
SELECT id FROM events WHERE at >= DATE_TRUNC('month', NOW()) - INTERVAL '1 month' AND at < DATE_TRUNC('month', NOW()) ORDER BY id;

-- name: this_week
SELECT id FROM events WHERE DATE_TRUNC('week', at) = DATE_TRUNC('week', NOW()) ORDER BY id;

-- name: this_quarter
SELECT id FROM events WHERE at >= DATE_TRUNC('quarter', NOW()) ORDER BY id;

-- name: old_days
SELECT id FROM events WHERE day < CURRENT_DATE - 1 ORDER BY id;

-- name: local
SELECT id FROM events WHERE local_at > LOCALTIMESTAMP - INTERVAL '90 minutes' ORDER BY id;

-- name: expired
SELECT id FROM events WHERE at + span < NOW() ORDER BY id;

-- name: counts
SELECT COUNT(*) FILTER (WHERE at > NOW() - INTERVAL '1 hour') AS hour, COUNT(*) FILTER (WHERE at > NOW() - INTERVAL '1 day') AS day, COUNT(*) AS n, MAX(id) FILTER (WHERE at <= NOW()) AS latest FROM events;

-- name: by_day
SELECT DATE_TRUNC('day', at) AS midnight, COUNT(*) AS n FROM events WHERE at > NOW() - INTERVAL '48 hours' GROUP BY midnight ORDER BY midnight DESC;

-- name: since_hour
SELECT id FROM events WHERE at >= DATE_TRUNC('hour', NOW() - INTERVAL '30 minutes') ORDER BY id;
