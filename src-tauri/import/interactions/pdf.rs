//! The thesaurus as it is published: a PDF whose columns say what a line is. A name at the left margin opens an entry, `+` and a
//! name its partner; left under it stands why, right of it how grave and what to do. Under the name of a class its members
//! stand in brackets, under that of a substance the classes that it belongs to (`Voir aussi`).
//!
//! Half a page that is drawn in another way must not be read as half a thesaurus: a partner without a level, or a level that
//! nobody knows, refuses the file by its page.

use std::collections::{BTreeMap, BTreeSet};

use domain::drug::level::Level;
use domain::drug::substance::key;
use domain::patient::names::normalise;

use super::page_text::{Shown, pages};
use super::{Pair, Terms, Thesaurus, ThesaurusError, advice, clean, indexed};

/// Where the columns begin, in points from the left margin of the page.
const PLUS: f32 = 31.0;
const NOTE: f32 = 35.0;
const WHY: f32 = 90.0;
const WHAT: f32 = 310.0;
/// The number of the page stands above, its foot below.
const TOP: f32 = 800.0;
const FOOT: f32 = 40.0;
/// Strings of one line: the sign before a name stands a little lower than the name.
const LINE: f32 = 1.0;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Name,
    Partner,
    Note,
    Why,
    What,
}

struct Line {
    column: Column,
    page: usize,
    text: String,
}

#[derive(Default)]
struct Entry {
    name: String,
    notes: Vec<String>,
    partners: Vec<Partner>,
}

struct Partner {
    name: String,
    page: usize,
    why: Vec<String>,
    what: Vec<String>,
}

/// A thesaurus, and the month that it says it is of.
pub struct Published {
    /// What it says.
    pub thesaurus: Thesaurus,
    /// `2020-10`; none where it does not say.
    pub edition: Option<String>,
}

/// Reads a published thesaurus. Which substances belong to a class is what its own lists say; they leave out some classes, which
/// stand in the index of substances that is published beside it: the JSON edition of that may be given.
///
/// # Errors
/// [`ThesaurusError::Pdf`] where it is no PDF, [`ThesaurusError::Empty`] where it has no entry, [`ThesaurusError::Page`].
pub fn read(bytes: &[u8], index: Option<&[u8]>) -> Result<Published, ThesaurusError> {
    let pages = pages(bytes).ok_or(ThesaurusError::Pdf)?;
    let edition = pages.iter().take(3).flatten().find_map(|one| month(&one.text));
    let lines: Vec<Line> = pages.into_iter().enumerate().flat_map(|(at, page)| lines(at + 1, page)).collect();
    let entries = entries(lines);
    if entries.iter().all(|entry| entry.partners.is_empty()) {
        return Err(ThesaurusError::Empty { file: "pairs" });
    }
    Ok(Published { thesaurus: thesaurus(&entries, index)?, edition })
}

/// `Version : Octobre 2020`.
fn month(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
    ];
    let text = normalise(text);
    let words: Vec<&str> = text.split(' ').collect();
    words.windows(2).find_map(|two| {
        let month = MONTHS.iter().position(|month| *month == two[0])? + 1;
        let year: u16 = two[1].parse().ok().filter(|year| (2000..2100).contains(year))?;
        Some(format!("{year}-{month:02}"))
    })
}

/// The lines of a page from top to bottom, without its head and foot.
fn lines(page: usize, mut shown: Vec<Shown>) -> Vec<Line> {
    shown.retain(|one| one.y < TOP && one.y > FOOT && !one.text.trim().is_empty());
    shown.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut lines: Vec<Line> = Vec::new();
    // A partner's sign and name are two strings at nearly one height, in either order.
    let mut sign: Option<f32> = None;
    let mut named: Vec<(f32, usize)> = Vec::new();
    for one in shown {
        let column = match one.x {
            x if x < PLUS => Column::Name,
            x if x < NOTE => Column::Partner,
            x if x < WHY => Column::Note,
            x if x < WHAT => Column::Why,
            _ => Column::What,
        };
        let text = clean(&one.text);
        if column == Column::Partner
            && let Some(rest) = text.strip_prefix('+').map(str::trim)
        {
            match named.last().filter(|(y, _)| (y - one.y).abs() <= LINE) {
                Some((_, at)) => lines[*at].column = Column::Partner,
                None if rest.is_empty() => sign = Some(one.y),
                None => lines.push(Line { column, page, text: rest.to_owned() }),
            }
            continue;
        }
        let beside = column == Column::Note && sign.is_some_and(|y| (y - one.y).abs() <= LINE);
        if column == Column::Note {
            named.push((one.y, lines.len()));
        }
        lines.push(Line { column: if beside { Column::Partner } else { column }, page, text });
    }
    lines
}

