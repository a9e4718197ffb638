//! The one way to write cells: separated values that every spreadsheet opens as text, never as a formula.

/// Rows as a file: UTF-8 with its mark, semicolons, CRLF, as spreadsheets here expect it; quotation marks where needed.
///
/// # Errors
/// None in practice: the file is made in memory.
pub fn to_csv(rows: &[Vec<String>]) -> std::io::Result<Vec<u8>> {
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .quote_style(csv::QuoteStyle::Necessary)
        .flexible(true)
        .from_writer(&mut bytes);
    for row in rows {
        writer.write_record(row.iter().map(|cell| safe_cell(cell))).map_err(std::io::Error::other)?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

/// A cell that no spreadsheet program takes for a formula: an apostrophe stands before anything that begins, after
/// blanks and marks that cannot be seen, with `=`, `+`, `-`, `@`, `|`, `%`, their full-width forms, a tab or a line end.
/// Zero characters are left out.
#[must_use]
pub fn safe_cell(cell: &str) -> String {
    let cell: String = cell.chars().filter(|c| *c != '\0').collect();
    let unseen = |c: char| {
        c == ' '
            || c == '\''
            || c == '"'
            || (c.is_whitespace() && !matches!(c, '\t' | '\r' | '\n'))
            || matches!(c, '\u{feff}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || (c.is_control() && !matches!(c, '\t' | '\r' | '\n'))
    };
    let starts = |c: char| {
        matches!(
            c,
            '=' | '+'
                | '-'
                | '@'
                | '|'
                | '%'
                | '\t'
                | '\r'
                | '\n'
                | '＝'
                | '＋'
                | '－'
                | '＠'
                | '｜'
                | '％'
                | '−'
                | '﹢'
                | '﹣'
                | '﹦'
                | '﹫'
        )
    };
    if cell.chars().find(|c| !unseen(*c)).is_some_and(starts) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_starts_a_formula() {
        for cell in [
            "=1+1",
            "+33612345678",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "\u{a0}=1",
            "＝1",
            "\u{200b}=1",
            "\u{feff}@a",
            "'=1",
            "\"=1",
            "|cmd",
            "%0",
            "\u{1}=1",
            "\0=1",
            "＋33",
            "−5",
        ] {
            assert!(safe_cell(cell).starts_with('\''), "{cell:?}");
            assert!(!safe_cell(cell).contains('\0'));
        }
        for cell in ["", "DUPONT", "L'Haÿ", "a=b", "25/01/1957", "محمد", "06 12"] {
            assert_eq!(safe_cell(cell), cell);
        }
        assert_eq!(safe_cell("+33612345678"), "'+33612345678");
    }

    #[test]
    fn a_cell_keeps_its_marks_and_its_lines() {
        let rows = vec![vec!["a;b".to_owned(), "say \"yes\"\nor no".to_owned(), "=1".to_owned()], vec!["x".to_owned()]];
        let text = String::from_utf8(to_csv(&rows).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}\"a;b\";\"say \"\"yes\"\"\nor no\";'=1\r\nx\r\n");
    }
}
