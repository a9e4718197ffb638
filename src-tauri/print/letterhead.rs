//! The head of a practice's papers: who writes, where, under which numbers; and the patient the paper is about.
//!
//! In French, in Arabic, or both side by side. Deliberately not here: what the paper says.

use std::sync::Arc;

use super::code128;
use super::page::{Beside, Block, Column, Panel, Picture, Piece, Width};
use super::text::{Align, Colour, Direction, Paragraph, Span, Style};
use super::words::Language;

/// The head of a paper. Not `Debug`: it may hold a person's numbers.
#[derive(Clone, Default)]
pub struct Letterhead {
    /// The prescriber in Latin letters.
    pub latin: Option<Sender>,
    /// The prescriber in Arabic letters.
    pub arabic: Option<Sender>,
    /// Logo of the practice.
    pub logo: Option<Arc<Picture>>,
    /// RPPS, FINESS, INPE, order number.
    pub numbers: Vec<Number>,
    /// Free text under the head.
    pub note: String,
    /// Free text at the foot of every page.
    pub foot: String,
}

/// Who writes. Empty texts leave no gap.
#[derive(Clone, Default)]
pub struct Sender {
    /// Title and names.
    pub name: String,
    /// Qualification and speciality, a line each.
    pub qualifications: Vec<String>,
    /// Name of the practice.
    pub practice: String,
    /// Address, a line each, the country last.
    pub address: Vec<String>,
    /// Phone, as it is dialled from abroad in France.
    pub phone: String,
    /// E-mail address.
    pub email: String,
}

/// A number under which a prescriber or a practice is registered.
#[derive(Clone)]
pub struct Number {
    /// `RPPS`, `FINESS`, `INPE`, …
    pub label: String,
    /// Its digits.
    pub digits: String,
    /// Whether it is printed as a bar code too.
    pub bars: bool,
}

/// Sex, as a paper words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sex {
    /// Woman.
    Female,
    /// Man.
    Male,
    /// Not stated.
    #[default]
    Unstated,
}

/// Whom the paper is about. Empty texts leave no gap.
#[derive(Clone, Default)]
pub struct Patient {
    /// Family and given names.
    pub name: String,
    /// Sex.
    pub sex: Sex,
    /// Birth date in figures.
    pub born_on: String,
    /// Age in words.
    pub age: String,
    /// Weight with its unit.
    pub weight: String,
    /// Height with its unit.
    pub height: String,
    /// Anything else: insurance number, address.
    pub more: Vec<String>,
}

const BODY: Style = Style::sized(8.5).leaded(1.3);
const SOFT: Style = BODY.coloured(Colour::SOFT);
/// Width of a bar code's narrowest bar: 0.25 mm, what hand scanners are sure of.
const MODULE: f32 = 0.72;
/// Width of the column between two heads: a bar code of eleven digits with its quiet zones.
const MIDDLE: f32 = 98.0;
const BAR_HEIGHT: f32 = 20.0;

fn text(spans: Vec<Span>) -> Piece {
    Piece::Text(Paragraph::new(spans))
}

