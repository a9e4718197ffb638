//! How text looks, and text itself: spans of one style, gathered in paragraphs.

/// A colour of the page, as seen on a screen (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Text.
    pub const INK: Colour = Colour(0x1f, 0x24, 0x28);
    /// Text that steps back.
    pub const SOFT: Colour = Colour(0x5b, 0x62, 0x69);
    /// Text that steps back furthest; still readable in print.
    pub const FAINT: Colour = Colour(0x66, 0x6d, 0x74);
    /// Hairlines.
    pub const HAIRLINE: Colour = Colour(0xd3, 0xcf, 0xc6);
    /// Quiet areas.
    pub const PAPER: Colour = Colour(0xf6, 0xf5, 0xf2);
    /// The one accent.
    pub const ACCENT: Colour = Colour(0x0b, 0x6e, 0x6e);
    /// The accent as a tint behind text.
    pub const ACCENT_TINT: Colour = Colour(0xe2, 0xf1, 0xf0);
    /// Something to heed.
    pub const WARNING: Colour = Colour(0x9a, 0x46, 0x06);
    /// The warning as a tint behind text.
    pub const WARNING_TINT: Colour = Colour(0xfd, 0xf0, 0xe1);
}

/// Kind of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// The interface's face, figures of equal width.
    Sans,
    /// Every character equally wide: keys and codes that are typed off the page.
    Mono,
    /// Signs that should all be of one drawing: ticks, circles, diamonds.
    Signs,
}

/// Thickness of the letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 500.
    Medium,
    /// 600.
    SemiBold,
}

/// Where lines stand between the two sides of their column. Start is the side reading begins at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the side where reading begins.
    #[default]
    Start,
    /// In the middle.
    Centre,
    /// At the far side.
    End,
}

/// Which way a line reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// As French and English.
    LeftToRight,
    /// As Arabic.
    RightToLeft,
}

/// Look of a span.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Kind of letters.
    pub family: Family,
    /// Thickness.
    pub weight: Weight,
    /// Size of the em in points.
    pub size: f32,
    /// Colour of the letters.
    pub colour: Colour,
    /// Height of a line as a multiple of the size; raised to what Arabic needs where a line has some.
    pub leading: f32,
    /// A line through the text.
    pub struck: bool,
}

impl Style {
    /// Plain ink of the given size in points.
    pub const fn sized(size: f32) -> Style {
        Style { family: Family::Sans, weight: Weight::Regular, size, colour: Colour::INK, leading: 1.35, struck: false }
    }

    /// The same, weight 500.
    pub const fn medium(self) -> Style {
        Style { weight: Weight::Medium, ..self }
    }

    /// The same, weight 600.
    pub const fn semi_bold(self) -> Style {
        Style { weight: Weight::SemiBold, ..self }
    }

    /// The same in letters of equal width.
    pub const fn mono(self) -> Style {
        Style { family: Family::Mono, ..self }
    }

    /// The same as signs.
    pub const fn signs(self) -> Style {
        Style { family: Family::Signs, ..self }
    }

    /// The same in another colour.
    pub const fn coloured(self, colour: Colour) -> Style {
        Style { colour, ..self }
    }

    /// The same with another line height.
    pub const fn leaded(self, leading: f32) -> Style {
        Style { leading, ..self }
    }

    /// The same, struck through.
    pub const fn struck(self) -> Style {
        Style { struck: true, ..self }
    }
}

/// A piece of text in one style. Not `Debug`: it may hold a person's data or a key.
#[derive(Clone, PartialEq)]
pub struct Span {
    /// The text. A line feed starts a new line.
    pub text: String,
    /// Its look.
    pub style: Style,
    /// Whether the text keeps its own direction and cannot disturb its surroundings: set for everything that comes
    /// from data (names, phones, codes), so that `06 11 22 33 44` reads forwards inside Arabic.
    pub isolated: bool,
    /// Whether lines should not break inside, if it fits on a line at all.
    pub together: bool,
}

impl Span {
    /// Wording of the program, in the language of the page.
    pub fn words(text: impl Into<String>, style: Style) -> Span {
        Span { text: text.into(), style, isolated: false, together: false }
    }

    /// Text from data: isolated from its surroundings.
    pub fn data(text: impl Into<String>, style: Style) -> Span {
        Span { isolated: true, ..Span::words(text, style) }
    }

    /// A number, phone, date or code: isolated, and kept on one line.
    pub fn code(text: impl Into<String>, style: Style) -> Span {
        Span { together: true, ..Span::data(text, style) }
    }
}

/// Lines of text that are wrapped to the width they are given. Not `Debug`, as [`Span`].
#[derive(Clone, PartialEq)]
pub struct Paragraph {
    /// The text, in logical order.
    pub spans: Vec<Span>,
    /// Where the lines stand.
    pub align: Align,
    /// Reading direction, where it differs from the page's.
    pub direction: Option<Direction>,
    /// Space above it inside a cell or box, in points; not at the top.
    pub space_before: f32,
    /// Whether a page may not end right after it: headings.
    pub keep_with_next: bool,
}

impl Paragraph {
    /// A paragraph at the start side.
    pub fn new(spans: Vec<Span>) -> Paragraph {
        Paragraph { spans, align: Align::Start, direction: None, space_before: 0.0, keep_with_next: false }
    }

    /// The same, aligned otherwise.
    pub fn aligned(self, align: Align) -> Paragraph {
        Paragraph { align, ..self }
    }

    /// The same, read the given way whatever the page.
    pub fn reading(self, direction: Direction) -> Paragraph {
        Paragraph { direction: Some(direction), ..self }
    }

    /// The same, with space above it.
    pub fn after(self, space_before: f32) -> Paragraph {
        Paragraph { space_before, ..self }
    }

    /// The same, kept with what follows.
    pub fn heading(self) -> Paragraph {
        Paragraph { keep_with_next: true, ..self }
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(|span| span.text.trim().is_empty())
    }
}
