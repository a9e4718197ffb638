//! Canonical addresses of profiles, extensions and code systems, each with where it is from.

/// FR Core (Interop'Santé, hl7.fr.core 2.x): the French profile of an appointment.
pub const FR_APPOINTMENT: &str = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-appointment";
/// FR Core: the French profile of a schedule. It takes `serviceType` away and puts [`SERVICE_TYPE_DURATION`] in its place.
pub const FR_SCHEDULE: &str = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-schedule";
/// FR Core: the French profile of a slot.
pub const FR_SLOT: &str = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-slot";
/// FR Core: a kind of service together with how long it takes; its parts are `serviceType` and `duration`.
pub const SERVICE_TYPE_DURATION: &str = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-service-type-duration";
/// ANS, "gestion d'agendas partagés" (CI-SIS): the implementation guide whose interactions the portal offers.
pub const SHARED_AGENDAS: &str =
    "http://esante.gouv.fr/ci-sis/fhir/ImplementationGuides/CI-SIS.GestionDAgendasPartages";

/// FHIR R4 core: the IANA zone of a place (`http://hl7.org/fhir/R4/extension-timezone.html`).
pub const TIME_ZONE: &str = "http://hl7.org/fhir/StructureDefinition/timezone";
/// FHIR R5's `Appointment.virtualService`, carried in R4 by the cross-version rule (`http://hl7.org/fhir/R4/versions.html`).
pub const VIRTUAL_SERVICE: &str = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.virtualService";
/// Who called it off: `pat` or `prov` (FHIR R4, `valueset-appointment-cancellation-reason`).
pub const CANCELLATION_REASON: &str = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason";
/// Units of measure.
pub const UCUM: &str = "http://unitsofmeasure.org";
/// Languages, as FHIR names the list.
pub const LANGUAGES: &str = "urn:ietf:bcp:47";
/// FHIR's system of identifiers that are URIs; ours are `urn:uuid:…`.
pub const URI: &str = "urn:ietf:rfc:3986";

// Of our own. The top level domain `.invalid` is reserved (RFC 2606): these addresses name, and nobody can ever answer there.

/// The booking code, as an identifier of an appointment.
pub const BOOKING_CODE: &str = "https://semainier.invalid/fhir/booking-code";
/// The opaque code of an appointment type; its text is the public label.
pub const APPOINTMENT_TYPE: &str = "https://semainier.invalid/fhir/appointment-type";
/// A type whose bookings the practice agrees to before they hold.
pub const NEEDS_APPROVAL: &str = "https://semainier.invalid/fhir/needs-approval";
/// Whether the guardian consented to the data of a minor going to the portal.
pub const GUARDIAN_CONSENT: &str = "https://semainier.invalid/fhir/guardian-consent";
/// Days and hours that somebody on the waiting list wishes for; its parts are `day`, `from` and `to`.
pub const WISHED_HOURS: &str = "https://semainier.invalid/fhir/wished-hours";
/// The codes of refusals in an `OperationOutcome`.
pub const REFUSAL: &str = "https://semainier.invalid/fhir/refusal";
