//! Traces as syslog lines (RFC 5424): who did what when, never what was changed.

/// An event of the history.
pub struct Trace<'a> {
    /// UTC instant, RFC 3339.
    pub at: &'a str,
    /// The computer.
    pub workstation: &'a str,
    /// `journal` or `connection`.
    pub kind: &'a str,
    /// What was done: the command, or the event.
    pub what: &'a str,
    /// More, by name.
    pub data: &'a [(&'a str, &'a str)],
    /// A failure.
    pub failure: bool,
}

/// A name of the header: printable ASCII without blanks, or the nil value.
fn header(text: &str, longest: usize) -> String {
    let plain: String = text.chars().map(|c| if c.is_ascii_graphic() { c } else { '_' }).take(longest).collect();
    if plain.is_empty() { "-".to_owned() } else { plain }
}

/// A value of the structured data.
fn value(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).fold(String::with_capacity(text.len()), |mut out, letter| {
        if matches!(letter, '"' | '\\' | ']') {
            out.push('\\');
        }
        out.push(letter);
        out
    })
}

/// The line, with its end. Facility 13 (log audit); severity notice, or warning.
#[must_use]
pub fn line(trace: &Trace<'_>) -> String {
    let priority = 13 * 8 + if trace.failure { 4 } else { 5 };
    let mut out = format!(
        "<{priority}>1 {} {} semainier - {} ",
        header(trace.at, 64),
        header(trace.workstation, 255),
        header(trace.kind, 32)
    );
    // 32473 is the number that RFC 5612 keeps for documentation.
    out.push_str("[semainier@32473");
    for (name, text) in trace.data {
        out.push_str(&format!(" {}=\"{}\"", header(name, 32), value(text)));
    }
    out.push_str("] ");
    out.push_str(&value(trace.what));
    out.push('\n');
    out
}
