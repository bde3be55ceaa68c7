-- name: last_day
SELECT id, created_at FROM orders WHERE created_at > NOW() - INTERVAL '1 day';

-- name: at_least_last_day
SELECT id FROM orders WHERE created_at >= NOW() - INTERVAL '24 hours';

-- name: before_last_hours
SELECT id FROM orders WHERE created_at < NOW() - INTERVAL '6 hours';

-- name: until_last_hours
SELECT id FROM orders WHERE created_at <= CURRENT_TIMESTAMP - INTERVAL '6 hours';

-- name: reversed
SELECT id FROM orders WHERE NOW() - INTERVAL '3 hours' < created_at AND NOW() > created_at;

-- name: future
SELECT id FROM orders WHERE created_at > NOW();

-- name: future_soon
SELECT id FROM orders WHERE created_at BETWEEN NOW() AND NOW() + INTERVAL '2 hours';

-- name: between
SELECT id FROM orders WHERE created_at BETWEEN NOW() - INTERVAL '12 hours' AND NOW() - INTERVAL '2 hours';

-- name: today
SELECT id FROM orders WHERE created_at::date = CURRENT_DATE;

-- name: today_truncated
SELECT COUNT(*) AS n, SUM(total) AS total FROM orders WHERE created_at >= DATE_TRUNC('day', NOW());

-- name: yesterday
SELECT id FROM orders
WHERE created_at >= DATE_TRUNC('day', NOW()) - INTERVAL '1 day' AND created_at < DATE_TRUNC('day', NOW());

-- name: this_month
SELECT status, COUNT(*) AS n FROM orders WHERE DATE_TRUNC('month', created_at) = DATE_TRUNC('month', NOW()) GROUP BY status;

-- name: last_month
SELECT id FROM orders WHERE created_at < DATE_TRUNC('month', NOW()) - INTERVAL '1 month';

-- name: last_hour_started
SELECT id FROM orders WHERE created_at >= DATE_TRUNC('hour', NOW() - INTERVAL '2 hours');

-- name: dates
SELECT id FROM orders WHERE created_at::date > CURRENT_DATE - 2;

-- name: dates_before
SELECT id FROM orders WHERE CAST(created_at AS DATE) <= CURRENT_DATE - 1;

-- name: local
SELECT id FROM orders WHERE shipped_at > LOCALTIMESTAMP - INTERVAL '10 hours';

-- name: nullable_window
SELECT page, COUNT(*) AS n FROM visits WHERE seen_at > NOW() - INTERVAL '5 hours' GROUP BY page;

-- name: bag_window
SELECT page, seconds FROM visits WHERE seen_at > NOW() - INTERVAL '8 hours';

-- name: shifted_row
SELECT id FROM orders WHERE created_at + INTERVAL '90 minutes' > NOW();

-- name: shifted_by_column
SELECT page, seconds FROM visits WHERE seen_at + seconds * INTERVAL '1 hour' > NOW();

-- name: filters
SELECT COUNT(*) FILTER (WHERE created_at > NOW() - INTERVAL '1 hour') AS hour,
       COUNT(*) FILTER (WHERE created_at > NOW() - INTERVAL '6 hours' AND status = 'paid') AS paid,
       SUM(total) FILTER (WHERE created_at <= NOW() - INTERVAL '1 day') AS old,
       MAX(total) FILTER (WHERE created_at >= DATE_TRUNC('day', NOW())) AS greatest,
       COUNT(DISTINCT customer_id) FILTER (WHERE created_at > NOW() - INTERVAL '2 days') AS customers,
       AVG(total) AS average
FROM orders;

-- name: grouped_filters
SELECT status, COUNT(*) FILTER (WHERE created_at > NOW() - INTERVAL '3 hours') AS recent, COUNT(*) AS n,
       MIN(created_at) FILTER (WHERE created_at < NOW()) AS first
FROM orders GROUP BY status;

-- name: window_and_filter
SELECT customer_id, COUNT(*) FILTER (WHERE created_at > NOW() - INTERVAL '2 hours') AS recent, COUNT(*) AS n
FROM orders WHERE created_at > NOW() - INTERVAL '1 day' GROUP BY customer_id;

-- name: window_join
SELECT c.name, COUNT(*) AS n FROM orders o JOIN customers c ON c.id = o.customer_id
WHERE o.created_at > NOW() - INTERVAL '12 hours' GROUP BY c.name;

-- name: window_both_sides
SELECT o.id, v.page FROM orders o JOIN visits v ON v.customer_id = o.customer_id
WHERE o.created_at > NOW() - INTERVAL '1 day' AND v.seen_at > NOW() - INTERVAL '1 day';

-- name: window_self_join
SELECT a.id, b.id AS other FROM orders a JOIN orders b ON a.customer_id = b.customer_id AND a.id < b.id
WHERE a.created_at > NOW() - INTERVAL '1 day' AND b.created_at > NOW() - INTERVAL '6 hours';

-- name: window_top
SELECT id, total FROM orders WHERE created_at > NOW() - INTERVAL '1 day' ORDER BY total DESC, id LIMIT 3;

-- name: window_fails
SELECT i.order_id, i.line, 10 / i.quantity AS tenth FROM items i JOIN orders o ON o.id = i.order_id
WHERE o.created_at > NOW() - INTERVAL '6 hours';

-- name: failing_window
SELECT i.order_id, i.line FROM items i JOIN orders o ON o.id = i.order_id
WHERE o.created_at > NOW() - INTERVAL '6 hours' AND 10 / i.quantity > 1;

-- name: window_having
SELECT page, SUM(seconds) AS seconds FROM visits WHERE seen_at > NOW() - INTERVAL '1 day'
GROUP BY page HAVING COUNT(*) > 1 ORDER BY page;

-- name: by_hour
SELECT DATE_TRUNC('hour', created_at) AS hour, COUNT(*) AS n FROM orders
WHERE created_at > NOW() - INTERVAL '12 hours' GROUP BY hour ORDER BY hour DESC LIMIT 4;

-- name: computed_shift
SELECT status, COUNT(*) AS orders, COUNT(*) FILTER (WHERE created_at > NOW() - INTERVAL '10 minutes' * 3) AS last_half_hour
FROM orders WHERE created_at > NOW() - (INTERVAL '1 hour' * 2 + INTERVAL '5 minutes') GROUP BY status;
