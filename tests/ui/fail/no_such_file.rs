mod live {
    cosmictron::cosmictron_query! {
        schema "../shema.sql";
        query orders = "SELECT COUNT(*) AS orders FROM orders";
    }
}

fn main() {}