impl Letterhead {
    /// The head as blocks for the top of a page; smaller where the page is.
    pub fn blocks(&self, language: Language, small: bool) -> Vec<Block> {
        let (logo_width, name) = if small { (60.0, 11.5) } else { (84.0, 13.0) };
        let share = |share, align| Column { width: Width::Share(share), align };
        let logo: Vec<Piece> = self
            .logo
            .iter()
            .map(|picture| Piece::Picture { picture: picture.clone(), width: logo_width, height: logo_width * 0.57 })
            .collect();
        let shown: Vec<&Number> = self.numbers.iter().filter(|number| !number.digits.trim().is_empty()).collect();
        let mut in_the_middle = false;
        let mut blocks = Vec::new();
        let (columns, cells, direction) = match (&self.latin, &self.arabic) {
            (Some(latin), Some(arabic)) => {
                let sides = (latin.whole(Language::French, name), arabic.whole(Language::Arabic, name));
                // The same sides whatever the paper reads: Latin at the left, Arabic at the right.
                let side = share(1.0, Align::Start);
                let mut middle = logo;
                if let [number] = &shown[..] {
                    middle.push(Piece::Space(4.0));
                    middle.extend(number.pieces());
                    in_the_middle = true;
                }
                if middle.is_empty() {
                    (vec![side, side], vec![sides.0, sides.1], Some(Direction::LeftToRight))
                } else {
                    let column = Column { width: Width::Fixed(MIDDLE), align: Align::Centre };
                    (vec![side, column, side], vec![sides.0, middle, sides.1], Some(Direction::LeftToRight))
                }
            }
            (Some(one), None) | (None, Some(one)) => {
                let one_language = if self.latin.is_some() && language == Language::Arabic {
                    Language::French
                } else if self.latin.is_none() {
                    Language::Arabic
                } else {
                    language
                };
                let (mut columns, mut cells) = (Vec::new(), Vec::new());
                if !logo.is_empty() {
                    columns.push(Column { width: Width::Fixed(logo_width), align: Align::Start });
                    cells.push(logo);
                }
                columns.extend([share(1.25, Align::Start), share(1.0, Align::End)]);
                cells.push(one.who(name));
                cells.push(one.reached(one_language));
                (columns, cells, Some(one_language.direction()))
            }
            (None, None) => (Vec::new(), Vec::new(), None),
        };
        if !columns.is_empty() {
            blocks.push(Block::Beside(Beside { columns, cells, gap: 12.0, direction, keep_with_next: true }));
        }
        if !in_the_middle {
            blocks.extend(numbers(&shown));
        }
        if !self.note.trim().is_empty() {
            let note = Paragraph::new(vec![Span::data(&self.note, SOFT)]).aligned(Align::Centre);
            blocks.extend([Block::Space(4.0), Block::Paragraph(note)]);
        }
        blocks.push(Block::Space(6.0));
        blocks.push(Block::Rule { thickness: 0.9, colour: Colour::ACCENT });
        blocks
    }

    /// Whose paper it is, in the paper's letters if the name is known in them.
    pub(super) fn author(&self, language: Language) -> String {
        let sender = match language {
            Language::Arabic => self.arabic.as_ref().or(self.latin.as_ref()),
            Language::French | Language::English => self.latin.as_ref().or(self.arabic.as_ref()),
        };
        sender.map(|sender| sender.name.clone()).unwrap_or_default()
    }
}

/// The numbers side by side, always from left to right.
fn numbers(shown: &[&Number]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for row in shown.chunks(2) {
        let cells: Vec<Vec<Piece>> = row.iter().map(|number| number.pieces()).collect();
        let align = |index: usize| if index == 0 { Align::Start } else { Align::End };
        let columns = (0..row.len()).map(|index| Column { width: Width::Share(1.0), align: align(index) });
        blocks.push(Block::Space(6.0));
        blocks.push(Block::Beside(Beside {
            columns: columns.collect(),
            cells,
            gap: 16.0,
            direction: Some(Direction::LeftToRight),
            keep_with_next: true,
        }));
    }
    blocks
}

/// The place for a signature, at the end side, with a note beside it.
pub(super) fn signature(label: &'static str, author: &str, picture: Option<&Arc<Picture>>, note: &str) -> Block {
    let mut beside = Vec::new();
    if !note.trim().is_empty() {
        let note = Paragraph::new(vec![Span::data(note, Style::sized(9.0))]);
        beside.extend([Piece::Space(8.0), Piece::Text(note)]);
    }
    let mut sign = vec![
        Piece::Space(8.0),
        Piece::Text(Paragraph::new(vec![Span::words(label, Style::sized(8.5).coloured(Colour::SOFT))])),
        Piece::Space(2.0),
    ];
    sign.push(match picture {
        Some(picture) => Piece::Picture { picture: picture.clone(), width: 150.0, height: 54.0 },
        None => Piece::Space(54.0),
    });
    sign.push(Piece::Text(Paragraph::new(vec![Span::data(author, Style::sized(9.0).medium())])));
    Block::Beside(Beside {
        columns: vec![
            Column { width: Width::Share(1.2), align: Align::Start },
            Column { width: Width::Share(1.0), align: Align::Start },
        ],
        cells: vec![beside, sign],
        gap: 14.0,
        direction: None,
        keep_with_next: false,
    })
}

