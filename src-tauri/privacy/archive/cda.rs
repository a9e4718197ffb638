//! The medical summary (VSM, *volet de synthèse médicale*) as HL7 CDA R2 of level 3: each section as text for people and as
//! entries for software. What the record says in free text stands as original text with no code guessed for it.

use crate::privacy::dossier::{Content, Dossier, Entry, Identity};

use super::telling::{Section, Told};

/// LOINC.
const LOINC: &str = "2.16.840.1.113883.6.1";

/// Without the control characters that XML cannot say.
#[must_use]
pub fn sayable(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\t' | '\n') || (!c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')))
        .collect()
}

/// As text of XML or as the value of an attribute.
#[must_use]
pub fn escaped(text: &str) -> String {
    quick_xml::escape::escape(sayable(text).as_str()).into_owned()
}

/// A UUID as an object identifier.
#[must_use]
pub fn oid(id: uuid::Uuid) -> String {
    format!("2.25.{}", id.as_u128())
}

/// The person's identifier as HL7 writes it: the national one where it is qualified, else the practice's own.
#[must_use]
pub fn person(one: &Identity, vault: uuid::Uuid) -> String {
    let (root, extension, kind) = identifier(one, vault);
    format!("{extension}^^^&{root}&ISO^{kind}")
}

fn identifier(one: &Identity, vault: uuid::Uuid) -> (String, String, &'static str) {
    let nir: String = one.nir.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    if one.ins_status == "qualified" && !nir.is_empty() {
        ("1.2.250.1.213.1.4.8".to_owned(), nir, "NH")
    } else {
        (oid(vault), one.id.clone(), "PI")
    }
}

/// Digits of a date or an instant.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).take(14).collect()
}

/// The code of a section: code and word in LOINC.
fn section_code(kind: &str) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        "alert" => ("75310-3", "Health concerns"),
        "condition" => ("11450-4", "Problem list"),
        "antecedent" => ("11348-0", "History of past illness"),
        "family" => ("10157-6", "History of family member diseases"),
        "allergy" => ("48765-2", "Allergies and adverse reactions"),
        "treatment" => ("10160-0", "History of medication use"),
        "vaccination" => ("11369-6", "History of immunization"),
        "measure" => ("8716-3", "Vital signs"),
        "report" => ("30954-2", "Relevant diagnostic tests and laboratory data"),
        "consultation" => ("46240-8", "History of encounters"),
        _ => return None,
    })
}

/// What stands around the summary.
pub struct Around<'a> {
    /// The vault.
    pub vault: uuid::Uuid,
    /// The document's own id.
    pub id: uuid::Uuid,
    /// UTC instant.
    pub made_at: &'a str,
    /// Language of the words: `fr-FR` …
    pub language: &'a str,
    /// Title.
    pub title: &'a str,
}

/// The summary.
#[must_use]
pub fn summary(dossier: &Dossier, told: &Told, around: &Around<'_>) -> Vec<u8> {
    let mut out = String::with_capacity(32 * 1024);
    header(&mut out, dossier, around);
    out.push_str("<component><structuredBody>\n");
    let none = Vec::new();
    let entries = dossier.record.as_ref().map_or(&none, |record| &record.entries);
    for section in &told.sections {
        if let Some(code) = section_code(section.kind) {
            body(&mut out, section, code, entries);
        }
    }
    if !told.sections.iter().any(|section| section_code(section.kind).is_some()) {
        // A body has at least one section.
        out.push_str(&format!(
            "<component><section><code code=\"11450-4\" codeSystem=\"{LOINC}\"/><title>-</title><text>-</text></section></component>\n"
        ));
    }
    out.push_str("</structuredBody></component>\n</ClinicalDocument>\n");
    out.into_bytes()
}