fn entries(lines: Vec<Line>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut last = Column::What;
    for line in lines {
        match (line.column, entries.last_mut()) {
            // A long name goes on at the margin.
            (Column::Name, Some(entry)) if last == Column::Name => {
                entry.name.push(' ');
                entry.name.push_str(&line.text);
            }
            (Column::Name, _) => entries.push(Entry { name: line.text, ..Entry::default() }),
            (Column::Partner, Some(entry)) => {
                let (why, what) = (Vec::new(), Vec::new());
                entry.partners.push(Partner { name: line.text, page: line.page, why, what });
            }
            // Two partners of one entry are told in sentences across both columns.
            (Column::Note, Some(entry)) if line.text.starts_with('+') => {
                let name = line.text.trim_start_matches('+').trim().to_owned();
                entry.partners.push(Partner { name, page: line.page, why: Vec::new(), what: Vec::new() });
                last = Column::Partner;
                continue;
            }
            (column, Some(entry)) => match (column, entry.partners.last_mut()) {
                (Column::Note, None) => entry.notes.push(line.text),
                // A long name goes on under itself.
                (Column::Note, Some(partner)) if last == Column::Partner && !is_sentence(&line.text) => {
                    partner.name.push(' ');
                    partner.name.push_str(&line.text);
                }
                (Column::Note, Some(partner)) => partner.why.push(line.text),
                (Column::Why, Some(partner)) => partner.why.push(line.text),
                (Column::What, Some(partner)) => partner.what.push(line.text),
                _ => {}
            },
            // Before the first entry: the title.
            (_, None) => {}
        }
        last = line.column;
    }
    entries
}

/// `Il convient de prendre en compte …`: the level is said in a sentence.
fn is_sentence(text: &str) -> bool {
    normalise(text).starts_with("il convient de prendre en compte")
}

/// The levels that a partner's first line names: one in full, or several by their abbreviations.
fn levels_of(line: &str) -> Option<Vec<Level>> {
    line.split(" - ").map(Level::of_thesaurus).collect()
}

/// The words of a line, without case and accents, and where each ends.
fn words(line: &str) -> Vec<(String, usize)> {
    let mut words: Vec<(String, usize)> = Vec::new();
    let mut inside = false;
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(last) if c.is_alphanumeric() && inside => {
                last.0.push(c);
                last.1 = end;
            }
            _ if c.is_alphanumeric() => words.push((c.to_string(), end)),
            _ => {}
        }
        inside = c.is_alphanumeric();
    }
    words.into_iter().map(|(word, end)| (normalise(&word), end)).collect()
}

/// Whether a line opens what is said of a level: `Association déconseillée avec :`, `Association à prendre en compte`; with what
/// follows it. A level that the partner's first line does not name must be followed by a colon: a sentence may begin with it.
fn opens(line: &str, named: &[Level]) -> Option<(Level, String)> {
    let words = words(line);
    let lead =
        words.iter().take_while(|(word, _)| ["association", "necessitant", "une"].contains(&word.as_str())).count();
    Level::ALL.iter().find_map(|level| {
        let wanted = normalise(level.french());
        let wanted: Vec<&str> = wanted.split(' ').collect();
        let begins = |from: usize| {
            let own = words.get(from..from + wanted.len())?;
            own.iter()
                .map(|(word, _)| word.as_str())
                .eq(wanted.iter().copied())
                .then(|| own.last().map(|(_, end)| *end))?
        };
        let rest = &line[begins(0).or_else(|| begins(lead))?..];
        (named.contains(level) || rest.trim_end().ends_with(':')).then(|| (*level, rest.trim().to_owned()))
    })
}

