//! Tables, columns, types and queries that are called like words and types of Rust, like each other, or like what is emitted.
#![deny(warnings)]

mod live {
    cosmictron::cosmictron_query! {
        schema "../names.sql";
        query key = "SELECT a, result, by_pkey FROM transaction";
        query new = "SELECT gen, try, async, dyn, abstract, t.result AS \"Some\" FROM change JOIN transaction t ON t.a = try";
        query old = "SELECT gen AS \"gen\", COUNT(*) AS \"async\" FROM gen GROUP BY gen";
        query now = "SELECT a FROM tables \"None\" WHERE EXISTS (SELECT 1 FROM database \"Some\" WHERE \"Some\".a = \"None\".b)";
        query stamp = "SELECT a FROM option WHERE a IS NOT NULL";
        query tables = "SELECT a FROM string";
        query deliveries = "SELECT \"🎉\", \"'q'\", \"createdAt\", \"a__b\", \"?\", self FROM \"Sel ect\"";
        query moment_0 = "SELECT a FROM moment_0 WHERE at > NOW() - INTERVAL '1 hour' AND at < NOW() + INTERVAL '1 day'";
        query moment = "SELECT moment_1.a FROM moment_0 moment_1 JOIN self ON self.a = moment_1.a WHERE at > NOW()";
        query orders = "SELECT orders_deadline.id, COUNT(*) AS n FROM orders orders_deadline JOIN new_orders ON order_id = orders_deadline.id
            JOIN log_1 ON log_1.a = new_orders.id JOIN log1 x0 ON x0.a = log_1.a WHERE at > NOW() GROUP BY orders_deadline.id";
        query self_join = "SELECT gen.gen, try.gen AS try FROM gen JOIN gen try ON gen.gen_2 = try.\"Gen\"";
        query a__b = "SELECT SUM(a) AS sum FROM vec";
        query a_b = "SELECT MAX(a) AS max FROM none";
    }
}

use live::schema;

fn main() {
    let database = schema::Database::in_memory();
    let queries = live::Queries::attach(&database).unwrap();
    database
        .transaction(|tx| {
            tx.insert(schema::NewTransactionRow { a: 1, result: None, by_pkey: Some(schema::OrdersByPkey::AB2) })?;
            tx.insert(schema::ChangeRow { r#gen: 1, r#try: Some(1), r#async: None, r#dyn: None, r#abstract: None })?;
            tx.insert(schema::NewOrders { id: None, at: None })?;
            tx.insert(schema::NewOrdersRow { id: 1, order_id: Some(1) })?;
            tx.insert(schema::SelEct { a: 1, c: Some(1), _q_: None, createdAt: Some(3), a__b: None, c_2: None, self_: None })
        })
        .unwrap();
    assert_eq!(queries.key().get(&1).unwrap().unwrap().result, schema::ResultEnum::Ok);
    assert_eq!(queries.new().snapshot().unwrap()[0].r#gen, 1);
    assert_eq!(queries.deliveries().snapshot().unwrap()[0].createdAt, Some(3));
}
