mod live {
    cosmictron::cosmictron_query! {
        revenue = "SELECT SUM(total) AS revenue FROM orders";
    }
}

fn main() {}