fn header(out: &mut String, dossier: &Dossier, around: &Around<'_>) {
    let who = &dossier.patient;
    let (root, extension, _) = identifier(who, around.vault);
    let at = digits(around.made_at);
    let country = if dossier.practice.country == "MA" { "MA" } else { "FR" };
    out.push_str(&format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n\
         <realmCode code=\"{country}\"/>\n<typeId root=\"2.16.840.1.113883.1.3\" extension=\"POCD_HD000040\"/>\n\
         <templateId root=\"2.16.840.1.113883.2.8.2.1\"/>\n<templateId root=\"1.2.250.1.213.1.1.1.1\"/>\n<templateId root=\"1.2.250.1.213.1.1.1.13\"/>\n\
         <id root=\"{}\"/>\n<code code=\"34133-9\" codeSystem=\"{LOINC}\" displayName=\"Summarization of episode note\"/>\n<title>{}</title>\n\
         <effectiveTime value=\"{at}+0000\"/>\n<confidentialityCode code=\"N\" codeSystem=\"2.16.840.1.113883.5.25\"/>\n<languageCode code=\"{}\"/>\n\
         <setId root=\"{}\"/>\n<versionNumber value=\"1\"/>\n",
        oid(around.id),
        escaped(around.title),
        around.language,
        oid(around.id),
    ));
    let sex = match who.sex.as_str() {
        "female" => "code=\"F\" codeSystem=\"2.16.840.1.113883.5.1\"",
        "male" => "code=\"M\" codeSystem=\"2.16.840.1.113883.5.1\"",
        _ => "nullFlavor=\"UNK\"",
    };
    let born = who.born.as_deref().map(digits).filter(|text| !text.is_empty());
    let born = born.map_or("nullFlavor=\"UNK\"".to_owned(), |day| format!("value=\"{day}\""));
    let surname = if who.surname.is_empty() { &who.surname_arabic } else { &who.surname };
    let first = if who.first_name.is_empty() { &who.first_name_arabic } else { &who.first_name };
    out.push_str(&format!(
        "<recordTarget><patientRole><id root=\"{root}\" extension=\"{}\"/>\n\
         <addr><streetAddressLine>{}</streetAddressLine><postalCode>{}</postalCode><city>{}</city></addr>\n<telecom value=\"tel:{}\"/>\n\
         <patient><name><family qualifier=\"SP\">{}</family><family qualifier=\"BR\">{}</family><given>{}</given></name>\
         <administrativeGenderCode {sex}/><birthTime {born}/></patient></patientRole></recordTarget>\n",
        escaped(&extension),
        escaped(&who.address),
        escaped(&who.postcode),
        escaped(&who.city),
        escaped(&who.mobile),
        escaped(surname),
        escaped(&who.birth_name),
        escaped(first),
    ));
    let practice = &dossier.practice;
    let organisation = format!(
        "<id root=\"{}\" extension=\"{}\"/><name>{}</name>",
        oid(around.vault),
        escaped(&practice.id),
        escaped(&practice.name)
    );
    let author = practice.practitioners.first();
    let (number, name) = author.map_or(("", practice.name.as_str()), |one| {
        (if one.rpps.is_empty() { one.inpe.as_str() } else { one.rpps.as_str() }, one.name.as_str())
    });
    let number = if number.is_empty() {
        "<id nullFlavor=\"UNK\"/>".to_owned()
    } else {
        format!("<id root=\"1.2.250.1.71.4.2.1\" extension=\"{}\"/>", escaped(number))
    };
    out.push_str(&format!(
        "<author><time value=\"{at}+0000\"/><assignedAuthor>{number}<assignedPerson><name>{}</name></assignedPerson>\
         <representedOrganization>{organisation}</representedOrganization></assignedAuthor></author>\n\
         <custodian><assignedCustodian><representedCustodianOrganization>{organisation}</representedCustodianOrganization></assignedCustodian></custodian>\n",
        escaped(name)
    ));
}

