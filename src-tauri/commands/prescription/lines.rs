//! Between what is drafted and what the rules know: lines and acts, there and back.

use domain::drug::condition::Condition;
use domain::drug::overriding::Reason;
use domain::prescription::model::{Act, Ground, Kind, Letters, Line, Prescriber, Prescription, Table};
use domain::prescription::posology::Posology;
use domain::prescription::sentence::{Language, sentence};
use domain::prescription::typed::parse;
use domain::prescription::{Amount, Unit, rules};
use domain::time::WallTime;

use super::known::Known;
use super::wire::{ActFields, LettersFields, LineFields, PrescriptionDraft, ReadLineView};
use crate::commands::CommandError;

/// More lines than any prescription has.
const LINES: usize = 60;
/// Longest text of a field, in characters.
const TEXT: usize = 400;

fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A word of a closed list, where one is given.
fn word<T: std::str::FromStr>(text: &str, field: &str) -> Result<Option<T>, CommandError> {
    given(text).map(|text| text.parse().map_err(|_| CommandError::field("unknown_word", field))).transpose()
}

/// The unit of a line.
pub(super) fn unit(fields: &LineFields) -> Result<Unit, CommandError> {
    let named = word(&fields.unit, "unit")?;
    Ok(named.or_else(|| Unit::of_form(&fields.form)).unwrap_or(Unit::Tablet))
}

/// A posology as typed; one that nobody can follow where it was not understood, so that the rules name it.
fn posology(fields: &LineFields, unit: Unit) -> Posology {
    parse(&fields.posology, unit).unwrap_or(Posology { unit, steps: Vec::new(), meal: None, needed: None })
}

/// A line for the rules.
///
/// # Errors
/// `unknown_word`, `too_long`, `bad_cis`.
pub(super) fn line(fields: &LineFields) -> Result<Line, CommandError> {
    for (text, field) in [
        (&fields.substance, "substance"),
        (&fields.brand, "brand"),
        (&fields.strength, "strength"),
        (&fields.form, "form"),
        (&fields.posology, "posology"),
        (&fields.override_reason, "override_reason"),
    ] {
        if text.chars().count() > if field == "override_reason" { 600 } else { TEXT } {
            return Err(CommandError::field("too_long", field).with("limit", TEXT));
        }
    }
    if let Some(cis) = given(&fields.cis) {
        crate::commands::drugs::cis_of(&cis)?;
    }
    Ok(Line {
        substance: fields.substance.trim().to_owned(),
        brand: given(&fields.brand),
        cis: given(&fields.cis),
        strength: fields.strength.trim().to_owned(),
        form: fields.form.trim().to_owned(),
        posology: posology(fields, unit(fields)?),
        duration: None,
        packs: fields.packs,
        renewals: fields.renewals,
        non_substitutable: word::<Ground>(&fields.non_substitutable, "non_substitutable")?,
        ald: fields.ald,
        letters: fields.letters.as_ref().map(|letters| Letters {
            strength: letters.strength.clone(),
            per_intake: letters.per_intake.clone(),
            intakes: letters.intakes.clone(),
        }),
        fraction_days: fields.fraction_days,
        single_delivery: fields.single_delivery,
        table: word::<Table>(&fields.table, "table")?,
        override_reason: Reason::of(&fields.override_reason).map(|reason| reason.as_str().to_owned()),
    })
}

/// A line that was signed, as a draft has it. The reason of an overriding is asked again.
pub(super) fn fields(line: &Line, language: Language) -> LineFields {
    LineFields {
        substance: line.substance.clone(),
        brand: line.brand.clone().unwrap_or_default(),
        cis: line.cis.clone().unwrap_or_default(),
        strength: line.strength.clone(),
        form: line.form.clone(),
        unit: line.posology.unit.as_str().to_owned(),
        posology: sentence(&line.posology, language),
        packs: line.packs,
        renewals: line.renewals,
        non_substitutable: line.non_substitutable.map_or_else(String::new, |ground| ground.as_str().to_owned()),
        ald: line.ald,
        letters: line.letters.as_ref().map(letters),
        fraction_days: line.fraction_days,
        single_delivery: line.single_delivery,
        table: line.table.map_or_else(String::new, |table| table.as_str().to_owned()),
        override_reason: String::new(),
    }
}

