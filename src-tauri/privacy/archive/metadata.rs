//! IHE_XDM/SUBSET01/METADATA.XML: the documents of a person as a submission set of XDS (IHE ITI TF-3, 4.2; TF-2, 3.32), in
//! ebRIM 3.0. Hashes are SHA-1, as the profile asks; what they are held against on the way back is the manifest's SHA-256.

use super::cda::{escaped, oid};

/// A document of the set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its name beside METADATA.XML.
    pub uri: String,
    /// Media type.
    pub media: String,
    /// Title.
    pub title: String,
    /// What it is: code, its system's OID, its word (LOINC).
    pub kind: (String, String, String),
    /// Format: code and system.
    pub format: (String, String),
    /// UTC instant, RFC 3339.
    pub made_at: String,
    /// Who wrote it.
    pub author: String,
    /// Bytes.
    pub bytes: u64,
    /// SHA-1.
    pub hash: String,
    /// The document, from which its identifiers are made.
    pub id: uuid::Uuid,
}

/// Whose, and of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// The submission set's own id.
    pub id: uuid::Uuid,
    /// The vault: the source.
    pub source: uuid::Uuid,
    /// The person's identifier (CX).
    pub person: String,
    /// The person as HL7 v2 writes it (PID lines).
    pub person_info: Vec<String>,
    /// The practice.
    pub practice: String,
    /// UTC instant, RFC 3339.
    pub made_at: String,
    /// Language: `fr-FR`, `ar-MA` …
    pub language: String,
}

/// An instant as DTM: digits alone.
fn digits(instant: &str) -> String {
    instant.chars().filter(char::is_ascii_digit).take(14).collect()
}

fn slot(name: &str, values: &[String]) -> String {
    let values: String = values.iter().map(|value| format!("<rim:Value>{}</rim:Value>", escaped(value))).collect();
    format!("<rim:Slot name=\"{name}\"><rim:ValueList>{values}</rim:ValueList></rim:Slot>\n")
}

fn coded(object: &str, scheme: &str, (code, system, word): (&str, &str, &str), number: &mut usize) -> String {
    *number += 1;
    format!(
        "<rim:Classification id=\"c{number}\" classificationScheme=\"urn:uuid:{scheme}\" classifiedObject=\"{object}\" nodeRepresentation=\"{}\" \
         objectType=\"urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Classification\">\n{}<rim:Name><rim:LocalizedString value=\"{}\"/></rim:Name></rim:Classification>\n",
        escaped(code),
        slot("codingScheme", &[system.to_owned()]),
        escaped(word)
    )
}

fn author(object: &str, scheme: &str, person: &str, practice: &str, number: &mut usize) -> String {
    *number += 1;
    let person = if person.is_empty() { String::new() } else { slot("authorPerson", &[format!("^{person}")]) };
    format!(
        "<rim:Classification id=\"c{number}\" classificationScheme=\"urn:uuid:{scheme}\" classifiedObject=\"{object}\" nodeRepresentation=\"\" \
         objectType=\"urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Classification\">\n{}{person}</rim:Classification>\n",
        slot("authorInstitution", &[practice.to_owned()])
    )
}

fn identified(object: &str, scheme: &str, name: &str, value: &str, number: &mut usize) -> String {
    *number += 1;
    format!(
        "<rim:ExternalIdentifier id=\"e{number}\" registryObject=\"{object}\" identificationScheme=\"urn:uuid:{scheme}\" value=\"{}\" \
         objectType=\"urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:ExternalIdentifier\"><rim:Name><rim:LocalizedString value=\"{name}\"/></rim:Name></rim:ExternalIdentifier>\n",
        escaped(value)
    )
}