fn body(out: &mut String, section: &Section, (code, word): (&str, &str), entries: &[Entry]) {
    out.push_str(&format!(
        "<component><section><code code=\"{code}\" codeSystem=\"{LOINC}\" displayName=\"{word}\"/><title>{}</title>\n<text><list>\n",
        section.title
    ));
    for (place, item) in section.items.iter().enumerate() {
        let styled = if item.struck { " styleCode=\"Strikethrough\"" } else { "" };
        out.push_str(&format!(
            "<item ID=\"{}{place}\"><content{styled}>{} {}</content></item>\n",
            section.kind,
            escaped(&item.on),
            escaped(&item.text).replace('\n', "<br/>")
        ));
    }
    out.push_str("</list></text>\n");
    for (place, item) in section.items.iter().enumerate().filter(|(_, item)| !item.struck) {
        if let Some(found) = entries.iter().find(|one| one.id == item.id) {
            entry(out, found, &format!("#{}{place}", section.kind));
        }
    }
    out.push_str("</section></component>\n");
}

fn identifier_of(entry: &Entry) -> String {
    entry
        .id
        .parse::<uuid::Uuid>()
        .map_or("<id nullFlavor=\"UNK\"/>".to_owned(), |id| format!("<id root=\"{}\"/>", oid(id)))
}

fn period(since: &str, until: &str) -> String {
    let edge = |name: &str, day: &str| {
        if day.is_empty() { String::new() } else { format!("<{name} value=\"{}\"/>", digits(day)) }
    };
    let (low, high) = (edge("low", since), edge("high", until));
    if low.is_empty() && high.is_empty() {
        "<effectiveTime nullFlavor=\"UNK\"/>".to_owned()
    } else {
        format!("<effectiveTime xsi:type=\"IVL_TS\">{low}{high}</effectiveTime>")
    }
}

/// An entry for software: the statement of its kind, with its original text.
fn entry(out: &mut String, entry: &Entry, reference: &str) {
    let (id, on) = (identifier_of(entry), digits(&entry.on));
    let text = format!("<text><reference value=\"{reference}\"/></text>");
    let original = format!("<originalText><reference value=\"{reference}\"/></originalText>");
    let uncoded = format!("<value xsi:type=\"CD\" nullFlavor=\"OTH\">{original}</value>");
    let observation = |code: &str, time: &str, value: &str| {
        format!(
            "<entry><observation classCode=\"OBS\" moodCode=\"EVN\">{id}{code}{text}<statusCode code=\"completed\"/>{time}{value}</observation></entry>\n"
        )
    };
    let coded =
        |code: &str, word: &str| format!("<code code=\"{code}\" codeSystem=\"{LOINC}\" displayName=\"{word}\"/>");
    let day = if on.is_empty() {
        "<effectiveTime nullFlavor=\"UNK\"/>".to_owned()
    } else {
        format!("<effectiveTime value=\"{on}\"/>")
    };
    out.push_str(&match &entry.content {
        Content::Condition(one) => observation(&coded("75323-6", "Condition"), &period(&one.since, &one.until), &uncoded),
        Content::Antecedent(_) => observation(&coded("11348-0", "History of past illness"), &day, &uncoded),
        Content::Family(_) => observation(&coded("10157-6", "Family history"), &day, &uncoded),
        Content::Alert(_) => observation(&coded("75310-3", "Health concern"), &day, &uncoded),
        Content::Allergy(one) => {
            let agent = format!(
                "<participant typeCode=\"CSM\"><participantRole classCode=\"MANU\"><playingEntity classCode=\"MMAT\"><name>{}</name></playingEntity></participantRole></participant>",
                escaped(&one.agent)
            );
            observation("<code code=\"ALG\" codeSystem=\"2.16.840.1.113883.5.4\"/>", &day, &format!("{uncoded}{agent}"))
        }
        Content::Treatment(one) => {
            // A drug of the French base has its CIS code.
            let code = if one.cis.is_empty() {
                format!("<code nullFlavor=\"OTH\">{original}</code>")
            } else {
                format!("<code code=\"{}\" codeSystem=\"1.2.250.1.213.2.3.1\" displayName=\"{}\">{original}</code>", escaped(&one.cis), escaped(&one.label))
            };
            format!(
                "<entry><substanceAdministration classCode=\"SBADM\" moodCode=\"INT\">{id}{text}<statusCode code=\"active\"/>{}\
                 <consumable><manufacturedProduct><manufacturedMaterial>{code}</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>\n",
                period(&one.since, &one.until)
            )
        }
        Content::Vaccination(one) => format!(
            "<entry><substanceAdministration classCode=\"SBADM\" moodCode=\"EVN\">{id}<code code=\"IMMUNIZ\" codeSystem=\"2.16.840.1.113883.5.4\"/>{text}<statusCode code=\"completed\"/>{day}\
             <consumable><manufacturedProduct><manufacturedMaterial><code nullFlavor=\"OTH\">{original}</code><lotNumberText>{}</lotNumberText></manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>\n",
            escaped(&one.batch)
        ),
        Content::Measure(one) => measure(one, &|code, value| observation(code, &day, value), &uncoded),
        Content::Report(one) => {
            let mut lines = String::new();
            for line in one.lines.iter().filter(|line| line.kind != "remark") {
                let value = quantity(&line.value, &line.unit)
                    .unwrap_or_else(|| format!("<value xsi:type=\"ST\">{}</value>", escaped(&line.value)));
                lines.push_str(&format!(
                    "<component><observation classCode=\"OBS\" moodCode=\"EVN\"><code nullFlavor=\"OTH\"><originalText>{}</originalText></code><statusCode code=\"completed\"/>{value}</observation></component>",
                    escaped(&line.label)
                ));
            }
            format!(
                "<entry><organizer classCode=\"BATTERY\" moodCode=\"EVN\">{id}<code nullFlavor=\"OTH\">{original}</code><statusCode code=\"completed\"/>{day}{lines}</organizer></entry>\n"
            )
        }
        Content::Consultation(_) => format!(
            "<entry><encounter classCode=\"ENC\" moodCode=\"EVN\">{id}<code code=\"AMB\" codeSystem=\"2.16.840.1.113883.5.4\"/>{text}{day}</encounter></entry>\n"
        ),
        Content::Prescription(_) | Content::Letter(_) | Content::Document(_) => return,
    });
}

