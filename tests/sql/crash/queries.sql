-- name: balance
SELECT SUM(e.side * e.amount) AS balance, COUNT(*) AS entries FROM entries e;

-- name: by_transfer
SELECT t.id, t.amount, COUNT(*) AS entries, SUM(e.amount) AS total
FROM transfers t JOIN entries e ON e.transfer_id = t.id GROUP BY t.id;
