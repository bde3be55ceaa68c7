-- name: visitors
SELECT p.id, p.name FROM people p WHERE EXISTS (SELECT * FROM visits v WHERE v.person = p.id) ORDER BY p.id;

-- name: homebodies
SELECT p.id, p.name FROM people p WHERE NOT EXISTS (SELECT NULL FROM visits v WHERE v.person = p.id) ORDER BY p.id;

-- name: at_home
SELECT p.id FROM people p WHERE p.town IN (SELECT v.town FROM visits v WHERE v.person = p.id) ORDER BY p.id;

-- name: never_at_home
SELECT p.id, p.town FROM people p WHERE NOT EXISTS (SELECT 1 FROM visits v WHERE v.person = p.id AND v.town = p.town) ORDER BY p.id;

-- name: unvisited_towns
SELECT p.town, COUNT(*) AS people FROM people p
WHERE p.town IS NOT NULL AND p.town NOT IN (SELECT town FROM visits WHERE town IS NOT NULL) GROUP BY p.town ORDER BY p.town;

-- name: bosses
SELECT COUNT(*) AS bosses, MIN(name) AS first FROM people WHERE id IN (SELECT boss FROM people);

-- name: cost_of_the_led
SELECT SUM(v.cost) AS cost, COUNT(*) AS visits FROM visits v
WHERE EXISTS (SELECT 1 FROM people p JOIN people b ON b.id = p.boss WHERE p.id = v.person AND b.town <> 'Rome');

-- name: lately
SELECT p.id FROM people p
WHERE EXISTS (SELECT 1 FROM visits v WHERE v.person = p.id AND v.at > NOW() - INTERVAL '1 day')
  AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.person = p.id AND v.at > NOW() - INTERVAL '1 hour') ORDER BY p.id;

-- name: guarded
SELECT p.id FROM people p WHERE NOT EXISTS (SELECT 1 FROM visits v WHERE v.person = p.id AND p.town = 'Rome') ORDER BY p.id;

-- name: nested
SELECT p.id FROM people p WHERE p.id IN (SELECT v.person FROM visits v WHERE NOT EXISTS (SELECT 1 FROM people q WHERE q.town = v.town)) ORDER BY p.id;

-- name: ordered_inside
SELECT p.id FROM people p WHERE EXISTS (SELECT 1 FROM visits v WHERE v.person = p.id ORDER BY v.at DESC, p.name) ORDER BY p.id;

-- name: row_in
SELECT p.id FROM people p WHERE (p.id, p.town) IN (SELECT v.person, v.town FROM visits v) ORDER BY p.id;

-- name: row_not_in
SELECT p.id FROM people p WHERE p.town IS NOT NULL
  AND (p.id, p.town) NOT IN (SELECT v.person, v.town FROM visits v WHERE v.person IS NOT NULL AND v.town IS NOT NULL) ORDER BY p.id;

-- name: any_of_a_query
SELECT p.id FROM people p WHERE p.id = ANY (SELECT v.person FROM visits v WHERE v.cost > 1) ORDER BY p.id;

-- name: all_of_a_query
SELECT p.id FROM people p WHERE p.id <> ALL (SELECT v.person FROM visits v WHERE v.person IS NOT NULL) ORDER BY p.id;
