//! A posology read from what is typed fast: "1 matin et 1 soir pendant 7 jours", "1-0-1 7j", "2 cp 3x/j 5 j",
//! "si besoin, max 4/j", "3 puis 2 puis 1, 3 jours chacun", in French or Arabic words.
//!
//! A word that is not understood, or that says a second time what was said, is a refusal that names its place: nothing
//! of a posology is ever left out in silence.

use super::lexicon::{Placed, Token, tokens};
use super::posology::{Days, Posology, Unsound};
use super::settled::{Said, Whole, settle};
use super::{Amount, Span, SpanUnit, Unit};

/// Why a text is no posology, and where in it, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misread {
    /// The first byte of what was not understood.
    pub from: usize,
    /// The byte after it.
    pub to: usize,
    /// Why.
    pub why: Why,
}

/// Why a text is no posology.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A word that means nothing here.
    Unknown,
    /// What was already said otherwise.
    Twice,
    /// Nothing was said of how much or when.
    Nothing,
    /// It cannot be followed.
    Unsound(Unsound),
}

/// Reads a posology.
///
/// `unit` is that of the drug's form, for texts that name none.
///
/// # Errors
/// What was not understood, and where it stands.
pub fn parse(text: &str, unit: Unit) -> Result<Posology, Misread> {
    let tokens = tokens(text);
    let mut reading = Reading { tokens: &tokens, at: 0, whole: Whole::default(), end: text.len() };
    let mut steps = vec![Said::default()];
    while reading.at < tokens.len() {
        if reading.token(0) == Some(Token::Then) {
            reading.at += 1;
            steps.push(Said::default());
            continue;
        }
        let Some(said) = steps.last_mut() else { break };
        reading.read(said)?;
    }
    let whole = reading.whole;
    let everything = Misread { from: 0, to: text.len(), why: Why::Nothing };
    let posology = settle(steps, &whole, unit).ok_or(everything)?;
    posology.check().map_err(|unsound| Misread { why: Why::Unsound(unsound), ..everything })?;
    Ok(posology)
}

struct Reading<'a> {
    tokens: &'a [Placed],
    at: usize,
    whole: Whole,
    end: usize,
}

type Read<T> = Result<T, Misread>;

