//! What of a dossier the person is given: everything about them, nothing about anybody else.
//!
//! All that leaves for a person is made from what [`for_the_person`] returns, so that no form of it can hold more.

use super::dossier::Dossier;

/// The dossier without what concerns other persons: phones of contact persons, who they are in this practice, who called for
/// the person. That there is a contact person, by the name that the person gave, what they may be told and what they
/// consented to, concerns the person. Drafts are nothing yet: a practitioner has not said them.
#[must_use]
pub fn for_the_person(mut dossier: Dossier) -> Dossier {
    for contact in &mut dossier.contacts {
        contact.phone.clear();
        contact.linked_patient_id = None;
    }
    for call in &mut dossier.calls {
        call.caller_name.clear();
        call.caller_phone.clear();
    }
    for appointment in &mut dossier.appointments {
        appointment.contact_name.clear();
        appointment.contact_phone.clear();
    }
    if let Some(record) = &mut dossier.record {
        record.drafts.clear();
    }
    dossier
}