fn levels(partner: &Partner) -> Option<Vec<(Level, String)>> {
    if partner.what.is_empty() && partner.why.first().is_some_and(|line| is_sentence(line)) {
        return Some(vec![(Level::TakeIntoAccount, String::new())]);
    }
    let (first, rest) = partner.what.split_first()?;
    let mut named = levels_of(first)?;
    if let [one] = named.as_slice() {
        return Some(vec![(*one, advice(&rest.join("\n")))]);
    }
    let mut said: BTreeMap<Level, Vec<&str>> = BTreeMap::new();
    let mut general: Vec<&str> = Vec::new();
    let mut current = None;
    let begun: Vec<(&String, Option<(Level, String)>)> = rest.iter().map(|line| (line, opens(line, &named))).collect();
    for (line, begun) in &begun {
        match begun {
            Some((level, rest)) if !said.contains_key(level) => {
                said.insert(*level, vec![rest]);
                current = Some(*level);
            }
            _ => match current.and_then(|level| said.get_mut(&level)) {
                Some(own) => own.push(line),
                None => general.push(line),
            },
        }
    }
    // The text may tell more levels than its first line.
    named.extend(said.keys().filter(|level| !named.contains(level)).copied().collect::<Vec<_>>());
    let own = |level: Level| match said.get(&level) {
        Some(own) => advice(&general.iter().chain(own).copied().collect::<Vec<_>>().join("\n")),
        // Nothing begins with this level: whatever is said may be of it.
        None => advice(&rest.join("\n")),
    };
    Some(named.into_iter().map(|level| (level, own(level))).collect())
}

/// The members, which stand in brackets at the end; a name may have brackets of its own.
fn members(notes: &[String]) -> Vec<String> {
    let starts = (0..notes.len()).filter(|at| notes[*at].starts_with('(') && !notes[*at].starts_with("(voir"));
    starts.map(|at| notes[at..].join(" ")).find_map(|text| listed(text.trim())).unwrap_or_default()
}

/// What stands in the brackets around the whole text, at its commas.
fn listed(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    let (mut depth, mut names) = (0_i32, vec![String::new()]);
    for c in inner.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth < 0 {
            return None;
        }
        match names.last_mut() {
            Some(name) if c != ',' || depth > 0 => name.push(c),
            _ => names.push(String::new()),
        }
    }
    (depth == 0).then(|| names.iter().map(|name| clean(name)).filter(|name| !name.is_empty()).collect())
}

/// The classes of `Voir aussi : …`.
fn see_also(notes: &[String]) -> Vec<String> {
    let text = notes.join(" ");
    let Some((_, rest)) = text.split_once("Voir aussi :") else { return Vec::new() };
    rest.split(" - ").map(clean).filter(|name| !name.is_empty()).collect()
}

fn thesaurus(entries: &[Entry], index: Option<&[u8]>) -> Result<Thesaurus, ThesaurusError> {
    let mut terms = Terms::default();
    let (members, substances) = match index {
        Some(index) => indexed(index, &mut terms)?,
        None => {
            let members = own_members(entries, &mut terms)?;
            (members, terms.all.iter().filter(|term| term.substance).count())
        }
    };
    let mut pairs = Vec::new();
    for entry in entries {
        for partner in &entry.partners {
            let refused = ThesaurusError::Page { page: partner.page };
            let (a, b) = (terms.of(&entry.name), terms.of(&partner.name));
            let (Some(a), Some(b), Some(levels)) = (a, b, levels(partner)) else { return Err(refused) };
            pairs.push(Pair { a, b, mechanism: clean(&partner.why.join(" ")), levels });
        }
    }
    Ok(Thesaurus { terms: terms.all, members: members.into_iter().collect(), pairs, substances })
}

