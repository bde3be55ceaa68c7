-- name: misspelt
SELECT id FROM order;
-- name: moving
SELECT COUNT(*) FROM orders WHERE created_at > NOW() - INTERVAL '1 month';
