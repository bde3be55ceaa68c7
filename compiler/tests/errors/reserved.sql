CREATE TABLE order (id INT PRIMARY KEY, user TEXT, "end" INT);