impl Number {
    fn pieces(&self) -> Vec<Piece> {
        let digits = self.digits.trim();
        let mut pieces = Vec::new();
        if let Some(widths) = code128::bars(digits).filter(|_| self.bars) {
            pieces.push(Piece::Bars { widths, module: MODULE, height: BAR_HEIGHT });
            pieces.push(Piece::Space(1.5));
        }
        let label = Span::data(&self.label, SOFT.medium());
        let spans = vec![label, Span::words("\u{a0}", SOFT), Span::code(digits, BODY.mono())];
        pieces.push(Piece::Text(Paragraph::new(spans).reading(Direction::LeftToRight)));
        pieces
    }
}

impl Sender {
    fn who(&self, size: f32) -> Vec<Piece> {
        let mut pieces = vec![text(vec![Span::data(&self.name, Style::sized(size).semi_bold().leaded(1.25))])];
        let lines = self.qualifications.iter().filter(|line| !line.trim().is_empty());
        pieces.extend(lines.map(|line| text(vec![Span::data(line, BODY)])));
        if !self.practice.trim().is_empty() {
            pieces.push(text(vec![Span::data(&self.practice, BODY.medium().coloured(Colour::ACCENT))]));
        }
        pieces
    }

    fn reached(&self, language: Language) -> Vec<Piece> {
        let lines = self.address.iter().filter(|line| !line.trim().is_empty());
        let mut pieces: Vec<Piece> = lines.map(|line| text(vec![Span::data(line, SOFT)])).collect();
        if !self.phone.trim().is_empty() {
            let label = Span::words(format!("{} ", language.paper().phone), SOFT);
            pieces.push(text(vec![label, Span::code(&self.phone, BODY)]));
        }
        if !self.email.trim().is_empty() {
            pieces.push(text(vec![Span::code(&self.email, SOFT)]));
        }
        pieces
    }

    /// Everything in one column that reads its own way: side by side with the other language's.
    fn whole(&self, language: Language, size: f32) -> Vec<Piece> {
        let direction = language.direction();
        let mut pieces = self.who(size);
        pieces.extend(self.reached(language));
        for piece in &mut pieces {
            if let Piece::Text(paragraph) = piece {
                // Arabic starts at the right, which is the far side of its column.
                paragraph.direction = Some(direction);
                paragraph.align = Align::Start;
            }
        }
        pieces
    }
}

impl Patient {
    /// Who it is, in a quiet box.
    pub fn block(&self, language: Language) -> Block {
        let paragraphs = self.paragraphs(language, false);
        Block::Panel(Panel { paragraphs, fill: Some(Colour::PAPER), frame: None, padding: 7.0, radius: 5.0 })
    }

    /// Who it is, for an area of a form: smaller, and without the label that the form has.
    pub(super) fn pieces(&self, language: Language) -> Vec<Piece> {
        self.paragraphs(language, true).into_iter().map(Piece::Text).collect()
    }

    fn paragraphs(&self, language: Language, small: bool) -> Vec<Paragraph> {
        let words = language.paper();
        let sex = self.sex as usize;
        let label = Style::sized(8.0).coloured(Colour::SOFT).leaded(1.3);
        let (name_size, size) = if small { (10.5, 8.5) } else { (11.5, 9.5) };
        let body = Style::sized(size).leaded(1.35);
        let mut facts: Vec<Vec<Span>> = Vec::new();
        let labelled = |name: &str, value: &str| vec![Span::words(format!("{name} "), label), Span::code(value, body)];
        if !self.born_on.trim().is_empty() {
            facts.push(labelled(words.born[sex], &self.born_on));
        }
        if !self.age.trim().is_empty() {
            facts.push(vec![Span::code(&self.age, body)]);
        }
        if self.sex != Sex::Unstated {
            facts.push(vec![Span::words(words.sex[sex], body)]);
        }
        for (name, value) in [(words.weight, &self.weight), (words.height, &self.height)] {
            if !value.trim().is_empty() {
                facts.push(labelled(name, value));
            }
        }
        let mut name = vec![Span::data(&self.name, Style::sized(name_size).semi_bold().leaded(1.35))];
        if !small {
            name.insert(0, Span::words(format!("{} ", words.patient[sex]), label));
        }
        let mut paragraphs = vec![Paragraph::new(name)];
        if !facts.is_empty() {
            paragraphs.push(Paragraph::new(facts.join(&Span::words("  ·  ", label))));
        }
        let more = self.more.iter().filter(|line| !line.trim().is_empty());
        paragraphs.extend(more.map(|line| Paragraph::new(vec![Span::data(line, body)])));
        paragraphs
    }
}