impl Reading<'_> {
    fn token(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).map(|placed| placed.token)
    }

    fn wrong<T>(&self, why: Why) -> Read<T> {
        let (from, to) =
            self.tokens.get(self.at).or(self.tokens.last()).map_or((0, self.end), |placed| (placed.from, placed.to));
        Err(Misread { from, to, why })
    }

    fn skip_fillers(&mut self) {
        while self.token(0) == Some(Token::Filler) {
            self.at += 1;
        }
    }

    fn set<T>(&self, place: &mut Option<T>, value: T) -> Read<()> {
        if place.is_some() {
            return self.wrong(Why::Twice);
        }
        *place = Some(value);
        Ok(())
    }

    /// A whole number within a byte, or a refusal at this place.
    fn count(&self, hundredths: u32) -> Read<u8> {
        match u8::try_from(hundredths / 100) {
            Ok(number) if hundredths.is_multiple_of(100) && number > 0 => Ok(number),
            _ => self.wrong(Why::Unknown),
        }
    }

    /// Reads what stands here into the step.
    fn read(&mut self, said: &mut Said) -> Read<()> {
        let Some(token) = self.token(0) else { return Ok(()) };
        match token {
            Token::Filler | Token::And => self.at += 1,
            Token::To => {
                let number = |token| matches!(token, Some(Token::Number(_) | Token::Part(_)));
                if number(self.before()) && number(self.token(1)) {
                    return self.wrong(Why::Unknown);
                }
                self.at += 1;
            }
            Token::PerPeriod(days) => {
                if !said.fresh || said.amount != Some(100) || said.has_regime() {
                    return self.wrong(Why::Unknown);
                }
                self.set(&mut said.days, days)?;
                self.at += 1;
            }
            // "1 cp x 3/j"
            Token::Times if said.fresh && matches!(self.token(1), Some(Token::Number(_))) => {
                self.at += 1;
                if let Some(Token::Number(number)) = self.token(0) {
                    let often = self.count(number)?;
                    self.set(&mut said.times, often)?;
                }
                self.at += 1;
                self.per_day()?;
            }
            Token::Number(_) | Token::Part(_) | Token::Unit(_) | Token::Pair(_) => return self.quantity_in(said),
            Token::Moment(moment) => {
                let amount = Amount(said.amount.unwrap_or(100));
                let moments = said.moments.get_or_insert([Amount::ZERO; 4]);
                if moments[moment] != Amount::ZERO {
                    return self.wrong(Why::Twice);
                }
                moments[moment] = amount;
                said.fresh = false;
                self.at += 1;
            }
            Token::PairOfTimes | Token::Times => {
                // "مرتين", "مرة واحدة"
                let one = token == Token::Times && self.token(1) == Some(Token::One);
                if token == Token::Times && !one {
                    return self.wrong(Why::Unknown);
                }
                self.set(&mut said.times, if one { 1 } else { 2 })?;
                self.at += if one { 2 } else { 1 };
                self.per_day()?;
            }
            Token::PerDay => {
                if said.times.is_none() {
                    if !said.fresh {
                        return self.wrong(Why::Unknown);
                    }
                    said.times = Some(1);
                }
                self.at += 1;
            }
            Token::Every | Token::Slash => self.every(said)?,
            Token::For => {
                self.at += 1;
                let span = self.span()?;
                self.set(&mut said.duration, span)?;
            }
            Token::PairOfSpans(_) | Token::Span(_) => {
                let span = self.span()?;
                self.set(&mut said.duration, span)?;
            }
            Token::Needed => {
                if self.whole.needed {
                    return self.wrong(Why::Twice);
                }
                self.whole.needed = true;
                self.at += 1;
            }
            Token::Most => {
                self.at += 1;
                self.skip_fillers();
                let (amount, unit) = self.quantity(true)?;
                let Some(amount) = amount else { return self.wrong(Why::Unknown) };
                self.name_unit(unit)?;
                if self.whole.most.replace(Amount(amount)).is_some() {
                    return self.wrong(Why::Twice);
                }
                // Each time at most so much, or so often at most, is another thing than so much a day.
                if matches!(self.token(0), Some(Token::Times)) {
                    return self.wrong(Why::Unknown);
                }
                self.per_day()?;
            }
            Token::Between => {
                self.at += 1;
                let hours = self.hours()?;
                if self.whole.between.replace(hours).is_some() {
                    return self.wrong(Why::Twice);
                }
            }
            Token::EachStep => {
                self.whole.each_step = true;
                self.at += 1;
            }
            Token::Meal(meal) => {
                if self.whole.meal.replace(meal).is_some() {
                    return self.wrong(Why::Twice);
                }
                self.at += 1;
            }
            Token::Days(days) => {
                self.set(&mut said.days, days)?;
                self.at += 1;
            }
            Token::Weekday(day) => {
                let bits = match said.days {
                    None => 0,
                    Some(Days::On(bits)) if bits & (1 << day) == 0 => bits,
                    Some(_) => return self.wrong(Why::Twice),
                };
                said.days = Some(Days::On(bits | 1 << day));
                self.at += 1;
            }
            Token::Single => {
                if said.single {
                    return self.wrong(Why::Twice);
                }
                said.single = true;
                self.at += 1;
            }
            Token::Then | Token::Dash | Token::One | Token::Hour | Token::PairOfHours | Token::Unknown => {
                return self.wrong(Why::Unknown);
            }
        }
        Ok(())
    }

    fn before(&self) -> Option<Token> {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|placed| placed.token)
    }

    /// "par jour", which may be left out; but so many times a week is not so many times a day.
    fn per_day(&mut self) -> Read<()> {
        match self.token(0) {
            Some(Token::PerDay) => self.at += 1,
            Some(Token::PerPeriod(_) | Token::Days(Days::Weekly | Days::Monthly)) => return self.wrong(Why::Unknown),
            _ => {}
        }
        Ok(())
    }

    fn name_unit(&mut self, unit: Option<Unit>) -> Read<()> {
        match (self.whole.unit, unit) {
            (Some(known), Some(unit)) if known != unit => self.wrong(Why::Twice),
            (_, None) => Ok(()),
            (_, unit) => {
                self.whole.unit = unit;
                Ok(())
            }
        }
    }

    /// A number, what follows it, and so what it is a number of.
    fn quantity_in(&mut self, said: &mut Said) -> Read<()> {
        if self.pattern(said)? {
            return Ok(());
        }
        let started = said.has_regime() || said.fresh;
        let start = self.at;
        let (amount, unit) = self.quantity(!started)?;
        self.name_unit(unit)?;
        let Some(amount) = amount else { return Ok(()) };
        if unit.is_none() {
            match self.token(0) {
                Some(Token::Span(_)) => {
                    self.at = start;
                    let span = self.span()?;
                    return self.set(&mut said.duration, span);
                }
                Some(Token::Times) => {
                    self.at += 1;
                    if let Some(Token::Number(number)) = self.token(0) {
                        let named = matches!(self.token(1), Some(Token::Unit(_)));
                        let (each, often) = if named { (number, amount) } else { (amount, number) };
                        self.give(said, each)?;
                        let often = self.count(often)?;
                        self.set(&mut said.times, often)?;
                        self.at += 1;
                        if let (true, Some(Token::Unit(unit))) = (named, self.token(0)) {
                            self.name_unit(Some(unit))?;
                            self.at += 1;
                        }
                    } else {
                        let often = self.count(amount)?;
                        self.set(&mut said.times, often)?;
                    }
                    self.per_day()?;
                    return Ok(());
                }
                Some(Token::PerDay) => {
                    let often = self.count(amount)?;
                    self.set(&mut said.times, often)?;
                    self.at += 1;
                    return Ok(());
                }
                _ => {}
            }
        }
        self.give(said, amount)
    }

    fn give(&self, said: &mut Said, amount: u32) -> Read<()> {
        if said.fresh {
            return self.wrong(Why::Twice);
        }
        // A second amount belongs to another moment of the day; beside a frequency there is only one.
        if said.amount.is_some() && said.moments.is_none() {
            return self.wrong(Why::Twice);
        }
        said.amount = Some(amount);
        said.fresh = true;
        Ok(())
    }

    /// `1-0-1`, morning-noon-evening, with bedtime as a fourth.
    fn pattern(&mut self, said: &mut Said) -> Read<bool> {
        let number = |token| match token {
            Some(Token::Number(number)) => Some(number),
            Some(Token::Part(part)) => Some(part),
            _ => None,
        };
        if self.token(1) != Some(Token::Dash) {
            return Ok(false);
        }
        let mut moments = [Amount::ZERO; 4];
        let mut count = 0;
        while let Some(amount) = number(self.token(2 * count)).filter(|_| count < 4) {
            moments[count] = Amount(amount);
            count += 1;
            if self.token(2 * count - 1) != Some(Token::Dash) {
                break;
            }
        }
        if count < 3 || self.token(2 * count - 1) == Some(Token::Dash) || said.amount.is_some() {
            return self.wrong(Why::Unknown);
        }
        self.set(&mut said.moments, moments)?;
        said.amount = moments.iter().map(|amount| amount.0).max();
        self.at += 2 * count - 1;
        Ok(true)
    }

    /// An amount with its unit. A unit alone is one of it where `alone`, or where a moment follows.
    fn quantity(&mut self, alone: bool) -> Read<(Option<u32>, Option<Unit>)> {
        let mut unit = None;
        let mut amount = match self.token(0) {
            Some(Token::Number(number)) => Some(number),
            Some(Token::Part(part)) => Some(part),
            Some(Token::Pair(of)) => {
                unit = Some(of);
                Some(200)
            }
            Some(Token::Unit(of)) => {
                unit = Some(of);
                let one = self.token(1) == Some(Token::One);
                self.at += usize::from(one);
                let counts = one
                    || alone
                    || matches!(self.token(1), Some(Token::Moment(_)))
                    || matches!((self.token(1), self.token(2)), (Some(Token::And), Some(Token::Part(_))));
                counts.then_some(100)
            }
            _ => return self.wrong(Why::Unknown),
        };
        let partial = matches!(self.token(0), Some(Token::Part(_)));
        self.at += 1;
        if !partial {
            self.part(&mut amount);
        }
        if unit.is_none() {
            let filler = usize::from(self.token(0) == Some(Token::Filler));
            if let Some(Token::Unit(of)) = self.token(filler).filter(|_| filler == 0 || partial) {
                unit = Some(of);
                self.at += filler + 1;
                if !partial {
                    self.part(&mut amount);
                }
            }
        }
        Ok((amount, unit))
    }

    /// "et demi", "1/2" behind a number.
    fn part(&mut self, amount: &mut Option<u32>) {
        let (length, part) = match (self.token(0), self.token(1)) {
            (Some(Token::Part(part)), _) => (1, part),
            (Some(Token::And), Some(Token::Part(part))) => {
                // "1 comprimé et 1/2 comprimé le soir" would be another intake.
                let filler = usize::from(self.token(2) == Some(Token::Filler));
                let own = amount.is_none() || matches!(self.token(2 + filler), Some(Token::Unit(_)));
                if own && self.whole.unit.is_some() {
                    return;
                }
                (2, part)
            }
            _ => return,
        };
        if let Some(amount) = amount.as_mut() {
            *amount = amount.saturating_add(part);
            self.at += length;
        }
    }

    fn every(&mut self, said: &mut Said) -> Read<()> {
        let slash = self.token(0) == Some(Token::Slash);
        match (self.token(1), self.token(2)) {
            (Some(Token::Weekday(_)), _) if !slash => self.at += 1,
            (Some(Token::Number(200)), Some(Token::Span(SpanUnit::Days))) if !slash => {
                self.set(&mut said.days, Days::Alternate)?;
                self.at += 3;
            }
            (Some(Token::PairOfSpans(SpanUnit::Days)), _) if !slash => {
                self.set(&mut said.days, Days::Alternate)?;
                self.at += 2;
            }
            (Some(Token::Span(SpanUnit::Weeks)), _) if !slash => {
                self.set(&mut said.days, Days::Weekly)?;
                self.at += 2;
            }
            (Some(Token::Span(SpanUnit::Months)), _) if !slash => {
                self.set(&mut said.days, Days::Monthly)?;
                self.at += 2;
            }
            _ => {
                self.at += 1;
                let hours = self.hours()?;
                self.set(&mut said.hours, hours)?;
            }
        }
        Ok(())
    }

    fn hours(&mut self) -> Read<u8> {
        self.skip_fillers();
        match (self.token(0), self.token(1)) {
            (Some(Token::Number(number)), Some(Token::Hour)) => {
                let hours = self.count(number)?;
                self.at += 2;
                Ok(hours)
            }
            (Some(Token::Hour), one) => {
                self.at += if one == Some(Token::One) { 2 } else { 1 };
                Ok(1)
            }
            (Some(Token::PairOfHours), _) => {
                self.at += 1;
                Ok(2)
            }
            _ => self.wrong(Why::Unknown),
        }
    }

    fn span(&mut self) -> Read<Span> {
        self.skip_fillers();
        let (number, unit, length) = match (self.token(0), self.token(1)) {
            (Some(Token::Number(number)), Some(Token::Span(unit))) if number % 100 == 0 => (number / 100, unit, 2),
            (Some(Token::Span(unit)), Some(Token::One)) => (1, unit, 2),
            (Some(Token::PairOfSpans(unit)), _) => (2, unit, 1),
            _ => return self.wrong(Why::Unknown),
        };
        let Ok(number) = u16::try_from(number) else { return self.wrong(Why::Unknown) };
        self.at += length;
        Ok(Span { number, unit })
    }
}
