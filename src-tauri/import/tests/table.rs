//! Records.

use proptest::prelude::*;

use super::super::{
    ImportError, Limits,
    table::{Record, SEPARATORS, Table},
};

fn table(text: &str) -> Table {
    Table::open(text.to_owned(), None, &Limits::default()).unwrap()
}

fn records(text: &str) -> Vec<Record> {
    table(text).records().collect()
}

fn refusal(text: &str, limits: &Limits) -> ImportError {
    Table::open(text.to_owned(), None, limits).unwrap_err()
}

#[test]
fn the_separator_is_the_one_under_which_columns_are_even() {
    assert_eq!(table("a;b;c\n1,5;2;3\n4,5;5;6\n").separator(), ';');
    assert_eq!(table("a,b,c\n1,\"x;y\",3\n4,5,6\n").separator(), ',');
    assert_eq!(table("a\tb\tc\n1,5\t2\t3\n").separator(), '\t');
    assert_eq!(table("a|b\n1|2\n3|4\n").separator(), '|');
    assert_eq!(table("seul\nune\ncolonne\n").separator(), ';');
    assert_eq!(table("sep=,\na;b,c\n").separator(), ',');
}

#[test]
fn records_know_their_physical_line() {
    let found = records("sep=;\r\nNom;Remarque\r\n\r\nA;\"deux\r\nlignes\"\r\nB;\"dit \"\"non\"\"\"\rC;fin");
    let lines: Vec<usize> = found.iter().map(|r| r.line).collect();
    assert_eq!(lines, [2, 4, 6, 7]);
    assert_eq!(found[1].cells, ["A", "deux\r\nlignes"]);
    assert_eq!(found[2].cells, ["B", "dit \"non\""]);
    assert_eq!(found[3].cells, ["C", "fin"]);
}

#[test]
fn stray_marks_and_ragged_rows_are_kept() {
    let found = records("a;b;c\n5\" tuyau;\"x\" y;\"\"\n1\n1;2;3;4;\n");
    assert_eq!(found[1].cells, ["5\" tuyau", "x y", ""]);
    assert_eq!(found[2].cells, ["1"]);
    assert_eq!(found[3].cells, ["1", "2", "3", "4", ""]);
}

#[test]
fn an_unclosed_mark_is_refused_with_the_line_where_it_opened() {
    let limits = Limits::default();
    assert_eq!(refusal("a;b\n1;2\n3;\"4\n5;6\n", &limits), ImportError::UnclosedQuote { line: 3 });
    // Another mark further down would close it in the middle of a row, and rows would vanish.
    let swallowed = "a;b\n1;\"2\n3;4\n5;\"Préfère ; le matin\"\n6;7\n";
    assert_eq!(refusal(swallowed, &limits), ImportError::UnclosedQuote { line: 2 });
    assert_eq!(refusal("\"", &limits), ImportError::UnclosedQuote { line: 1 });
}

#[test]
fn long_lines_and_too_many_rows_are_refused() {
    let limits = Limits { line_bytes: 1_000, rows: 3, ..Limits::default() };
    let long = format!("a;b\n1;2\n3;{}\n", "x".repeat(1_001));
    assert_eq!(refusal(&long, &limits), ImportError::LineTooLong { line: 3, limit: 1_000 });
    let five_megabytes = format!("a;b\n{}\n", "x".repeat(5_000_000));
    assert_eq!(refusal(&five_megabytes, &Limits::default()), ImportError::LineTooLong { line: 2, limit: 1_000_000 });
    let many_lines = format!("a;b\n1;\"{}\"\n", "ligne\n".repeat(40).as_str().repeat(10));
    assert_eq!(refusal(&many_lines, &limits), ImportError::UnclosedQuote { line: 2 });
    assert_eq!(refusal("1;2\n1;2\n1;2\n1;2\n", &limits), ImportError::TooManyRows { limit: 3 });
    assert_eq!(refusal("\n\n", &limits), ImportError::Empty);
}

proptest! {
    #[test]
    fn what_is_written_by_the_rules_is_read_back(
        rows in proptest::collection::vec(proptest::collection::vec("[a-z\"; ,\n\r\tç]{0,12}", 3), 1..20),
        separator in proptest::sample::select(SEPARATORS.to_vec()),
    ) {
        let quote = |c: &String| format!("\"{}\"", c.replace('"', "\"\""));
        let line = |r: &Vec<String>| r.iter().map(quote).collect::<Vec<_>>().join(&separator.to_string());
        let text: String = rows.iter().map(|r| line(r) + "\r\n").collect();
        let table = Table::open(text, Some(separator), &Limits::default()).unwrap();
        let found: Vec<Vec<String>> = table.records().map(|r| r.cells).collect();
        prop_assert_eq!(found, rows);
    }

    #[test]
    fn any_text_opens_or_is_refused_and_reads_the_same_twice(text in any::<String>()) {
        if let Ok(table) = Table::open(text, None, &Limits::default()) {
            prop_assert_eq!(table.records().count(), table.len());
        }
    }
}
