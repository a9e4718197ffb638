//! Systems and codes, each from its owner's publication.

use super::{CodeableConcept, Coding};

/// LOINC.
pub const LOINC: &str = "http://loinc.org";
/// UCUM.
pub const UCUM: &str = "http://unitsofmeasure.org";
/// The French national identity number as a qualified health identity (INS-NIR).
pub const INS_NIR: &str = "urn:oid:1.2.250.1.213.1.4.8";
/// The French directory of health professionals.
pub const RPPS: &str = "urn:oid:1.2.250.1.71.4.2.1";
/// HL7 France's types of identifiers.
pub const FRENCH_IDENTIFIER_TYPES: &str = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203";
/// HL7's types of identifiers.
pub const IDENTIFIER_TYPES: &str = "http://terminology.hl7.org/CodeSystem/v2-0203";
/// Languages.
pub const LANGUAGES: &str = "urn:ietf:bcp:47";

const OBSERVATION_CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const INTERPRETATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

/// A concept of one of HL7's own systems, by its name there.
#[must_use]
pub fn hl7(system: &str, code: &str, display: &str) -> CodeableConcept {
    CodeableConcept {
        coding: vec![Coding::new(&format!("http://terminology.hl7.org/CodeSystem/{system}"), code, display)],
        text: String::new(),
    }
}

/// A LOINC concept with the words that were used.
#[must_use]
pub fn loinc(code: &str, display: &str, words: &str) -> CodeableConcept {
    CodeableConcept::coded(Coding::new(LOINC, code, display), words)
}

/// The category of a vital sign.
#[must_use]
pub fn vital_sign() -> CodeableConcept {
    CodeableConcept {
        coding: vec![Coding::new(OBSERVATION_CATEGORY, "vital-signs", "Vital Signs")],
        text: String::new(),
    }
}

/// The category of a laboratory's value.
#[must_use]
pub fn laboratory() -> CodeableConcept {
    CodeableConcept { coding: vec![Coding::new(OBSERVATION_CATEGORY, "laboratory", "Laboratory")], text: String::new() }
}

/// The category of a consultation's own observation.
#[must_use]
pub fn exam() -> CodeableConcept {
    CodeableConcept { coding: vec![Coding::new(OBSERVATION_CATEGORY, "exam", "Exam")], text: String::new() }
}

/// How a value stands to its bounds; none where nobody says.
#[must_use]
pub fn interpretation(standing: &str) -> Option<CodeableConcept> {
    let (code, display) = match standing {
        "normal" => ("N", "Normal"),
        "low" => ("L", "Low"),
        "high" => ("H", "High"),
        "very_low" => ("LL", "Critical low"),
        "very_high" => ("HH", "Critical high"),
        "abnormal" => ("A", "Abnormal"),
        _ => return None,
    };
    Some(CodeableConcept { coding: vec![Coding::new(INTERPRETATION, code, display)], text: String::new() })
}

/// A measure that the program knows: its LOINC code with its name there, its UCUM unit, whether it is a vital sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// LOINC.
    pub code: &'static str,
    /// LOINC's name.
    pub display: &'static str,
    /// UCUM.
    pub unit: &'static str,
    /// As shown beside the number.
    pub shown: &'static str,
    /// Vital sign, else laboratory.
    pub vital: bool,
}

/// What LOINC and UCUM say of a measure, by the program's word for it; none of a measure of the practice's own.
#[must_use]
pub const fn measured(what: &str) -> Option<Measured> {
    const fn vital(
        code: &'static str,
        display: &'static str,
        unit: &'static str,
        shown: &'static str,
    ) -> Option<Measured> {
        Some(Measured { code, display, unit, shown, vital: true })
    }
    const fn value(
        code: &'static str,
        display: &'static str,
        unit: &'static str,
        shown: &'static str,
    ) -> Option<Measured> {
        Some(Measured { code, display, unit, shown, vital: false })
    }
    match what.as_bytes() {
        b"weight" => vital("29463-7", "Body weight", "kg", "kg"),
        b"height" => vital("8302-2", "Body height", "cm", "cm"),
        b"bmi" => vital("39156-5", "Body mass index (BMI) [Ratio]", "kg/m2", "kg/m²"),
        b"blood_pressure" => vital("85354-9", "Blood pressure panel with all children optional", "mm[Hg]", "mmHg"),
        b"systolic" => vital("8480-6", "Systolic blood pressure", "mm[Hg]", "mmHg"),
        b"diastolic" => vital("8462-4", "Diastolic blood pressure", "mm[Hg]", "mmHg"),
        b"heart_rate" => vital("8867-4", "Heart rate", "/min", "/min"),
        b"temperature" => vital("8310-5", "Body temperature", "Cel", "°C"),
        b"saturation" => vital("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "%", "%"),
        b"respiratory_rate" => vital("9279-1", "Respiratory rate", "/min", "/min"),
        b"waist" => vital("8280-0", "Waist Circumference at umbilicus by Tape measure", "cm", "cm"),
        b"head_circumference" => vital("9843-4", "Head Occipital-frontal circumference", "cm", "cm"),
        b"hba1c" => value("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "%", "%"),
        b"glucose" => value("2339-0", "Glucose [Mass/volume] in Blood", "g/L", "g/L"),
        b"ldl" => value("2089-1", "Cholesterol in LDL [Mass/volume] in Serum or Plasma", "g/L", "g/L"),
        b"gfr" => {
            value("69405-9", "Glomerular filtration rate/1.73 sq M.predicted", "mL/min/{1.73_m2}", "mL/min/1,73m²")
        }
        b"peak_flow" => vital(
            "19935-6",
            "Maximum expiratory gas flow Respiratory system airway by Peak flow meter",
            "L/min",
            "L/min",
        ),
        b"pain" => vital("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", "{score}", "/10"),
        _ => None,
    }
}

/// A unit as UCUM spells it, where it is surely that one.
#[must_use]
pub fn ucum(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "kg" => "kg",
        "g" => "g",
        "cm" => "cm",
        "mm" => "mm",
        "kg/m²" | "kg/m2" => "kg/m2",
        "mmHg" => "mm[Hg]",
        "°C" => "Cel",
        "%" => "%",
        "/min" => "/min",
        "L/min" => "L/min",
        "g/L" | "g/l" => "g/L",
        "g/dL" | "g/dl" => "g/dL",
        "mg/L" | "mg/l" => "mg/L",
        "mg/dL" | "mg/dl" => "mg/dL",
        "µg/L" | "µg/l" | "ug/L" => "ug/L",
        "ng/mL" | "ng/ml" => "ng/mL",
        "mmol/L" | "mmol/l" => "mmol/L",
        "µmol/L" | "µmol/l" | "umol/L" => "umol/L",
        "pmol/L" | "pmol/l" => "pmol/L",
        "UI/L" | "U/L" | "UI/l" | "U/l" => "U/L",
        "mUI/L" | "mUI/l" | "mU/L" => "m[IU]/L",
        "mL/min" | "ml/min" => "mL/min",
        _ => return None,
    })
}
