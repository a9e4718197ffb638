//! Who booked: one who is known for certain, else somebody new. Nobody is attached to a doubtful person.
//!
//! Certain is the same name with the same phone or e-mail address (a code was sent there), or the same name and birth date, and nothing
//! that speaks against it; of one person alone.

use domain::id::{ConsentId, ContactPersonId, PatientId};
use domain::patient::guardian::ConsentWay;
use domain::patient::likeness::{Likeness, Reason, likeness};

use super::gather::Scene;
use crate::commands::desk::Change;
use crate::commands::patient::save;
use crate::commands::patient::show::{candidates, identity};
use crate::commands::patient::wire::PatientFields;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store;
use crate::store::contact::{Consent, ContactPerson};
use crate::store::patient::Patient;
use crate::store::practice::AppointmentType;
use crate::sync::{Inbound, InboundContact, InboundPerson};

/// Whether it is the same person for certain.
fn is_certain(likeness: &Likeness) -> bool {
    let has = |reason| likeness.reasons.contains(&reason);
    let against = [
        Reason::DifferentFirstName,
        Reason::DifferentSurname,
        Reason::DifferentBirthDate,
        Reason::SimilarBirthDate,
        Reason::SwappedBirthDate,
        Reason::DifferentNir,
        Reason::DifferentCin,
    ];
    let reached = has(Reason::SamePhone) || has(Reason::SameEmail);
    likeness.is_sure() || has(Reason::SameName) && reached && !against.into_iter().any(has)
}

/// Whom an inbound booking is for, in the practice's own fields.
fn fields(who: &InboundPerson) -> PatientFields {
    PatientFields {
        surname: who.surname.clone(),
        first_name: who.first_name.clone(),
        sex: "unknown".to_owned(),
        ins_status: "none".to_owned(),
        born: who.born_on.map(|day| day.to_string()).unwrap_or_default(),
        mobile: who.phone.clone().unwrap_or_default(),
        email: who.email.clone().unwrap_or_default(),
        language: who.language.as_str().to_owned(),
        ..PatientFields::default()
    }
}

/// The one person who is meant for certain; none where nobody or more than one could be.
pub(super) async fn known(
    change: &mut Change<'_>,
    typed: &Patient,
    contact_phone: &str,
) -> Result<Option<PatientId>, CommandError> {
    // A child is reached under the phone of who booked.
    let mut sought = typed.clone();
    if sought.mobile.is_empty() {
        contact_phone.clone_into(&mut sought.mobile);
    }
    let own = identity(&sought);
    let mut certain = Vec::new();
    for one in candidates(change.connection(), &sought).await? {
        let mut other = identity(&one);
        if typed.mobile.is_empty() {
            let reached = store::contact::of_patient(change.connection(), one.id).await?;
            other.phones.extend(reached.into_iter().map(|contact| contact.phone).filter(|phone| !phone.is_empty()));
        }
        if one.deceased_on.is_none() && is_certain(&likeness(&own, &other)) {
            certain.push(one.merged_into.unwrap_or(one.id));
        }
    }
    certain.sort_unstable();
    certain.dedup();
    Ok(match certain.as_slice() {
        [one] => Some(*one),
        _ => None,
    })
}

/// The person of an inbound booking; somebody new where nobody is known for certain and `adds`.
pub(super) async fn find_or_add(
    desk: &Desk,
    change: &mut Change<'_>,
    who: &InboundPerson,
    inbound: &Inbound,
    adds: bool,
) -> Result<Option<PatientId>, CommandError> {
    let typed = save::row(desk, PatientId::new(desk.make_id()), fields(who), None)?;
    let contact_phone = inbound.contact.as_ref().map(|one| one.phone.clone()).unwrap_or_default();
    if let Some(known) = known(change, &typed, &contact_phone).await? {
        return Ok(Some(known));
    }
    if !adds {
        return Ok(None);
    }
    let (row, _) = save::add(desk, change, typed).await?;
    let at = change.at().to_owned();
    let of = (inbound.practitioner_id, None);
    store::sync_inbound::notice(change.connection(), ("new_person", &at), (None, Some(row.id)), of).await?;
    Ok(Some(row.id))
}

/// Keeps a guardian's consent that came along; false where the same one is kept already.
pub(super) async fn consent(
    desk: &Desk,
    change: &mut Change<'_>,
    patient: PatientId,
    contact: &InboundContact,
) -> Result<bool, CommandError> {
    let all = store::contact::of_patient(change.connection(), patient).await?;
    let same = |one: &&store::contact::Reached| one.phone == contact.phone && !one.contact.removed;
    let owner = patient.to_string();
    let by = match all.iter().find(same) {
        Some(found) => found.contact.clone(),
        None => {
            let row = ContactPerson {
                id: ContactPersonId::new(desk.make_id()),
                patient_id: patient,
                name: contact.name.clone(),
                relation: String::new(),
                phone: contact.phone.clone(),
                guardian: true,
                linked_patient_id: None,
                told_appointments: true,
                told_messages: false,
                told_results: false,
                removed: false,
                revision: 1,
            };
            store::contact::insert(change.connection(), &row).await?;
            let record = ChangeRecord::created("contact_person", &row);
            change.record("patients", &row.id.to_string(), Some(&owner), &record).await?;
            row
        }
    };
    let consents = store::contact::consents(change.connection(), patient).await?;
    let standing = |one: &&store::contact::NamedConsent| {
        one.consent.contact_person_id == by.id && one.consent.withdrawn_on.is_none() && !one.consent.removed
    };
    if consents.iter().any(|one| standing(&one)) {
        return Ok(false);
    }
    let row = Consent {
        id: ConsentId::new(desk.make_id()),
        patient_id: patient,
        contact_person_id: by.id,
        given_on: desk.wall_now().date(),
        way: ConsentWay::Electronic,
        noted_at: change.at().to_owned(),
        noted_by: desk.session().user_id,
        withdrawn_on: None,
        removed: false,
    };
    store::contact::save_consent(change.connection(), &row).await?;
    let record = ChangeRecord::created("consent", &row);
    change.record("patients", &row.id.to_string(), Some(&owner), &record).await?;
    Ok(true)
}

/// The type of an inbound booking: the one that is named; where the instruction keeps it back, the online type of that length.
pub(super) fn kind<'a>(scene: &'a Scene, inbound: &Inbound, minutes: i64) -> Option<&'a AppointmentType> {
    let active = || scene.types.iter().filter(|kind| kind.active);
    active()
        .find(|kind| Some(kind.id) == inbound.type_id)
        .or_else(|| active().find(|kind| kind.online && kind.minutes == minutes))
        .or_else(|| active().find(|kind| kind.online))
        .or_else(|| active().next())
}
