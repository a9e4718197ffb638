//! INDEX.HTM of a person's archive: the record to be read in a browser, without a script and without anything from elsewhere.

use super::cda::escaped;
use super::telling::{Told, pick};
use crate::print::words::Language;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b2430}\
h1{font-size:1.5rem}h2{font-size:1.1rem;border-bottom:1px solid #cbd3dc;margin-top:2rem}\
table{border-collapse:collapse;width:100%}td{padding:.3rem .6rem .3rem 0;vertical-align:top;border-bottom:1px solid #eef1f4}\
td.d{white-space:nowrap;color:#5a6675}td.t{white-space:pre-wrap}.s{text-decoration:line-through;color:#5a6675}";

/// The page.
#[must_use]
pub fn page(told: &Told, practice: &str, number: &str, language: Language) -> Vec<u8> {
    let (lang, dir) = match language {
        Language::French => ("fr", "ltr"),
        Language::Arabic => ("ar", "rtl"),
        Language::English => ("en", "ltr"),
    };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{lang}\" dir=\"{dir}\">\n\
         <head><meta charset=\"utf-8\"/><title>{0}</title><style>{STYLE}</style></head>\n<body>\n<h1>{0}</h1>\n<p>{1} : {2} ({3}). <a href=\"README.TXT\">README</a></p>\n",
        escaped(&told.name),
        pick(language, ["Émetteur", "المرسل", "From"]),
        escaped(practice),
        escaped(number),
    );
    out.push_str("<table>\n");
    for (label, value) in &told.identity {
        out.push_str(&format!(
            "<tr><td class=\"d\">{}</td><td><bdi>{}</bdi></td></tr>\n",
            escaped(label),
            escaped(value)
        ));
    }
    out.push_str("</table>\n");
    for section in &told.sections {
        out.push_str(&format!("<h2>{}</h2>\n<table>\n", section.title));
        for item in &section.items {
            let text = escaped(&item.text);
            let text = if item.file.is_empty() {
                text
            } else {
                format!("<a href=\"IHE_XDM/SUBSET01/{}\">{text}</a>", item.file)
            };
            out.push_str(&format!(
                "<tr><td class=\"d\"><bdi>{}</bdi></td><td class=\"t{}\">{text}</td><td class=\"d\"><bdi>{}</bdi></td></tr>\n",
                escaped(&item.on),
                if item.struck { " s" } else { "" },
                escaped(&item.by),
            ));
        }
        out.push_str("</table>\n");
    }
    out.push_str("</body>\n</html>\n");
    out.into_bytes()
}
