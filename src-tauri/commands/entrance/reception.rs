//! What a reception has on its desk in the demonstration practice: a mother with one phone for her children, a guardian's
//! consent, and this morning's calls. Made through the commands, as a user would.

use domain::patient::guardian::{age, is_minor_for_portal};

use crate::commands::call::note_call;
use crate::commands::call::wire::NoteCallRequest;
use crate::commands::contact::wire::{GiveConsentRequest, SaveContactRequest};
use crate::commands::contact::{give_consent, save_contact};
use crate::commands::{CommandError, Desk};
use crate::store;
use crate::store::patient::Patient;

/// How many children have their mother in the file.
const CHILDREN: usize = 3;
/// First names of the made-up patients, one of whom is their mother.
const MOTHERS: [&str; 4] = ["Clémence", "Marie", "Meryem", "Samira"];

/// Fills the desk.
///
/// # Errors
/// What the store refuses.
pub(super) async fn fill(desk: &Desk, arabic: bool) -> Result<(), CommandError> {
    let today = desk.wall_now().date();
    let mut connection = desk.store().read().await?;
    let everybody = store::patient::page(&mut connection, 0, 400).await?;
    let practitioners = store::practice::practitioners(&mut connection).await?;
    drop(connection);
    let is_minor = |p: &&Patient| p.born.is_some_and(|born| is_minor_for_portal(born, today));
    let children: Vec<&Patient> = everybody.iter().filter(is_minor).take(CHILDREN).collect();
    let is_of_age = |p: &&Patient| p.born.is_some_and(|born| (28..=50).contains(&age(born, today)));
    // Made-up patients have no sex in their file: their first names tell.
    let mother = everybody.iter().find(|p| MOTHERS.contains(&p.first_name.as_str()) && is_of_age(p));
    // Of four hundred patients some are children, and some are called so.
    let (Some(mother), Some(first)) = (mother, children.first()) else { return Ok(()) };
    let mut by = None;
    for child in &children {
        let request = SaveContactRequest {
            id: None,
            revision: None,
            patient_id: child.id,
            name: String::new(),
            relation: "mother".to_owned(),
            phone: String::new(),
            guardian: true,
            linked_patient_id: Some(mother.id),
            told_appointments: true,
            told_messages: true,
            told_results: false,
        };
        let saved = save_contact(desk, request).await?.contact.id;
        by.get_or_insert(saved);
    }
    if let Some(contact_person_id) = by {
        let request = GiveConsentRequest {
            patient_id: first.id,
            contact_person_id,
            given_on: String::new(),
            way: "written".to_owned(),
        };
        give_consent(desk, request).await?;
    }
    let about = if arabic {
        ["تطلب شهادة للمدرسة قبل يوم الجمعة", "يرغب في تغيير موعده", "هل يمكن الحضور قبل السفر؟"]
    } else {
        [
            "Demande un certificat pour l’école avant vendredi",
            "Souhaite déplacer son rendez-vous",
            "Part en voyage : peut-on la recevoir avant ?",
        ]
    };
    let callers = [(first.id, by), (everybody[everybody.len() / 2].id, None), (mother.id, None)];
    for (at, ((patient_id, contact_person_id), about)) in callers.into_iter().zip(about).enumerate() {
        let request = NoteCallRequest {
            patient_id,
            contact_person_id,
            caller_name: String::new(),
            caller_phone: String::new(),
            about: about.to_owned(),
            practitioner_id: practitioners.get(at / 2).map(|one| one.id),
        };
        note_call(desk, request).await?;
    }
    Ok(())
}