/// Members as the lists under the names say.
fn own_members(entries: &[Entry], terms: &mut Terms) -> Result<BTreeSet<(usize, usize)>, ThesaurusError> {
    let nameless = || ThesaurusError::Empty { file: "pairs" };
    let mut all: BTreeSet<(usize, usize)> = BTreeSet::new();
    // Classes first: whether a name is a substance is what is left.
    for entry in entries {
        // Where partners are told in sentences the list stands under them.
        let under = entry.partners.iter().filter(|partner| partner.what.is_empty()).flat_map(|partner| &partner.why);
        let of = members(&entry.notes.iter().chain(under).cloned().collect::<Vec<_>>());
        if of.is_empty() {
            continue;
        }
        let class = terms.of(&entry.name).ok_or_else(nameless)?;
        terms.all[class].class = true;
        for member in of.iter().filter_map(|name| terms.of(name)).collect::<Vec<_>>() {
            terms.all[member].substance = true;
            all.insert((member, class));
        }
    }
    for entry in entries {
        let name = terms.of(&entry.name).ok_or_else(nameless)?;
        for class in see_also(&entry.notes).iter().filter_map(|name| terms.of(name)).collect::<Vec<_>>() {
            if terms.all[class].class && !terms.all[name].class {
                all.insert((name, class));
            }
        }
        terms.all[name].substance |= !terms.all[name].class;
        for partner in &entry.partners {
            terms.of(&partner.name);
        }
    }
    for (other, class) in others(entries, terms) {
        (terms.all[other].class, terms.all[other].substance) = (true, false);
        let own: Vec<usize> = all.iter().filter(|(_, of)| *of == class).map(|(member, _)| *member).collect();
        all.extend(own.into_iter().map(|member| (member, other)));
    }
    Ok(all)
}

/// `AUTRES AMINOSIDES` are those of `AMINOSIDES`: any but the one at hand. The class is the one of that name, else the only one
/// under which the others stand and with which they share a word.
fn others(entries: &[Entry], terms: &Terms) -> Vec<(usize, usize)> {
    let telling = |key: &str| -> Vec<String> {
        let words = key.split(' ').filter(|word| !["autres", "medicaments", "a", "et"].contains(word));
        words.map(str::to_owned).collect()
    };
    let id = |name: &str| terms.by_key.get(&key(name)).copied();
    let mut found = Vec::new();
    for (at, term) in terms.all.iter().enumerate() {
        if term.class || !term.key.split(' ').any(|word| word == "autres") {
            continue;
        }
        let plain = term.key.split(' ').filter(|word| *word != "autres").collect::<Vec<_>>().join(" ");
        let named = terms.by_key.get(&plain).copied().filter(|class| terms.all[*class].class);
        let own = telling(&term.key);
        let mut above: Vec<usize> = entries
            .iter()
            .filter(|entry| entry.partners.iter().any(|partner| id(&partner.name) == Some(at)))
            .filter_map(|entry| id(&entry.name))
            .filter(|class| terms.all[*class].class)
            .filter(|class| telling(&terms.all[*class].key).iter().any(|word| own.contains(word)))
            .collect();
        above.dedup();
        let only = if let [one] = above.as_slice() { Some(*one) } else { None };
        found.extend(named.or(only).map(|class| (at, class)));
    }
    found
}

#[cfg(test)]
mod tests {
    use lopdf::content::{Content, Operation};
    use lopdf::{Document, Object, Stream, dictionary};

    use super::*;

