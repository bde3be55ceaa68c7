-- name: top_products
SELECT p.name, p.image_url, SUM(oi.quantity) AS units_sold, SUM(oi.quantity * oi.price) AS total_revenue
FROM products p JOIN order_items oi ON p.id = oi.product_id GROUP BY p.id ORDER BY units_sold DESC, p.id LIMIT 10;