/// A value with its unit, where it is a number.
fn quantity(value: &str, unit: &str) -> Option<String> {
    let plain = value.trim().replace(',', ".");
    plain.parse::<f64>().ok().filter(|number| number.is_finite())?;
    let unit: String = unit.chars().filter(|c| !c.is_whitespace()).collect();
    let unit = if unit.is_empty() { "1".to_owned() } else { unit };
    Some(format!("<value xsi:type=\"PQ\" value=\"{plain}\" unit=\"{}\"/>", escaped(&unit)))
}

fn measure(
    one: &crate::privacy::dossier::Measure,
    observation: &dyn Fn(&str, &str) -> String,
    uncoded: &str,
) -> String {
    let code = match one.what.as_str() {
        "weight" => Some(("29463-7", "Body weight")),
        "height" => Some(("8302-2", "Body height")),
        "systolic" | "blood_pressure" => Some(("8480-6", "Systolic blood pressure")),
        "temperature" => Some(("8310-5", "Body temperature")),
        "pulse" => Some(("8867-4", "Heart rate")),
        "saturation" => Some(("59408-5", "Oxygen saturation")),
        _ => None,
    };
    let code = code.map_or_else(
        || format!("<code nullFlavor=\"OTH\"><originalText>{}</originalText></code>", escaped(&one.what)),
        |(code, word)| format!("<code code=\"{code}\" codeSystem=\"{LOINC}\" displayName=\"{word}\"/>"),
    );
    let mut out = observation(&code, &quantity(&one.value, &one.unit).unwrap_or_else(|| uncoded.to_owned()));
    if let Some(second) = quantity(&one.second, &one.unit).filter(|_| !one.second.is_empty()) {
        let diastolic =
            format!("<code code=\"8462-4\" codeSystem=\"{LOINC}\" displayName=\"Diastolic blood pressure\"/>");
        out.push_str(&observation(&diastolic, &second));
    }
    out
}