    /// A file of one page with strings at places.
    fn drawn(strings: &[(i32, i32, &str)]) -> Vec<u8> {
        let mut file = Document::with_version("1.5");
        let tree = file.new_object_id();
        let font = file.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
        });
        let resources = file.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
        let mut operations = vec![Operation::new("BT", vec![]), Operation::new("Tf", vec!["F1".into(), 8.into()])];
        for (x, y, text) in strings {
            let place = [1, 0, 0, 1, *x, *y].map(Object::from).to_vec();
            operations.push(Operation::new("Tm", place));
            let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
            operations.push(Operation::new("Tj", vec![Object::string_literal(bytes)]));
        }
        operations.push(Operation::new("ET", vec![]));
        let content = file.add_object(Stream::new(dictionary! {}, Content { operations }.encode().unwrap()));
        let page = file.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content });
        file.objects.insert(
            tree,
            Object::Dictionary(dictionary! {
                "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1, "Resources" => resources,
                "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            }),
        );
        let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        file.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        file.save_to(&mut bytes).unwrap();
        bytes
    }

    const PAGE: &[(i32, i32, &str)] = &[
        (200, 700, "Version : Octobre 2020"),
        (29, 600, "S\u{c9}DATIFS"),
        (37, 590, "(plombe, plombe (sel de),"),
        (37, 580, "zetamol)"),
        (32, 570, "+"),
        (40, 570, "AUTRES S\u{c9}DATIFS"),
        (98, 560, "Somme des"),
        (98, 550, "effets."),
        (317, 560, "ASDEC - PE"),
        (317, 550, "Association d\u{e9}conseill\u{e9}e :"),
        (317, 540, "- \u{e0} dose forte"),
        (317, 530, "Pr\u{e9}caution d'emploi :"),
        (317, 520, "- \u{e0} dose faible"),
        (317, 510, "A prendre en compte :"),
        (317, 500, "- sinon"),
        (29, 400, "ZETAMOL"),
        (37, 390, "Voir aussi : s\u{e9}datifs - autre chose"),
        (32, 380, "+"),
        (40, 380, "JUS DE PLOMBE"),
        (317, 370, "CONTRE-INDICATION"),
    ];

    #[test]
    fn columns_tell_names_partners_levels_and_members() {
        let published = read(&drawn(PAGE), None).unwrap();
        assert_eq!(published.edition.as_deref(), Some("2020-10"));
        let Thesaurus { terms, members, pairs, .. } = published.thesaurus;
        let named = |at: usize| terms[at].name.as_str();
        assert_eq!(pairs.len(), 2);
        assert_eq!((named(pairs[0].a), named(pairs[0].b)), ("S\u{c9}DATIFS", "AUTRES S\u{c9}DATIFS"));
        assert_eq!(pairs[0].mechanism, "Somme des effets.");
        assert_eq!(
            pairs[0].levels,
            [
                (Level::Discouraged, ":\n- \u{e0} dose forte".to_owned()),
                (Level::Precaution, ":\n- \u{e0} dose faible".to_owned()),
                (Level::TakeIntoAccount, ":\n- sinon".to_owned()),
            ],
            "the third is told by the text alone"
        );
        assert_eq!(pairs[1].levels, [(Level::Contraindicated, String::new())]);
        let of = |class: &str| -> Vec<&str> {
            let own = members.iter().filter(|(_, of)| named(*of) == class);
            own.map(|(one, _)| named(*one)).collect()
        };
        assert_eq!(of("S\u{c9}DATIFS"), ["plombe", "plombe (sel de)", "zetamol"]);
        assert_eq!(of("AUTRES S\u{c9}DATIFS"), of("S\u{c9}DATIFS"));
    }

    #[test]
    fn a_page_drawn_otherwise_is_refused_and_never_half_read() {
        let without =
            |text: &str| -> Vec<(i32, i32, &str)> { PAGE.iter().filter(|one| one.2 != text).copied().collect() };
        let refused = |bytes: &[u8]| read(bytes, None).err();
        assert_eq!(refused(&drawn(&without("CONTRE-INDICATION"))), Some(ThesaurusError::Page { page: 1 }));
        let other: Vec<_> =
            PAGE.iter().map(|one| if one.2 == "CONTRE-INDICATION" { (317, 370, "anodin") } else { *one }).collect();
        assert_eq!(refused(&drawn(&other)), Some(ThesaurusError::Page { page: 1 }));
        assert_eq!(refused(&drawn(&[(29, 600, "S\u{c9}DATIFS")])), Some(ThesaurusError::Empty { file: "pairs" }));
        assert_eq!(refused(b"%PDF-1.5"), Some(ThesaurusError::Pdf));
        let whole = drawn(PAGE);
        for cut in (0..whole.len()).step_by(97) {
            assert!(read(&whole[..cut], None).map_or(true, |read| read.thesaurus.pairs.len() == 2), "cut at {cut}");
        }
    }
}