/// Letters as a draft has them.
pub(super) fn letters(letters: &Letters) -> LettersFields {
    LettersFields {
        strength: letters.strength.clone(),
        per_intake: letters.per_intake.clone(),
        intakes: letters.intakes.clone(),
    }
}

/// An act as a draft has it.
pub(super) fn act_fields(act: &Act) -> ActFields {
    ActFields { text: act.text.clone(), sessions: act.sessions, at_home: act.at_home, ald: act.ald }
}

fn act(fields: &ActFields) -> Result<Act, CommandError> {
    if fields.text.chars().count() > 2 * TEXT {
        return Err(CommandError::field("too_long", "text").with("limit", 2 * TEXT));
    }
    Ok(Act {
        text: fields.text.split_whitespace().collect::<Vec<_>>().join(" "),
        sessions: fields.sessions,
        at_home: fields.at_home,
        ald: fields.ald,
    })
}

/// A draft as the rules know it, of today.
///
/// # Errors
/// `unknown_word`, `too_long`, `too_many_lines`, `bad_cis`.
pub(super) fn prescription(
    draft: &PrescriptionDraft,
    known: &Known,
    prescriber: Prescriber,
    today: WallTime,
) -> Result<Prescription, CommandError> {
    if draft.lines.len() + draft.acts.len() > LINES {
        return Err(CommandError::field("too_many_lines", "lines").with("limit", LINES));
    }
    let kind: Kind = draft.kind.parse().map_err(|_| CommandError::field("unknown_word", "kind"))?;
    let drugs = kind == Kind::Drugs;
    Ok(Prescription {
        kind,
        written_on: today.date(),
        language: super::language(&draft.language)?,
        prescriber,
        patient: known.subject.clone(),
        lines: if drugs { draft.lines.iter().map(line).collect::<Result<_, _>>()? } else { Vec::new() },
        acts: if drugs {
            Vec::new()
        } else {
            let acts = draft.acts.iter().filter(|one| !one.text.trim().is_empty());
            acts.map(act).collect::<Result<_, _>>()?
        },
        secure_form: drugs && draft.secure_form,
    })
}

/// Whether a drug needs the secure form: by its conditions, or by its substance.
pub(super) fn needs_secure_form(findings: &[rules::Finding]) -> bool {
    findings.iter().any(|finding| finding.rule == rules::Rule::SecureForm)
}

/// How a line reads; packs are asked for elsewhere.
pub(super) fn reading(line: &Line, conditions: &[Condition]) -> ReadLineView {
    let sound = line.posology.check().is_ok();
    let said = |language| if sound { sentence(&line.posology, language) } else { String::new() };
    let need = if sound { line.need() } else { None };
    let mut words: Vec<String> = conditions
        .iter()
        .filter(|one| !matches!(one, Condition::Other))
        .map(|one| match one.word() {
            (word, Some(number)) => format!("{word}:{number}"),
            (word, None) => word.to_owned(),
        })
        .collect();
    words.dedup();
    ReadLineView {
        french: said(Language::French),
        arabic: said(Language::Arabic),
        days: line.days(),
        units: need.map_or_else(String::new, |need| Amount::decimal(need.units)),
        intakes: need.map(|need| need.intakes),
        packs: None,
        conditions: words,
    }
}

/// A line as one readable sentence: `DOLIPRANE 1000 mg, comprimé : 1 comprimé le matin.`
pub(super) fn spoken(line: &Line, language: Language) -> String {
    let name = match &line.brand {
        Some(brand) if !line.substance.is_empty() => format!("{} ({brand})", line.substance),
        Some(brand) => brand.clone(),
        None => line.substance.clone(),
    };
    let mut text = [name.as_str(), &line.strength, &line.form]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    text.push_str(if language == Language::French { " : " } else { ": " });
    text.push_str(&sentence(&line.posology, language));
    text
}
