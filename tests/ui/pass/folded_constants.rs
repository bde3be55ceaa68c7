//! Constants that could be NULL by their functions, but are not, in the select list of bags, joins, tables with a key and groups.
#![deny(warnings)]

mod live {
    cosmictron::cosmictron_query! {
        schema "../constants.sql";
        query bag = r#"SELECT x, ('{"a":null}'::JSONB -> 'a') AS c, ('"x"'::JSONB ->> 0) AS d, ('"x"'::JSONB -> 0) AS e FROM bag"#;
        query joined = r#"SELECT k, ('{"a":1}'::JSONB -> 'a') AS c, ('["x"]'::JSONB ->> 0) AS d, NULLIF(1, 2) AS n FROM bag JOIN keyed ON k = x"#;
        query keyed = r#"SELECT k, ('{"a":1}'::JSONB -> 'a') AS c, ('["x"]'::JSONB ->> 0) AS d FROM keyed"#;
        query grouped = r#"SELECT ('{"a":1}'::JSONB ->> 'a') AS c, COUNT(*) AS n, NULLIF('a', 'a') AS nothing FROM bag GROUP BY c"#;
        query distinct_rows = r#"SELECT DISTINCT ('["x"]'::JSONB ->> 0) AS c, x FROM bag ORDER BY c, x LIMIT 3"#;
    }
}

fn main() {
    let database = live::schema::Database::in_memory();
    let queries = live::Queries::attach(&database).unwrap();
    database
        .transaction(|tx| {
            tx.insert(live::schema::Bag { x: 1 })?;
            tx.insert(live::schema::Keyed { k: 1 })
        })
        .unwrap();
    let row = queries.bag().snapshot().unwrap().remove(0);
    assert_eq!((row.x, row.c.unwrap().to_string()), (1, "null".to_owned()));
    // To PostgreSQL a JSON value that is no array is one of a single element.
    assert_eq!((row.d.as_deref(), row.e.unwrap().to_string()), (Some("x"), "\"x\"".to_owned()));
    let row = queries.joined().snapshot().unwrap().remove(0);
    assert_eq!((row.k, row.c.unwrap().to_string(), row.d, row.n), (1, "1".to_owned(), Some("x".into()), Some(1)));
    assert_eq!(queries.keyed().snapshot().unwrap()[0].d, Some("x".into()));
    let row = queries.grouped().snapshot().unwrap().remove(0);
    assert_eq!((row.c, row.n, row.nothing), (Some("1".into()), 1, None));
    assert_eq!(queries.distinct_rows().snapshot().unwrap()[0].c, Some("x".into()));
}
