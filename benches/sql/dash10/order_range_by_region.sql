-- name: order_range_by_region
SELECT region, MIN(total) AS smallest, MAX(total) AS largest FROM orders GROUP BY region;