/// The file.
#[must_use]
pub fn xml(set: &Set, documents: &[Document]) -> Vec<u8> {
    let mut number = 0;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<lcm:SubmitObjectsRequest xmlns:lcm=\"urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0\" \
         xmlns:rim=\"urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0\">\n<rim:RegistryObjectList>\n",
    );
    for (place, one) in documents.iter().enumerate() {
        let object = format!("urn:uuid:{}", entry_id(one));
        out.push_str(&format!(
            "<rim:ExtrinsicObject id=\"{object}\" mimeType=\"{}\" objectType=\"urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1\" status=\"urn:oasis:names:tc:ebxml-regrep:StatusType:Approved\">\n",
            escaped(&one.media)
        ));
        out.push_str(&slot("URI", std::slice::from_ref(&one.uri)));
        out.push_str(&slot("creationTime", &[digits(&one.made_at)]));
        out.push_str(&slot("hash", std::slice::from_ref(&one.hash)));
        out.push_str(&slot("size", &[one.bytes.to_string()]));
        out.push_str(&slot("languageCode", std::slice::from_ref(&set.language)));
        out.push_str(&slot("sourcePatientId", std::slice::from_ref(&set.person)));
        out.push_str(&slot("sourcePatientInfo", &set.person_info));
        out.push_str(&format!("<rim:Name><rim:LocalizedString value=\"{}\"/></rim:Name>\n", escaped(&one.title)));
        out.push_str(&author(&object, "93606bcf-9494-43ec-9b4e-a7748d1a838d", &one.author, &set.practice, &mut number));
        let kind = (one.kind.0.as_str(), one.kind.1.as_str(), one.kind.2.as_str());
        out.push_str(&coded(&object, "41a5887f-8865-4c09-adf7-e362475b143a", kind, &mut number));
        out.push_str(&coded(&object, "f0306f51-975f-434e-a61c-c59651d33983", kind, &mut number));
        let normal = ("N", "2.16.840.1.113883.5.25", "Normal");
        out.push_str(&coded(&object, "f4f85eac-e6cb-4883-b524-f2705394840f", normal, &mut number));
        let format = (one.format.0.as_str(), one.format.1.as_str(), one.format.0.as_str());
        out.push_str(&coded(&object, "a09d5840-386c-46f2-b5ad-9c3699a4309d", format, &mut number));
        let place_of_care = ("SA07", "1.2.250.1.71.4.2.4", "Cabinet individuel");
        out.push_str(&coded(&object, "f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1", place_of_care, &mut number));
        let setting = ("AMBULATOIRE", "1.2.250.1.213.1.1.4.9", "Ambulatoire");
        out.push_str(&coded(&object, "cccf5598-8b07-4b77-a05e-ae952c785ead", setting, &mut number));
        let patient = ("58a6f841-87b3-4a3e-92fd-a8ffeff98427", "XDSDocumentEntry.patientId");
        out.push_str(&identified(&object, patient.0, patient.1, &set.person, &mut number));
        let unique = ("2e82c1f6-a085-4c72-9da3-8640a32e42ab", "XDSDocumentEntry.uniqueId");
        out.push_str(&identified(&object, unique.0, unique.1, &format!("{}.{}", oid(one.id), place + 1), &mut number));
        out.push_str("</rim:ExtrinsicObject>\n");
    }
    out.push_str(&submission(set, &mut number));
    for (place, one) in documents.iter().enumerate() {
        out.push_str(&format!(
            "<rim:Association id=\"a{place}\" associationType=\"urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember\" sourceObject=\"urn:uuid:{}\" targetObject=\"urn:uuid:{}\" \
             objectType=\"urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Association\">\n{}</rim:Association>\n",
            set.id,
            entry_id(one),
            slot("SubmissionSetStatus", &["Original".to_owned()])
        ));
    }
    out.push_str("</rim:RegistryObjectList>\n</lcm:SubmitObjectsRequest>\n");
    out.into_bytes()
}

/// The entry's identifier: two documents of one entry of the record differ by their names.
fn entry_id(document: &Document) -> uuid::Uuid {
    let mut bits = document.id.as_u128();
    for byte in document.uri.bytes() {
        bits = bits.rotate_left(5) ^ u128::from(byte);
    }
    uuid::Builder::from_u128(bits).with_version(uuid::Version::Custom).into_uuid()
}

fn submission(set: &Set, number: &mut usize) -> String {
    let object = format!("urn:uuid:{}", set.id);
    let mut out = format!(
        "<rim:RegistryPackage id=\"{object}\" objectType=\"urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:RegistryPackage\" status=\"urn:oasis:names:tc:ebxml-regrep:StatusType:Approved\">\n"
    );
    out.push_str(&slot("submissionTime", &[digits(&set.made_at)]));
    out.push_str(&author(&object, "a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d", "", &set.practice, number));
    let kind = ("34133-9", "2.16.840.1.113883.6.1", "Summarization of episode note");
    out.push_str(&coded(&object, "aa543740-bdda-424e-8c96-df4873be8500", kind, number));
    out.push_str(&identified(
        &object,
        "6b5aea1a-874d-4603-a4bc-96a0a7b38446",
        "XDSSubmissionSet.patientId",
        &set.person,
        number,
    ));
    out.push_str(&identified(
        &object,
        "554ac39e-e3fe-47fe-b233-965d2a147832",
        "XDSSubmissionSet.sourceId",
        &oid(set.source),
        number,
    ));
    out.push_str(&identified(
        &object,
        "96fdda7c-d067-4183-912e-bf5ee74998a8",
        "XDSSubmissionSet.uniqueId",
        &oid(set.id),
        number,
    ));
    out.push_str("</rim:RegistryPackage>\n");
    *number += 1;
    out.push_str(&format!(
        "<rim:Classification id=\"c{number}\" classifiedObject=\"{object}\" classificationNode=\"urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd\" \
         objectType=\"urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Classification\"/>\n"
    ));
    out
}
