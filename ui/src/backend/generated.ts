// Made from src-tauri/commands/list.rs by `make types`: do not edit.
// A test fails when this file is stale.

declare const brand: unique symbol;
export type Id<Name extends string> = string & { readonly [brand]: Name };
export type AbbreviationId = Id<'AbbreviationId'>;
export type AbsenceId = Id<'AbsenceId'>;
export type AppointmentId = Id<'AppointmentId'>;
export type BlockId = Id<'BlockId'>;
export type CallId = Id<'CallId'>;
export type ConsentId = Id<'ConsentId'>;
export type ConsentPurposeId = Id<'ConsentPurposeId'>;
export type ContactPersonId = Id<'ContactPersonId'>;
export type DataRequestId = Id<'DataRequestId'>;
export type DirectiveId = Id<'DirectiveId'>;
export type DocumentId = Id<'DocumentId'>;
export type EntryId = Id<'EntryId'>;
export type ErasureId = Id<'ErasureId'>;
export type FiledId = Id<'FiledId'>;
export type HoursId = Id<'HoursId'>;
export type LetterTemplateId = Id<'LetterTemplateId'>;
export type LocumId = Id<'LocumId'>;
export type OpeningId = Id<'OpeningId'>;
export type PatientId = Id<'PatientId'>;
export type PractitionerId = Id<'PractitionerId'>;
export type PrescriptionSetId = Id<'PrescriptionSetId'>;
export type RegisterId = Id<'RegisterId'>;
export type ProcessorTaskId = Id<'ProcessorTaskId'>;
export type PurposeConsentId = Id<'PurposeConsentId'>;
export type ResourceId = Id<'ResourceId'>;
export type ResourceKindId = Id<'ResourceKindId'>;
export type RestrictionId = Id<'RestrictionId'>;
export type SchoolHolidayId = Id<'SchoolHolidayId'>;
export type SeriesId = Id<'SeriesId'>;
export type SiteId = Id<'SiteId'>;
export type TemplateId = Id<'TemplateId'>;
export type TypeId = Id<'TypeId'>;
export type UserId = Id<'UserId'>;
export type WaitingEntryId = Id<'WaitingEntryId'>;
export type VaultId = Id<'VaultId'>;
export type Status = 'requested' | 'booked' | 'confirmed' | 'arrived' | 'in_consultation' | 'done' | 'cancelled' | 'no_show' | 'left' | 'deleted';
export type Origin = 'phone' | 'walk_in' | 'desk' | 'portal' | 'practitioner';
export type Urgency = 'normal' | 'urgent' | 'emergency';
export type BlockKind = 'types' | 'urgent' | 'no_scheduling';
export type HolidayRegion = 'none' | 'alsace_moselle' | 'guadeloupe' | 'martinique' | 'guyane' | 'reunion' | 'mayotte' | 'saint_barthelemy' | 'saint_martin';
export type HolidayChange = 'closed' | 'open' | 'nothing';
export type RebookingPreference = 'practitioner' | 'soonest';
export type Permission = 'read_agenda' | 'change_agenda' | 'read_patients' | 'change_patients' | 'merge_patients' | 'read_clinical' | 'write_clinical' | 'grant_clinical' | 'manage_users' | 'manage_settings' | 'manage_backups' | 'read_journal' | 'import_data' | 'correct_done' | 'read_my_day' | 'export_data' | 'publish_agenda' | 'read_statistics' | 'note_calls' | 'answer_calls' | 'read_drugs' | 'import_drugs' | 'file_documents' | 'take_requests' | 'keep_privacy';
export type CallState = 'noted' | 'unread' | 'read' | 'answered' | 'closed';
export type Relation = 'mother' | 'father' | 'guardian' | 'grandparent' | 'spouse' | 'child' | 'sibling' | 'carer' | 'other';
export type RetentionCategory = 'patient_record' | 'minor_record' | 'deceased_record' | 'agenda_entry' | 'connection_log' | 'request' | 'consent' | 'portal_account' | 'ip_address';
export type RetentionGround = 'legal_claim' | 'inspection' | 'continued_care' | 'other';
export type RetentionAction = 'archive' | 'destroy' | 'held';
export type Role = 'administrator' | 'practitioner' | 'secretary';
export type Country = 'FR' | 'MA';
export type Colour = 'blue' | 'teal' | 'green' | 'ochre' | 'red' | 'violet' | 'orange';

export type AbbreviationRequest = { 
/**
 * Which.
 */
id: AbbreviationId, };

export type AbbreviationView = { 
/**
 * Identifier.
 */
id: AbbreviationId, 
/**
 * The practitioner's own, and not the practice's.
 */
own: boolean, 
/**
 * As it is typed.
 */
short: string, 
/**
 * As it is looked up: case and accents do not count.
 */
key: string, 
/**
 * What it stands for.
 */
text: string, };

export type AbsenceView = { 
/**
 * Identifier.
 */
id: AbsenceId, 
/**
 * Wall time.
 */
starts: string, 
/**
 * Wall time.
 */
ends: string, 
/**
 * Why, for the desk.
 */
label: string, 
/**
 * Appointments that it hits: never deleted, to be moved by somebody.
 */
hits: number, };

export type ActFields = { 
/**
 * What is to be done.
 */
text: string, 
/**
 * Sessions.
 */
sessions: number | null, 
/**
 * At the patient's home.
 */
at_home: boolean, 
/**
 * For the long-term condition.
 */
ald: boolean, };

export type ActivitiesView = { 
/**
 * Those in force and those proposed, then those that are over.
 */
activities: Array<ActivityView>, 
/**
 * How many wait to be accepted, for the first time or again.
 */
waiting: number, };

export type ActivityDifferenceView = { 
/**
 * The field.
 */
field: Exclude<keyof ActivityFields, 'name' | 'remark'>, 
/**
 * What is so now, and was not.
 */
added: Array<string>, 
/**
 * What was so, and is no more.
 */
gone: Array<string>, };

export type ActivityFields = { 
/**
 * Name.
 */
name: string, 
/**
 * What for.
 */
purposes: Array<string>, 
/**
 * On which grounds.
 */
grounds: Array<string>, 
/**
 * Whose data.
 */
persons: Array<string>, 
/**
 * Which data.
 */
data: Array<string>, 
/**
 * Who sees them.
 */
recipients: Array<string>, 
/**
 * Where they go abroad.
 */
transfers: Array<string>, 
/**
 * How long they are kept.
 */
retention: Array<string>, 
/**
 * What keeps them safe.
 */
measures: Array<string>, 
/**
 * Anything else.
 */
remark: string, };

export type ActivityView = { 
/**
 * The row; none: only proposed.
 */
id: RegisterId | null, 
/**
 * Which of those that the program proposes, or `own`.
 */
kind: string, 
/**
 * What the register says; of one that is only proposed, the proposal.
 */
fields: ActivityFields, 
/**
 * What the program would say now; none of an own one, and of one that it no longer finds.
 */
proposed: ActivityFields | null, 
/**
 * What changed since it was accepted.
 */
differences: Array<ActivityDifferenceView>, 
/**
 * Accepted, and the practice no longer does it as far as the program sees.
 */
unused: boolean, 
/**
 * UTC instant; empty: not accepted.
 */
accepted_at: string, 
/**
 * Name of who accepted it.
 */
accepted_by: string, 
/**
 * Since when it is over.
 */
retired_on: string, 
/**
 * Grows with each change.
 */
revision: number, };

export type AddAbsenceRequest = { 
/**
 * Whose.
 */
practitioner_id: PractitionerId, 
/**
 * Wall time, `2026-12-24T00:00`.
 */
starts: string, 
/**
 * Wall time.
 */
ends: string, 
/**
 * Why, for the desk.
 */
label: string, };

export type AddDocumentPieceRequest = { 
/**
 * Which document.
 */
handle: string, 
/**
 * How many plain bytes came before: a piece is taken once.
 */
offset: number, 
/**
 * The bytes, base 64.
 */
base64: string, };

export type AddOpeningRequest = { 
/**
 * Whose.
 */
practitioner_id: PractitionerId, 
/**
 * ISO date.
 */
day: string, 
/**
 * Minute of the day.
 */
from: number, 
/**
 * Minute of the day.
 */
to: number, 
/**
 * Why, for the desk.
 */
label: string, };

export type AddPracticeRequest = { 
/**
 * The folder.
 */
folder: string, };

export type AddToWaitingListRequest = { 
/**
 * Who; with an appointment, its patient.
 */
patient_id: PatientId | null, 
/**
 * The appointment that they want earlier; it then says for which type and how long.
 */
appointment_id: AppointmentId | null, 
/**
 * For which type; with an appointment, its type.
 */
type_id: TypeId | null, 
/**
 * What they wish for.
 */
wish: WishView, };

export type AddUserRequest = { 
/**
 * Login.
 */
login: string, 
/**
 * Name.
 */
name: string, 
/**
 * Role.
 */
role: Role, 
/**
 * Administrator as well.
 */
administrator: boolean, 
/**
 * The practitioner this user is; a practitioner without one gets an agenda of their own.
 */
practitioner_id: PractitionerId | null, 
/**
 * First password, to be changed by the person.
 */
password: string, };

export type AgendaChangeView = { 
/**
 * The journal's entry.
 */
sequence: number, 
/**
 * Wall time at the first site.
 */
at: string, 
/**
 * Name of the user.
 */
user: string, 
/**
 * What happened.
 */
what: 'booked' | 'walked_in' | 'moved' | 'resized' | 'cancelled' | 'arrived' | 'seated' | 'done' | 'no_show' | 'left' | 'confirmed' | 'put_back' | 'taken_back' | 'edited', 
/**
 * Where it was before a move.
 */
before: string | null, 
/**
 * Where this change put it.
 */
after: string | null, 
/**
 * The practitioner before a move to another.
 */
practitioner_before: string, 
/**
 * The appointment as it is now; one that was deleted since bears its status.
 */
appointment: AppointmentView, };

export type Alert = { 
/**
 * What must be seen.
 */
text: string, };

export type Allergy = { 
/**
 * To what.
 */
agent: string, 
/**
 * What the agent is: `substance`, `class`, `excipient`, or `other`.
 */
agent_kind: 'substance' | 'class' | 'excipient' | 'other', 
/**
 * How it shows.
 */
reaction: string, 
/**
 * `unknown`, `mild`, `moderate` or `severe`.
 */
severity: 'unknown' | 'mild' | 'moderate' | 'severe', };

export type AmendRequestRequest = { 
/**
 * Which.
 */
id: DataRequestId, 
/**
 * The revision that was shown.
 */
revision: number, 
/**
 * About whom; none: as it was.
 */
patient_id: PatientId | null, 
/**
 * What was shown; empty: as it was.
 */
proof: string, 
/**
 * The day on which it is complete, ISO; empty: as it was.
 */
complete_on: string, };

export type AnalysisCurveView = { 
/**
 * What makes them one.
 */
key: string, 
/**
 * Name, as last written.
 */
label: string, 
/**
 * Unit, as last written.
 */
unit: string, 
/**
 * The oldest first.
 */
points: Array<AnalysisPointView>, };

export type AnalysisPointView = { 
/**
 * ISO date.
 */
on: string, 
/**
 * The entry.
 */
entry_id: EntryId, 
/**
 * The number.
 */
value: number, 
/**
 * As the laboratory wrote it, with `<` or `>`.
 */
shown: string, 
/**
 * Lower bound.
 */
low: number | null, 
/**
 * Upper bound.
 */
high: number | null, 
/**
 * How it stands to its bounds.
 */
standing: string, };

export type AnswerCallRequest = { 
/**
 * Which.
 */
id: CallId, 
/**
 * The revision that was shown: an answer to what has changed meanwhile is refused.
 */
revision: number, 
/**
 * A few words for the desk; never clinical.
 */
answer: string, };

export type Antecedent = { 
/**
 * What.
 */
label: string, 
/**
 * Remarks.
 */
note: string, };

export type AppointmentDetailView = { 
/**
 * The appointment.
 */
appointment: AppointmentView, 
/**
 * `K7M 4PX-3`.
 */
spoken_code: string, 
/**
 * Who cancelled.
 */
cancelled_by: string | null, 
/**
 * Why.
 */
cancel_reason: string, 
/**
 * Who called.
 */
contact_name: string, 
/**
 * Their phone.
 */
contact_phone: string, 
/**
 * Its place in a series, where it is a session of one.
 */
session: SessionPlaceView | null, 
/**
 * Statuses it may become now, for this user.
 */
may_become: Status[], 
/**
 * What happened, oldest first.
 */
history: Array<StepView>, };

export type AppointmentRequest = { 
/**
 * Which.
 */
id: AppointmentId, };

export type AppointmentView = { 
/**
 * Identifier.
 */
id: AppointmentId, 
/**
 * Booking code, `K7M4PX3`.
 */
code: string, 
/**
 * Whose agenda.
 */
practitioner_id: PractitionerId, 
/**
 * Practitioner's name.
 */
practitioner: string, 
/**
 * Where.
 */
site_id: SiteId, 
/**
 * Who; none for a held slot.
 */
patient_id: PatientId | null, 
/**
 * `DUPONT Marie`, empty for a held slot.
 */
patient: string, 
/**
 * The name in Arabic, where known.
 */
patient_arabic: string, 
/**
 * ISO date or empty.
 */
born: string, 
/**
 * Phone as the country writes it.
 */
phone: string, 
/**
 * Type.
 */
type_id: TypeId, 
/**
 * Type's name.
 */
type: string, 
/**
 * Wall time; none for an untimed walk-in.
 */
starts: string | null, 
/**
 * ISO date.
 */
day: string, 
/**
 * Place in the queue of an untimed walk-in.
 */
rank: number | null, 
/**
 * Minutes.
 */
minutes: number, 
/**
 * Status.
 */
status: Status, 
/**
 * Origin.
 */
origin: Origin, 
/**
 * Urgency.
 */
urgency: Urgency, 
/**
 * Over another on purpose.
 */
overbooked: boolean, 
/**
 * Note of the desk, never clinical.
 */
note: string, 
/**
 * Wall time of the arrival.
 */
arrived: string | null, 
/**
 * Wall time of the beginning of the consultation.
 */
seated: string | null, 
/**
 * Wall time of its end.
 */
dismissed: string | null, 
/**
 * Grows with each change.
 */
revision: number, 
/**
 * Free minutes kept after it.
 */
buffer: number, 
/**
 * The parts that need the practitioner, in minutes from the start; empty: all of it.
 */
provider_parts: Array<MinutesView>, 
/**
 * Rooms and equipment held.
 */
resources: ResourceId[], };

export type AppointmentsView = { 
/**
 * By day and start; untimed walk-ins at the end of their day.
 */
appointments: Array<AppointmentView>, 
/**
 * There are more than can be listed at once.
 */
more: boolean, };

export type ArchivePatientsRequest = { 
/**
 * Whom; 2,000 at once and no more.
 */
patients: PatientId[], };

export type ArchiveView = { 
/**
 * An export or the taking-in of an archive runs here.
 */
running: boolean, 
/**
 * What it is doing: `persons`, `tables`, `file`, `checking`, `taking_in`, or empty.
 */
phase: '' | 'persons' | 'tables' | 'file' | 'checking' | 'taking_in', 
/**
 * Steps done of it.
 */
done: number, 
/**
 * Steps in all.
 */
total: number, 
/**
 * Persons who were finished by an export that was stopped; it goes on from there.
 */
finished: number, 
/**
 * Persons who will be in the archive.
 */
persons: number, 
/**
 * Persons in the intermediate archive, who have to be brought back before.
 */
archived: number, 
/**
 * Nothing is kept here yet: an archive can be taken in.
 */
empty: boolean, 
/**
 * This session opens the record: without that nothing can leave or come.
 */
opens: boolean, 
/**
 * Vaults from which the practice came.
 */
formers: Array<FormerVaultView>, };

export type ArchivedOriginal = { 
/**
 * The paper's own identifier, for which the document is sealed.
 */
paper: string, 
/**
 * The document's name.
 */
document: string, 
/**
 * The version of the patient's key that seals it.
 */
key: number, 
/**
 * SHA-256 of the original.
 */
digest: string, };

export type ArchivedPatientsView = { 
/**
 * How many.
 */
archived: number, 
/**
 * Who stayed, and why.
 */
stayed: Array<StayedView>, };

export type ArchivedView = { 
/**
 * The file.
 */
path: string, 
/**
 * Its size.
 */
bytes: number, 
/**
 * Persons in it.
 */
persons: number, 
/**
 * Those who had been finished by an earlier try.
 */
reused: number, 
/**
 * Scanned documents and originals in it.
 */
files: number, 
/**
 * Entries and files that could not be opened, by their ids.
 */
unreadable: Array<string>, };

export type AreaFields = { 
/**
 * Left edge.
 */
x: number, 
/**
 * Top edge.
 */
y: number, 
/**
 * Width.
 */
width: number, 
/**
 * Height.
 */
height: number, };

export type AttachResultRequest = { 
/**
 * Which.
 */
id: FiledId, 
/**
 * Whose; none: a new patient with the paper's identity.
 */
patient_id: PatientId | null, };

export type AttachedResultView = { 
/**
 * Whose it is.
 */
patient_id: PatientId, 
/**
 * It is in the record; else it waits for a practitioner's session.
 */
taken: boolean, };

export type AttendanceRuleView = { 
/**
 * No-shows and late cancellations together, from which on they are shown, 1 to 20.
 */
show_from: number, 
/**
 * Over how many months back they count, 1 to 120.
 */
months: number, 
/**
 * A cancellation is late within so many hours before the start, 0 to 336.
 */
late_hours: number, 
/**
 * What the desk is reminded of then; may be empty.
 */
sentence: string, };

export type AuditFields = { 
/**
 * Of whom.
 */
processor_id: RegisterId, 
/**
 * When it was announced.
 */
announced_on: string, 
/**
 * For when.
 */
planned_on: string, 
/**
 * The auditor.
 */
auditor: string, 
/**
 * For whom they work.
 */
organisation: string, 
/**
 * When they signed to keep it confidential.
 */
confidential_on: string, 
/**
 * When it took place.
 */
held_on: string, 
/**
 * What was found.
 */
report: string, 
/**
 * When both discussed it.
 */
discussed_on: string, 
/**
 * What has to be put right.
 */
corrections: string, 
/**
 * Until when.
 */
corrections_until: string, 
/**
 * When it was put right.
 */
corrected_on: string, };

export type AuditView = { 
/**
 * The row.
 */
id: RegisterId, 
/**
 * What was written down.
 */
fields: AuditFields, 
/**
 * The processor's name.
 */
processor: string, 
/**
 * The earliest day, from its announcement and the audit before it; empty: not announced.
 */
earliest_on: string, 
/**
 * Since when it counts no more.
 */
retired_on: string, 
/**
 * Grows with each change.
 */
revision: number, };

export type BackUpRequest = { 
/**
 * A file to write; none: the usual places.
 */
file: string | null, };

export type BackedUpView = { 
/**
 * File or folder written.
 */
file: string, 
/**
 * Journal entries.
 */
entries: number, 
/**
 * Opened and verified.
 */
verified: boolean, 
/**
 * What went wrong elsewhere (the second place): codes.
 */
warnings: Array<string>, };

export type BackupContentView = { 
/**
 * File.
 */
file: string, 
/**
 * When it was made, UTC instant.
 */
made_at: string, 
/**
 * The practice's name.
 */
practice: string, 
/**
 * Journal entries in it.
 */
entries: number, 
/**
 * Documents in it.
 */
documents: number, 
/**
 * Bytes in it.
 */
bytes: number, 
/**
 * Who could open it.
 */
users: Array<RestorableUserView>, 
/**
 * What stands in the place now: nothing, this practice, another practice, a vault that cannot be read.
 */
present: 'none' | 'same' | 'other' | 'unreadable', 
/**
 * Where the restored vault will stand.
 */
folder: string, 
/**
 * Where what stands there now will be moved and kept; none: nothing stands there.
 */
kept_in: string | null, 
/**
 * A list of erased persons lies beside the backup or the vault.
 */
erasure_list: boolean, };

export type BackupView = { 
/**
 * UTC instant.
 */
at: string, 
/**
 * `first`, `second`, or `file` where somebody chose one.
 */
place: string, 
/**
 * File.
 */
file: string, 
/**
 * Size.
 */
bytes: number, 
/**
 * Journal entries in it.
 */
entries: number, 
/**
 * It was opened and its chain verified.
 */
verified: boolean, 
/**
 * Why not.
 */
code: string, };

export type BackupsView = { 
/**
 * The second place (another disk, a share); empty: none yet.
 */
second_place: string, 
/**
 * Hours between automatic backups.
 */
every_hours: number, 
/**
 * How many are kept a place.
 */
keep: number, 
/**
 * Newest first, 100 at most.
 */
backups: Array<BackupView>, 
/**
 * No verified backup for longer than twice the interval.
 */
overdue: boolean, };

export type BandView = { 
/**
 * From this on.
 */
from: number, 
/**
 * Up to this; none: without end.
 */
to: number | null, 
/**
 * How many.
 */
count: number, 
/**
 * How many in the period before.
 */
before: number, };

export type BeginDocumentRequest = { 
/**
 * For whom.
 */
patient_id: PatientId, };

export type BegunDocumentView = { 
/**
 * By which the pieces are handed over.
 */
handle: string, 
/**
 * Largest piece, in plain bytes.
 */
piece: number, 
/**
 * Largest document.
 */
limit: number, };

export type BlockView = { 
/**
 * Identifier.
 */
id: BlockId, 
/**
 * What for.
 */
kind: BlockKind, 
/**
 * 1 Monday to 7 Sunday.
 */
weekdays: Array<number>, 
/**
 * Minute of the day.
 */
from: number, 
/**
 * Minute of the day.
 */
to: number, 
/**
 * First day it counts, ISO date.
 */
valid_from: string | null, 
/**
 * Last day it counts, ISO date.
 */
valid_until: string | null, 
/**
 * `every`, `odd` or `even` ISO weeks.
 */
weeks: 'every' | 'odd' | 'even', 
/**
 * Released so many days before; none: never.
 */
release_days: number | null, 
/**
 * At this minute of that day.
 */
release_minute: number | null, 
/**
 * Whose time it is.
 */
types: TypeId[], 
/**
 * Its name, for the desk.
 */
label: string, };

export type BmiView = { 
/**
 * To one decimal.
 */
value: number, 
/**
 * ISO date of the weight.
 */
weight_on: string, 
/**
 * ISO date of the height.
 */
height_on: string, };

export type BoardView = { 
/**
 * The first pinned first.
 */
pinned: Array<AppointmentView>, };

export type Body = { "kind": "consultation" } & Consultation | { "kind": "antecedent" } & Antecedent | { "kind": "allergy" } & Allergy | { "kind": "condition" } & Condition | { "kind": "treatment" } & Treatment | { "kind": "vaccination" } & Vaccination | { "kind": "measure" } & Measure | { "kind": "alert" } & Alert | { "kind": "family" } & Family | { "kind": "prescription" } & SignedPrescription | { "kind": "letter" } & SignedLetter | { "kind": "report" } & Report | { "kind": "document" } & Document;

export type BookAppointmentRequest = { 
/**
 * Whose agenda.
 */
practitioner_id: PractitionerId, 
/**
 * Who; none holds the slot.
 */
patient_id: PatientId | null, 
/**
 * Type.
 */
type_id: TypeId, 
/**
 * Wall time.
 */
starts: string, 
/**
 * Minutes; none: the type's.
 */
minutes: number | null, 
/**
 * Origin.
 */
origin: Origin, 
/**
 * Over another on purpose.
 */
overbook: boolean, 
/**
 * Note of the desk.
 */
note: string, 
/**
 * Who called, where another than the patient.
 */
contact_name: string, 
/**
 * Their phone.
 */
contact_phone: string, 
/**
 * Never to be told to a portal: marked before anything of it can leave.
 */
never_sync: boolean, };

export type BookRowRequest = { 
/**
 * In their order, 2 to 8.
 */
links: Array<RowLink>, 
/**
 * One start for each.
 */
starts: string[], 
/**
 * Origin.
 */
origin: Origin, 
/**
 * Note of the desk, on each.
 */
note: string, 
/**
 * Never to be told to a portal, each of them.
 */
never_sync: boolean, };

export type BookSeriesRequest = { 
/**
 * What was previewed.
 */
plan: SeriesPlan, 
/**
 * Each session of the rule.
 */
sessions: Array<SessionChoice>, 
/**
 * Origin.
 */
origin: Origin, 
/**
 * Note of the desk, on each session.
 */
note: string, 
/**
 * Never to be told to a portal, each of them.
 */
never_sync: boolean, };

export type BookWalkInRequest = { 
/**
 * To whom.
 */
practitioner_id: PractitionerId, 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * Type; none: the first.
 */
type_id: TypeId | null, 
/**
 * Urgency.
 */
urgency: Urgency, 
/**
 * Note of the desk.
 */
note: string, };

export type BoxSlotsRequest = { 
/**
 * Whose; empty: all who are active.
 */
practitioners: PractitionerId[], 
/**
 * From this wall time or date on.
 */
from: string, 
/**
 * How many days to look at, 1 to 366.
 */
days: number, 
/**
 * Part of the day.
 */
part: 'any' | 'morning' | 'afternoon' | 'evening', 
/**
 * How many, 1 to 200.
 */
count: number, 
/**
 * The wish whose slots the page has: they are not found again. Empty: none.
 */
known: string, };

export type BoxView = { 
/**
 * What is left of the text to search for a patient, and to name a new one.
 */
search: string, 
/**
 * Words that were understood as a wish.
 */
understood: Array<UnderstoodView>, 
/**
 * What is searched beside names.
 */
sought: Array<SoughtView>, 
/**
 * The best first.
 */
matches: Array<MatchView>, 
/**
 * More would match.
 */
more: boolean, 
/**
 * The type: typed, or the one asked with.
 */
type_id: TypeId | null, 
/**
 * The practitioner that was typed.
 */
practitioner_id: PractitionerId | null, 
/**
 * The duration: the type's, or longer or shorter by what was typed.
 */
minutes: number, 
/**
 * A day, a time or a part of the day was typed.
 */
wished: boolean, 
/**
 * What the slots are for, to be said back with the next key.
 */
known: string, 
/**
 * Free slots; none where they are those that the page has.
 */
slots: Array<SlotView> | null, };

export type BreachFields = { 
/**
 * What happened.
 */
what: string, 
/**
 * Who found it.
 */
found_by: string, 
/**
 * When somebody became aware: a moment.
 */
aware_at: string, 
/**
 * When it began, as far as is known: a moment.
 */
began_at: string, 
/**
 * What was harmed.
 */
natures: ('confidentiality' | 'integrity' | 'availability')[], 
/**
 * Whose data.
 */
persons: string, 
/**
 * About how many persons.
 */
persons_count: number | null, 
/**
 * Which data.
 */
data: string, 
/**
 * About how many records.
 */
records_count: number | null, 
/**
 * What may follow for the persons.
 */
consequences: string, 
/**
 * What was done.
 */
measures: string, 
/**
 * How grave.
 */
risk: 'unassessed' | 'unlikely' | 'likely' | 'high', 
/**
 * Why it is judged so.
 */
risk_reason: string, 
/**
 * When the authority was told: a moment.
 */
notified_at: string, 
/**
 * Under which number.
 */
reference: string, 
/**
 * Why late.
 */
delay_reason: string, 
/**
 * When the persons were told: a moment.
 */
persons_informed_at: string, 
/**
 * How.
 */
persons_informed_how: string, 
/**
 * Why they are not told.
 */
persons_exempt: string, 
/**
 * The processor at which it happened.
 */
processor_id: RegisterId | null, };

export type BreachStepView = { 
/**
 * Which.
 */
step: 'contain' | 'assess' | 'notify' | 'inform' | 'close', 
/**
 * Where it stands.
 */
state: 'open' | 'done' | 'not_needed', };

export type BreachView = { 
/**
 * The row.
 */
id: RegisterId, 
/**
 * Its number in the register.
 */
number: number, 
/**
 * What is known.
 */
fields: BreachFields, 
/**
 * UTC instant from which the clock runs.
 */
aware_at: string, 
/**
 * UTC instant until which the authority has to be told.
 */
deadline_at: string, 
/**
 * The same as a moment on the practice's clock.
 */
deadline: string, 
/**
 * Where the notification stands.
 */
notification: 'not_needed' | 'running' | 'overdue' | 'in_time' | 'late', 
/**
 * Minutes left, or minutes over.
 */
minutes: number, 
/**
 * The steps.
 */
steps: Array<BreachStepView>, 
/**
 * The text to give to the authority.
 */
text: string, 
/**
 * UTC instant; empty: open.
 */
closed_at: string, 
/**
 * Grows with each change.
 */
revision: number, };

export type BreachesView = { 
/**
 * Open ones first, then the newest.
 */
breaches: Array<BreachView>, 
/**
 * The authority's short name.
 */
authority: string, 
/**
 * Its site.
 */
authority_site: string, 
/**
 * Hours that hold.
 */
hours: number, 
/**
 * UTC instant of this answer: a screen counts from here.
 */
now: string, 
/**
 * Now, a moment on the practice's clock.
 */
wall: string, 
/**
 * Processors by name, for the form.
 */
processors: Array<NamedView>, };

export type BringBackRequest = { 
/**
 * The random id.
 */
erasure_id: string, 
/**
 * Why.
 */
reason: string, };

export type BroughtBackView = { 
/**
 * The patient.
 */
patient_id: PatientId, };

export type CallCountsView = { 
/**
 * Not settled.
 */
open: number, 
/**
 * Answered, to be passed on.
 */
answered: number, 
/**
 * For this user, unread.
 */
unread: number, };

export type CallNextRequest = { 
/**
 * Whose.
 */
practitioner_id: PractitionerId, 
/**
 * Whoever is in consultation there is done.
 */
finish: boolean, };

export type CallRequest = { 
/**
 * Which.
 */
id: CallId, };

export type CallView = { 
/**
 * Identifier.
 */
id: CallId, 
/**
 * About whom.
 */
patient_id: PatientId, 
/**
 * `DUPONT Marie`.
 */
patient: string, 
/**
 * The name in Arabic, where known.
 */
patient_arabic: string, 
/**
 * ISO date or empty.
 */
born: string, 
/**
 * The contact person who called.
 */
contact_person_id: ContactPersonId | null, 
/**
 * Who called; empty: the patient.
 */
caller: string, 
/**
 * Word of the relation, or empty.
 */
relation: Relation | '', 
/**
 * Phone to call back, as the country writes it.
 */
phone: string, 
/**
 * About what; never clinical.
 */
about: string, 
/**
 * To whom a message was left.
 */
practitioner_id: PractitionerId | null, 
/**
 * Their name.
 */
practitioner: string, 
/**
 * How far it is.
 */
state: CallState, 
/**
 * Wall time.
 */
taken_at: string, 
/**
 * Who took it.
 */
taken_by: string, 
/**
 * Wall time.
 */
read_at: string | null, 
/**
 * Who read it.
 */
read_by: string, 
/**
 * The answer.
 */
answer: string, 
/**
 * Wall time.
 */
answered_at: string | null, 
/**
 * Who answered.
 */
answered_by: string, 
/**
 * Wall time.
 */
closed_at: string | null, 
/**
 * Who settled it.
 */
closed_by: string, 
/**
 * Grows with each change.
 */
revision: number, };

export type CallsView = { 
/**
 * The newest first.
 */
calls: Array<CallView>, 
/**
 * More would fit.
 */
more: boolean, };

export type CancelAppointmentRequest = { 
/**
 * Which.
 */
id: AppointmentId, 
/**
 * `patient` or `practice`.
 */
by: 'patient' | 'practice', 
/**
 * Why; may be empty.
 */
reason: string, };

export type CancelSeriesRequest = { 
/**
 * One of its sessions.
 */
appointment_id: AppointmentId, 
/**
 * Which sessions.
 */
scope: 'one' | 'following' | 'all', 
/**
 * `patient` or `practice`.
 */
by: 'patient' | 'practice', 
/**
 * Why; may be empty.
 */
reason: string, };

export type CandidateView = { 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * Surname.
 */
surname: string, 
/**
 * Surname at birth.
 */
birth_name: string, 
/**
 * First name.
 */
first_name: string, 
/**
 * ISO date or empty.
 */
born: string, 
/**
 * `female`, `male`, `unknown`.
 */
sex: string, 
/**
 * NIR.
 */
nir: string, 
/**
 * 0 to 100.
 */
score: number, 
/**
 * Why.
 */
reasons: Array<string>, 
/**
 * Fields in which they differ from the paper: `surname`, `first_name`, `born`, `sex`, `nir`.
 */
differs: Array<string>, };

export type ChangePasswordRequest = { 
/**
 * The present one.
 */
password: string, 
/**
 * The new one.
 */
new_password: string, };

export type ChangeSeriesRequest = { 
/**
 * What was previewed.
 */
change: SeriesChange, 
/**
 * Each session that moves.
 */
sessions: Array<SessionChoice>, };

export type ChangedAppointmentView = { 
/**
 * The journal's entry, to undo.
 */
sequence: number, 
/**
 * `K7M 4PX-3`.
 */
spoken_code: string, 
/**
 * Codes: `outside_hours`, `on_holiday`, `during_absence`, `reserved_types`, `reserved_urgent`, `no_scheduling`,
 * `kept_free`, `type_not_offered`, `type_not_at_site`, `without_resource`, `patient_booked_twice`, `in_the_past`.
 */
warnings: Array<string>, 
/**
 * Identifier.
 */
id: AppointmentId, 
/**
 * Booking code, `K7M4PX3`.
 */
code: string, 
/**
 * Whose agenda.
 */
practitioner_id: PractitionerId, 
/**
 * Practitioner's name.
 */
practitioner: string, 
/**
 * Where.
 */
site_id: SiteId, 
/**
 * Who; none for a held slot.
 */
patient_id: PatientId | null, 
/**
 * `DUPONT Marie`, empty for a held slot.
 */
patient: string, 
/**
 * The name in Arabic, where known.
 */
patient_arabic: string, 
/**
 * ISO date or empty.
 */
born: string, 
/**
 * Phone as the country writes it.
 */
phone: string, 
/**
 * Type.
 */
type_id: TypeId, 
/**
 * Type's name.
 */
type: string, 
/**
 * Wall time; none for an untimed walk-in.
 */
starts: string | null, 
/**
 * ISO date.
 */
day: string, 
/**
 * Place in the queue of an untimed walk-in.
 */
rank: number | null, 
/**
 * Minutes.
 */
minutes: number, 
/**
 * Status.
 */
status: Status, 
/**
 * Origin.
 */
origin: Origin, 
/**
 * Urgency.
 */
urgency: Urgency, 
/**
 * Over another on purpose.
 */
overbooked: boolean, 
/**
 * Note of the desk, never clinical.
 */
note: string, 
/**
 * Wall time of the arrival.
 */
arrived: string | null, 
/**
 * Wall time of the beginning of the consultation.
 */
seated: string | null, 
/**
 * Wall time of its end.
 */
dismissed: string | null, 
/**
 * Grows with each change.
 */
revision: number, 
/**
 * Free minutes kept after it.
 */
buffer: number, 
/**
 * The parts that need the practitioner, in minutes from the start; empty: all of it.
 */
provider_parts: Array<MinutesView>, 
/**
 * Rooms and equipment held.
 */
resources: ResourceId[], };

export type ChangedCallView = { 
/**
 * As it is now.
 */
call: CallView, 
/**
 * The journal's entry; none where there was nothing to change.
 */
sequence: number | null, };

export type ChangedSeriesView = { 
/**
 * The series; none for appointments in a row.
 */
series_id: SeriesId | null, 
/**
 * Those that were booked or changed.
 */
appointments: Array<AppointmentView>, 
/**
 * An entry of the journal: undo takes them all back.
 */
sequence: number, };

export type ChangedWaitingEntryView = { 
/**
 * As it is now.
 */
entry: WaitingEntryView, 
/**
 * The journal's entry, to undo.
 */
sequence: number, };

export type ChangesView = { 
/**
 * Since when, wall time at the first site.
 */
since: string, 
/**
 * Newest first.
 */
changes: Array<AgendaChangeView>, 
/**
 * There was more than can be shown.
 */
more: boolean, };

export type CheckDrugsRequest = { 
/**
 * Substances by name, one a line.
 */
substances: Array<string>, 
/**
 * Drugs by CIS, one a line.
 */
cis: Array<string>, 
/**
 * Substances that are taken already.
 */
current_substances: Array<string>, 
/**
 * Drugs that are taken already.
 */
current_cis: Array<string>, };

export type CheckedDrugsView = { 
/**
 * The gravest first.
 */
findings: Array<FindingView>, 
/**
 * Edition of the thesaurus.
 */
edition: string, 
/**
 * Edition of the drug base; empty where there is none.
 */
drugs_edition: string, };

export type CheckedPrescriptionView = { 
/**
 * The gravest first.
 */
findings: Array<PrescriptionFindingView>, 
/**
 * Whether it may be signed as it is.
 */
signable: boolean, 
/**
 * Whether the secure form is needed.
 */
secure_form: boolean, 
/**
 * How each line reads.
 */
lines: Array<ReadLineView>, 
/**
 * The drug base's edition; empty: none.
 */
drugs_edition: string, 
/**
 * The thesaurus' edition; empty: none.
 */
edition: string, };

export type ColumnView = { 
/**
 * ISO date.
 */
day: string, 
/**
 * Whose.
 */
practitioner_id: PractitionerId, 
/**
 * When they receive, absences taken out.
 */
open: Array<MinutesView>, 
/**
 * Absences of this day, with their label.
 */
absences: Array<DayAbsenceView>, 
/**
 * Openings of this date alone.
 */
openings: Array<DayOpeningView>, 
/**
 * Blocks that stand on this day.
 */
blocks: Array<DayBlockView>, 
/**
 * Who stands in for the practitioner; empty: nobody.
 */
locum: string, 
/**
 * The public holiday.
 */
holiday: DayHolidayView | null, 
/**
 * The school holidays.
 */
school_holidays: Array<DaySchoolHolidayView>, 
/**
 * All but deleted ones; timed by start, then untimed walk-ins by rank.
 */
appointments: Array<AppointmentView>, 
/**
 * Active appointments.
 */
booked: number, 
/**
 * Free slots of 15 minutes left in the opening hours.
 */
free: number, };

export type CompositionView = { 
/**
 * Element.
 */
element: string, 
/**
 * Code of the substance.
 */
code: string, 
/**
 * Name.
 */
substance: string, 
/**
 * Dosage.
 */
dosage: string, 
/**
 * What the dosage refers to.
 */
reference: string, 
/**
 * Therapeutic fraction, else substance.
 */
fraction: boolean, 
/**
 * Joins a substance with its fraction.
 */
link: number, 
/**
 * The thesaurus knows it.
 */
linked: boolean, };

export type Condition = { 
/**
 * What.
 */
label: string, 
/**
 * A long-term condition (*ALD*).
 */
ald: boolean, 
/**
 * ISO date since which, or empty.
 */
since: string, 
/**
 * ISO date until which, or empty.
 */
until: string, };

export type ConditionView = { 
/**
 * Official wording.
 */
wording: string, 
/**
 * What rule it is.
 */
kind: string, 
/**
 * Days or months, where the rule has them.
 */
number: number | null, };

export type ConfirmDestructionRequest = { 
/**
 * Identifier.
 */
id: string, 
/**
 * The digest of the list that was looked at.
 */
digest: string, };

export type ConnectionView = { 
/**
 * UTC instant.
 */
at: string, 
/**
 * Name of the user.
 */
user: string, 
/**
 * Workstation.
 */
workstation: string, 
/**
 * What happened.
 */
event: 'signed_in' | 'locked' | 'signed_out' | 'failed' | 'recovered', };

export type ConnectionsView = { 
/**
 * Newest first, 500 at most.
 */
connections: Array<ConnectionView>, };

export type ConsentGuardianView = { 
/**
 * The contact person.
 */
id: ContactPersonId, 
/**
 * Name.
 */
name: string, };

export type ConsentPurposeView = { 
/**
 * Identifier.
 */
id: ConsentPurposeId, 
/**
 * Its name.
 */
name: ThreeLanguages, 
/**
 * Whether it is still asked for.
 */
active: boolean, 
/**
 * The newest first.
 */
texts: Array<ConsentTextView>, 
/**
 * Grows with each change.
 */
revision: number, };

export type ConsentPurposesView = { 
/**
 * In their order.
 */
purposes: Array<ConsentPurposeView>, };

export type ConsentTextView = { 
/**
 * From 1.
 */
version: number, 
/**
 * The words.
 */
text: ThreeLanguages, 
/**
 * ISO date of the version.
 */
written_on: string, };

export type ConsentView = { 
/**
 * Identifier.
 */
id: ConsentId, 
/**
 * Who gave it.
 */
by: string, 
/**
 * ISO date.
 */
given_on: string, 
/**
 * How.
 */
way: 'spoken' | 'written' | 'electronic', 
/**
 * The user who noted it.
 */
noted_by: string, 
/**
 * ISO date.
 */
withdrawn_on: string | null, 
/**
 * Whether it holds today.
 */
holds: boolean, };

export type ConsentsView = { 
/**
 * Whether a guardian has to consent.
 */
needs_guardian: boolean, 
/**
 * Who can.
 */
guardians: Array<ConsentGuardianView>, 
/**
 * The newest first.
 */
consents: Array<PurposeConsentView>, 
/**
 * What can be consented to.
 */
purposes: Array<ConsentPurposeView>, };

export type Consultation = { 
/**
 * Why they came.
 */
reason: string, 
/**
 * History of it.
 */
history: string, 
/**
 * Examination.
 */
examination: string, 
/**
 * Conclusion.
 */
conclusion: string, 
/**
 * What is to be done.
 */
plan: string, };

export type ContactOfView = { 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * Name.
 */
patient: string, 
/**
 * What they are to them.
 */
relation: Relation | '', };

export type ContactRequest = { 
/**
 * Who.
 */
id: ContactPersonId, };

export type ContactView = { 
/**
 * Identifier.
 */
id: ContactPersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Word of the relation, or empty.
 */
relation: Relation | '', 
/**
 * Their own phone; empty: the linked patient's.
 */
phone: string, 
/**
 * The phone under which they are reached, as the country writes it.
 */
phone_shown: string, 
/**
 * Decides for a minor.
 */
guardian: boolean, 
/**
 * The patient of the practice they are.
 */
linked_patient_id: PatientId | null, 
/**
 * That patient's name.
 */
linked_patient: string, 
/**
 * May be told of appointments.
 */
told_appointments: boolean, 
/**
 * May be given messages.
 */
told_messages: boolean, 
/**
 * May be told of results.
 */
told_results: boolean, 
/**
 * Grows with each change.
 */
revision: number, };

export type ContactsView = { 
/**
 * Guardians first.
 */
contacts: Array<ContactView>, 
/**
 * Consents, the newest first.
 */
consents: Array<ConsentView>, 
/**
 * Under the age from which a portal asks the patient alone.
 */
minor: boolean, 
/**
 * How it stands with a minor's consent.
 */
guardian: 'current' | 'missing' | null, 
/**
 * Whose contact person this patient is.
 */
contact_of: Array<ContactOfView>, };

export type CorrectEntryRequest = { 
/**
 * Which.
 */
id: EntryId, 
/**
 * The version that was shown: a correction of what has changed meanwhile is refused.
 */
version: number, 
/**
 * ISO date that it is about; empty: as it was.
 */
on: string, 
/**
 * What it holds now.
 */
body: Body, };

export type CountryZonesView = { 
/**
 * Country.
 */
country: Country, 
/**
 * IANA names, the most likely first.
 */
zones: Array<string>, };

export type CountsView = { 
/**
 * The practice's name.
 */
practice: string, 
/**
 * First day.
 */
from: string, 
/**
 * Last day.
 */
to: string, 
/**
 * Whose work.
 */
whose: 'own' | 'secretaries', 
/**
 * Appointments given, walk-ins too.
 */
booked: number, 
/**
 * Appointments moved, made longer or shorter.
 */
moved: number, 
/**
 * Appointments cancelled.
 */
cancelled: number, 
/**
 * Calls noted.
 */
calls: number, };

export type CreatePatientRequest = { 
/**
 * As typed.
 */
fields: PatientFields, };

export type CreatePracticeRequest = { 
/**
 * Name of the practice.
 */
practice: string, 
/**
 * Country.
 */
country: Country, 
/**
 * Name of the first site.
 */
site: string, 
/**
 * Its IANA zone.
 */
zone: string, 
/**
 * Login of the first user, always an administrator.
 */
login: string, 
/**
 * Their name.
 */
name: string, 
/**
 * `practitioner`, `secretary` or `administrator`.
 */
role: Role, 
/**
 * Speciality, for a practitioner.
 */
speciality: string, 
/**
 * Password.
 */
password: string, 
/**
 * Language of the window.
 */
language: 'fr' | 'ar' | 'en', };

export type CreatedView = { 
/**
 * The session.
 */
session: SessionView, 
/**
 * Groups of the recovery key, shown once.
 */
recovery_key: string | null, 
/**
 * Groups of the clinical recovery key, shown once, where the user is a practitioner.
 */
clinical_recovery_key: string | null, };

export type CurvePointView = { 
/**
 * The entry that it was read from; of an index the weight's.
 */
id: EntryId, 
/**
 * ISO date.
 */
on: string, 
/**
 * In the curve's unit.
 */
value: number, };

export type CurveView = { 
/**
 * A known measure's word, or the practice's own name.
 */
what: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * How many decimals are shown at most.
 */
decimals: number, 
/**
 * The oldest first.
 */
points: Array<CurvePointView>, };

export type DamagedEntryView = { 
/**
 * Identifier.
 */
id: EntryId, 
/**
 * The version that stands there.
 */
version: number, 
/**
 * It does not open, an old version was put back, or it was taken away.
 */
reason: 'unreadable' | 'rolled_back' | 'missing', };

export type DataRequestRequest = { 
/**
 * Which.
 */
id: DataRequestId, };

export type DataRequestView = { 
/**
 * How it came.
 */
way: 'desk' | 'phone' | 'post' | 'email' | 'portal', 
/**
 * Where they are answered.
 */
contact: string, 
/**
 * What they ask.
 */
content: string, 
/**
 * Language of the answer.
 */
language: 'fr' | 'ar' | 'en', 
/**
 * Who looked at the proof, and when.
 */
proof_by: string, 
/**
 * ISO date.
 */
proof_on: string | null, 
/**
 * Legal ground of a refusal, or empty.
 */
ground: string, 
/**
 * Where the deadline stands.
 */
source: string, 
/**
 * Whether an extension may still be told today.
 */
may_extend: boolean, 
/**
 * The last day for telling an extension, ISO.
 */
first_term: string, 
/**
 * What is missing before it can be executed: `identity`, `patient`.
 */
missing: Array<string>, 
/**
 * What happened to it.
 */
steps: Array<RequestStepView>, 
/**
 * What was really done.
 */
receipt: RequestReceiptView | null, 
/**
 * The letter to the person, where it can be printed only now: their address was erased with them.
 */
letter: FileView | null, 
/**
 * Identifier.
 */
id: DataRequestId, 
/**
 * What is asked.
 */
kind: 'access' | 'rectification' | 'erasure' | 'limitation' | 'objection' | 'portability' | 'withdrawal' | 'post_mortem', 
/**
 * By whom.
 */
by_whom: 'person' | 'guardian' | 'heir' | 'representative', 
/**
 * About whom.
 */
patient_id: PatientId | null, 
/**
 * Who asks; empty after an erasure.
 */
name: string, 
/**
 * ISO date.
 */
received_on: string, 
/**
 * ISO date of the last day.
 */
due_on: string, 
/**
 * Days left; below 0: late.
 */
days_left: number, 
/**
 * What was shown.
 */
proof: string, 
/**
 * ISO date.
 */
complete_on: string | null, 
/**
 * ISO date.
 */
extended_on: string | null, 
/**
 * How it ended.
 */
outcome: 'executed' | 'refused' | 'withdrawn' | null, 
/**
 * ISO date.
 */
closed_on: string | null, 
/**
 * Whether the person's words were erased.
 */
erased: boolean, 
/**
 * Grows with each change.
 */
revision: number, };

export type DayAbsenceView = { 
/**
 * Which.
 */
id: AbsenceId, 
/**
 * When, cut to the day.
 */
span: MinutesView, 
/**
 * Why, for the desk.
 */
label: string, };

export type DayBlockView = { 
/**
 * Which.
 */
id: BlockId, 
/**
 * What for.
 */
kind: BlockKind, 
/**
 * When.
 */
span: MinutesView, 
/**
 * Its name, for the desk.
 */
label: string, 
/**
 * Whose time it is.
 */
types: TypeId[], 
/**
 * The first minute of everybody's; none: it is never released.
 */
released_at: string | null, 
/**
 * Already everybody's.
 */
released: boolean, };

export type DayHolidayView = { 
/**
 * Which, where the calendar knows it; else empty.
 */
holiday: string, 
/**
 * Its name, where it is the practice's own.
 */
label: string, 
/**
 * The practice is closed.
 */
closed: boolean, };

export type DayOpeningView = { 
/**
 * Which.
 */
id: OpeningId, 
/**
 * When.
 */
span: MinutesView, 
/**
 * Why, for the desk.
 */
label: string, };

export type DaySchoolHolidayView = { 
/**
 * Zone.
 */
zone: string, 
/**
 * Name.
 */
label: string, };

export type DaysView = { 
/**
 * One column a practitioner and day, days first.
 */
columns: Array<ColumnView>, 
/**
 * Now at the first site's clock: the window counts on from here.
 */
now: string, };

export type DensityView = { 
/**
 * ISO date.
 */
day: string, 
/**
 * Whose.
 */
practitioner_id: PractitionerId, 
/**
 * Minutes of active appointments.
 */
booked_minutes: number, 
/**
 * Minutes in which the practitioner receives.
 */
open_minutes: number, 
/**
 * Active appointments.
 */
booked: number, };

export type DestroyedView = { 
/**
 * The list, as the register keeps it.
 */
list: DestructionView, };

export type DestructionListView = { 
/**
 * The list.
 */
list: DestructionView, 
/**
 * Who stands on it; of a confirmed one nobody is known any more.
 */
persons: Array<RetentionPersonView>, };

export type DestructionRequest = { 
/**
 * Identifier.
 */
id: string, };

export type DestructionView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * How it stands.
 */
state: 'open' | 'confirmed' | 'dropped', 
/**
 * Made on.
 */
made_on: string, 
/**
 * Made by.
 */
made_by: string, 
/**
 * What stands on it, in one digest: to be confirmed with it.
 */
digest: string, 
/**
 * How many.
 */
persons: number, 
/**
 * Confirmed on, or empty.
 */
confirmed_on: string, 
/**
 * Confirmed by.
 */
confirmed_by: string, 
/**
 * Sealed files that went with them.
 */
documents: number, };

export type DirectiveView = { 
/**
 * What the person wants.
 */
wish: 'erase' | 'keep' | 'hand_over', 
/**
 * To whom, or empty.
 */
designee: string, 
/**
 * In the person's words.
 */
words: string, 
/**
 * ISO date.
 */
given_on: string, };

export type DisableUserRequest = { 
/**
 * Who.
 */
id: UserId, };

export type DisclosureView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Wall time.
 */
at: string, 
/**
 * To whom.
 */
recipient_kind: 'person' | 'colleague' | 'calendar_server' | 'file_holder' | 'software' | 'booking_portal' | 'mail_server', 
/**
 * Their name or address, or empty.
 */
recipient: string, 
/**
 * Which kinds of data: `identity`, `contact`, `appointments`, `calls`, `consents`, `record`, `results`, `prescriptions`,
 * `documents`, `summary`.
 */
categories: Array<string>, 
/**
 * Why.
 */
purpose: 'care' | 'agenda' | 'person_request' | 'copy' | 'leaving' | 'booking' | 'message', 
/**
 * On which legal ground.
 */
ground: 'care' | 'legitimate_interest' | 'right_of_access' | 'legal_duty', 
/**
 * How.
 */
way: 'file' | 'encrypted_file' | 'paper' | 'calendar' | 'sync' | 'mail', 
/**
 * Who handed it over.
 */
by: string, 
/**
 * The entry of the journal that says so.
 */
sequence: number, };

export type DisclosuresRequest = { 
/**
 * Who.
 */
patient_id: PatientId, };

export type DisclosuresView = { 
/**
 * Who: the one that others were merged into.
 */
patient_id: PatientId, 
/**
 * Surname.
 */
surname: string, 
/**
 * First name.
 */
first_name: string, 
/**
 * Name in Arabic.
 */
name_arabic: string, 
/**
 * ISO date or empty.
 */
born: string, 
/**
 * Their language: `fr`, `ar`, `en`, or empty.
 */
language: string, 
/**
 * What left.
 */
disclosures: Array<DisclosureView>, 
/**
 * Who opened the record.
 */
openings: Array<OpeningOfRecordView>, };

export type Document = { 
/**
 * What whoever filed it wrote on it.
 */
title: string, 
/**
 * `letter`, `report`, `imaging`, `administrative`, `photo`, `other`.
 */
category: 'letter' | 'report' | 'imaging' | 'administrative' | 'photo' | 'other', 
/**
 * ISO date that it is about.
 */
dated: string, 
/**
 * `application/pdf`, `image/jpeg` or `image/png`, by its content.
 */
media: 'application/pdf' | 'image/jpeg' | 'image/png', 
/**
 * Plain bytes.
 */
bytes: number, 
/**
 * The document.
 */
document_id: string, 
/**
 * The sealed file's name: the digest of its sealed bytes.
 */
file: string, 
/**
 * Who filed it.
 */
filed_by: string, };

export type DocumentHandleRequest = { 
/**
 * Which.
 */
handle: string, };

export type DocumentPieceView = { 
/**
 * The bytes, base 64.
 */
base64: string, 
/**
 * Nothing follows; the handle is gone.
 */
last: boolean, };

export type DocumentProgressView = { 
/**
 * Plain bytes so far.
 */
bytes: number, };

export type DocumentRequest = { 
/**
 * Which.
 */
id: DocumentId, };

export type DocumentView = { 
/**
 * Identifier.
 */
id: DocumentId, 
/**
 * The entry of the record.
 */
entry_id: EntryId, 
/**
 * Its version.
 */
version: number, 
/**
 * What is written on it.
 */
title: string, 
/**
 * What it is.
 */
category: string, 
/**
 * ISO date that it is about.
 */
on: string, 
/**
 * By its content.
 */
media: string, 
/**
 * Plain bytes.
 */
bytes: number, 
/**
 * Who filed it.
 */
filed_by: string, 
/**
 * Wall time.
 */
filed_at: string, 
/**
 * Why it was struck.
 */
struck: string | null, 
/**
 * Its file is not there.
 */
missing: boolean, };

export type DocumentsView = { 
/**
 * Whose.
 */
patient_id: PatientId, 
/**
 * The documents.
 */
documents: Array<DocumentView>, 
/**
 * Documents that cannot be read.
 */
damaged: Array<DocumentId>, };

export type DoneLineView = { 
/**
 * The command that did it, or what was put or taken back.
 */
what: string, 
/**
 * Number of its journal entry.
 */
sequence: number, 
/**
 * UTC instant.
 */
at: string, 
/**
 * The fields that changed.
 */
fields: Array<string>, };

export type DoneView = { 
/**
 * The journal's entry that undoes this, where it can be undone.
 */
sequence: number | null, };

export type DraftLineRequest = { 
/**
 * What was typed: a drug, a drug and its posology, or where a drug is chosen the posology alone.
 */
text: string, 
/**
 * The drug that was chosen, eight digits; empty: it is in the text.
 */
cis: string, 
/**
 * Without its brand.
 */
inn: boolean, 
/**
 * Language of the paper.
 */
language: 'fr' | 'ar', };

export type DraftView = { 
/**
 * The form it belongs to.
 */
kind: string, 
/**
 * Its fields, JSON.
 */
body: string, };

export type DraftedLineView = { 
/**
 * Drugs that could be meant, the likeliest first.
 */
drugs: Array<MeantDrugView>, 
/**
 * The line, where there is one to add.
 */
line: LineFields | null, 
/**
 * How it reads.
 */
reading: ReadLineView | null, 
/**
 * Posologies that go on from what was typed.
 */
completions: Array<string>, 
/**
 * Where the posology was not understood.
 */
misread: MisreadView | null, 
/**
 * The secure form is needed.
 */
secure_form: boolean, 
/**
 * The drug base's edition; empty: none was imported.
 */
edition: string, };

export type DraftsView = { 
/**
 * By kind.
 */
drafts: Array<DraftView>, };

export type DrillView = { 
/**
 * The file.
 */
file: string, 
/**
 * When it was made, UTC instant.
 */
made_at: string, 
/**
 * Journal entries in it.
 */
entries: number, 
/**
 * Patients in it.
 */
patients: number, 
/**
 * Appointments in it.
 */
appointments: number, 
/**
 * Everything opened and verified.
 */
verified: boolean, 
/**
 * Journal entries made since.
 */
entries_since: number, 
/**
 * The erasure list was missing.
 */
erasure_list_missing: boolean, };

export type DropRequestRequest = { 
/**
 * Which.
 */
id: DataRequestId, 
/**
 * The revision that was shown.
 */
revision: number, };

export type DrugEditionView = { 
/**
 * Which base.
 */
base: 'drugs' | 'interactions', 
/**
 * Date or month.
 */
edition: string, 
/**
 * When it was imported, UTC.
 */
imported_at: string, };

export type DrugEditionsView = { 
/**
 * At most one a base.
 */
editions: Array<DrugEditionView>, };

export type DrugRequest = { 
/**
 * Eight digits.
 */
cis: string, };

export type DrugView = { 
/**
 * Eight digits.
 */
cis: string, 
/**
 * Name.
 */
name: string, 
/**
 * Form.
 */
form: string, 
/**
 * Routes.
 */
routes: Array<string>, 
/**
 * Status of the authorisation.
 */
authorisation: string, 
/**
 * Procedure.
 */
procedure: string, 
/**
 * State of marketing.
 */
marketing: string, 
/**
 * ISO date or empty.
 */
authorised_on: string, 
/**
 * Alert or warning.
 */
bdm_status: string, 
/**
 * European number.
 */
eu_number: string, 
/**
 * Holders.
 */
holders: Array<string>, 
/**
 * Under enhanced surveillance.
 */
surveillance: boolean, 
/**
 * Substances: therapeutic fractions where they are known.
 */
substances: Array<string>, 
/**
 * ATC.
 */
atc: string, 
/**
 * Composition.
 */
composition: Array<CompositionView>, 
/**
 * Packs.
 */
presentations: Array<PresentationView>, 
/**
 * Generic groups, with their members.
 */
generics: Array<GenericView>, 
/**
 * Conditions.
 */
conditions: Array<ConditionView>, 
/**
 * Shortages.
 */
shortages: Array<ShortageView>, 
/**
 * Of which edition.
 */
edition: string, };

export type DryRunRetentionRequest = { 
/**
 * Up to and with this day; empty: the end of this month.
 */
until: string, 
/**
 * Only this; empty: all.
 */
action: RetentionAction | '', 
/**
 * How many of the list to pass over.
 */
offset: number, 
/**
 * How many of the list at most; 1,000 and no more.
 */
limit: number, };

export type DueItemView = { 
/**
 * What it is.
 */
kind: string, 
/**
 * Which one.
 */
id: string, 
/**
 * What tells it apart.
 */
label: string, 
/**
 * By which day.
 */
on: string, 
/**
 * Days until then; negative: late.
 */
days: number, 
/**
 * The part of the screen that shows it.
 */
part: string, };

export type DueView = { 
/**
 * Today at the practice.
 */
today: string, 
/**
 * What is due.
 */
items: Array<DueItemView>, };

export type DuplicateView = { 
/**
 * Who.
 */
patient: MatchView, 
/**
 * 0 to 100.
 */
score: number, 
/**
 * Codes of the reasons.
 */
reasons: Array<string>, };

export type DuplicatesView = { 
/**
 * The likeliest first.
 */
duplicates: Array<DuplicateView>, 
/**
 * What the checks say of the fields.
 */
warnings: Array<WarningView>, };

export type EntranceUserView = { 
/**
 * What is typed to sign in.
 */
login: string, 
/**
 * The person's name.
 */
name: string, };

export type EntranceView = { 
/**
 * `none`: first start; `closed`: sign in; `open`: somebody is signed in.
 */
state: 'none' | 'closed' | 'open', 
/**
 * Folder of the vault, to show.
 */
folder: string, 
/**
 * The practice's name, where there is one.
 */
practice: string, 
/**
 * Who may sign in.
 */
users: Array<EntranceUserView>, 
/**
 * False: no keyring on this machine; the vault opens by password alone. Said once.
 */
keyring: boolean, 
/**
 * Zones to propose, by country.
 */
zones: Array<CountryZonesView>, 
/**
 * The running session, when `state` is `open`.
 */
session: SessionView | null, 
/**
 * This is the demonstration practice.
 */
demonstration: boolean, };

export type EntryRequest = { 
/**
 * Which.
 */
id: EntryId, };

export type EntryVersionsView = { 
/**
 * The newest first.
 */
versions: Array<RecordEntryView>, 
/**
 * Versions that cannot be read.
 */
damaged: Array<DamagedEntryView>, };

export type EntryView = { 
/**
 * Number, from 1 without gap.
 */
sequence: number, 
/**
 * UTC instant.
 */
at: string, 
/**
 * Name of the user.
 */
user: string, 
/**
 * Workstation.
 */
workstation: string, 
/**
 * Command.
 */
command: string, 
/**
 * Identifier of what was changed.
 */
subject: string, 
/**
 * Names of the fields that changed; empty when the key was erased.
 */
fields: Array<string>, 
/**
 * The chain's hash, hexadecimal.
 */
hash: string, };

export type ErasePersonRequest = { 
/**
 * Who; with everybody merged into them.
 */
patient_id: PatientId, 
/**
 * Why, without a name: it stays as the proof.
 */
reason: string, 
/**
 * The request that asks for it.
 */
request_id: DataRequestId | null, };

export type ErasedView = { 
/**
 * Files that were one person's.
 */
persons: number, 
/**
 * Rows that are gone, by table.
 */
removed: { [key in string]: number }, 
/**
 * Rows that stay without a word of the person, by table.
 */
emptied: { [key in string]: number }, 
/**
 * Sealed files that are gone from the disk.
 */
files_removed: number, 
/**
 * Sealed files without a key that could not be removed now; the next start removes them.
 */
files_left: number, 
/**
 * Events that the next publishing removes from calendar servers.
 */
events_going: number, 
/**
 * Events of agendas that are not published by themselves: they go with a publishing by hand.
 */
events_waiting: number, 
/**
 * Entries in others' files that stay by name alone, because they decide for a minor.
 */
guardians: number, 
/**
 * Where the erasure list has it: `vault`, `first`, `second`.
 */
lists: Array<string>, 
/**
 * Places of backups that were not there: the next backup brings the list.
 */
lists_waiting: Array<string>, 
/**
 * Whether the write-ahead log was emptied; else it is when the last program closes the file.
 */
log_emptied: boolean, };

export type ErasurePreviewView = { 
/**
 * The person that is meant: the one that others were merged into.
 */
patient_id: PatientId, 
/**
 * Whether it may be done today.
 */
may_erase: boolean, 
/**
 * Why not: `medical_record`, `legal_claims`, `limitation`, `open_request`, or empty.
 */
ground: '' | 'medical_record' | 'legal_claims' | 'limitation' | 'open_request', 
/**
 * Where the ground stands, or empty.
 */
source: string, 
/**
 * The last day of its being kept, ISO; none where no day says it.
 */
retention_until: string | null, 
/**
 * The first day on which it may be erased, ISO.
 */
possible_on: string | null, 
/**
 * Files that are one person's.
 */
persons: number, 
/**
 * Entries, documents and papers of the record.
 */
record: number, 
/**
 * Appointments.
 */
appointments: number, 
/**
 * Calls.
 */
calls: number, };

export type ErasureReceiptView = { 
/**
 * Identifier.
 */
id: ErasureId, 
/**
 * UTC instant.
 */
at: string, 
/**
 * Who did it.
 */
by: string, 
/**
 * Why.
 */
reason: string, 
/**
 * The request that asked for it.
 */
request_id: DataRequestId | null, 
/**
 * What really changed.
 */
erased: ErasedView, 
/**
 * What processors were told and confirmed so far; empty: nothing was with a processor.
 */
processor: Array<ProcessorTaskView>, };

export type ErasuresView = { 
/**
 * The newest first.
 */
erasures: Array<ErasureReceiptView>, };

export type ExecuteRequestRequest = { 
/**
 * Which.
 */
id: DataRequestId, 
/**
 * The revision that was shown.
 */
revision: number, 
/**
 * Why, or in which words; of an erasure without a name.
 */
reason: string, 
/**
 * What an objection is about.
 */
scope: '' | 'all' | 'sync' | 'reminders', 
/**
 * Ground of a limitation.
 */
ground: '' | 'accuracy_contested' | 'unlawful_kept' | 'needed_for_claim' | 'objection_pending', 
/**
 * Consents that are taken back; none: all that stand.
 */
consents: Array<PurposeConsentId>, 
/**
 * A directive after death.
 */
wish: '' | 'erase' | 'keep' | 'hand_over', 
/**
 * To whom it is handed over.
 */
designee: string, };

export type ExportAgendaRequest = { 
/**
 * Whose; none named: of all who are active.
 */
practitioners: PractitionerId[], 
/**
 * First day.
 */
from: string, 
/**
 * Last day, at most ten years later.
 */
until: string, 
/**
 * `ics` (a calendar) or `csv` (a table).
 */
format: 'ics' | 'csv', 
/**
 * How much of a person it says.
 */
discretion: 'busy' | 'initials' | 'name', 
/**
 * `fr`, `ar`, `en`.
 */
language: string, };

export type ExportArchiveRequest = { 
/**
 * The folder that it is written into.
 */
into: string, 
/**
 * Language of what people read.
 */
language: 'fr' | 'ar' | 'en', 
/**
 * From the beginning: what was finished before is made again.
 */
anew: boolean, 
/**
 * Whoever is in the intermediate archive is brought back first: without it an export is refused while somebody is.
 */
bring_back: boolean, };

export type ExportCountsRequest = { 
/**
 * First day, on the clock of each practice's first site.
 */
from: string, 
/**
 * Last day.
 */
to: string, 
/**
 * `own` or `secretaries`.
 */
whose: 'own' | 'secretaries', 
/**
 * Language of the headings.
 */
language: 'fr' | 'ar' | 'en', };

export type ExportPatientsRequest = { 
/**
 * `fr`, `ar`, `en`.
 */
language: string, };

export type ExportPersonRequest = { 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * `fr`, `ar`, `en`; empty: the person's own.
 */
language: '' | 'fr' | 'ar' | 'en', 
/**
 * The file that is to be written, or a folder that is to hold it under a name of ours; empty: the answer holds it.
 */
path: string, 
/**
 * Chosen by the person, with which they open it; empty: not encrypted.
 */
passphrase: string, };

export type ExportRetentionRequest = { 
/**
 * Up to and with this day; empty: the end of this month.
 */
until: string, 
/**
 * A report, or a table of everybody on the list.
 */
format: 'pdf' | 'csv', 
/**
 * Of the words.
 */
language: 'fr' | 'ar' | 'en', };

export type ExportStatisticsRequest = { 
/**
 * Which figures.
 */
figures: ShowStatisticsRequest, 
/**
 * `fr`, `ar`, `en`.
 */
language: string, };

export type ExportedPersonView = { 
/**
 * Where it was written; empty: `file` holds it.
 */
path: string, 
/**
 * The file, where no path was given.
 */
file: FileView | null, 
/**
 * Bytes.
 */
bytes: number, 
/**
 * Files in it, the manifest left out.
 */
files: number, 
/**
 * Only the passphrase opens it.
 */
encrypted: boolean, 
/**
 * What of the record could not be read, and is not in it.
 */
damaged: number, 
/**
 * The entry of the journal.
 */
sequence: number, };

export type ExtendRequestRequest = { 
/**
 * Which.
 */
id: DataRequestId, 
/**
 * The revision that was shown.
 */
revision: number, 
/**
 * Why: it goes into the letter.
 */
reason: string, };

export type Family = { 
/**
 * Who.
 */
relative: string, 
/**
 * What.
 */
label: string, };

export type FieldChangeView = { 
/**
 * Name of the field.
 */
field: string, 
/**
 * Before, as text; empty for a creation.
 */
before: string, 
/**
 * After, as text.
 */
after: string, };

export type FiguresView = { 
/**
 * Appointments that were not called off.
 */
appointments: number, 
/**
 * Of these: without an appointment before.
 */
walk_ins: number, 
/**
 * Agreed, and their time has come.
 */
due: number, 
/**
 * Of the due: the patient did not come.
 */
no_shows: number, 
/**
 * No-shows of those due.
 */
no_show_share: number | null, 
/**
 * Called off.
 */
cancelled: number, 
/**
 * Of these: late.
 */
late_cancelled: number, 
/**
 * Late cancellations of all that was booked.
 */
late_share: number | null, 
/**
 * Minutes that appointments hold.
 */
minutes: number, 
/**
 * Minutes within opening hours, absences taken out.
 */
open_minutes: number, 
/**
 * Of these: booked.
 */
booked_minutes: number, 
/**
 * Booked of open minutes.
 */
fill: number | null, 
/**
 * Days from booking to appointment: mean.
 */
lead_mean: number | null, 
/**
 * Median.
 */
lead_median: number | null, 
/**
 * Of how many.
 */
leads: number, 
/**
 * Minutes from arrival (or the appointed time, where that is later) to being called: mean.
 */
wait_mean: number | null, 
/**
 * Median.
 */
wait_median: number | null, 
/**
 * Of how many.
 */
waits: number, };

export type FileColumnView = { 
/**
 * As written.
 */
header: string, 
/**
 * The field guessed.
 */
field: string, 
/**
 * Some values.
 */
samples: Array<string>, };

export type FileDocumentRequest = { 
/**
 * Which.
 */
handle: string, 
/**
 * What to write on it.
 */
title: string, 
/**
 * `letter`, `report`, `imaging`, `administrative`, `photo`, `other`.
 */
category: 'letter' | 'report' | 'imaging' | 'administrative' | 'photo' | 'other', 
/**
 * ISO date that it is about; empty: today.
 */
dated: string, };

export type FileView = { 
/**
 * A name to propose.
 */
name: string, 
/**
 * Media type.
 */
media: string, 
/**
 * The bytes, base 64.
 */
base64: string, };

export type FiledContentView = { 
/**
 * The file's name.
 */
file: string, 
/**
 * The report, where it is whole.
 */
report: Report | null, 
/**
 * The text of what is not.
 */
text: string, };

export type FiledDocumentView = { 
/**
 * Identifier.
 */
id: DocumentId, 
/**
 * By its content.
 */
media: string, 
/**
 * Plain bytes.
 */
bytes: number, 
/**
 * The entry of the record; none while it waits for a practitioner's session.
 */
entry_id: EntryId | null, };

export type FiledRequest = { 
/**
 * Which.
 */
id: FiledId, };

export type FillTemplateRequest = { 
/**
 * Which.
 */
id: TemplateId, 
/**
 * For whom.
 */
patient_id: PatientId, };

export type FilledLetterView = { 
/**
 * Title.
 */
title: string, 
/**
 * Text.
 */
text: string, 
/**
 * Fields that are still open.
 */
unfilled: Array<string>, };

export type FindDuplicatesRequest = { 
/**
 * What is about to be saved.
 */
fields: PatientFields, 
/**
 * Not this one.
 */
except: PatientId | null, };

export type FindRowsRequest = { 
/**
 * In their order, 2 to 8.
 */
links: Array<RowLink>, 
/**
 * From this wall time or date on; the past is never proposed.
 */
from: string, 
/**
 * How many days to look at, 1 to 366.
 */
days: number, 
/**
 * `any`, `morning`, `afternoon`, `evening`.
 */
part: 'any' | 'morning' | 'afternoon' | 'evening', 
/**
 * The longest pause between two of them, in minutes, 0 to 120.
 */
pause: number, 
/**
 * How many rows, 1 to 20.
 */
count: number, };

export type FindSlotsRequest = { 
/**
 * Whose; empty: all who are active.
 */
practitioners: PractitionerId[], 
/**
 * For which type.
 */
type_id: TypeId, 
/**
 * Minutes; none: the type's.
 */
minutes: number | null, 
/**
 * From this wall time or date on; the past is never proposed.
 */
from: string, 
/**
 * How many days to look at, 1 to 366.
 */
days: number, 
/**
 * `any`, `morning`, `afternoon`, `evening`.
 */
part: 'any' | 'morning' | 'afternoon' | 'evening', 
/**
 * How many, 1 to 200.
 */
count: number, };

export type FindWaitingRequest = { 
/**
 * Whose stretch.
 */
practitioner_id: PractitionerId, 
/**
 * Its first minute, wall time.
 */
from: string, 
/**
 * The minute at which it ends, wall time.
 */
to: string, 
/**
 * At most so many, 1 to 50.
 */
limit: number, };

export type FindingView = { 
/**
 * What kind.
 */
kind: 'interaction' | 'same_substance' | 'unknown', 
/**
 * Substance.
 */
a: string, 
/**
 * The other substance; empty where one alone is not known.
 */
b: string, 
/**
 * The line of `a`.
 */
a_line: string, 
/**
 * The line of `b`.
 */
b_line: string, 
/**
 * The thesaurus' term, in French; `même substance`; `unknown`.
 */
level: string, 
/**
 * The level's stable word; empty where it is no interaction.
 */
level_word: string, 
/**
 * Why.
 */
mechanism: string, 
/**
 * When it applies and what to do.
 */
advice: string, 
/**
 * The two names of the thesaurus that say it.
 */
through: string, 
/**
 * Edition of the thesaurus.
 */
edition: string, };

export type FittingPersonView = { 
/**
 * Their entry.
 */
entry: WaitingEntryView, 
/**
 * Where in the stretch they fit first.
 */
starts: string, };

export type FittingView = { 
/**
 * Those who fit, urgent first then oldest.
 */
people: Array<FittingPersonView>, };

export type FollowInstructionRequest = { 
/**
 * The row.
 */
id: RegisterId, 
/**
 * The revision that was seen.
 */
revision: number, 
/**
 * When the processor confirmed it.
 */
acknowledged_on: string, 
/**
 * Why the processor takes it for unlawful.
 */
unlawful: string, 
/**
 * When it ended.
 */
withdrawn_on: string, };

export type FormerEntryView = { 
/**
 * Number.
 */
sequence: number, 
/**
 * UTC instant.
 */
at: string, 
/**
 * Who.
 */
user: string, 
/**
 * Where.
 */
workstation: string, 
/**
 * Which command.
 */
command: string, 
/**
 * About what.
 */
subject_id: string, 
/**
 * The kind of thing; empty where its content was erased.
 */
kind: string, 
/**
 * Names of the changed fields.
 */
fields: Array<string>, 
/**
 * Its content was erased.
 */
erased: boolean, };

export type FormerJournalRequest = { 
/**
 * The vault that it comes from.
 */
vault: string, 
/**
 * Entries before this number; none: the newest.
 */
before: number | null, 
/**
 * How many at most.
 */
limit: number, };

export type FormerJournalView = { 
/**
 * Newest first.
 */
entries: Array<FormerEntryView>, 
/**
 * The whole chain is as it was when it was taken in.
 */
verified: boolean, };

export type FormerVaultView = { 
/**
 * The vault.
 */
id: string, 
/**
 * The practice's name there.
 */
practice: string, 
/**
 * UTC instant.
 */
taken_in_at: string, 
/**
 * Entries of its journal.
 */
entries: number, };

export type FoundAppointmentView = { 
/**
 * The appointment.
 */
appointment: AppointmentView, 
/**
 * By its code, its person, its type or its note.
 */
by: 'code' | 'person' | 'type' | 'note', 
/**
 * It lies before today.
 */
past: boolean, };

export type FoundAppointmentsView = { 
/**
 * What is to come first, the soonest first; then what was, the latest first.
 */
found: Array<FoundAppointmentView>, 
/**
 * There are more.
 */
more: boolean, };

export type FoundBackupView = { 
/**
 * File.
 */
file: string, 
/**
 * `first`, `second`, or `aside`: beside a vault that an earlier restore moved away.
 */
place: 'first' | 'second' | 'aside', 
/**
 * UTC instant.
 */
made_at: string, 
/**
 * Size.
 */
bytes: number, 
/**
 * Journal entries in it.
 */
entries: number, };

export type FoundBackupsView = { 
/**
 * Folder of the vault.
 */
folder: string, 
/**
 * Newest first.
 */
backups: Array<FoundBackupView>, };

export type FoundDrugView = { 
/**
 * Eight digits.
 */
cis: string, 
/**
 * Name.
 */
name: string, 
/**
 * Substances: therapeutic fractions where they are known.
 */
substances: Array<string>, 
/**
 * ATC, empty where the base has none.
 */
atc: string, 
/**
 * Form.
 */
form: string, 
/**
 * Can be had.
 */
marketed: boolean, };

export type FoundDrugsView = { 
/**
 * The closest first.
 */
drugs: Array<FoundDrugView>, 
/**
 * There are more.
 */
more: boolean, 
/**
 * Of which edition.
 */
edition: string, };

export type FoundEntriesView = { 
/**
 * The newest first.
 */
ids: Array<EntryId>, };

export type FoundFields = { 
/**
 * The point.
 */
point: string, 
/**
 * What was found.
 */
answer: 'good' | 'partly' | 'missing' | 'not_applicable', 
/**
 * What is said of it, or what is to be done.
 */
remark: string, };

export type FreeRowView = { 
/**
 * Wall times.
 */
starts: string[], 
/**
 * Minutes of each.
 */
minutes: Array<number>, };

export type FreedView = { 
/**
 * Whose.
 */
practitioner_id: PractitionerId, 
/**
 * First minute.
 */
from: string, 
/**
 * The minute at which it ends.
 */
to: string, };

export type GenericView = { 
/**
 * Number of the group.
 */
group: number, 
/**
 * Label of the group.
 */
label: string, 
/**
 * 0 princeps, 1, 2, 4 generic.
 */
kind: number, 
/**
 * CIS.
 */
cis: number, 
/**
 * Name; empty where the base lacks it.
 */
name: string, };

export type GiveConsentRequest = { 
/**
 * For whom.
 */
patient_id: PatientId, 
/**
 * By whom: a guardian among the contact persons.
 */
contact_person_id: ContactPersonId, 
/**
 * Date as typed; empty: today.
 */
given_on: string, 
/**
 * How.
 */
way: 'spoken' | 'written' | 'electronic', };

export type GiveInstructionRequest = { 
/**
 * To whom.
 */
processor_id: RegisterId, 
/**
 * The one that it replaces.
 */
replaces: RegisterId | null, 
/**
 * When; empty: today.
 */
given_on: string, 
/**
 * What it is about.
 */
subject: string, 
/**
 * What it says.
 */
text: string, };

export type GrantClinicalRequest = { 
/**
 * To whom.
 */
id: UserId, 
/**
 * The grant code that both compared.
 */
code: string, };

export type GrantCodeRequest = { 
/**
 * Whose.
 */
id: UserId, };

export type GrantCodeView = { 
/**
 * `1234 5678 9012`.
 */
code: string, };

export type GroupView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Hue of a type; empty for a practitioner.
 */
colour: string, 
/**
 * Now.
 */
figures: FiguresView, 
/**
 * Before.
 */
before: FiguresView, };

export type HistoryView = { 
/**
 * Oldest first.
 */
steps: Array<StepView>, };

export type HoldPatientRequest = { 
/**
 * The patient, where active.
 */
patient_id: PatientId | null, 
/**
 * The random id, where archived; empty otherwise.
 */
erasure_id: string, 
/**
 * Why.
 */
ground: RetentionGround, 
/**
 * Why, in words.
 */
note: string, };

export type HolidayView = { 
/**
 * ISO date.
 */
day: string, 
/**
 * Which, where the calendar knows it; else empty.
 */
holiday: string, 
/**
 * Its name, where it is the practice's own.
 */
label: string, 
/**
 * By the moon, or the practice's own: it may be moved.
 */
editable: boolean, 
/**
 * The practice is closed.
 */
closed: boolean, 
/**
 * The practice said something of this date.
 */
changed: boolean, };

export type HolidaysView = { 
/**
 * Where the practice is in France.
 */
region: HolidayRegion, 
/**
 * Public holidays by date.
 */
holidays: Array<HolidayView>, 
/**
 * Periods of school holidays that touch the year.
 */
school_holidays: Array<SchoolHolidayView>, };

export type HourView = { 
/**
 * 0 to 23.
 */
hour: number, 
/**
 * How many arrived.
 */
arrivals: number, 
/**
 * How many in the period before.
 */
before: number, };

export type HoursLine = { 
/**
 * 1 Monday to 7 Sunday.
 */
weekday: number, 
/**
 * Minute of the day.
 */
from: number, 
/**
 * Minute of the day.
 */
to: number, 
/**
 * First day it counts.
 */
valid_from: string | null, 
/**
 * Last day it counts.
 */
valid_until: string | null, 
/**
 * `every`, `odd` or `even`.
 */
weeks: 'every' | 'odd' | 'even', };

export type HoursView = { 
/**
 * Identifier.
 */
id: HoursId, 
/**
 * 1 Monday to 7 Sunday.
 */
weekday: number, 
/**
 * Minute of the day.
 */
from: number, 
/**
 * Minute of the day.
 */
to: number, 
/**
 * First day it counts, ISO date.
 */
valid_from: string | null, 
/**
 * Last day it counts, ISO date.
 */
valid_until: string | null, 
/**
 * `every`, `odd` or `even` ISO weeks.
 */
weeks: 'every' | 'odd' | 'even', };

export type ImportAgendaRequest = { 
/**
 * Name of the file.
 */
name: string, 
/**
 * Its bytes, base 64.
 */
base64: string, 
/**
 * Whose.
 */
practitioner_id: PractitionerId, 
/**
 * Only say what would happen.
 */
dry_run: boolean, };

export type ImportArchiveRequest = { 
/**
 * The file on this computer.
 */
path: string, };

export type ImportDrugsRequest = { 
/**
 * The folder with the seven files, or a zip archive of them; nothing where they are fetched.
 */
folder: string, 
/**
 * Fetch them from the authority's own address.
 */
download: boolean, 
/**
 * Its edition, a date; none: the newest day that the files speak of.
 */
edition: string | null, };

export type ImportInteractionsRequest = { 
/**
 * The file of pairs, JSON, or the published PDF.
 */
file: string, 
/**
 * The file of substances with their classes; none: the one beside it, `substances-…` for `thesaurus-…`; of a PDF its own lists.
 */
substances: string | null, 
/**
 * Its edition, a date or a month; none: what the file's name says, or the PDF itself.
 */
edition: string | null, };

export type ImportPatientsRequest = { 
/**
 * The handle of the preview.
 */
file: string, 
/**
 * One field a column, as corrected by the user.
 */
mapping: Array<string>, 
/**
 * Only say what would happen.
 */
dry_run: boolean, };

export type ImportResultsRequest = { 
/**
 * A file or a folder; empty where the bytes are given.
 */
path: string, 
/**
 * The file's name, where the bytes are given.
 */
name: string, 
/**
 * The bytes, base 64.
 */
base64: string, };

export type ImportedDrugsView = { 
/**
 * Drugs.
 */
drugs: number, 
/**
 * Rows of composition.
 */
compositions: number, 
/**
 * Packs.
 */
presentations: number, 
/**
 * Conditions of prescription and dispensing.
 */
conditions: number, 
/**
 * Members of generic groups.
 */
generics: number, 
/**
 * Shortages.
 */
shortages: number, 
/**
 * Rows of drugs that the base lacks: kept.
 */
orphans: number, 
/**
 * Blank lines, put aside.
 */
rejected: number, 
/**
 * Edition in use from now on.
 */
edition: string, 
/**
 * Substances, and how many the thesaurus knows.
 */
mapping: MappingCountsView, };

export type ImportedInteractionsView = { 
/**
 * Pairs.
 */
pairs: number, 
/**
 * Substances.
 */
substances: number, 
/**
 * Classes.
 */
classes: number, 
/**
 * Edition in use from now on.
 */
edition: string, 
/**
 * Substances of the drug base, and how many this thesaurus knows.
 */
mapping: MappingCountsView, };

export type ImportedResultView = { 
/**
 * The file's name.
 */
file: string, 
/**
 * `attached`: in the record; `corrected`: a newer version of a report in the record; `known`: there already; `filed`: for a
 * patient, until a practitioner's session takes it in; `aside`: a person has to decide; `waiting`: still being written;
 * `ignored`: not a file of results.
 */
outcome: 'attached' | 'corrected' | 'known' | 'filed' | 'aside' | 'waiting' | 'ignored', 
/**
 * Why it is kept aside, or empty.
 */
problem: string, 
/**
 * The line, or 0.
 */
line: number, 
/**
 * Whose.
 */
patient_id: PatientId | null, 
/**
 * The entry of the record.
 */
entry_id: EntryId | null, 
/**
 * The paper that is kept aside or filed.
 */
filed_id: FiledId | null, 
/**
 * A report of the same number is there already; compared when a practitioner's session takes it in.
 */
again: boolean, };

export type ImportedResultsView = { 
/**
 * One line a report.
 */
results: Array<ImportedResultView>, };

export type ImportedView = { 
/**
 * Rows (VEVENTs) in the file.
 */
rows: number, 
/**
 * New.
 */
created: number, 
/**
 * Known, and changed.
 */
updated: number, 
/**
 * Joined to another row or to somebody who was known, with nothing new.
 */
merged: number, 
/**
 * Not taken, with line and reason in the report.
 */
rejected: number, 
/**
 * Rows taken with a warning.
 */
warned: number, 
/**
 * Nothing was written.
 */
dry_run: boolean, 
/**
 * The first rows that were rejected or warned, 200 at most.
 */
notable: Array<RowView>, 
/**
 * The report of every row, CSV, UTF-8 with BOM.
 */
report: string, };

export type InboxItemView = { 
/**
 * Identifier.
 */
id: FiledId, 
/**
 * Why it is here.
 */
problem: string, 
/**
 * The line, or 0.
 */
line: number, 
/**
 * Whether it can go into a record: what was cut cannot.
 */
whole: boolean, 
/**
 * Who the paper says it is about.
 */
surname: string, 
/**
 * Surname at birth.
 */
birth_name: string, 
/**
 * First name.
 */
first_name: string, 
/**
 * ISO date or empty.
 */
born: string, 
/**
 * `female`, `male`, `unknown`.
 */
sex: string, 
/**
 * NIR.
 */
nir: string, 
/**
 * How many papers of this number came; a decision is about all of them.
 */
copies: number, 
/**
 * Wall time.
 */
filed_at: string, 
/**
 * It was refused; can be taken back for a month.
 */
refused: boolean, 
/**
 * Whom it may be, the likeliest first.
 */
candidates: Array<CandidateView>, };

export type InboxView = { 
/**
 * Papers that somebody has to decide.
 */
items: Array<InboxItemView>, 
/**
 * Papers that wait for a practitioner's session.
 */
waiting: number, 
/**
 * Reports that no practitioner has seen.
 */
unseen: number, };

export type InspectBackupRequest = { 
/**
 * File.
 */
file: string, };

export type InstructionTerms = { 
/**
 * For which practitioners.
 */
practitioners: PractitionerId[], 
/**
 * E-mail addresses too.
 */
email: boolean, 
/**
 * Birth dates too.
 */
birth_date: boolean, 
/**
 * The type's public label too.
 */
reason: boolean, 
/**
 * From when on, ISO date; never before today.
 */
from_on: string, 
/**
 * Hours before an appointment at which the portal reminds; at most three, 1 to 168.
 */
reminder_hours: Array<number>, 
/**
 * Whether it asks afterwards how it was, without health data.
 */
survey: boolean, 
/**
 * Whether people may put themselves on the waiting list.
 */
waiting_list: boolean, 
/**
 * How many days ahead free slots are published, 1 to 365.
 */
horizon_days: number, 
/**
 * The language where a person chose none.
 */
language: 'fr' | 'ar' | 'en', 
/**
 * The practice's name as the privacy notice says it.
 */
controller: string, 
/**
 * Its postal address.
 */
controller_address: string, 
/**
 * Where a person writes to about their data.
 */
controller_email: string, 
/**
 * How the data-protection officer is reached, or empty.
 */
officer: string, 
/**
 * Number of the declaration or authorisation, or empty.
 */
registration: string, };

export type InstructionView = { 
/**
 * The row.
 */
id: RegisterId, 
/**
 * To whom.
 */
processor_id: RegisterId, 
/**
 * Its number among those to this processor.
 */
number: number, 
/**
 * Its version.
 */
version: number, 
/**
 * Whether a newer version replaces it.
 */
replaced: boolean, 
/**
 * When it was given.
 */
given_on: string, 
/**
 * Name of who gave it.
 */
given_by: string, 
/**
 * What it is about.
 */
subject: string, 
/**
 * What it says.
 */
text: string, 
/**
 * When the processor confirmed it.
 */
acknowledged_on: string, 
/**
 * Why the processor takes it for unlawful.
 */
unlawful: string, 
/**
 * When it ended.
 */
withdrawn_on: string, 
/**
 * Grows with each change.
 */
revision: number, };

export type IntermediateMatchView = { 
/**
 * The random id.
 */
erasure_id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Name in Arabic.
 */
name_arabic: string, 
/**
 * ISO date or empty.
 */
born: string, 
/**
 * Since when they are there.
 */
archived_on: string, 
/**
 * From when on they may be destroyed.
 */
destroy_on: string, 
/**
 * By which rule.
 */
category: RetentionCategory, 
/**
 * Whether somebody keeps them longer.
 */
held: boolean, };

export type IntermediateMatchesView = { 
/**
 * They.
 */
matches: Array<IntermediateMatchView>, 
/**
 * Whether there are more.
 */
more: boolean, };

export type IntermediateRequest = { 
/**
 * The random id.
 */
erasure_id: string, };

export type IntermediateView = { 
/**
 * Identity, contact, appointments.
 */
patient: PatientView, 
/**
 * The record.
 */
record: RecordView, };

export type JournalView = { 
/**
 * Newest first.
 */
entries: Array<EntryView>, };

export type JudgePasswordRequest = { 
/**
 * The password.
 */
password: string, 
/**
 * Words an attacker would try first: login, names, practice.
 */
known: Array<string>, };

export type KnownPracticeRequest = { 
/**
 * Its vault.
 */
practice: VaultId, };

export type KnownPracticeView = { 
/**
 * Its vault.
 */
practice: VaultId, 
/**
 * Its name; the last one known where the folder is not there.
 */
name: string, 
/**
 * Folder of the vault, to show.
 */
folder: string, 
/**
 * The hue that tells it from the others, one of seven.
 */
colour: Colour, 
/**
 * `open`: somebody is signed in; `closed`; `missing`: its vault is not in the folder (any more).
 */
state: 'open' | 'closed' | 'missing', 
/**
 * This computer's own: it cannot be forgotten.
 */
own: boolean, 
/**
 * Who may sign in.
 */
users: Array<EntranceUserView>, 
/**
 * The running session.
 */
session: SessionView | null, 
/**
 * Zone of its first site, where it is open.
 */
zone: string | null, 
/**
 * Now on that site's clock.
 */
now: string | null, };

export type KnownView = { 
/**
 * What.
 */
label: string, 
/**
 * Posology of a treatment, reaction of an allergy.
 */
detail: string, };

export type LatestMeasureView = { 
/**
 * The entry.
 */
id: EntryId, 
/**
 * A known measure's word, or the practice's own name.
 */
what: string, 
/**
 * With a point; of a blood pressure `135/85`.
 */
value: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * ISO date.
 */
on: string, };

export type LetterDraft = { 
/**
 * About whom.
 */
patient_id: PatientId, 
/**
 * What it is.
 */
kind: 'certificate' | 'letter', 
/**
 * Its language.
 */
language: 'fr' | 'ar' | 'en', 
/**
 * Sheet; empty: the practice's usual one.
 */
sheet: '' | 'a4' | 'a5', 
/**
 * To whom, a line each.
 */
recipient: string, 
/**
 * Title or subject.
 */
title: string, 
/**
 * Text; fields in braces.
 */
text: string, 
/**
 * What somebody typed for fields that the record does not know, by their names.
 */
values: Record<string, string>, };

export type LetterTemplateRequest = { 
/**
 * Which.
 */
id: LetterTemplateId, };

export type LetterTemplateView = { 
/**
 * Identifier.
 */
id: LetterTemplateId, 
/**
 * What it becomes.
 */
kind: 'certificate' | 'letter', 
/**
 * Its language.
 */
language: 'fr' | 'ar' | 'en', 
/**
 * Name.
 */
name: string, 
/**
 * Title or subject, with fields.
 */
title: string, 
/**
 * Text, with fields.
 */
text: string, };

export type LetterheadRequest = { 
/**
 * Whose papers.
 */
practitioner_id: PractitionerId, 
/**
 * The practice's.
 */
practice: PracticePaperView, 
/**
 * The practitioner's.
 */
own: PractitionerPaperView, 
/**
 * The logo, base 64; empty: none.
 */
logo: string, 
/**
 * Language of the sample that is shown.
 */
language: 'fr' | 'ar' | 'en', };

export type LetterheadView = { 
/**
 * The practice's.
 */
practice: PracticePaperView, 
/**
 * The practitioner's.
 */
own: PractitionerPaperView, 
/**
 * The logo, base 64; empty: none.
 */
logo: string, 
/**
 * Codes of checks that warn (never block).
 */
warnings: Array<string>, };

export type LettersFields = { 
/**
 * The strength.
 */
strength: string, 
/**
 * The units of each intake.
 */
per_intake: string, 
/**
 * The number of intakes.
 */
intakes: string, };

export type LiftHoldRequest = { 
/**
 * The random id.
 */
erasure_id: string, 
/**
 * Why no longer.
 */
reason: string, };

export type LiftRestrictionRequest = { 
/**
 * Which.
 */
id: RestrictionId, 
/**
 * Why; the person was told before (art. 18(3)).
 */
reason: string, };

export type LineFields = { 
/**
 * INN; several joined by " + ".
 */
substance: string, 
/**
 * Brand.
 */
brand: string, 
/**
 * Eight digits, where it is a drug of the base.
 */
cis: string, 
/**
 * Strength.
 */
strength: string, 
/**
 * Form.
 */
form: string, 
/**
 * What is counted at an intake: `tablet`, `capsule` …
 */
unit: string, 
/**
 * How it is taken, as typed or as a sentence.
 */
posology: string, 
/**
 * Packs, in place of a duration.
 */
packs: number | null, 
/**
 * How often it may be renewed; none: nothing is said.
 */
renewals: number | null, 
/**
 * `MTE`, `EFG`, `CIF`, or empty.
 */
non_substitutable: '' | 'MTE' | 'EFG' | 'CIF', 
/**
 * For the long-term condition: upper zone.
 */
ald: boolean, 
/**
 * In full letters.
 */
letters: LettersFields | null, 
/**
 * Dispensed so many days at a time.
 */
fraction_days: number | null, 
/**
 * Dispensed all at once.
 */
single_delivery: boolean, 
/**
 * Morocco's table: `A`, `B`, `C`, or empty.
 */
table: '' | 'A' | 'B' | 'C', 
/**
 * Why a contre-indication is overridden.
 */
override_reason: string, };

export type ListAppointmentsRequest = { 
/**
 * First day, ISO date.
 */
from: string, 
/**
 * How many days, 1 to 93.
 */
days: number, 
/**
 * Whose; empty: all who are active.
 */
practitioners: PractitionerId[], 
/**
 * Of which types; empty: all.
 */
types: TypeId[], 
/**
 * In which statuses; empty: all but the deleted.
 */
statuses: Status[], 
/**
 * Only at this site.
 */
site_id: SiteId | null, };

export type ListCallsRequest = { 
/**
 * How far they are.
 */
which: 'open' | 'unread' | 'answered' | 'all', 
/**
 * To this practitioner only.
 */
practitioner_id: PractitionerId | null, 
/**
 * About this patient only.
 */
patient_id: PatientId | null, 
/**
 * Words of the patient's name, of caller, subject or answer; digits of a phone.
 */
text: string, 
/**
 * At most so many, 1 to 500.
 */
limit: number, };

export type ListConsentsRequest = { 
/**
 * The person.
 */
patient_id: PatientId, };

export type ListDocumentsRequest = { 
/**
 * Whose.
 */
patient_id: PatientId, };

export type ListHolidaysRequest = { 
/**
 * The year.
 */
year: number, };

export type ListJournalRequest = { 
/**
 * Only of this subject (any identifier).
 */
subject: string | null, 
/**
 * Entries before this one; none: the newest.
 */
before: number | null, 
/**
 * At most so many, 1 to 10 000.
 */
limit: number, };

export type ListRequestsRequest = { 
/**
 * Closed ones too.
 */
closed: boolean, };

export type ListResultsRequest = { 
/**
 * Whose.
 */
patient_id: PatientId, };

export type ListWaitingRequest = { 
/**
 * Those as well who left it by themselves in the last 30 days.
 */
left: boolean, };

export type LocumView = { 
/**
 * Identifier.
 */
id: LocumId, 
/**
 * Name.
 */
name: string, 
/**
 * Professional number.
 */
number: string, 
/**
 * First day, ISO date.
 */
first_day: string, 
/**
 * Last day, ISO date.
 */
last_day: string, 
/**
 * Codes of checks that warn (never block).
 */
warnings: Array<string>, };

export type LookAtPortalRequest = { 
/**
 * Its address: `https`, or `http` to this computer.
 */
address: string, 
/**
 * A certificate authority of one's own, PEM; empty: the public ones.
 */
authority: string, };

export type MappedSubstanceView = { 
/**
 * Code.
 */
code: string, 
/**
 * Name.
 */
name: string, 
/**
 * Name in the thesaurus; empty: not linked.
 */
term: string, 
/**
 * `name`, `fraction`, `homeopathic`, or nothing where it is not linked.
 */
through: string, 
/**
 * In how many drugs.
 */
drugs: number, };

export type MappingCountsView = { 
/**
 * Substances of the drug base.
 */
substances: number, 
/**
 * Linked by their own name.
 */
by_name: number, 
/**
 * Linked through their therapeutic fraction.
 */
by_fraction: number, 
/**
 * Homeopathic stocks, never linked.
 */
homeopathic: number, 
/**
 * Not linked.
 */
unlinked: number, };

export type MappingView = { 
/**
 * How many.
 */
counts: MappingCountsView, 
/**
 * Every substance, those of most drugs first.
 */
substances: Array<MappedSubstanceView>, 
/**
 * The editions in use.
 */
editions: Array<DrugEditionView>, };

export type MarkSeenRequest = { 
/**
 * The entry.
 */
entry_id: EntryId, 
/**
 * The version that was shown.
 */
version: number, 
/**
 * False: take one's own mark back.
 */
seen: boolean, };

export type MatchContactView = { 
/**
 * Identifier.
 */
id: ContactPersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Word of the relation, or empty.
 */
relation: Relation | '', 
/**
 * Phone as the country writes it.
 */
phone: string, 
/**
 * Decides for a minor.
 */
guardian: boolean, };

export type MatchView = { 
/**
 * Identifier.
 */
id: PatientId, 
/**
 * Surname.
 */
surname: string, 
/**
 * First name.
 */
first_name: string, 
/**
 * Birth name, where another.
 */
birth_name: string, 
/**
 * Name in Arabic, where known.
 */
name_arabic: string, 
/**
 * ISO date or empty.
 */
born: string, 
/**
 * Age today.
 */
age: number | null, 
/**
 * Phone as the country writes it: their own, or where they have none or another was searched, a contact person's.
 */
phone: string, 
/**
 * The contact person whose phone it is.
 */
phone_of: ContactPersonId | null, 
/**
 * Day of the last appointment that was kept, ISO date.
 */
last_seen: string | null, 
/**
 * Wall time of the next appointment.
 */
next: string | null, 
/**
 * Times the person did not come, within the practice's period; 0 where the practice does not want to see so few.
 */
no_shows: number, 
/**
 * Times the person cancelled late, likewise.
 */
late_cancellations: number, 
/**
 * What the desk is reminded of then, in the practice's own words.
 */
attendance_sentence: string, 
/**
 * Deceased.
 */
deceased: boolean, 
/**
 * Under the age from which a portal asks the patient alone.
 */
minor: boolean, 
/**
 * How it stands with the guardian's consent of a minor.
 */
guardian: 'current' | 'missing' | null, 
/**
 * Who may call for them, guardians first.
 */
contacts: Array<MatchContactView>, };

export type MatchesView = { 
/**
 * The best first.
 */
matches: Array<MatchView>, 
/**
 * More would match.
 */
more: boolean, };

export type MatrixLineView = { 
/**
 * The action, in words.
 */
action: string, 
/**
 * What the controller does.
 */
controller: string, 
/**
 * What the processor does.
 */
processor: string, };

export type MeantDrugView = { 
/**
 * Eight digits.
 */
cis: string, 
/**
 * Name.
 */
name: string, 
/**
 * Substances.
 */
substances: Array<string>, 
/**
 * Form.
 */
form: string, 
/**
 * Whether it is on the market.
 */
marketed: boolean, };

export type Measure = { 
/**
 * What was measured: `weight`, `systolic`, a name of the practice's own.
 */
what: string, 
/**
 * The value as a decimal number, with a point; of a blood pressure the systolic.
 */
value: string, 
/**
 * Of a blood pressure the diastolic, else empty.
 */
second: string, 
/**
 * Its unit.
 */
unit: string, 
/**
 * An unlikely value, of which the writer said that it is meant.
 */
confirmed: boolean, };

export type MergePatientsRequest = { 
/**
 * Stays.
 */
into: PatientId, 
/**
 * Becomes an alias.
 */
from: PatientId, };

export type MessagesView = { 
/**
 * Whether it was ever set up; without, the rest is what is proposed.
 */
set_up: boolean, 
/**
 * Name of the mail server.
 */
host: string, 
/**
 * Its port.
 */
port: number, 
/**
 * How it is spoken to.
 */
security: 'tls' | 'starttls' | 'none', 
/**
 * A certificate authority of one's own, PEM; empty: the public ones.
 */
authority: string, 
/**
 * User at the server; empty: none is asked for.
 */
login: string, 
/**
 * Whether this account of the computer has the password, or none is needed.
 */
has_password: boolean, 
/**
 * The address that messages come from.
 */
address: string, 
/**
 * The name that stands with it.
 */
sender: string, 
/**
 * The language of who has none of their own: `fr`, `ar`, `en`.
 */
language: string, 
/**
 * Hours before an appointment at which is reminded, at most three.
 */
hours_before: Array<number>, 
/**
 * Whether messages go by themselves.
 */
enabled: boolean, 
/**
 * A portal sends for all practitioners, for some, or for none.
 */
by_portal: 'all' | 'some' | 'none', 
/**
 * UTC instant of the last success.
 */
succeeded_at: string | null, 
/**
 * Minutes since then.
 */
age_minutes: number | null, 
/**
 * Why the last try failed: the code of a refusal; empty where it did not.
 */
code: string, 
/**
 * Failures in a row.
 */
failures: number, 
/**
 * Messages that went in this month.
 */
sent_this_month: number, 
/**
 * Changes that wait to be said.
 */
waiting: number, 
/**
 * What could not be said of appointments to come: somebody should call.
 */
untold: Array<UntoldView>, };

export type MinutesView = { 
/**
 * First minute.
 */
from: number, 
/**
 * The minute after the last; 1440 is the end of the day.
 */
to: number, };

export type MisreadView = { 
/**
 * The posology's text.
 */
text: string, 
/**
 * First character.
 */
from: number, 
/**
 * The character after.
 */
to: number, 
/**
 * Why.
 */
why: 'unknown' | 'twice' | 'nothing' | 'unsound', };

export type MonthView = { 
/**
 * One a day and practitioner, days first.
 */
cells: Array<DensityView>, 
/**
 * Now at the first site's clock.
 */
now: string, };

export type MoveAppointmentRequest = { 
/**
 * Which.
 */
id: AppointmentId, 
/**
 * The revision that was shown; none: whatever it is.
 */
revision: number | null, 
/**
 * New wall time.
 */
starts: string, 
/**
 * New agenda; none: the same.
 */
practitioner_id: PractitionerId | null, 
/**
 * New duration; none: the same.
 */
minutes: number | null, 
/**
 * Over another on purpose.
 */
overbook: boolean, };

export type MoveHolidayRequest = { 
/**
 * Where it stands, ISO date.
 */
from: string, 
/**
 * Where it was announced, ISO date.
 */
to: string, };

export type MyDayView = { 
/**
 * ISO date.
 */
day: string, 
/**
 * Whose.
 */
practitioner_id: PractitionerId, 
/**
 * Practitioner's name.
 */
practitioner: string, 
/**
 * Now at the site.
 */
now: string, 
/**
 * The day's list in order, untimed walk-ins after the timed.
 */
appointments: Array<AppointmentView>, 
/**
 * Who waits, in the order to be called, with the minutes waited.
 */
waiting: Array<WaitingView>, 
/**
 * Who is to be called next.
 */
next: AppointmentId | null, 
/**
 * Done, and still to come.
 */
done: number, 
/**
 * Active and not done.
 */
to_come: number, };

export type NamedView = { 
/**
 * The row.
 */
id: RegisterId, 
/**
 * Name.
 */
name: string, };

export type NoteCallRequest = { 
/**
 * About whom.
 */
patient_id: PatientId, 
/**
 * The contact person who called; none: the patient, or somebody by name.
 */
contact_person_id: ContactPersonId | null, 
/**
 * Who called, where it was neither; empty: the patient.
 */
caller_name: string, 
/**
 * Phone to call back; empty: the one that is known.
 */
caller_phone: string, 
/**
 * About what; never clinical.
 */
about: string, 
/**
 * To whom a message is left.
 */
practitioner_id: PractitionerId | null, };

export type NoteExchangeRequest = { 
/**
 * Which.
 */
id: DataRequestId, 
/**
 * The revision that was shown.
 */
revision: number, 
/**
 * ISO date; empty: today.
 */
on: string, 
/**
 * What was said or sent.
 */
words: string, };

export type NothingRequest = Record<symbol, never>;

export type OfferView = { 
/**
 * Whose slot.
 */
practitioner_id: PractitionerId, 
/**
 * Wall time of the slot.
 */
starts: string, 
/**
 * What came of it.
 */
outcome: 'accepted' | 'refused' | 'no_answer', };

export type OfferedView = { 
/**
 * The entry as it is now.
 */
entry: WaitingEntryView, 
/**
 * The appointment, where the offer was accepted.
 */
appointment: ChangedAppointmentView | null, 
/**
 * What that appointment left behind: a slot that can be offered in turn.
 */
freed: FreedView | null, 
/**
 * An entry of the journal: undo takes all of it back.
 */
sequence: number, };

export type OpenDemonstrationRequest = { 
/**
 * Language of its names and window.
 */
language: 'fr' | 'ar' | 'en', };

export type OpenIntermediateRequest = { 
/**
 * Why.
 */
reason: string, };

export type OpenLimitedRecordRequest = { 
/**
 * Whose.
 */
patient_id: PatientId, 
/**
 * Why all the same.
 */
ground: 'consent' | 'legal_claim' | 'other_person' | 'public_interest', };

export type OpenPracticeRequest = { 
/**
 * Its vault.
 */
practice: VaultId, 
/**
 * Login in that practice.
 */
login: string, 
/**
 * Password there.
 */
password: string, };

export type OpenRecordRequest = { 
/**
 * Whose.
 */
patient_id: PatientId, };

export type OpenedDocumentView = { 
/**
 * By which its pieces are read.
 */
handle: string, 
/**
 * What it is.
 */
document: DocumentView, };

export type OpenedIntermediateView = { 
/**
 * How many are in it.
 */
persons: number, 
/**
 * Until when it stays open: UTC instant.
 */
until: string, };

export type OpeningOfRecordView = { 
/**
 * Wall time.
 */
at: string, 
/**
 * Who.
 */
by: string, 
/**
 * On which computer.
 */
workstation: string, 
/**
 * Doing what: the command.
 */
command: string, 
/**
 * The entry of the journal that says so.
 */
sequence: number, };

export type OpeningOnceView = { 
/**
 * Identifier.
 */
id: OpeningId, 
/**
 * ISO date.
 */
day: string, 
/**
 * Minute of the day.
 */
from: number, 
/**
 * Minute of the day.
 */
to: number, 
/**
 * Why, for the desk.
 */
label: string, };

export type OpeningView = { 
/**
 * Weekly template.
 */
hours: Array<HoursView>, 
/**
 * Absences that end today or later.
 */
absences: Array<AbsenceView>, };

export type PacksView = { 
/**
 * How many.
 */
packs: number, 
/**
 * By the usual measure of drops and spoons: likely only.
 */
estimated: boolean, 
/**
 * The pack's label.
 */
label: string, };

export type PaperRequest = { 
/**
 * Its entry.
 */
id: EntryId, };

export type PasswordView = { 
/**
 * Good enough.
 */
accepted: boolean, 
/**
 * 0 to 4.
 */
score: number, 
/**
 * `twelve_of_four`, `fourteen_of_three`, `seven_words`, or none.
 */
form: string | null, 
/**
 * Codes of what is missing.
 */
weaknesses: Array<string>, };

export type PatientAppointmentView = { 
/**
 * Identifier.
 */
id: AppointmentId, 
/**
 * Wall time, or the day of an untimed walk-in.
 */
starts: string, 
/**
 * Practitioner's name.
 */
practitioner: string, 
/**
 * Type's name.
 */
type: string, 
/**
 * Status.
 */
status: Status, };

export type PatientFields = { 
/**
 * Usual surname.
 */
surname: string, 
/**
 * Birth name, where another.
 */
birth_name: string, 
/**
 * First name(s).
 */
first_name: string, 
/**
 * Surname in Arabic.
 */
surname_arabic: string, 
/**
 * First name in Arabic.
 */
first_name_arabic: string, 
/**
 * `female`, `male`, `unknown`.
 */
sex: 'female' | 'male' | 'unknown', 
/**
 * ISO date; empty: not known. Every way to type it is understood.
 */
born: string, 
/**
 * Place of birth.
 */
birth_place: string, 
/**
 * NIR with its key (FR).
 */
nir: string, 
/**
 * INS status.
 */
ins_status: 'none' | 'provisional' | 'retrieved' | 'validated' | 'qualified', 
/**
 * National card (MA).
 */
cin: string, 
/**
 * Mobile, E.164 where it can be.
 */
mobile: string, 
/**
 * Other phone.
 */
phone: string, 
/**
 * E-mail.
 */
email: string, 
/**
 * Street.
 */
address: string, 
/**
 * Post code.
 */
postcode: string, 
/**
 * Town.
 */
city: string, 
/**
 * Language of messages: `fr`, `ar`, `en` or empty.
 */
language: string, 
/**
 * Insurer.
 */
insurer: string, 
/**
 * Treating doctor.
 */
treating_doctor: string, 
/**
 * Remarks for the desk; never clinical.
 */
remarks: string, 
/**
 * ISO date; empty: alive as far as known.
 */
deceased_on: string, };

export type PatientRequest = { 
/**
 * Who.
 */
id: PatientId, };

export type PatientView = { 
/**
 * Identifier.
 */
id: PatientId, 
/**
 * File number in the practice.
 */
number: number, 
/**
 * Mobile or phone as the country writes it.
 */
phone_shown: string, 
/**
 * Age in whole years today.
 */
age: number | null, 
/**
 * Where this patient was merged into another.
 */
merged_into: PatientId | null, 
/**
 * Warnings of the checks: `{field, code}`.
 */
warnings: Array<WarningView>, 
/**
 * Grows with each change.
 */
revision: number, 
/**
 * Times they did not come, within the practice's period; 0 where the practice does not want to see so few.
 */
no_shows: number, 
/**
 * Times they cancelled late, likewise.
 */
late_cancellations: number, 
/**
 * What the desk is reminded of then, in the practice's own words.
 */
attendance_sentence: string, 
/**
 * Their appointments, newest first, 50 at most.
 */
appointments: Array<PatientAppointmentView>, 
/**
 * What stands on this person's data: limitation, objection, hold.
 */
restrictions: Array<StandingRestrictionView>, 
/**
 * Usual surname.
 */
surname: string, 
/**
 * Birth name, where another.
 */
birth_name: string, 
/**
 * First name(s).
 */
first_name: string, 
/**
 * Surname in Arabic.
 */
surname_arabic: string, 
/**
 * First name in Arabic.
 */
first_name_arabic: string, 
/**
 * `female`, `male`, `unknown`.
 */
sex: 'female' | 'male' | 'unknown', 
/**
 * ISO date; empty: not known. Every way to type it is understood.
 */
born: string, 
/**
 * Place of birth.
 */
birth_place: string, 
/**
 * NIR with its key (FR).
 */
nir: string, 
/**
 * INS status.
 */
ins_status: 'none' | 'provisional' | 'retrieved' | 'validated' | 'qualified', 
/**
 * National card (MA).
 */
cin: string, 
/**
 * Mobile, E.164 where it can be.
 */
mobile: string, 
/**
 * Other phone.
 */
phone: string, 
/**
 * E-mail.
 */
email: string, 
/**
 * Street.
 */
address: string, 
/**
 * Post code.
 */
postcode: string, 
/**
 * Town.
 */
city: string, 
/**
 * Language of messages: `fr`, `ar`, `en` or empty.
 */
language: string, 
/**
 * Insurer.
 */
insurer: string, 
/**
 * Treating doctor.
 */
treating_doctor: string, 
/**
 * Remarks for the desk; never clinical.
 */
remarks: string, 
/**
 * ISO date; empty: alive as far as known.
 */
deceased_on: string, };

export type PatientsFileView = { 
/**
 * A handle for the next requests of this session.
 */
file: string, 
/**
 * Encoding found.
 */
encoding: string, 
/**
 * Separator found.
 */
separator: string, 
/**
 * Rows without the header.
 */
rows: number, 
/**
 * Columns: header as written, the field guessed (or `ignore`), samples.
 */
columns: Array<FileColumnView>, 
/**
 * Fields that a column can be mapped to.
 */
fields: Array<string>, };

export type PinRequest = { 
/**
 * Which.
 */
id: AppointmentId, };

export type PlaceInQueueRequest = { 
/**
 * Who.
 */
id: AppointmentId, 
/**
 * Before whom of the same practitioner; none: last.
 */
before: AppointmentId | null, };

export type PlannedSessionView = { 
/**
 * Number, from 1.
 */
number: number, 
/**
 * The appointment, where it is there already.
 */
appointment_id: AppointmentId | null, 
/**
 * Where it stands now.
 */
now: string | null, 
/**
 * Where the rule puts it.
 */
planned: string, 
/**
 * What is proposed: the planned start where it is free, else the next best; none where nothing is.
 */
starts: string | null, 
/**
 * What speaks against the planned start: `slot_taken`, `patient_booked_twice`, `outside_hours`, `during_absence`,
 * `in_the_past`.
 */
clashes: Array<string>, 
/**
 * The next-best starts, the best first.
 */
proposals: string[], 
/**
 * Why it stays where it is: `over`, `past`, `exception`, `first`.
 */
kept: 'over' | 'past' | 'exception' | 'first' | null, };

export type PlannedView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * The journal's entry, to undo.
 */
sequence: number, };

export type PlanningView = { 
/**
 * Openings of today and later.
 */
openings: Array<OpeningOnceView>, 
/**
 * Blocks that hold today or later.
 */
blocks: Array<BlockView>, 
/**
 * Locums of today and later.
 */
locums: Array<LocumView>, };

export type PointView = { 
/**
 * Which.
 */
point: string, 
/**
 * In words.
 */
text: string, 
/**
 * What the program knows of it itself; may be empty.
 */
known: string, 
/**
 * Whether what the program knows is in order; none where it does not know.
 */
good: boolean | null, };

export type PortalNoticeRequest = { 
/**
 * Which.
 */
id: number, };

export type PortalNoticeView = { 
/**
 * Number; a later one is newer.
 */
id: number, 
/**
 * `request`: waits for the practice to agree. `booked`: a booking. `moved`, `cancelled`, `confirmed`: by the person.
 * `clash`: gave way to the agenda, and the person was told. `waiting`: a wish for the waiting list.
 * `new_person`: the person is new here and may be one who is known. `consent`: a guardian's consent came along.
 */
kind: 'request' | 'booked' | 'moved' | 'cancelled' | 'confirmed' | 'clash' | 'waiting' | 'new_person' | 'consent', 
/**
 * UTC instant at which it came in.
 */
received_at: string, 
/**
 * The appointment, where there is one.
 */
appointment_id: AppointmentId | null, 
/**
 * The person, where there is one.
 */
patient_id: PatientId | null, 
/**
 * `DUPONT Marie`, or empty.
 */
patient: string, 
/**
 * With whom.
 */
practitioner_id: PractitionerId, 
/**
 * Their name.
 */
practitioner: string, 
/**
 * Wall time, or empty for who only waits.
 */
starts: string, 
/**
 * Whether somebody has looked at it.
 */
seen: boolean, };

export type PortalNoticesView = { 
/**
 * Those that wait for somebody first, then the newest first; at most 200.
 */
notices: Array<PortalNoticeView>, };

export type PortalSeenView = { 
/**
 * The address as it is kept.
 */
address: string, 
/**
 * `portal`: one of ours. `fhir`: a plain FHIR server, which confirms nothing and is not told about persons' rights.
 */
kind: 'portal' | 'fhir', 
/**
 * Who runs it.
 */
processor: string, 
/**
 * Where it is hosted.
 */
hosting: string, 
/**
 * The key under which it signs, base 64; empty at a plain server.
 */
key: string, 
/**
 * Its fingerprint in groups of four, to be compared with what the contract says; empty at a plain server.
 */
fingerprint: string, };

export type PracticePaperView = { 
/**
 * Which letters the head is in.
 */
letters: 'latin' | 'arabic' | 'both', 
/**
 * The usual sheet.
 */
sheet: 'a4' | 'a5', 
/**
 * The practice's name in Arabic letters.
 */
name_arabic: string, 
/**
 * E-mail address.
 */
email: string, 
/**
 * FINESS number of the structure (France).
 */
structure: string, 
/**
 * Under the head.
 */
note: string, 
/**
 * At the foot of every page.
 */
foot: string, };

export type PracticeView = { 
/**
 * Name.
 */
name: string, 
/**
 * Country.
 */
country: Country, 
/**
 * Sites in order.
 */
sites: Array<SiteView>, 
/**
 * Practitioners in order.
 */
practitioners: Array<PractitionerView>, 
/**
 * Appointment types in order.
 */
types: Array<TypeView>, 
/**
 * Kinds of rooms and equipment, in order.
 */
resource_kinds: Array<ResourceKindView>, 
/**
 * Rooms and equipment, in order.
 */
resources: Array<ResourceView>, 
/**
 * Minutes of idleness before the lock.
 */
lock_after_minutes: number, };

export type PracticesView = { 
/**
 * In the order in which they were added.
 */
practices: Array<KnownPracticeView>, 
/**
 * The one that is meant where none is named.
 */
current: VaultId | null, };

export type PractitionerPaperView = { 
/**
 * Qualifications, a line each.
 */
qualifications: string, 
/**
 * Title and names in Arabic letters.
 */
name_arabic: string, 
/**
 * Qualifications in Arabic, a line each.
 */
qualifications_arabic: string, 
/**
 * Address in Arabic, a line each.
 */
address_arabic: string, 
/**
 * Number at the order of physicians (Morocco).
 */
order_number: string, 
/**
 * Whether registration numbers are printed as bar codes too.
 */
bars: boolean, };

export type PractitionerRequest = { 
/**
 * Whose.
 */
practitioner_id: PractitionerId, };

export type PractitionerView = { 
/**
 * Identifier.
 */
id: PractitionerId, 
/**
 * Name, as `Dr Lefèvre`.
 */
name: string, 
/**
 * Speciality.
 */
speciality: string, 
/**
 * RPPS number (FR).
 */
rpps: string, 
/**
 * INPE number (MA).
 */
inpe: string, 
/**
 * Usual site.
 */
site_id: SiteId, 
/**
 * Still here.
 */
active: boolean, 
/**
 * Codes of checks that warn (never block).
 */
warnings: Array<string>, };

export type PreferencesView = { 
/**
 * `fr`, `ar`, `en`.
 */
language: 'fr' | 'ar' | 'en', 
/**
 * `system`, `light`, `dark`.
 */
theme: 'system' | 'light' | 'dark', 
/**
 * `compact`, `normal`, `comfortable`.
 */
density: 'compact' | 'normal' | 'comfortable', 
/**
 * Letters act as commands on the grid (WCAG 2.1.4: can be switched off).
 */
letters: boolean, 
/**
 * Practitioners whose columns are shown; empty: all.
 */
columns: PractitionerId[], 
/**
 * Minutes of a line of the grid: 5, 10, 15, 20 or 30.
 */
zoom: number, };

export type PrescribingView = { 
/**
 * For whom: the one that others were merged into.
 */
patient_id: PatientId, 
/**
 * Family and given name.
 */
name: string, 
/**
 * Full years.
 */
years: number | null, 
/**
 * Grams.
 */
weight_g: number | null, 
/**
 * A long-term condition is recorded.
 */
ald: boolean, 
/**
 * The patient's language: `fr`, `ar` or empty.
 */
language: string, 
/**
 * Treatments that stand.
 */
treatments: Array<KnownView>, 
/**
 * Allergies that stand.
 */
allergies: Array<KnownView>, 
/**
 * Entries of the record that cannot be read: checks do not know what they say.
 */
damaged: number, 
/**
 * The country whose rules hold.
 */
country: Country, 
/**
 * Who would sign; empty: this session may not.
 */
signer: string, 
/**
 * Signed papers, the newest first.
 */
papers: Array<SignedPaperView>, 
/**
 * Favourites of whoever is here.
 */
favourites: Array<PrescriptionSetView>, 
/**
 * Protocols of the practice.
 */
protocols: Array<PrescriptionSetView>, 
/**
 * Templates.
 */
templates: Array<LetterTemplateView>, };

export type PrescriptionDraft = { 
/**
 * For whom.
 */
patient_id: PatientId, 
/**
 * What is prescribed.
 */
kind: 'drugs' | 'physiotherapy' | 'nursing' | 'laboratory' | 'imaging', 
/**
 * Language of the paper.
 */
language: 'fr' | 'ar', 
/**
 * Sheet; empty: the practice's usual one.
 */
sheet: '' | 'a4' | 'a5', 
/**
 * Onto the secure form.
 */
secure_form: boolean, 
/**
 * Drugs.
 */
lines: Array<LineFields>, 
/**
 * Acts.
 */
acts: Array<ActFields>, };

export type PrescriptionFindingView = { 
/**
 * What, as the key of its words: a rule's word, `interaction`, `same_substance`, `unknown_substance`, `allergy`,
 * `allergy_unknown`, `for_adults`, `for_younger`, `out_of_years`, `childbearing`, `no_thesaurus`, `no_drugs`.
 */
code: string, 
/**
 * `hard`: not signed; `reason`: signed with a reason that is kept; `warning`; `note`.
 */
severity: 'hard' | 'reason' | 'warning' | 'note', 
/**
 * The line, from zero; none: the whole.
 */
line: number | null, 
/**
 * The other line.
 */
other_line: number | null, 
/**
 * What it is about: substance, treatment or allergy by name.
 */
about: string, 
/**
 * What it is held against.
 */
against: string, 
/**
 * The thesaurus' level, its own term.
 */
level: string, 
/**
 * The level's stable word.
 */
level_word: string, 
/**
 * Mechanism.
 */
mechanism: string, 
/**
 * Advice.
 */
advice: string, 
/**
 * What the words need.
 */
parameters: Record<string, string>, 
/**
 * Article of the law, or the thesaurus' edition.
 */
source: string, 
/**
 * A reason was given.
 */
settled: boolean, };

export type PrescriptionSetRequest = { 
/**
 * Which.
 */
id: PrescriptionSetId, };

export type PrescriptionSetView = { 
/**
 * Identifier.
 */
id: PrescriptionSetId, 
/**
 * Name.
 */
name: string, 
/**
 * Lines.
 */
lines: Array<LineFields>, 
/**
 * Acts.
 */
acts: Array<ActFields>, };

export type PrescriptionSetsView = { 
/**
 * One's own.
 */
favourites: Array<PrescriptionSetView>, 
/**
 * The practice's.
 */
protocols: Array<PrescriptionSetView>, 
/**
 * Templates.
 */
templates: Array<LetterTemplateView>, };

export type PresentationView = { 
/**
 * Old code.
 */
cip7: string, 
/**
 * Code.
 */
cip13: string, 
/**
 * Label.
 */
label: string, 
/**
 * Administrative status.
 */
status: string, 
/**
 * State of marketing.
 */
marketing: string, 
/**
 * ISO date or empty.
 */
declared_on: string, 
/**
 * Approved for collectivities.
 */
collectivities: string, 
/**
 * Reimbursed, per cent.
 */
rate: number | null, 
/**
 * Price without fee, cents.
 */
price_cents: number | null, 
/**
 * Price with fee, cents.
 */
price_with_fee_cents: number | null, 
/**
 * Fee, cents.
 */
fee_cents: number | null, 
/**
 * Reimbursed for which indications.
 */
indication: string, };

export type PreviewErasureRequest = { 
/**
 * Who; with everybody merged into them.
 */
patient_id: PatientId, };

export type PreviewPatientsFileRequest = { 
/**
 * Name of the file, for messages.
 */
name: string, 
/**
 * Its bytes, base 64.
 */
base64: string, };

export type PreviewSyncRequest = { 
/**
 * Under which terms; none: those in force, and before any the fullest ones.
 */
terms: InstructionTerms | null, 
/**
 * How many payloads of each kind at most; 0: only the counts; none: all.
 */
limit: number | null, };

export type PrintCalibrationRequest = { 
/**
 * The sheet.
 */
sheet: 'a4' | 'a5', 
/**
 * Language of its words.
 */
language: 'fr' | 'ar' | 'en', };

export type PrintConfirmationRequest = { 
/**
 * Which.
 */
id: string, 
/**
 * Language.
 */
language: 'fr' | 'ar' | 'en', };

export type PrintDayListRequest = { 
/**
 * ISO date.
 */
day: string, 
/**
 * Whose.
 */
practitioner_id: PractitionerId, 
/**
 * `fr`, `ar`, `en`.
 */
language: 'fr' | 'ar' | 'en', };

export type PrintDestructionRequest = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Of the words.
 */
language: 'fr' | 'ar' | 'en', };

export type PrintDisclosuresRequest = { 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * `fr`, `ar`, `en`.
 */
language: 'fr' | 'ar' | 'en', };

export type PrintInstructionRequest = { 
/**
 * Which.
 */
version: number, 
/**
 * Language.
 */
language: 'fr' | 'ar' | 'en', };

export type PrintListRequest = { 
/**
 * Which appointments.
 */
list: ListAppointmentsRequest, 
/**
 * `fr`, `ar`, `en`.
 */
language: 'fr' | 'ar' | 'en', };

export type PrintRecoverySheetRequest = { 
/**
 * `practice` or `clinical`.
 */
which: 'practice' | 'clinical', 
/**
 * The key, as it was shown.
 */
key: string, };

export type PrintRegisterRequest = { 
/**
 * Which.
 */
register: 'activities' | 'processors' | 'instructions' | 'breaches' | 'notification' | 'reviews' | 'audits' | 'matrix' | 'dpia' | 'notice', 
/**
 * Only this row: a breach's notification, one review, one audit, the matrix with one processor.
 */
id: RegisterId | null, 
/**
 * `fr`, `ar` or `en`.
 */
language: string, };

export type PrintRequestLetterRequest = { 
/**
 * Which request.
 */
id: DataRequestId, 
/**
 * `received`, `extended`, `answer`.
 */
what: 'received' | 'extended' | 'answer', 
/**
 * Language; empty: the request's.
 */
language: '' | 'fr' | 'ar' | 'en', };

export type PrintSummaryRequest = { 
/**
 * Of whom.
 */
patient_id: PatientId, 
/**
 * `fr`, `ar`, `en`.
 */
language: 'fr' | 'ar' | 'en', };

export type PrintWeekRequest = { 
/**
 * Any day of the week, ISO date.
 */
day: string, 
/**
 * Whose, a page each; empty: all who are active.
 */
practitioners: PractitionerId[], 
/**
 * `fr`, `ar`, `en`.
 */
language: 'fr' | 'ar' | 'en', };

export type PrivacySettingsFields = { 
/**
 * The controller's name; empty: the practice's.
 */
controller: string, 
/**
 * Who represents them.
 */
representative: string, 
/**
 * Who is named for data protection.
 */
officer: string, 
/**
 * How they are reached.
 */
officer_contact: string, 
/**
 * Number of the declaration to, or authorisation by, the authority.
 */
declaration: string, 
/**
 * Its date.
 */
declared_on: string, 
/**
 * Hours to tell the authority of a breach, where the law says none.
 */
breach_hours: number | null, 
/**
 * What is said of retention beside the rules.
 */
retention_remark: string, };

export type PrivacySettingsView = { 
/**
 * What was written down.
 */
fields: PrivacySettingsFields, 
/**
 * The practice's name.
 */
practice: string, 
/**
 * The authority's short name.
 */
authority: string, 
/**
 * The authority's site.
 */
authority_site: string, 
/**
 * Whether a number has to stand on notices.
 */
declaration_needed: boolean, 
/**
 * Whether the hours of a breach are the practice's own to set.
 */
hours_free: boolean, 
/**
 * The hours that hold.
 */
hours: number, 
/**
 * Whether the time for answering a person's request is the practice's own to set.
 */
answer_days_free: boolean, 
/**
 * The clear days that it set for that; none: a month.
 */
answer_days: number | null, 
/**
 * Now, a moment on the practice's clock.
 */
wall: string, 
/**
 * Grows with each change.
 */
revision: number, };

export type ProcessorFields = { 
/**
 * Name.
 */
name: string, 
/**
 * What it does for the practice.
 */
service: string, 
/**
 * Where data are, by ISO 3166: two letters.
 */
country: string, 
/**
 * Whom to reach there.
 */
contact: string, 
/**
 * Who is named for data protection there.
 */
officer: string, 
/**
 * The processor that it works for; none: a processor of the practice.
 */
processor_id: RegisterId | null, 
/**
 * When the contract was signed.
 */
contract_on: string, 
/**
 * Its last day; empty: without an end.
 */
contract_until: string, 
/**
 * Its reference.
 */
reference: string, 
/**
 * The certified host of health data, where there is one.
 */
health_host: string, 
/**
 * What keeps data safe where the country's protection is not recognised.
 */
safeguard: 'none' | 'clauses' | 'rules' | 'authorisation' | 'consent', 
/**
 * What is said of it.
 */
safeguard_remark: string, 
/**
 * When a sub-processor was announced.
 */
announced_on: string, 
/**
 * When somebody objected.
 */
objected_on: string, 
/**
 * On which ground.
 */
objection: string, 
/**
 * What becomes of the data at the end.
 */
end_choice: 'return' | 'destroy' | 'hand_over', 
/**
 * When that was confirmed in writing.
 */
end_confirmed_on: string, 
/**
 * Anything else.
 */
remark: string, };

export type ProcessorTaskView = { 
/**
 * Identifier.
 */
id: ProcessorTaskId, 
/**
 * Whom.
 */
processor: string, 
/**
 * What.
 */
kind: 'erase' | 'limit' | 'object' | 'rectify' | 'lift', 
/**
 * UTC instant.
 */
told_at: string, 
/**
 * How often it was tried.
 */
tries: number, 
/**
 * Why the last try failed: `unreachable`, `refused`, or empty.
 */
code: string, 
/**
 * UTC instant.
 */
confirmed_at: string | null, 
/**
 * The processor's own number of it.
 */
reference: string, 
/**
 * What the processor says.
 */
words: string, };

export type ProcessorTasksView = { 
/**
 * The processor that is connected now, or empty: then nothing is outside.
 */
connected: string, 
/**
 * The tasks, the newest first.
 */
tasks: Array<ProcessorTaskView>, };

export type ProcessorView = { 
/**
 * The row.
 */
id: RegisterId, 
/**
 * What was written down.
 */
fields: ProcessorFields, 
/**
 * What sending data there needs.
 */
transfer: 'inside' | 'recognised' | 'needs_safeguard', 
/**
 * Sending data there needs a safeguard, and none is written down.
 */
safeguard_missing: boolean, 
/**
 * Where the contract stands.
 */
contract: 'missing' | 'running' | 'ends_soon' | 'unconfirmed' | 'ended', 
/**
 * Days left, or days since it ended.
 */
contract_days: number, 
/**
 * Where the announcement stands; empty: there is none.
 */
objection: '' | 'open' | 'objected' | 'accepted', 
/**
 * The last day to object.
 */
objection_until: string, 
/**
 * Days left to object.
 */
objection_days: number, 
/**
 * Since when it is over.
 */
retired_on: string, 
/**
 * Grows with each change.
 */
revision: number, };

export type ProcessorsView = { 
/**
 * Those in force, then those that are over.
 */
processors: Array<ProcessorView>, 
/**
 * The newest first.
 */
instructions: Array<InstructionView>, 
/**
 * The matrix.
 */
matrix: Array<MatrixLineView>, 
/**
 * Servers that the program sends data to and that no processor names.
 */
unnamed: Array<string>, 
/**
 * The controller's name.
 */
controller: string, 
/**
 * Now, a moment on the practice's clock.
 */
wall: string, };

export type ProgressView = { 
/**
 * Rows done.
 */
done: number, 
/**
 * Rows in all.
 */
total: number, 
/**
 * An import runs.
 */
running: boolean, };

export type ProposeRebookingRequest = { 
/**
 * The absence.
 */
absence_id: AbsenceId, 
/**
 * Which proposal comes first.
 */
preference: RebookingPreference, 
/**
 * How many proposals for each, 1 to 5.
 */
count: number, };

export type PublishAgendaRequest = { 
/**
 * Whose agenda.
 */
practitioner_id: PractitionerId, };

export type PublishedView = { 
/**
 * Events put.
 */
put: number, 
/**
 * Events removed.
 */
removed: number, 
/**
 * Of both: changed at the server by somebody else, and put right.
 */
conflicts: number, 
/**
 * Events that stand there now.
 */
published: number, };

export type PublishingView = { 
/**
 * Whose agenda.
 */
practitioner_id: PractitionerId, 
/**
 * Name.
 */
practitioner: string, 
/**
 * Whether it was ever set up; without, the rest is what is proposed.
 */
set_up: boolean, 
/**
 * Address of the calendar.
 */
address: string, 
/**
 * User at the server.
 */
login: string, 
/**
 * Whether this account of the computer has the password.
 */
has_password: boolean, 
/**
 * A certificate authority of one's own, PEM; empty: the public ones.
 */
authority: string, 
/**
 * How much of a person it says.
 */
discretion: 'busy' | 'initials' | 'name', 
/**
 * `fr`, `ar`, `en`.
 */
language: string, 
/**
 * Days before today.
 */
days_back: number, 
/**
 * Days after today.
 */
days_ahead: number, 
/**
 * Minutes between two runs.
 */
every_minutes: number, 
/**
 * Whether it runs by itself.
 */
enabled: boolean, 
/**
 * UTC instant of the last success.
 */
succeeded_at: string | null, 
/**
 * Minutes since then.
 */
age_minutes: number | null, 
/**
 * UTC instant of the last try.
 */
tried_at: string | null, 
/**
 * Why the last try failed: the code of a refusal; empty where it did not.
 */
code: string, 
/**
 * Failures in a row.
 */
failures: number, 
/**
 * Minutes until the next try by itself; none where it does not run by itself.
 */
next_in_minutes: number | null, 
/**
 * Events known to stand at the server.
 */
published: number, 
/**
 * Changes that wait to be published.
 */
waiting: number, };

export type PublishingsView = { 
/**
 * One a practitioner, in their order.
 */
agendas: Array<PublishingView>, };

export type PurposeConsentView = { 
/**
 * Identifier.
 */
id: PurposeConsentId, 
/**
 * To what.
 */
purpose_id: ConsentPurposeId, 
/**
 * In which version of the words.
 */
text_version: number, 
/**
 * Whether there is a newer one.
 */
is_older_text: boolean, 
/**
 * The language in which they were shown.
 */
language: 'fr' | 'ar' | 'en', 
/**
 * How it stands today.
 */
state: 'given' | 'withdrawn' | 'lapsed', 
/**
 * The guardian who gave it, or empty.
 */
by: string, 
/**
 * ISO date.
 */
given_on: string, 
/**
 * How.
 */
way: 'spoken' | 'written' | 'electronic', 
/**
 * Who noted it.
 */
noted_by: string, 
/**
 * ISO date.
 */
withdrawn_on: string | null, };

export type ReadBoxRequest = { 
/**
 * As typed.
 */
text: string, 
/**
 * Language of the window: how dates are written.
 */
language: 'fr' | 'ar' | 'en', 
/**
 * At most so many matches, 1 to 100.
 */
limit: number, 
/**
 * The type that is chosen beside the box; one that is typed goes before. None: the practice has none yet.
 */
type_id: TypeId | null, 
/**
 * Who was chosen before the box was opened (from a call, from a file): found as long as no name is typed.
 */
patient_id: PatientId | null, 
/**
 * Which free slots are wanted; none: no slots (a walk-in).
 */
slots: BoxSlotsRequest | null, };

export type ReadLineView = { 
/**
 * The posology as one sentence in French; empty where it is none.
 */
french: string, 
/**
 * In Arabic.
 */
arabic: string, 
/**
 * Days of one dispensing.
 */
days: number | null, 
/**
 * Units altogether, as a decimal number.
 */
units: string, 
/**
 * Intakes altogether.
 */
intakes: number | null, 
/**
 * Packs that it takes.
 */
packs: PacksView | null, 
/**
 * What the law asks of the drug: `list_1`, `narcotic`, `secure_form`, …
 */
conditions: Array<string>, };

export type RebookAppointmentsRequest = { 
/**
 * Where each goes, at most 1000.
 */
moves: Array<RebookingMove>, };

export type RebookedView = { 
/**
 * Those that were moved.
 */
moved: Array<ChangedAppointmentView>, 
/**
 * Those that were refused: they stay where they were.
 */
refused: Array<RefusedMoveView>, };

export type RebookingHitView = { 
/**
 * The appointment.
 */
appointment: AppointmentView, 
/**
 * Who stands in at its time, so that it can stay; empty: nobody.
 */
locum: string, 
/**
 * Free times, best first; empty: none was found.
 */
proposals: Array<SlotView>, };

export type RebookingMove = { 
/**
 * Which.
 */
id: AppointmentId, 
/**
 * The revision that was shown.
 */
revision: number, 
/**
 * To whom.
 */
practitioner_id: PractitionerId, 
/**
 * When.
 */
starts: string, };

export type RebookingView = { 
/**
 * Whose absence.
 */
practitioner: string, 
/**
 * First wall minute of the absence.
 */
starts: string, 
/**
 * When they are back.
 */
ends: string, 
/**
 * Its label.
 */
label: string, 
/**
 * Those hit from now on, by start.
 */
hits: Array<RebookingHitView>, };

export type RecordConsentRequest = { 
/**
 * Whose.
 */
patient_id: PatientId, 
/**
 * To what.
 */
purpose_id: ConsentPurposeId, 
/**
 * The version of the words that was shown.
 */
text_version: number, 
/**
 * In which language.
 */
language: 'fr' | 'ar' | 'en', 
/**
 * The guardian who gives it.
 */
contact_person_id: ContactPersonId | null, 
/**
 * ISO date; empty: today.
 */
given_on: string, 
/**
 * How.
 */
way: 'spoken' | 'written' | 'electronic', };

export type RecordEntryView = { 
/**
 * Identifier.
 */
id: EntryId, 
/**
 * 1 as first written.
 */
version: number, 
/**
 * ISO date that it is about.
 */
on: string, 
/**
 * What it holds.
 */
body: Body, 
/**
 * Why it was struck; none: it stands.
 */
struck: string | null, 
/**
 * Wall time of this version.
 */
written_at: string, 
/**
 * Who signed this version.
 */
written_by: string, };

export type RecordOfferRequest = { 
/**
 * To whom.
 */
id: WaitingEntryId, 
/**
 * Whose slot.
 */
practitioner_id: PractitionerId, 
/**
 * Its start.
 */
starts: string, 
/**
 * What came of it.
 */
outcome: 'accepted' | 'refused' | 'no_answer', };

export type RecordSummaryView = { 
/**
 * Alerts.
 */
alerts: Array<EntryId>, 
/**
 * Allergies, the gravest first.
 */
allergies: Array<EntryId>, 
/**
 * Long-term conditions that last.
 */
ald: Array<EntryId>, 
/**
 * Other conditions that last.
 */
conditions: Array<EntryId>, 
/**
 * Treatments of today.
 */
treatments: Array<EntryId>, 
/**
 * Antecedents, and conditions that are over.
 */
antecedents: Array<EntryId>, 
/**
 * Vaccinations, the newest first.
 */
vaccinations: Array<EntryId>, 
/**
 * Relatives' conditions.
 */
family: Array<EntryId>, 
/**
 * The newest value of each measure.
 */
measures: Array<LatestMeasureView>, 
/**
 * The body mass index of the newest weight and the newest height.
 */
bmi: BmiView | null, };

export type RecordTextsView = { 
/**
 * By name.
 */
templates: Array<TemplateView>, 
/**
 * By key. Of two alike the practitioner's own counts, and is the only one here.
 */
abbreviations: Array<AbbreviationView>, };

export type RecordView = { 
/**
 * Whose: the one that others were merged into.
 */
patient_id: PatientId, 
/**
 * The newest first.
 */
entries: Array<RecordEntryView>, 
/**
 * Alerts and allergies that stand: to be seen at once.
 */
alerts: Array<EntryId>, 
/**
 * What cannot be read.
 */
damaged: Array<DamagedEntryView>, 
/**
 * What stands today.
 */
summary: RecordSummaryView, 
/**
 * A curve for each measure: known ones first.
 */
curves: Array<CurveView>, 
/**
 * What this user was writing about the patient when they left, JSON.
 */
draft: string | null, 
/**
 * Since when it is limited, ISO: it may be read for the ground that was stated, and not be changed.
 */
limited_since: string | null, };

export type RecoverAccessRequest = { 
/**
 * Whose access.
 */
login: string, 
/**
 * The recovery key, as typed.
 */
recovery_key: string, 
/**
 * The clinical recovery key, as typed; empty: none.
 */
clinical_recovery_key: string, 
/**
 * The new password.
 */
new_password: string, };

export type RecoverClinicalRequest = { 
/**
 * The key as typed.
 */
clinical_recovery_key: string, 
/**
 * One's password, to wrap it again.
 */
password: string, };

export type RefuseRequestRequest = { 
/**
 * Which.
 */
id: DataRequestId, 
/**
 * The revision that was shown.
 */
revision: number, 
/**
 * Legal ground.
 */
ground: 'medical_record' | 'legal_claims' | 'unidentified' | 'excessive' | 'rights_of_others' | 'not_portable' | 'legal_obligation' | 'accurate' | 'nothing_held', 
/**
 * In words; they go into the letter.
 */
words: string, };

export type RefuseResultRequest = { 
/**
 * Which.
 */
id: FiledId, 
/**
 * True: refuse; false: take it back.
 */
refused: boolean, };

export type RefusedMoveView = { 
/**
 * Which.
 */
id: AppointmentId, 
/**
 * Code of the refusal.
 */
code: string, };

export type RegistersRequest = { 
/**
 * `fr`, `ar` or `en`.
 */
language: string, };

export type RekeyRequest = { 
/**
 * The administrator's password.
 */
password: string, };

export type RekeyedView = { 
/**
 * Groups of the new recovery key.
 */
recovery_key: string, };

export type RemoveAbsenceRequest = { 
/**
 * Which.
 */
id: AbsenceId, };

export type RemoveBlockRequest = { 
/**
 * Which.
 */
id: BlockId, };

export type RemoveLocumRequest = { 
/**
 * Which.
 */
id: LocumId, };

export type RemoveOpeningRequest = { 
/**
 * Which.
 */
id: OpeningId, };

export type RemoveSchoolHolidayRequest = { 
/**
 * Which.
 */
id: SchoolHolidayId, };

export type RenewPrescriptionRequest = { 
/**
 * For whom.
 */
patient_id: PatientId, 
/**
 * Which; none: the last one of drugs.
 */
id: EntryId | null, };

export type RenewedPrescriptionView = { 
/**
 * What was renewed.
 */
renewed: SignedPaperView, 
/**
 * The draft, of today.
 */
draft: PrescriptionDraft, 
/**
 * Checked again.
 */
checked: CheckedPrescriptionView, };

export type Report = { 
/**
 * Name of the laboratory.
 */
laboratory: string, 
/**
 * Its code, as it writes it.
 */
laboratory_code: string, 
/**
 * Its number of the request.
 */
number: string, 
/**
 * ISO date on which it was taken or reported, or empty.
 */
taken_on: string, 
/**
 * To whom it was sent.
 */
recipient: string, 
/**
 * `hprim` or `hl7`.
 */
format: '' | 'hprim' | 'hl7', 
/**
 * What the laboratory wrote in free text before the values.
 */
text: string, 
/**
 * Values and remarks in the laboratory's order.
 */
lines: Array<ReportLine>, };

export type ReportLine = { 
/**
 * `number`, `text`, or `remark` (then only `text` says something).
 */
kind: 'number' | 'text' | 'remark', 
/**
 * Name of the analysis.
 */
label: string, 
/**
 * The laboratory's code of it.
 */
code: string, 
/**
 * The value as the laboratory wrote it.
 */
value: string, 
/**
 * Its unit.
 */
unit: string, 
/**
 * Lower bound, or empty.
 */
low: string, 
/**
 * Upper bound, or empty.
 */
high: string, 
/**
 * The laboratory's flag, or empty.
 */
flag: string, 
/**
 * How it stands to its bounds.
 */
standing: 'unjudged' | 'normal' | 'low' | 'high' | 'very_low' | 'very_high' | 'abnormal', 
/**
 * Flag and bounds say different things.
 */
disagrees: boolean, 
/**
 * `F` final, `P` preliminary, … as the laboratory wrote it.
 */
status: string, 
/**
 * The same value in another unit, or empty.
 */
other_value: string, 
/**
 * That unit.
 */
other_unit: string, 
/**
 * Lower bound in it.
 */
other_low: string, 
/**
 * Upper bound in it.
 */
other_high: string, 
/**
 * A remark.
 */
text: string, };

export type ReportView = { 
/**
 * The entry.
 */
entry_id: EntryId, 
/**
 * Its version; more than one: it was corrected.
 */
version: number, 
/**
 * ISO date.
 */
on: string, 
/**
 * What it says.
 */
report: Report, 
/**
 * The curve of each line, by its key; empty where there is none.
 */
curve_keys: Array<string>, 
/**
 * Why it was struck.
 */
struck: string | null, 
/**
 * Wall time at which it came into the record.
 */
received_at: string, 
/**
 * Who has seen it.
 */
seen: Array<SeenView>, 
/**
 * Whether somebody has seen this very version.
 */
is_seen: boolean, };

export type RequestLineView = { 
/**
 * Identifier.
 */
id: DataRequestId, 
/**
 * What is asked.
 */
kind: 'access' | 'rectification' | 'erasure' | 'limitation' | 'objection' | 'portability' | 'withdrawal' | 'post_mortem', 
/**
 * By whom.
 */
by_whom: 'person' | 'guardian' | 'heir' | 'representative', 
/**
 * About whom.
 */
patient_id: PatientId | null, 
/**
 * Who asks; empty after an erasure.
 */
name: string, 
/**
 * ISO date.
 */
received_on: string, 
/**
 * ISO date of the last day.
 */
due_on: string, 
/**
 * Days left; below 0: late.
 */
days_left: number, 
/**
 * What was shown.
 */
proof: string, 
/**
 * ISO date.
 */
complete_on: string | null, 
/**
 * ISO date.
 */
extended_on: string | null, 
/**
 * How it ended.
 */
outcome: 'executed' | 'refused' | 'withdrawn' | null, 
/**
 * ISO date.
 */
closed_on: string | null, 
/**
 * Whether the person's words were erased.
 */
erased: boolean, 
/**
 * Grows with each change.
 */
revision: number, };

export type RequestReceiptView = { 
/**
 * What was done here.
 */
done: Array<DoneLineView>, 
/**
 * The proof of an erasure.
 */
erasure: ErasureReceiptView | null, 
/**
 * What processors were told and confirmed so far; empty: nothing was with a processor.
 */
processor: Array<ProcessorTaskView>, };

export type RequestStepView = { 
/**
 * What.
 */
kind: 'taken' | 'linked' | 'identity' | 'complete' | 'exchange' | 'extended' | 'letter' | 'executed' | 'refused' | 'withdrawn', 
/**
 * ISO date.
 */
on: string, 
/**
 * Who noted it.
 */
by: string, 
/**
 * Words; empty after an erasure.
 */
words: string, };

export type RequestsView = { 
/**
 * Open ones first, the soonest due first.
 */
requests: Array<RequestLineView>, };

export type ResetPasswordRequest = { 
/**
 * Whose.
 */
id: UserId, 
/**
 * The new password, to be changed by the person.
 */
new_password: string, };

export type ResourceKindView = { 
/**
 * Identifier.
 */
id: ResourceKindId, 
/**
 * Name.
 */
name: string, 
/**
 * `room` or `equipment`.
 */
category: 'room' | 'equipment', 
/**
 * Still used.
 */
active: boolean, };

export type ResourceView = { 
/**
 * Identifier.
 */
id: ResourceId, 
/**
 * Kind.
 */
kind_id: ResourceKindId, 
/**
 * Where it stands.
 */
site_id: SiteId, 
/**
 * Name.
 */
name: string, 
/**
 * Still used.
 */
active: boolean, };

export type RestorableUserView = { 
/**
 * What they typed to sign in.
 */
login: string, 
/**
 * Their name.
 */
name: string, 
/**
 * Their password may serve on this computer account; else only the recovery key does.
 */
enrolled_here: boolean, };

export type RestoreBackupRequest = { 
/**
 * File.
 */
file: string, 
/**
 * What opens it.
 */
credentials: RestoreCredentials, };

export type RestoreCredentials = { "by": "password", 
/**
 * Whose.
 */
login: string, 
/**
 * The password.
 */
password: string, } | { "by": "recovery_key", 
/**
 * Whose access.
 */
login: string, 
/**
 * The recovery key, as typed.
 */
recovery_key: string, 
/**
 * The clinical recovery key, as typed; empty: none.
 */
clinical_recovery_key: string, 
/**
 * The new password.
 */
new_password: string, };

export type RestoreDrillRequest = { 
/**
 * File; none: the newest verified.
 */
file: string | null, };

export type RestoreProgressView = { 
/**
 * Its step.
 */
step: 'none' | 'reading' | 'opening' | 'checking' | 'moving', 
/**
 * Bytes of the backup that were read.
 */
done: number, 
/**
 * All its bytes.
 */
total: number, };

export type RestoredView = { 
/**
 * The practice's name.
 */
practice: string, 
/**
 * Where it stands.
 */
folder: string, 
/**
 * Where what stood there before is kept.
 */
kept_in: string | null, 
/**
 * When the backup was made, UTC instant.
 */
made_at: string, 
/**
 * Journal entries in it.
 */
entries: number, 
/**
 * Opened and verified.
 */
verified: boolean, 
/**
 * Patients who were erased again, since they stand on the list of the erased.
 */
erased: number, 
/**
 * Codes: `erasure_list_missing`.
 */
warnings: Array<string>, };

export type RestrictRequest = { 
/**
 * The person.
 */
patient_id: PatientId, 
/**
 * What.
 */
kind: 'limitation' | 'objection' | 'legal_hold', 
/**
 * About what; only an objection is about a part.
 */
scope: 'all' | 'sync' | 'reminders', 
/**
 * Ground of a limitation, or empty.
 */
ground: '' | 'accuracy_contested' | 'unlawful_kept' | 'needed_for_claim' | 'objection_pending', 
/**
 * In the practice's words.
 */
reason: string, 
/**
 * ISO date; empty: today.
 */
since: string, };

export type RestrictedView = { 
/**
 * As it stands now.
 */
restriction: RestrictionView, 
/**
 * How many instructions the processor was given; 0: nothing was with one.
 */
told: number, };

export type RestrictionView = { 
/**
 * Identifier.
 */
id: RestrictionId, 
/**
 * What.
 */
kind: 'limitation' | 'objection' | 'legal_hold', 
/**
 * About what.
 */
scope: 'all' | 'sync' | 'reminders', 
/**
 * Ground of a limitation, or empty.
 */
ground: string, 
/**
 * In the practice's words.
 */
reason: string, 
/**
 * ISO date.
 */
since: string, 
/**
 * The request it came of.
 */
request_id: DataRequestId | null, 
/**
 * ISO date on which it was lifted.
 */
lifted_on: string | null, 
/**
 * Why.
 */
lifted_reason: string, };

export type RestrictionsRequest = { 
/**
 * The person.
 */
patient_id: PatientId, };

export type RestrictionsView = { 
/**
 * The newest first.
 */
restrictions: Array<RestrictionView>, 
/**
 * The directive that holds.
 */
directive: DirectiveView | null, };

export type ResultsView = { 
/**
 * Whose.
 */
patient_id: PatientId, 
/**
 * The newest first.
 */
reports: Array<ReportView>, 
/**
 * Curves, by analysis.
 */
curves: Array<AnalysisCurveView>, 
/**
 * Entries of the record that cannot be read.
 */
damaged: Array<EntryId>, };

export type RetentionGroupView = { 
/**
 * What is due.
 */
action: RetentionAction, 
/**
 * By which rule.
 */
category: RetentionCategory, 
/**
 * Where they are.
 */
place: 'active' | 'archive', 
/**
 * How many.
 */
persons: number, 
/**
 * Of these, due before this month.
 */
overdue: number, };

export type RetentionHoldView = { 
/**
 * The random id.
 */
erasure_id: string, 
/**
 * The patient; none in the archive.
 */
patient_id: PatientId | null, 
/**
 * Name; empty for who may not see it, and in the archive.
 */
name: string, 
/**
 * Why.
 */
ground: RetentionGround, 
/**
 * Why, in words.
 */
note: string, 
/**
 * Since when.
 */
placed_on: string, 
/**
 * Who said so.
 */
placed_by: string, };

export type RetentionPersonView = { 
/**
 * The random id.
 */
erasure_id: string, 
/**
 * The patient; none in the archive.
 */
patient_id: PatientId | null, 
/**
 * File number; none in the archive.
 */
number: number | null, 
/**
 * Name; empty for who may not see it, and in the archive while it is closed.
 */
name: string, 
/**
 * Name in Arabic.
 */
name_arabic: string, 
/**
 * ISO date or empty.
 */
born: string, 
/**
 * Where they are.
 */
place: 'active' | 'archive', 
/**
 * What is due.
 */
action: RetentionAction, 
/**
 * By which rule.
 */
category: RetentionCategory, 
/**
 * Since when.
 */
on: string, 
/**
 * The last care, or the last activity where there is no record; empty in the archive.
 */
last: string, };

export type RetentionRuleView = { 
/**
 * The category.
 */
category: RetentionCategory, 
/**
 * Months in the active base, where an archive follows.
 */
active_months: number | null, 
/**
 * Months in all; of a minor since the birth, of somebody who died since the death.
 */
months: number, 
/**
 * The country's default: months in the active base.
 */
default_active_months: number | null, 
/**
 * The country's default: months in all.
 */
default_months: number, 
/**
 * Fewer are refused.
 */
at_least: number | null, 
/**
 * More are refused.
 */
at_most: number | null, 
/**
 * Where the default comes from, as it is cited.
 */
source: string, 
/**
 * The date of that source.
 */
dated: string, 
/**
 * Why the controller decided otherwise; empty where the default counts.
 */
reason: string, 
/**
 * The day of that decision; empty where the default counts.
 */
decided_on: string, 
/**
 * Who decided.
 */
decided_by: string, 
/**
 * What speaks against the value without refusing it: codes.
 */
remarks: Array<string>, };

export type RetentionRunView = { 
/**
 * Up to and with this day.
 */
until: string, 
/**
 * The first day of that month: what was due before is overdue.
 */
from: string, 
/**
 * Patients looked at, those in the archive too.
 */
looked_at: number, 
/**
 * With nothing to do.
 */
kept: number, 
/**
 * What would happen, by kind.
 */
groups: Array<RetentionGroupView>, 
/**
 * How many the list has.
 */
listed: number, 
/**
 * A part of the list, the longest due first.
 */
persons: Array<RetentionPersonView>, };

export type RetentionView = { 
/**
 * One a category.
 */
rules: Array<RetentionRuleView>, 
/**
 * Whom somebody keeps longer.
 */
holds: Array<RetentionHoldView>, 
/**
 * How many are in the archive.
 */
archived: number, 
/**
 * Whether the archive is open in this session.
 */
open: boolean, 
/**
 * The lists of those to destroy, the newest first.
 */
destructions: Array<DestructionView>, 
/**
 * The day on which the last dry run was looked at; empty: never.
 */
looked_on: string, };

export type RetireRegisterRequest = { 
/**
 * Which register.
 */
register: 'activities' | 'processors' | 'reviews' | 'audits', 
/**
 * The row.
 */
id: RegisterId, 
/**
 * The revision that was seen.
 */
revision: number, 
/**
 * Whether it is over.
 */
retired: boolean, };

export type RetractConsentRequest = { 
/**
 * Which.
 */
id: PurposeConsentId, 
/**
 * ISO date; empty: today.
 */
withdrawn_on: string, 
/**
 * How.
 */
way: 'spoken' | 'written' | 'electronic', };

export type ReturnAndDestroyRequest = { 
/**
 * The file into which everything is returned, or a folder for it.
 */
into: string, 
/**
 * The host of the portal, typed: what cannot be taken back is not done by one click.
 */
confirm: string, };

export type ReturnedView = { 
/**
 * The file with everything that was returned.
 */
path: string, 
/**
 * Its lines.
 */
lines: number, 
/**
 * Its SHA-256, which the confirmation names.
 */
sha256: string, 
/**
 * The confirmation.
 */
confirmation: SyncConfirmationView | null, };

export type ReviewFields = { 
/**
 * When; empty: today.
 */
reviewed_on: string, 
/**
 * By whom.
 */
reviewer: string, 
/**
 * What was found.
 */
found: Array<FoundFields>, 
/**
 * What follows from it.
 */
conclusion: string, };

export type ReviewView = { 
/**
 * The row.
 */
id: RegisterId, 
/**
 * What was written down.
 */
fields: ReviewFields, 
/**
 * Points that are in part or missing.
 */
open: number, 
/**
 * Since when it counts no more.
 */
retired_on: string, 
/**
 * Grows with each change.
 */
revision: number, };

export type ReviewsView = { 
/**
 * When the next review is due.
 */
next_on: string, 
/**
 * Now, a moment on the practice's clock.
 */
wall: string, 
/**
 * Whether that is past.
 */
overdue: boolean, 
/**
 * What to look at.
 */
points: Array<PointView>, 
/**
 * The newest first.
 */
reviews: Array<ReviewView>, 
/**
 * The newest first.
 */
audits: Array<AuditView>, 
/**
 * Processors by name, for the form.
 */
processors: Array<NamedView>, };

export type RoomView = { 
/**
 * Who.
 */
practitioner_id: PractitionerId, 
/**
 * `Salle 2`.
 */
room: string, };

export type RowLink = { 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * With whom.
 */
practitioner_id: PractitionerId, 
/**
 * Type.
 */
type_id: TypeId, 
/**
 * Minutes; none: the type's.
 */
minutes: number | null, };

export type RowView = { 
/**
 * Line in the file, from 1.
 */
line: number, 
/**
 * `created`, `updated`, `merged`, `rejected`.
 */
outcome: string, 
/**
 * Codes of reasons and warnings.
 */
reasons: Array<string>, };

export type RowsView = { 
/**
 * Rows.
 */
rows: Array<FreeRowView>, };

export type SaveAbbreviationRequest = { 
/**
 * Which; none: a new one.
 */
id: AbbreviationId | null, 
/**
 * One's own, and not the practice's.
 */
own: boolean, 
/**
 * As it is typed: one word.
 */
short: string, 
/**
 * What it stands for.
 */
text: string, };

export type SaveActivityRequest = { 
/**
 * The row; none: a new one.
 */
id: RegisterId | null, 
/**
 * Which of those that the program proposes, or `own`.
 */
kind: string, 
/**
 * The revision that was seen.
 */
revision: number, 
/**
 * In which language it is written.
 */
language: string, 
/**
 * What it says.
 */
fields: ActivityFields, };

export type SaveAuditRequest = { 
/**
 * The row; none: a new one.
 */
id: RegisterId | null, 
/**
 * The revision that was seen.
 */
revision: number, 
/**
 * What to write down.
 */
fields: AuditFields, };

export type SaveBlockRequest = { 
/**
 * None: a new one.
 */
id: BlockId | null, 
/**
 * Whose.
 */
practitioner_id: PractitionerId, 
/**
 * What for.
 */
kind: BlockKind, 
/**
 * 1 Monday to 7 Sunday.
 */
weekdays: Array<number>, 
/**
 * Minute of the day.
 */
from: number, 
/**
 * Minute of the day.
 */
to: number, 
/**
 * First day it counts; of one date alone, the same as the last.
 */
valid_from: string | null, 
/**
 * Last day it counts.
 */
valid_until: string | null, 
/**
 * `every`, `odd` or `even`.
 */
weeks: 'every' | 'odd' | 'even', 
/**
 * Released so many days before; none: never.
 */
release_days: number | null, 
/**
 * At this minute of that day; none: never.
 */
release_minute: number | null, 
/**
 * Whose time it is.
 */
types: TypeId[], 
/**
 * Its name, for the desk.
 */
label: string, };

export type SaveBreachRequest = { 
/**
 * The row; none: a new one.
 */
id: RegisterId | null, 
/**
 * The revision that was seen.
 */
revision: number, 
/**
 * What is known.
 */
fields: BreachFields, 
/**
 * Whether it is closed with this.
 */
closed: boolean, };

export type SaveClinicalDraftRequest = { 
/**
 * About whom.
 */
patient_id: PatientId, 
/**
 * JSON of the form's fields; empty forgets.
 */
body: string, };

export type SaveConsentPurposeRequest = { 
/**
 * Which; none: a new one.
 */
id: ConsentPurposeId | null, 
/**
 * Its name.
 */
name: ThreeLanguages, 
/**
 * The words.
 */
text: ThreeLanguages, 
/**
 * Whether it is asked for.
 */
active: boolean, 
/**
 * The revision that was shown; 0 for a new one.
 */
revision: number, };

export type SaveContactRequest = { 
/**
 * None: a new one.
 */
id: ContactPersonId | null, 
/**
 * The revision that was shown.
 */
revision: number | null, 
/**
 * Whose.
 */
patient_id: PatientId, 
/**
 * Name; empty: the linked patient's.
 */
name: string, 
/**
 * Word of the relation, or empty.
 */
relation: Relation | '', 
/**
 * Phone as typed; empty: the linked patient's.
 */
phone: string, 
/**
 * Decides for a minor.
 */
guardian: boolean, 
/**
 * The patient of the practice they are.
 */
linked_patient_id: PatientId | null, 
/**
 * May be told of appointments.
 */
told_appointments: boolean, 
/**
 * May be given messages.
 */
told_messages: boolean, 
/**
 * May be told of results.
 */
told_results: boolean, };

export type SaveDraftRequest = { 
/**
 * The form it belongs to.
 */
kind: string, 
/**
 * Its fields, JSON; empty: forget.
 */
body: string, };

export type SaveLetterTemplateRequest = { 
/**
 * Which; none: a new one.
 */
id: LetterTemplateId | null, 
/**
 * What it becomes.
 */
kind: 'certificate' | 'letter', 
/**
 * Its language.
 */
language: 'fr' | 'ar' | 'en', 
/**
 * Name.
 */
name: string, 
/**
 * Title or subject.
 */
title: string, 
/**
 * Text.
 */
text: string, };

export type SaveLocumRequest = { 
/**
 * None: a new one.
 */
id: LocumId | null, 
/**
 * Who is replaced.
 */
practitioner_id: PractitionerId, 
/**
 * Name.
 */
name: string, 
/**
 * Professional number.
 */
number: string, 
/**
 * First day, ISO date.
 */
first_day: string, 
/**
 * Last day, ISO date.
 */
last_day: string, };

export type SavePractitionerRequest = { 
/**
 * None: a new one.
 */
id: PractitionerId | null, 
/**
 * Name.
 */
name: string, 
/**
 * Speciality.
 */
speciality: string, 
/**
 * RPPS number.
 */
rpps: string, 
/**
 * INPE number.
 */
inpe: string, 
/**
 * Usual site; none: the first.
 */
site_id: SiteId | null, 
/**
 * Still here.
 */
active: boolean, };

export type SavePrescriptionSetRequest = { 
/**
 * Which; none: a new one.
 */
id: PrescriptionSetId | null, 
/**
 * One's own, or the practice's.
 */
kind: 'favourite' | 'protocol', 
/**
 * Name.
 */
name: string, 
/**
 * Lines.
 */
lines: Array<LineFields>, 
/**
 * Acts.
 */
acts: Array<ActFields>, };

export type SavePrivacySettingsRequest = { 
/**
 * What to write down.
 */
fields: PrivacySettingsFields, 
/**
 * The revision that was seen.
 */
revision: number, };

export type SaveProcessorRequest = { 
/**
 * The row; none: a new one.
 */
id: RegisterId | null, 
/**
 * The revision that was seen.
 */
revision: number, 
/**
 * What to write down.
 */
fields: ProcessorFields, };

export type SaveResourceKindRequest = { 
/**
 * None: a new one.
 */
id: ResourceKindId | null, 
/**
 * Name.
 */
name: string, 
/**
 * `room` or `equipment`.
 */
category: 'room' | 'equipment', 
/**
 * Still used.
 */
active: boolean, };

export type SaveResourceRequest = { 
/**
 * None: a new one.
 */
id: ResourceId | null, 
/**
 * Kind.
 */
kind_id: ResourceKindId, 
/**
 * Where; none: the first site.
 */
site_id: SiteId | null, 
/**
 * Name.
 */
name: string, 
/**
 * Still used.
 */
active: boolean, };

export type SaveReviewRequest = { 
/**
 * The row; none: a new one.
 */
id: RegisterId | null, 
/**
 * The revision that was seen.
 */
revision: number, 
/**
 * What to write down.
 */
fields: ReviewFields, };

export type SaveSchoolHolidayRequest = { 
/**
 * None: a new one.
 */
id: SchoolHolidayId | null, 
/**
 * Zone; may be empty.
 */
zone: string, 
/**
 * Name.
 */
label: string, 
/**
 * First day, ISO date.
 */
first_day: string, 
/**
 * Last day, ISO date.
 */
last_day: string, };

export type SaveSecureFormRequest = { 
/**
 * The sheet.
 */
sheet: 'a4' | 'a5', 
/**
 * Its values; none: the usual ones again.
 */
form: SecureFormFields | null, };

export type SaveSignatureRequest = { 
/**
 * PNG or JPEG, base 64; empty: none any more.
 */
base64: string, };

export type SaveSiteRequest = { 
/**
 * None: a new one.
 */
id: SiteId | null, 
/**
 * Name.
 */
name: string, 
/**
 * IANA zone.
 */
zone: string, 
/**
 * Street.
 */
address: string, 
/**
 * Post code.
 */
postcode: string, 
/**
 * Town.
 */
city: string, 
/**
 * Phone.
 */
phone: string, 
/**
 * Still used.
 */
active: boolean, };

export type SaveTemplateRequest = { 
/**
 * Which; none: a new one.
 */
id: TemplateId | null, 
/**
 * One's own, and not the practice's.
 */
own: boolean, 
/**
 * Name.
 */
name: string, 
/**
 * Texts by section; those that are empty it leaves alone.
 */
text: SectionsView, };

export type SaveTypeRequest = { 
/**
 * None: a new one.
 */
id: TypeId | null, 
/**
 * Name.
 */
name: string, 
/**
 * Short name.
 */
short_name: string, 
/**
 * Minutes, 1 to 1440.
 */
minutes: number, 
/**
 * One of seven hues.
 */
colour: Colour, 
/**
 * Still proposed.
 */
active: boolean, 
/**
 * Free minutes kept after.
 */
buffer_minutes: number, 
/**
 * May be booked online.
 */
online: boolean, 
/**
 * Whether the practice agrees to each online booking before it holds.
 */
needs_approval: boolean, 
/**
 * What the patient is told.
 */
instructions: string, 
/**
 * Price hint, in cents.
 */
price_cents: number | null, 
/**
 * 5-minute parts that need the practitioner, `/X/`; empty: all.
 */
provider_time: string, 
/**
 * Who offers it; empty: everybody.
 */
practitioners: PractitionerId[], 
/**
 * Where; empty: everywhere.
 */
sites: SiteId[], 
/**
 * Kinds of which it takes one along.
 */
resource_kinds: ResourceKindId[], };

export type SavedContactView = { 
/**
 * As it is now.
 */
contact: ContactView, 
/**
 * The journal's entry.
 */
sequence: number, };

export type SavedPatientView = { 
/**
 * As it is now.
 */
patient: PatientView, 
/**
 * The journal's entry.
 */
sequence: number, };

export type SavedRegisterView = { 
/**
 * The row.
 */
id: RegisterId, 
/**
 * Its revision now.
 */
revision: number, 
/**
 * The journal's entry that undoes this.
 */
sequence: number, };

export type SavedSetView = { 
/**
 * Identifier.
 */
id: string, 
/**
 * The journal's entry.
 */
sequence: number, };

export type SavedTextView = { 
/**
 * Its identifier.
 */
id: string, 
/**
 * The journal's entry that undo takes back.
 */
sequence: number, };

export type SavedView = { 
/**
 * Identifier.
 */
id: string, };

export type SchoolHolidayView = { 
/**
 * Identifier.
 */
id: SchoolHolidayId, 
/**
 * Zone, such as `A`.
 */
zone: string, 
/**
 * Name.
 */
label: string, 
/**
 * First day, ISO date.
 */
first_day: string, 
/**
 * Last day, ISO date.
 */
last_day: string, };

export type SearchAgendaRequest = { 
/**
 * Name, birth date, phone, booking code, type, or words of a note.
 */
text: string, 
/**
 * First day of the span in which types and notes are looked for, ISO date.
 */
from: string, 
/**
 * How many days that span has, 1 to 92.
 */
days: number, 
/**
 * At most so many, 1 to 100.
 */
limit: number, };

export type SearchDrugsRequest = { 
/**
 * Brand, substance, ATC, CIS or CIP; beginnings or fragments, accents or not.
 */
text: string, 
/**
 * At most so many.
 */
limit: number, };

export type SearchIntermediateRequest = { 
/**
 * Beginnings of names, and a birth date.
 */
text: string, };

export type SearchPatientsRequest = { 
/**
 * Fragments in any order: names, birth date, phone, booking code.
 */
text: string, 
/**
 * At most so many, 1 to 100.
 */
limit: number, };

export type SearchRecordRequest = { 
/**
 * Whose: the one that `open_record` named.
 */
patient_id: PatientId, 
/**
 * Beginnings of words, all of which must be found; empty: everything fits.
 */
text: string, 
/**
 * Only these kinds; none: all.
 */
kinds: Array<string>, 
/**
 * First ISO date, or empty.
 */
from: string, 
/**
 * Last ISO date, or empty.
 */
until: string, };

export type SectionsView = { 
/**
 * Why they came.
 */
reason: string, 
/**
 * History of it.
 */
history: string, 
/**
 * Examination.
 */
examination: string, 
/**
 * Conclusion.
 */
conclusion: string, 
/**
 * What is to be done.
 */
plan: string, };

export type SecureFormFields = { 
/**
 * The patient's identity.
 */
patient: AreaFields, 
/**
 * Place and date.
 */
date: AreaFields, 
/**
 * The lines.
 */
lines: AreaFields, 
/**
 * The number of lines.
 */
number: AreaFields, 
/**
 * To move everything to the right.
 */
right: number, 
/**
 * To move everything down.
 */
down: number, 
/**
 * Magnification in hundredths of a per cent: 10 000 is none.
 */
scale: number, };

export type SecureFormRequest = { 
/**
 * The sheet.
 */
sheet: 'a4' | 'a5', };

export type SecureFormView = { 
/**
 * The sheet's values.
 */
form: SecureFormFields, 
/**
 * They were measured here, not only the usual ones.
 */
measured: boolean, };

export type SeenView = { 
/**
 * Name.
 */
by: string, 
/**
 * Wall time.
 */
at: string, 
/**
 * Which version they saw.
 */
version: number, };

export type SendTestMailRequest = { 
/**
 * To which address.
 */
to: string, };

export type SentMessagesView = { 
/**
 * Messages that went.
 */
sent: number, 
/**
 * Messages that could not go.
 */
failed: number, 
/**
 * Changes that wait: to be undone perhaps, for the morning, for the server.
 */
waiting: number, };

export type SeriesChange = { 
/**
 * The session.
 */
appointment_id: AppointmentId, 
/**
 * Which sessions.
 */
scope: 'one' | 'following' | 'all', 
/**
 * Where this session is put.
 */
starts: string, 
/**
 * Whose agenda; none: the same.
 */
practitioner_id: PractitionerId | null, 
/**
 * Type; none: the same.
 */
type_id: TypeId | null, 
/**
 * Minutes; none: the same.
 */
minutes: number | null, 
/**
 * How often from now on; none: as before. More sessions than there were are booked; fewer are cancelled by
 * `cancel_series`.
 */
rule: SeriesRuleView | null, };

export type SeriesPlan = { 
/**
 * An appointment that is there already and becomes the first session: it then says who, what and when.
 */
appointment_id: AppointmentId | null, 
/**
 * Whose agenda.
 */
practitioner_id: PractitionerId, 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * Type.
 */
type_id: TypeId, 
/**
 * Minutes; none: the type's.
 */
minutes: number | null, 
/**
 * Wall time of the first session.
 */
first: string, 
/**
 * How often.
 */
rule: SeriesRuleView, };

export type SeriesPreviewView = { 
/**
 * One line a session.
 */
sessions: Array<PlannedSessionView>, };

export type SeriesRequest = { 
/**
 * One of its sessions.
 */
appointment_id: AppointmentId, };

export type SeriesRuleView = { 
/**
 * What the interval counts.
 */
unit: 'days' | 'weeks' | 'months', 
/**
 * From one session to the next, at least.
 */
at_least: number, 
/**
 * And at most; the same for a fixed interval.
 */
at_most: number, 
/**
 * How many sessions, 2 to 104.
 */
sessions: number, };

export type SeriesSessionView = { 
/**
 * Number, from 1.
 */
number: number, 
/**
 * Where the rule put it.
 */
planned: string, 
/**
 * It was put elsewhere on purpose and stays there.
 */
exception: boolean, 
/**
 * Its appointment.
 */
appointment: AppointmentView, };

export type SeriesView = { 
/**
 * Identifier.
 */
id: SeriesId, 
/**
 * How often.
 */
rule: SeriesRuleView, 
/**
 * The number of the session that was asked about.
 */
number: number, 
/**
 * Those that were booked, in order.
 */
sessions: Array<SeriesSessionView>, };

export type SessionChoice = { 
/**
 * Number, from 1.
 */
number: number, 
/**
 * Where the rule puts it, as the preview said.
 */
planned: string, 
/**
 * Where it is put; none: left out, or where it stands.
 */
starts: string | null, };

export type SessionPlaceView = { 
/**
 * Number, from 1.
 */
number: number, 
/**
 * How many sessions the series has.
 */
sessions: number, };

export type SessionView = { 
/**
 * The practice's vault: names the practice in a command where several are open.
 */
vault: VaultId, 
/**
 * The user.
 */
user_id: UserId, 
/**
 * Login name.
 */
login: string, 
/**
 * The person's name.
 */
name: string, 
/**
 * Administrator, whatever else.
 */
administrator: boolean, 
/**
 * `administrator`, `practitioner` or `secretary`.
 */
role: Role, 
/**
 * The practitioner this user is.
 */
practitioner_id: PractitionerId | null, 
/**
 * A practitioner who waits for another practitioner or the clinical recovery key to read the record.
 */
clinical_pending: boolean, 
/**
 * An old `vault.json` had been put back: users whose password was changed since need a new one.
 */
old_keys: boolean, 
/**
 * Names of the permissions held.
 */
permissions: Permission[], 
/**
 * The practice's name.
 */
practice: string, 
/**
 * The practice's country.
 */
country: Country, 
/**
 * Today at the first site, `2026-11-24`.
 */
today: string, 
/**
 * The user's preferences (language, theme, density …), as saved.
 */
preferences: PreferencesView, 
/**
 * Minutes without a key or a move after which the window locks.
 */
lock_after_minutes: number, 
/**
 * Demonstration practice.
 */
demonstration: boolean, };

export type SetBackupsRequest = { 
/**
 * The second place; empty: none.
 */
second_place: string, 
/**
 * Hours between automatic backups, 1 to 168.
 */
every_hours: number, 
/**
 * How many are kept, 2 to 365.
 */
keep: number, };

export type SetHolidayRegionRequest = { 
/**
 * The region.
 */
region: HolidayRegion, };

export type SetHolidayRequest = { 
/**
 * ISO date.
 */
day: string, 
/**
 * What; none: what the calendar says.
 */
state: HolidayChange | null, 
/**
 * Which holiday; empty: the practice's own.
 */
holiday: string, 
/**
 * Its name, where it is the practice's own.
 */
label: string, };

export type SetHoursRequest = { 
/**
 * Whose.
 */
practitioner_id: PractitionerId, 
/**
 * The weekdays whose lines are replaced; one without a line closes.
 */
weekdays: Array<number>, 
/**
 * The new lines.
 */
lines: Array<HoursLine>, };

export type SetMessagesRequest = { 
/**
 * Name of the mail server.
 */
host: string, 
/**
 * Its port; 0: the usual one of its security.
 */
port: number, 
/**
 * How it is spoken to; `none` only to this computer.
 */
security: 'tls' | 'starttls' | 'none', 
/**
 * A certificate authority of one's own, PEM; empty: the public ones.
 */
authority: string, 
/**
 * User at the server; empty: none is asked for.
 */
login: string, 
/**
 * Password there; none: the one that is kept. A new server or user needs it again.
 */
password: string | null, 
/**
 * The address that messages come from.
 */
address: string, 
/**
 * The name that stands with it.
 */
sender: string, 
/**
 * The language of who has none of their own: `fr`, `ar`, `en`.
 */
language: string, 
/**
 * Hours before an appointment at which is reminded: at most three, each 1 to 168.
 */
hours_before: Array<number>, 
/**
 * Whether messages go by themselves.
 */
enabled: boolean, };

export type SetNeverSyncRequest = { 
/**
 * Which.
 */
id: AppointmentId, 
/**
 * Whether the portal never learns more of it than that the time is busy.
 */
never: boolean, };

export type SetPublishingRequest = { 
/**
 * Whose agenda.
 */
practitioner_id: PractitionerId, 
/**
 * Address of the calendar: `https`, or `http` to this computer.
 */
address: string, 
/**
 * User at the server.
 */
login: string, 
/**
 * Password there; none: the one that is kept. A new server or user needs it again.
 */
password: string | null, 
/**
 * A certificate authority of one's own, PEM; empty: the public ones.
 */
authority: string, 
/**
 * How much of a person it says.
 */
discretion: 'busy' | 'initials' | 'name', 
/**
 * `fr`, `ar`, `en`.
 */
language: string, 
/**
 * Days before today, 0 to 366.
 */
days_back: number, 
/**
 * Days after today, 1 to 732.
 */
days_ahead: number, 
/**
 * Minutes between two runs, 5 to 1440.
 */
every_minutes: number, 
/**
 * Whether it runs by itself.
 */
enabled: boolean, };

export type SetRequestDaysRequest = { 
/**
 * Clear days; none: a month.
 */
days: number | null, };

export type SetRetentionRuleRequest = { 
/**
 * The category.
 */
category: RetentionCategory, 
/**
 * Months in all; none: the default counts again.
 */
months: number | null, 
/**
 * Months in the active base, where an archive follows; none: the default's.
 */
active_months: number | null, 
/**
 * Why.
 */
reason: string, };

export type SetStatusRequest = { 
/**
 * Which.
 */
id: AppointmentId, 
/**
 * The next status.
 */
status: Status, };

export type SetSyncSecretRequest = { 
/**
 * The practice's name at the portal.
 */
client_id: string, 
/**
 * Its secret.
 */
client_secret: string, };

export type SetWaitingRoomRequest = { 
/**
 * Minutes, 5 to 240.
 */
over_wait_minutes: number, 
/**
 * Languages of the wall display, one to three.
 */
wall_languages: ('fr' | 'ar' | 'en')[], 
/**
 * Leaving the wall display locks the window.
 */
wall_locks: boolean, 
/**
 * Where each practitioner receives; without an entry nothing is said.
 */
rooms: Array<RoomView>, };

export type SetWatchedFolderRequest = { 
/**
 * Where; empty: nothing is watched any more.
 */
path: string, 
/**
 * `move` or `delete`.
 */
afterwards: 'move' | 'delete', 
/**
 * Whether it is looked at.
 */
enabled: boolean, };

export type ShortageView = { 
/**
 * The pack; empty: all.
 */
cip13: string, 
/**
 * What is the matter.
 */
status: string, 
/**
 * ISO date or empty.
 */
begun_on: string, 
/**
 * ISO date or empty.
 */
updated_on: string, 
/**
 * ISO date or empty.
 */
back_on: string, 
/**
 * The authority's page.
 */
link: string, };

export type ShowChangesRequest = { 
/**
 * Since when, wall time; none: since this user left last.
 */
since: string | null, 
/**
 * One's own changes as well.
 */
own: boolean, };

export type ShowCountsRequest = { 
/**
 * First day, on the clock of the first site.
 */
from: string, 
/**
 * Last day.
 */
to: string, 
/**
 * `own`: what this user did; `secretaries`: what all secretaries did together.
 */
whose: 'own' | 'secretaries', };

export type ShowDaysRequest = { 
/**
 * First day, ISO date.
 */
from: string, 
/**
 * How many days, 1 to 42.
 */
days: number, 
/**
 * Whose; empty: all who are active.
 */
practitioners: PractitionerId[], };

export type ShowMonthRequest = { 
/**
 * First day, ISO date.
 */
from: string, 
/**
 * How many days, 1 to 42.
 */
days: number, 
/**
 * Whose; empty: all who are active.
 */
practitioners: PractitionerId[], 
/**
 * What is counted as booked: of these types; empty: of all.
 */
types: TypeId[], 
/**
 * In these statuses; empty: those that take the practitioner's time.
 */
statuses: Status[], 
/**
 * At this site; none: at all.
 */
site_id: SiteId | null, };

export type ShowMyDayRequest = { 
/**
 * ISO date.
 */
day: string, 
/**
 * Whose; none: the signed-in practitioner's.
 */
practitioner_id: PractitionerId | null, };

export type ShowStatisticsRequest = { 
/**
 * Over which days.
 */
period: 'week' | 'month' | 'quarter' | 'custom', 
/**
 * A day of the week, month or quarter; of a custom period its first.
 */
on: string, 
/**
 * The last day of a custom period, at most a year later.
 */
until: string | null, 
/**
 * Whose; none named: of all who are active.
 */
practitioners: PractitionerId[], 
/**
 * Of which types; none named: of all.
 */
types: TypeId[], };

export type ShownPaperView = { 
/**
 * The paper.
 */
paper: SignedPaperView, 
/**
 * The content of a prescription, as a draft has it.
 */
draft: PrescriptionDraft | null, 
/**
 * The text of a letter.
 */
text: string, 
/**
 * The archived original's name.
 */
document: string, 
/**
 * SHA-256 of the original.
 */
digest: string, };

export type SignInRequest = { 
/**
 * Login.
 */
login: string, 
/**
 * Password.
 */
password: string, };

export type SignInstructionRequest = { 
/**
 * The portal's address.
 */
address: string, 
/**
 * A certificate authority of one's own, PEM; empty: the public ones.
 */
authority: string, 
/**
 * The practice's name at the portal.
 */
client_id: string, 
/**
 * Its secret; none: the one that is kept. It goes to the keyring of this account of the computer.
 */
client_secret: string | null, 
/**
 * The portal's key, base 64, as it was shown and compared; empty at a plain FHIR server.
 */
key: string, 
/**
 * The terms.
 */
terms: InstructionTerms, 
/**
 * The practice previewed what would leave and says so.
 */
previewed: boolean, };

export type SignatureView = { 
/**
 * The image, base 64; empty: none.
 */
base64: string, };

export type SignedLetter = { 
/**
 * Its number.
 */
number: string, 
/**
 * `certificate` or `letter`.
 */
what: string, 
/**
 * Language.
 */
language: string, 
/**
 * Title or subject.
 */
title: string, 
/**
 * To whom, a line each.
 */
recipient: Array<string>, 
/**
 * Text.
 */
text: string, 
/**
 * UTC instant of the signature.
 */
signed_at: string, 
/**
 * Who signed.
 */
signer: string, 
/**
 * Town.
 */
place: string, 
/**
 * `a4` or `a5`.
 */
sheet: string, 
/**
 * The archived original.
 */
original: ArchivedOriginal, };

export type SignedPaperView = { 
/**
 * Its entry of the record.
 */
id: EntryId, 
/**
 * Its number: `2026-000012`.
 */
number: string, 
/**
 * ISO date that it bears.
 */
on: string, 
/**
 * What it is.
 */
kind: 'drugs' | 'physiotherapy' | 'nursing' | 'laboratory' | 'imaging' | 'certificate' | 'letter', 
/**
 * Title of a letter.
 */
title: string, 
/**
 * Its lines, a sentence each.
 */
lines: Array<string>, 
/**
 * Who signed.
 */
signer: string, 
/**
 * Why it was struck.
 */
struck: string | null, 
/**
 * How often it was printed.
 */
prints: number, 
/**
 * On the secure form.
 */
secure_form: boolean, };

export type SignedPapersView = { 
/**
 * The newest first.
 */
papers: Array<SignedPaperView>, };

export type SignedPrescription = { 
/**
 * Its number: `2026-000012`.
 */
number: string, 
/**
 * What is prescribed: `drugs`, `physiotherapy`, `nursing`, `laboratory`, `imaging`.
 */
what: string, 
/**
 * All of it on one line, as a timeline shows it.
 */
label: string, 
/**
 * Its lines or acts, a sentence each.
 */
lines: Array<string>, 
/**
 * UTC instant of the signature.
 */
signed_at: string, 
/**
 * Who signed.
 */
signer: string, 
/**
 * Town.
 */
place: string, 
/**
 * `a4` or `a5`.
 */
sheet: string, 
/**
 * Onto the secure form.
 */
secure_form: boolean, 
/**
 * The archived original.
 */
original: ArchivedOriginal, 
/**
 * What was signed, line by line.
 */
content: unknown, };

export type SignedView = { 
/**
 * The paper.
 */
paper: SignedPaperView, 
/**
 * The archived original's name.
 */
document: string, 
/**
 * SHA-256 of the original.
 */
digest: string, };

export type SiteView = { 
/**
 * Identifier.
 */
id: SiteId, 
/**
 * Name.
 */
name: string, 
/**
 * IANA zone.
 */
zone: string, 
/**
 * Street.
 */
address: string, 
/**
 * Post code.
 */
postcode: string, 
/**
 * Town.
 */
city: string, 
/**
 * Phone.
 */
phone: string, 
/**
 * Still used.
 */
active: boolean, };

export type SlotView = { 
/**
 * Whose.
 */
practitioner_id: PractitionerId, 
/**
 * Who receives: the practitioner's name, or that of who stands in for them that day.
 */
practitioner: string, 
/**
 * Who is replaced then.
 */
replaces?: string, 
/**
 * Wall time.
 */
starts: string, 
/**
 * Minutes.
 */
minutes: number, };

export type SlotsView = { 
/**
 * Slots.
 */
slots: Array<SlotView>, };

export type SoughtView = { 
/**
 * As what.
 */
kind: 'born' | 'phone' | 'code', 
/**
 * ISO date, digits, spoken code.
 */
value: string, };

export type StandingRestrictionView = { 
/**
 * What.
 */
kind: 'limitation' | 'objection' | 'legal_hold', 
/**
 * About what.
 */
scope: 'all' | 'sync' | 'reminders', 
/**
 * ISO date.
 */
since: string, };

export type StartPrescriptionRequest = { 
/**
 * For whom.
 */
patient_id: PatientId, };

export type StatisticsStepView = { 
/**
 * First day.
 */
from: string, 
/**
 * Last day.
 */
until: string, 
/**
 * Appointments that were not called off.
 */
appointments: number, 
/**
 * No-shows.
 */
no_shows: number, 
/**
 * Minutes within opening hours.
 */
open_minutes: number, 
/**
 * Of these: booked.
 */
booked_minutes: number, 
/**
 * Booked of open minutes, in thousandths.
 */
fill: number | null, };

export type StatisticsView = { 
/**
 * First day.
 */
from: string, 
/**
 * Last day.
 */
until: string, 
/**
 * First day of the period before.
 */
before_from: string, 
/**
 * Last day of the period before.
 */
before_until: string, 
/**
 * Of everything.
 */
total: FiguresView, 
/**
 * Of everything, before.
 */
before: FiguresView, 
/**
 * By practitioner, in their order.
 */
practitioners: Array<GroupView>, 
/**
 * By type, in their order; open time is nobody's type.
 */
types: Array<GroupView>, 
/**
 * By day, or by week where the period is long.
 */
steps: Array<StatisticsStepView>, 
/**
 * Arrivals by hour of the day, from the first hour with one to the last.
 */
hours: Array<HourView>, 
/**
 * Days from booking to appointment.
 */
lead: Array<BandView>, 
/**
 * Minutes from arrival to being called.
 */
wait: Array<BandView>, };

export type StayedView = { 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * Why: the code of a refusal.
 */
code: string, };

export type StepView = { 
/**
 * The journal's entry.
 */
sequence: number, 
/**
 * Wall time at the first site.
 */
at: string, 
/**
 * Name of the user.
 */
user: string, 
/**
 * The command.
 */
command: string, 
/**
 * Fields that changed: name, before, after.
 */
changes: Array<FieldChangeView>, };

export type StrikeEntryRequest = { 
/**
 * Which.
 */
id: EntryId, 
/**
 * The version that was shown.
 */
version: number, 
/**
 * Why.
 */
reason: string, };

export type SyncAppointmentRequest = { 
/**
 * Which.
 */
id: AppointmentId, };

export type SyncAppointmentView = { 
/**
 * Which.
 */
id: AppointmentId, 
/**
 * `off`: no instruction covers it. `never`: it was marked. `withheld`: its person objects. `waiting`: to be sent. `there`: the
 * portal holds it as it is. `refused`: see `code`.
 */
state: 'off' | 'never' | 'withheld' | 'waiting' | 'there' | 'refused', 
/**
 * Whether it was marked as never to be told.
 */
never: boolean, 
/**
 * Why it was refused, or empty.
 */
code: string, };

export type SyncConfirmationView = { 
/**
 * The request that it confirms.
 */
id: string, 
/**
 * What it confirms.
 */
kind: 'erasure' | 'destruction', 
/**
 * UTC instant at which it was received.
 */
received_at: string, 
/**
 * Its words, to the letter: what is signed.
 */
statement: string, 
/**
 * Whether its signature is that of the pinned key; looked at again each time.
 */
valid: boolean, };

export type SyncFieldView = { 
/**
 * The field: `name`, `phone`, `email`, `birth_date`, `language`, `contact`, `guardian_consent`, `appointment_time`,
 * `booking_code`, `appointment_type`, `video_link`, `waiting_list_wish`.
 */
field: string, 
/**
 * In how many appointments.
 */
count: number, };

export type SyncInstructionView = { 
/**
 * Rises by one with each.
 */
version: number, 
/**
 * ISO date on which it was signed.
 */
signed_on: string, 
/**
 * By whom.
 */
signed_by: string, 
/**
 * To which portal.
 */
address: string, 
/**
 * Who runs it.
 */
processor: string, 
/**
 * UTC instant at which the portal took it.
 */
taken_at: string | null, 
/**
 * ISO date from which on it is no longer in force: another was signed, or the contract ended.
 */
ended_on: string | null, 
/**
 * What it says.
 */
terms: InstructionTerms, };

export type SyncPortalView = { 
/**
 * Its address.
 */
address: string, 
/**
 * A certificate authority of one's own, PEM.
 */
authority: string, 
/**
 * The practice's name there.
 */
client_id: string, 
/**
 * `portal` or `fhir`.
 */
kind: 'portal' | 'fhir', 
/**
 * Who runs it.
 */
processor: string, 
/**
 * Where it is hosted.
 */
hosting: string, 
/**
 * The pinned key's fingerprint in groups of four.
 */
fingerprint: string, 
/**
 * Whether this account of the computer has the secret.
 */
has_secret: boolean, };

export type SyncPreviewView = { 
/**
 * Schedules: practitioner and site.
 */
schedules: number, 
/**
 * Free and busy slots, without any person.
 */
slots: number, 
/**
 * Appointments with their person.
 */
appointments: number, 
/**
 * Persons in them.
 */
persons: number, 
/**
 * Appointments that leave as busy time only: their person objects, or they were marked.
 */
withheld: number, 
/**
 * Each field that would leave, and how often.
 */
fields: Array<SyncFieldView>, 
/**
 * Bytes in all.
 */
bytes: number, 
/**
 * The payloads, each one line of JSON, exactly as they would leave.
 */
payloads: Array<string>, };

export type SyncRefusedView = { 
/**
 * What: an appointment, a schedule, a day's availability.
 */
kind: 'appointment' | 'schedule' | 'availability', 
/**
 * The appointment, where it is one.
 */
appointment_id: AppointmentId | null, 
/**
 * When and with whom, as the agenda says it: `2026-11-30 09:20 Dr …`, without the person.
 */
about: string, 
/**
 * The portal's word.
 */
code: string, 
/**
 * How often it was tried.
 */
tries: number, };

export type SyncRightView = { 
/**
 * The portal's number of it.
 */
id: string, 
/**
 * What is asked.
 */
kind: 'access' | 'rectification' | 'erasure' | 'limitation' | 'objection' | 'portability', 
/**
 * UTC instant: the time to answer runs from here.
 */
received_at: string, 
/**
 * The request in the register.
 */
request_id: DataRequestId, 
/**
 * UTC instant at which the portal was told the answer.
 */
answered_at: string | null, };

export type SyncRunView = { 
/**
 * Things that were sent.
 */
sent: number, 
/**
 * Things that the portal refused.
 */
refused: number, 
/**
 * Changes that came in.
 */
received: number, 
/**
 * Bookings that had to give way to the agenda.
 */
clashes: number, 
/**
 * How it stands now.
 */
state: SyncStateView, };

export type SyncStateView = { 
/**
 * `off`: no instruction is in force. `idle`: both sides are equal. `waiting`: something is to be sent at its time.
 * `unreachable`: the portal did not answer. `refused`: it answered with a refusal (`code`). `keyless`: this account of the
 * computer has no credentials. `suspended`, `ended`: by the practice.
 */
state: 'off' | 'idle' | 'waiting' | 'unreachable' | 'refused' | 'keyless' | 'suspended' | 'ended', 
/**
 * Things that wait to be sent.
 */
queued: number, 
/**
 * UTC instant since which the oldest of them waits.
 */
oldest: string | null, 
/**
 * Minutes since then.
 */
oldest_minutes: number | null, 
/**
 * Of those queued: refused by the portal for good, until somebody looks.
 */
refused: number, 
/**
 * Why the last try failed: the code of a refusal, or empty.
 */
code: string, 
/**
 * UTC instant of the last run that came through.
 */
succeeded_at: string | null, 
/**
 * Seconds until the next try after a failure.
 */
next_in_seconds: number | null, 
/**
 * Bookings at the portal that wait for the practice to agree.
 */
requests: number, 
/**
 * Clashes that nobody has looked at.
 */
clashes: number, };

export type SyncView = { 
/**
 * How it stands.
 */
state: SyncStateView, 
/**
 * The portal, once one was instructed.
 */
portal: SyncPortalView | null, 
/**
 * The instruction in force.
 */
instruction: SyncInstructionView | null, 
/**
 * All versions, the newest first.
 */
instructions: Array<SyncInstructionView>, 
/**
 * Terms to begin with: those in force, or what the practice's own data propose, all optional fields off.
 */
proposal: InstructionTerms, 
/**
 * What the portal refused for good.
 */
refused: Array<SyncRefusedView>, 
/**
 * Confirmations, the newest first.
 */
confirmations: Array<SyncConfirmationView>, 
/**
 * Requests of persons that came by the portal, the newest first.
 */
rights: Array<SyncRightView>, };

export type TakeRequestRequest = { 
/**
 * What is asked.
 */
kind: 'access' | 'rectification' | 'erasure' | 'limitation' | 'objection' | 'portability' | 'withdrawal' | 'post_mortem', 
/**
 * By whom.
 */
by_whom: 'person' | 'guardian' | 'heir' | 'representative', 
/**
 * How it came.
 */
way: 'desk' | 'phone' | 'post' | 'email' | 'portal', 
/**
 * About whom, where that is known already.
 */
patient_id: PatientId | null, 
/**
 * Who asks; empty: the patient.
 */
name: string, 
/**
 * Where they are answered, a line each.
 */
contact: string, 
/**
 * What they ask, in their words; never clinical.
 */
content: string, 
/**
 * Language of the answer.
 */
language: 'fr' | 'ar' | 'en', 
/**
 * ISO date; empty: today.
 */
received_on: string, 
/**
 * What was shown; empty: nothing yet.
 */
proof: string, };

export type TakenInView = { 
/**
 * The practice.
 */
practice: string, 
/**
 * When the archive was made: UTC instant.
 */
made_at: string, 
/**
 * Persons.
 */
persons: number, 
/**
 * Appointments.
 */
appointments: number, 
/**
 * Entries of the record.
 */
entries: number, 
/**
 * Scanned documents and originals.
 */
files: number, 
/**
 * Entries of the former journal.
 */
journal: number, 
/**
 * Names of users who came along; they have no access until an account is made for them.
 */
users: Array<string>, 
/**
 * What could not be opened where it came from.
 */
unreadable: number, };

export type TakenRequestView = { 
/**
 * Identifier.
 */
id: DataRequestId, 
/**
 * The last day for an answer, ISO.
 */
due_on: string, };

export type TellPortalAgainRequest = { 
/**
 * Which appointment; none: everything.
 */
id: AppointmentId | null, };

export type TemplateRequest = { 
/**
 * Which.
 */
id: TemplateId, };

export type TemplateView = { 
/**
 * Identifier.
 */
id: TemplateId, 
/**
 * The practitioner's own, and not the practice's.
 */
own: boolean, 
/**
 * Name.
 */
name: string, 
/**
 * The one section that it belongs to, or `whole` where it fills several.
 */
section: 'reason' | 'history' | 'examination' | 'conclusion' | 'plan' | 'whole', 
/**
 * Texts by section, with fields in braces.
 */
text: SectionsView, };

export type ThreeLanguages = { 
/**
 * French.
 */
fr: string, 
/**
 * Arabic.
 */
ar: string, 
/**
 * English.
 */
en: string, };

export type Treatment = { 
/**
 * Drug or substance.
 */
label: string, 
/**
 * Eight digits where it is a drug of the base, or empty.
 */
cis: string, 
/**
 * How it is taken.
 */
posology: string, 
/**
 * ISO date since which, or empty.
 */
since: string, 
/**
 * ISO date until which, or empty.
 */
until: string, };

export type TypeView = { 
/**
 * Identifier.
 */
id: TypeId, 
/**
 * Name.
 */
name: string, 
/**
 * Short name, typed in the booking box.
 */
short_name: string, 
/**
 * Minutes, copied at booking.
 */
minutes: number, 
/**
 * One of seven hues.
 */
colour: Colour, 
/**
 * Still proposed.
 */
active: boolean, 
/**
 * Free minutes kept after.
 */
buffer_minutes: number, 
/**
 * May be booked online.
 */
online: boolean, 
/**
 * Whether the practice agrees to each online booking before it holds.
 */
needs_approval: boolean, 
/**
 * What the patient is told.
 */
instructions: string, 
/**
 * Price hint, in cents.
 */
price_cents: number | null, 
/**
 * 5-minute parts that need the practitioner, `/X/`; empty: all.
 */
provider_time: string, 
/**
 * Who offers it; empty: everybody.
 */
practitioners: PractitionerId[], 
/**
 * Where; empty: everywhere.
 */
sites: SiteId[], 
/**
 * Kinds of which it takes one along.
 */
resource_kinds: ResourceKindId[], };

export type UnderstoodView = { 
/**
 * The first place in the text, in UTF-16 units.
 */
from: number, 
/**
 * The place after the last.
 */
to: number, 
/**
 * As what.
 */
kind: 'minutes' | 'type' | 'practitioner' | 'day' | 'time' | 'part', 
/**
 * Minutes, identifier, ISO date, `HH:MM`, part of the day.
 */
value: string, };

export type UndoRequest = { 
/**
 * Which; none: the last of this user on this workstation.
 */
sequence: number | null, };

export type UndoneView = { 
/**
 * The command that was undone.
 */
command: string, 
/**
 * What it was about.
 */
subject: string, 
/**
 * The entry that undid it.
 */
sequence: number, };

export type UnseenReportView = { 
/**
 * The entry.
 */
entry_id: EntryId, 
/**
 * Its version.
 */
version: number, 
/**
 * Whose.
 */
patient_id: PatientId, 
/**
 * Surname.
 */
surname: string, 
/**
 * First name.
 */
first_name: string, 
/**
 * ISO date or empty.
 */
born: string, 
/**
 * ISO date of the report.
 */
on: string, 
/**
 * Laboratory.
 */
laboratory: string, 
/**
 * Wall time at which it came.
 */
received_at: string, 
/**
 * How many values there are.
 */
values: number, 
/**
 * Those that are abnormal.
 */
abnormal: Array<ReportLine>, };

export type UnseenView = { 
/**
 * How many in all.
 */
count: number, 
/**
 * Up to 200 of them.
 */
reports: Array<UnseenReportView>, 
/**
 * Entries that cannot be read.
 */
damaged: Array<EntryId>, };

export type UntoldView = { 
/**
 * The appointment.
 */
appointment_id: AppointmentId, 
/**
 * Who should have heard.
 */
patient_id: PatientId, 
/**
 * Their name.
 */
patient: string, 
/**
 * Their phone; empty where there is none.
 */
phone: string, 
/**
 * When it begins.
 */
starts: string, 
/**
 * With whom.
 */
practitioner: string, 
/**
 * What it should have said.
 */
template: 'confirmation' | 'change' | 'cancellation' | 'reminder', 
/**
 * Why it did not go: the code of a refusal.
 */
code: string, };

export type UpdateAppointmentRequest = { 
/**
 * Which.
 */
id: AppointmentId, 
/**
 * Who.
 */
patient_id: PatientId | null, 
/**
 * Type; the duration stays.
 */
type_id: TypeId, 
/**
 * Note of the desk.
 */
note: string, 
/**
 * Urgency.
 */
urgency: Urgency, };

export type UpdatePatientRequest = { 
/**
 * Who.
 */
id: PatientId, 
/**
 * The revision that was shown: a change by somebody else in between is refused as `changed_meanwhile`.
 */
revision: number, 
/**
 * All fields.
 */
fields: PatientFields, };

export type UpdatePracticeRequest = { 
/**
 * Name.
 */
name: string, 
/**
 * Minutes of idleness before the lock, 1 to 60.
 */
lock_after_minutes: number, };

export type UpdateUserRequest = { 
/**
 * Who.
 */
id: UserId, 
/**
 * Name.
 */
name: string, 
/**
 * Administrator as well.
 */
administrator: boolean, };

export type UpdateWaitingEntryRequest = { 
/**
 * Which.
 */
id: WaitingEntryId, 
/**
 * The revision that was shown.
 */
revision: number, 
/**
 * What they wish for now.
 */
wish: WishView, };

export type UserView = { 
/**
 * Identifier.
 */
id: UserId, 
/**
 * What is typed to sign in.
 */
login: string, 
/**
 * The person's name.
 */
name: string, 
/**
 * Administrator, whatever else.
 */
administrator: boolean, 
/**
 * Role.
 */
role: Role, 
/**
 * The practitioner this user is.
 */
practitioner_id: PractitionerId | null, 
/**
 * `active`, `clinical_pending` or `disabled`.
 */
state: 'active' | 'clinical_pending' | 'disabled', };

export type UsersView = { 
/**
 * By name.
 */
users: Array<UserView>, 
/**
 * Somebody left since the last re-key: a new one is offered.
 */
rekey_offered: boolean, };

export type Vaccination = { 
/**
 * Vaccine.
 */
vaccine: string, 
/**
 * Batch.
 */
batch: string, 
/**
 * Which dose.
 */
dose: string, 
/**
 * Where on the body.
 */
site: string, };

export type VerifiedView = { 
/**
 * Entries read.
 */
entries: number, 
/**
 * Chain, anchor and every page are right.
 */
ok: boolean, 
/**
 * The first entry that is wrong.
 */
first_bad: number | null, 
/**
 * What is wrong: `changed`, `missing`, `reordered`, `cut_off`, `pages`.
 */
fault: string | null, };

export type WaitingEntryRequest = { 
/**
 * Which.
 */
id: WaitingEntryId, };

export type WaitingEntryView = { 
/**
 * Identifier.
 */
id: WaitingEntryId, 
/**
 * Who.
 */
patient_id: PatientId, 
/**
 * `DUPONT Marie`.
 */
patient: string, 
/**
 * The name in Arabic, where known.
 */
patient_arabic: string, 
/**
 * ISO date or empty.
 */
born: string, 
/**
 * Phone as the country writes it.
 */
phone: string, 
/**
 * Type.
 */
type_id: TypeId, 
/**
 * Type's name.
 */
type: string, 
/**
 * Minutes it takes.
 */
minutes: number, 
/**
 * The appointment that they want earlier.
 */
appointment_id: AppointmentId | null, 
/**
 * Where that appointment stands now.
 */
appointment: string | null, 
/**
 * What they wish for.
 */
wish: WishView, 
/**
 * Day on which they were put on the list, ISO date.
 */
since: string, 
/**
 * Whether they are on it, and else why not.
 */
standing: 'waiting' | 'accepted' | 'fulfilled' | 'past' | 'appointment_gone' | 'removed', 
/**
 * Whether they put themselves on it at the portal.
 */
from_portal: boolean, 
/**
 * What was offered and not taken, newest last.
 */
offers: Array<OfferView>, 
/**
 * Grows with each change.
 */
revision: number, };

export type WaitingListView = { 
/**
 * Entries: those who wait, urgent first then oldest; then those who left.
 */
entries: Array<WaitingEntryView>, };

export type WaitingRoomView = { 
/**
 * Who waits: the soonest to be called first, each practitioner's own in the order to be called.
 */
waiting: Array<WaitingView>, 
/**
 * Who is with a practitioner.
 */
seated: Array<AppointmentView>, 
/**
 * What the practice chose.
 */
settings: WaitingSettingsView, };

export type WaitingSettingsView = { 
/**
 * Longer than so many minutes, somebody has waited too long.
 */
over_wait_minutes: number, 
/**
 * Languages of the wall display, in their order.
 */
wall_languages: ('fr' | 'ar' | 'en')[], 
/**
 * Leaving the wall display locks the window.
 */
wall_locks: boolean, 
/**
 * Where each practitioner receives, as the wall display says it.
 */
rooms: Array<RoomView>, };

export type WaitingView = { 
/**
 * The appointment.
 */
appointment: AppointmentView, 
/**
 * Minutes since the arrival, never negative.
 */
waited: number, 
/**
 * Longer than the practice finds right.
 */
over: boolean, 
/**
 * Minutes they are still expected to wait, never negative; none on another day than today.
 */
expected: number | null, };

export type WallCalledView = { 
/**
 * Booking code as it is said.
 */
code: string, 
/**
 * Called within the last two minutes.
 */
fresh: boolean, };

export type WallDisplayView = { 
/**
 * Name of the practice.
 */
practice: string, 
/**
 * Now at the site.
 */
now: string, 
/**
 * Languages, in their order.
 */
languages: ('fr' | 'ar' | 'en')[], 
/**
 * One a practitioner who has somebody, in the practice's order.
 */
lines: Array<WallLineView>, };

export type WallLineView = { 
/**
 * The practitioner's name.
 */
practitioner: string, 
/**
 * Where they receive; may be empty.
 */
room: string, 
/**
 * Who is called now, the newest first.
 */
called: Array<WallCalledView>, 
/**
 * Who comes next, in order, five at most.
 */
next: Array<WallNextView>, 
/**
 * How many wait in all.
 */
waiting: number, };

export type WallNextView = { 
/**
 * Booking code as it is said.
 */
code: string, 
/**
 * Minutes they are still expected to wait.
 */
expected: number, };

export type WarningView = { 
/**
 * The field.
 */
field: string, 
/**
 * Code of the sentence.
 */
code: string, };

export type WatchedFolderView = { 
/**
 * Where; empty: none.
 */
path: string, 
/**
 * `move`: what was read is put into a folder inside; `delete`: it is deleted, not overwritten.
 */
afterwards: 'move' | 'delete', 
/**
 * Whether it is looked at.
 */
enabled: boolean, 
/**
 * UTC instant of the last look.
 */
checked_at: string | null, 
/**
 * How that went, or empty.
 */
code: string, };

export type WishView = { 
/**
 * With whom; empty: anybody.
 */
practitioners: PractitionerId[], 
/**
 * On which days of the week, 1 Monday to 7 Sunday; empty: any.
 */
weekdays: Array<number>, 
/**
 * From this day on, ISO date; empty: from today.
 */
from: string, 
/**
 * Until this day, itself included, ISO date; empty: for half a year.
 */
until: string, 
/**
 * From this minute of the day on.
 */
from_minute: number, 
/**
 * Over by this minute of the day.
 */
to_minute: number, 
/**
 * Urgency.
 */
urgency: Urgency, 
/**
 * Note of the desk, never clinical.
 */
note: string, };

export type WithdrawConsentRequest = { 
/**
 * Which.
 */
id: ConsentId, 
/**
 * Date as typed; empty: today.
 */
withdrawn_on: string, };

export type WriteEntryRequest = { 
/**
 * Whose record.
 */
patient_id: PatientId, 
/**
 * ISO date that it is about; empty: today.
 */
on: string, 
/**
 * What it holds.
 */
body: Body, };

/** Every command: what it takes and what it gives. */
export interface Commands {
  list_practices: { request: NothingRequest; view: PracticesView };
  add_practice: { request: AddPracticeRequest; view: PracticesView };
  open_practice: { request: OpenPracticeRequest; view: CreatedView };
  switch_practice: { request: KnownPracticeRequest; view: EntranceView };
  close_practice: { request: KnownPracticeRequest; view: PracticesView };
  forget_practice: { request: KnownPracticeRequest; view: PracticesView };
  export_counts: { request: ExportCountsRequest; view: FileView };
  lock: { request: NothingRequest; view: DoneView };
  read_entrance: { request: NothingRequest; view: EntranceView };
  judge_password: { request: JudgePasswordRequest; view: PasswordView };
  create_practice: { request: CreatePracticeRequest; view: CreatedView };
  open_demonstration: { request: OpenDemonstrationRequest; view: SessionView };
  sign_in: { request: SignInRequest; view: CreatedView };
  recover_access: { request: RecoverAccessRequest; view: CreatedView };
  print_recovery_sheet: { request: PrintRecoverySheetRequest; view: FileView };
  find_backups: { request: NothingRequest; view: FoundBackupsView };
  inspect_backup: { request: InspectBackupRequest; view: BackupContentView };
  restore_backup: { request: RestoreBackupRequest; view: RestoredView };
  show_restore_progress: { request: NothingRequest; view: RestoreProgressView };
  cancel_restore: { request: NothingRequest; view: DoneView };
  list_users: { request: NothingRequest; view: UsersView };
  add_user: { request: AddUserRequest; view: UserView };
  update_user: { request: UpdateUserRequest; view: UserView };
  disable_user: { request: DisableUserRequest; view: UserView };
  reset_password: { request: ResetPasswordRequest; view: UserView };
  change_password: { request: ChangePasswordRequest; view: DoneView };
  show_grant_code: { request: GrantCodeRequest; view: GrantCodeView };
  show_own_grant_code: { request: NothingRequest; view: GrantCodeView };
  grant_clinical: { request: GrantClinicalRequest; view: UserView };
  recover_clinical: { request: RecoverClinicalRequest; view: DoneView };
  rekey: { request: RekeyRequest; view: RekeyedView };
  list_connections: { request: NothingRequest; view: ConnectionsView };
  save_preferences: { request: PreferencesView; view: DoneView };
  list_drafts: { request: NothingRequest; view: DraftsView };
  save_draft: { request: SaveDraftRequest; view: DoneView };
  show_practice: { request: NothingRequest; view: PracticeView };
  update_practice: { request: UpdatePracticeRequest; view: DoneView };
  save_site: { request: SaveSiteRequest; view: SavedView };
  save_practitioner: { request: SavePractitionerRequest; view: SavedView };
  save_type: { request: SaveTypeRequest; view: SavedView };
  show_opening: { request: PractitionerRequest; view: OpeningView };
  set_hours: { request: SetHoursRequest; view: SavedView };
  add_absence: { request: AddAbsenceRequest; view: SavedView };
  remove_absence: { request: RemoveAbsenceRequest; view: DoneView };
  save_resource_kind: { request: SaveResourceKindRequest; view: SavedView };
  save_resource: { request: SaveResourceRequest; view: SavedView };
  show_letterhead: { request: PractitionerRequest; view: LetterheadView };
  save_letterhead: { request: LetterheadRequest; view: DoneView };
  preview_letterhead: { request: LetterheadRequest; view: FileView };
  show_planning: { request: PractitionerRequest; view: PlanningView };
  add_opening: { request: AddOpeningRequest; view: PlannedView };
  remove_opening: { request: RemoveOpeningRequest; view: DoneView };
  save_block: { request: SaveBlockRequest; view: PlannedView };
  remove_block: { request: RemoveBlockRequest; view: DoneView };
  save_locum: { request: SaveLocumRequest; view: PlannedView };
  remove_locum: { request: RemoveLocumRequest; view: DoneView };
  list_holidays: { request: ListHolidaysRequest; view: HolidaysView };
  set_holiday: { request: SetHolidayRequest; view: PlannedView };
  move_holiday: { request: MoveHolidayRequest; view: PlannedView };
  set_holiday_region: { request: SetHolidayRegionRequest; view: DoneView };
  save_school_holiday: { request: SaveSchoolHolidayRequest; view: PlannedView };
  remove_school_holiday: { request: RemoveSchoolHolidayRequest; view: DoneView };
  show_privacy_settings: { request: NothingRequest; view: PrivacySettingsView };
  save_privacy_settings: { request: SavePrivacySettingsRequest; view: DoneView };
  show_activities: { request: RegistersRequest; view: ActivitiesView };
  save_activity: { request: SaveActivityRequest; view: SavedRegisterView };
  show_processors: { request: RegistersRequest; view: ProcessorsView };
  save_processor: { request: SaveProcessorRequest; view: SavedRegisterView };
  give_instruction: { request: GiveInstructionRequest; view: SavedRegisterView };
  follow_instruction: { request: FollowInstructionRequest; view: SavedRegisterView };
  show_breaches: { request: RegistersRequest; view: BreachesView };
  save_breach: { request: SaveBreachRequest; view: SavedRegisterView };
  show_reviews: { request: RegistersRequest; view: ReviewsView };
  save_review: { request: SaveReviewRequest; view: SavedRegisterView };
  save_audit: { request: SaveAuditRequest; view: SavedRegisterView };
  retire_register: { request: RetireRegisterRequest; view: SavedRegisterView };
  print_register: { request: PrintRegisterRequest; view: FileView };
  search_patients: { request: SearchPatientsRequest; view: MatchesView };
  show_patient: { request: PatientRequest; view: PatientView };
  create_patient: { request: CreatePatientRequest; view: SavedPatientView };
  update_patient: { request: UpdatePatientRequest; view: SavedPatientView };
  find_duplicates: { request: FindDuplicatesRequest; view: DuplicatesView };
  merge_patients: { request: MergePatientsRequest; view: SavedPatientView };
  patient_history: { request: PatientRequest; view: HistoryView };
  list_contacts: { request: PatientRequest; view: ContactsView };
  save_contact: { request: SaveContactRequest; view: SavedContactView };
  remove_contact: { request: ContactRequest; view: DoneView };
  give_consent: { request: GiveConsentRequest; view: DoneView };
  withdraw_consent: { request: WithdrawConsentRequest; view: DoneView };
  list_calls: { request: ListCallsRequest; view: CallsView };
  count_calls: { request: NothingRequest; view: CallCountsView };
  note_call: { request: NoteCallRequest; view: ChangedCallView };
  read_call: { request: CallRequest; view: ChangedCallView };
  answer_call: { request: AnswerCallRequest; view: ChangedCallView };
  close_call: { request: CallRequest; view: ChangedCallView };
  read_box: { request: ReadBoxRequest; view: BoxView };
  show_days: { request: ShowDaysRequest; view: DaysView };
  show_appointment: { request: AppointmentRequest; view: AppointmentDetailView };
  book_appointment: { request: BookAppointmentRequest; view: ChangedAppointmentView };
  book_walk_in: { request: BookWalkInRequest; view: ChangedAppointmentView };
  move_appointment: { request: MoveAppointmentRequest; view: ChangedAppointmentView };
  update_appointment: { request: UpdateAppointmentRequest; view: ChangedAppointmentView };
  set_status: { request: SetStatusRequest; view: ChangedAppointmentView };
  cancel_appointment: { request: CancelAppointmentRequest; view: ChangedAppointmentView };
  propose_rebooking: { request: ProposeRebookingRequest; view: RebookingView };
  rebook_appointments: { request: RebookAppointmentsRequest; view: RebookedView };
  find_slots: { request: FindSlotsRequest; view: SlotsView };
  show_my_day: { request: ShowMyDayRequest; view: MyDayView };
  print_day_list: { request: PrintDayListRequest; view: FileView };
  preview_series: { request: SeriesPlan; view: SeriesPreviewView };
  book_series: { request: BookSeriesRequest; view: ChangedSeriesView };
  show_series: { request: SeriesRequest; view: SeriesView };
  preview_series_change: { request: SeriesChange; view: SeriesPreviewView };
  change_series: { request: ChangeSeriesRequest; view: ChangedSeriesView };
  cancel_series: { request: CancelSeriesRequest; view: ChangedSeriesView };
  find_rows: { request: FindRowsRequest; view: RowsView };
  book_row: { request: BookRowRequest; view: ChangedSeriesView };
  list_waiting: { request: ListWaitingRequest; view: WaitingListView };
  add_to_waiting_list: { request: AddToWaitingListRequest; view: ChangedWaitingEntryView };
  update_waiting_entry: { request: UpdateWaitingEntryRequest; view: ChangedWaitingEntryView };
  remove_from_waiting_list: { request: WaitingEntryRequest; view: ChangedWaitingEntryView };
  find_waiting: { request: FindWaitingRequest; view: FittingView };
  record_offer: { request: RecordOfferRequest; view: OfferedView };
  show_attendance_rule: { request: NothingRequest; view: AttendanceRuleView };
  save_attendance_rule: { request: AttendanceRuleView; view: DoneView };
  show_counts: { request: ShowCountsRequest; view: CountsView };
  show_waiting_room: { request: NothingRequest; view: WaitingRoomView };
  set_waiting_room: { request: SetWaitingRoomRequest; view: DoneView };
  call_next: { request: CallNextRequest; view: ChangedAppointmentView };
  place_in_queue: { request: PlaceInQueueRequest; view: DoneView };
  show_wall_display: { request: NothingRequest; view: WallDisplayView };
  show_month: { request: ShowMonthRequest; view: MonthView };
  list_appointments: { request: ListAppointmentsRequest; view: AppointmentsView };
  search_agenda: { request: SearchAgendaRequest; view: FoundAppointmentsView };
  show_changes: { request: ShowChangesRequest; view: ChangesView };
  show_board: { request: NothingRequest; view: BoardView };
  pin_appointment: { request: PinRequest; view: BoardView };
  unpin_appointment: { request: PinRequest; view: BoardView };
  print_week: { request: PrintWeekRequest; view: FileView };
  print_list: { request: PrintListRequest; view: FileView };
  list_journal: { request: ListJournalRequest; view: JournalView };
  verify_journal: { request: NothingRequest; view: VerifiedView };
  undo: { request: UndoRequest; view: UndoneView };
  preview_patients_file: { request: PreviewPatientsFileRequest; view: PatientsFileView };
  import_patients: { request: ImportPatientsRequest; view: ImportedView };
  import_agenda: { request: ImportAgendaRequest; view: ImportedView };
  show_progress: { request: NothingRequest; view: ProgressView };
  cancel_import: { request: NothingRequest; view: DoneView };
  show_archive: { request: NothingRequest; view: ArchiveView };
  export_archive: { request: ExportArchiveRequest; view: ArchivedView };
  cancel_archive: { request: NothingRequest; view: DoneView };
  discard_archive: { request: NothingRequest; view: DoneView };
  import_archive: { request: ImportArchiveRequest; view: TakenInView };
  list_former_journal: { request: FormerJournalRequest; view: FormerJournalView };
  export_agenda: { request: ExportAgendaRequest; view: FileView };
  export_patients: { request: ExportPatientsRequest; view: FileView };
  import_drugs: { request: ImportDrugsRequest; view: ImportedDrugsView };
  import_interactions: { request: ImportInteractionsRequest; view: ImportedInteractionsView };
  show_drug_editions: { request: NothingRequest; view: DrugEditionsView };
  search_drugs: { request: SearchDrugsRequest; view: FoundDrugsView };
  show_drug: { request: DrugRequest; view: DrugView };
  check_drugs: { request: CheckDrugsRequest; view: CheckedDrugsView };
  show_mapping: { request: NothingRequest; view: MappingView };
  open_record: { request: OpenRecordRequest; view: RecordView };
  open_limited_record: { request: OpenLimitedRecordRequest; view: RecordView };
  write_entry: { request: WriteEntryRequest; view: RecordEntryView };
  correct_entry: { request: CorrectEntryRequest; view: RecordEntryView };
  strike_entry: { request: StrikeEntryRequest; view: RecordEntryView };
  show_entry_versions: { request: EntryRequest; view: EntryVersionsView };
  print_summary: { request: PrintSummaryRequest; view: FileView };
  refresh_record: { request: OpenRecordRequest; view: RecordView };
  close_record: { request: NothingRequest; view: DoneView };
  search_record: { request: SearchRecordRequest; view: FoundEntriesView };
  save_clinical_draft: { request: SaveClinicalDraftRequest; view: DoneView };
  list_record_texts: { request: NothingRequest; view: RecordTextsView };
  save_template: { request: SaveTemplateRequest; view: SavedTextView };
  remove_template: { request: TemplateRequest; view: DoneView };
  fill_template: { request: FillTemplateRequest; view: SectionsView };
  save_abbreviation: { request: SaveAbbreviationRequest; view: SavedTextView };
  remove_abbreviation: { request: AbbreviationRequest; view: DoneView };
  start_prescription: { request: StartPrescriptionRequest; view: PrescribingView };
  draft_line: { request: DraftLineRequest; view: DraftedLineView };
  check_prescription: { request: PrescriptionDraft; view: CheckedPrescriptionView };
  sign_prescription: { request: PrescriptionDraft; view: SignedView };
  list_prescriptions: { request: StartPrescriptionRequest; view: SignedPapersView };
  show_prescription: { request: PaperRequest; view: ShownPaperView };
  print_prescription: { request: PaperRequest; view: FileView };
  renew_prescription: { request: RenewPrescriptionRequest; view: RenewedPrescriptionView };
  list_prescription_sets: { request: NothingRequest; view: PrescriptionSetsView };
  save_prescription_set: { request: SavePrescriptionSetRequest; view: SavedSetView };
  remove_prescription_set: { request: PrescriptionSetRequest; view: SavedSetView };
  fill_letter: { request: LetterDraft; view: FilledLetterView };
  sign_letter: { request: LetterDraft; view: SignedView };
  save_letter_template: { request: SaveLetterTemplateRequest; view: SavedSetView };
  remove_letter_template: { request: LetterTemplateRequest; view: SavedSetView };
  show_secure_form: { request: SecureFormRequest; view: SecureFormView };
  save_secure_form: { request: SaveSecureFormRequest; view: DoneView };
  print_calibration: { request: PrintCalibrationRequest; view: FileView };
  show_signature: { request: NothingRequest; view: SignatureView };
  save_signature: { request: SaveSignatureRequest; view: DoneView };
  import_results: { request: ImportResultsRequest; view: ImportedResultsView };
  list_inbox: { request: NothingRequest; view: InboxView };
  attach_result: { request: AttachResultRequest; view: AttachedResultView };
  detach_result: { request: FiledRequest; view: DoneView };
  refuse_result: { request: RefuseResultRequest; view: DoneView };
  read_filed: { request: FiledRequest; view: FiledContentView };
  list_results: { request: ListResultsRequest; view: ResultsView };
  list_unseen: { request: NothingRequest; view: UnseenView };
  mark_seen: { request: MarkSeenRequest; view: DoneView };
  show_watched_folder: { request: NothingRequest; view: WatchedFolderView };
  set_watched_folder: { request: SetWatchedFolderRequest; view: DoneView };
  check_watched_folder: { request: NothingRequest; view: ImportedResultsView };
  begin_document: { request: BeginDocumentRequest; view: BegunDocumentView };
  add_document_piece: { request: AddDocumentPieceRequest; view: DocumentProgressView };
  cancel_document: { request: DocumentHandleRequest; view: DoneView };
  file_document: { request: FileDocumentRequest; view: FiledDocumentView };
  list_documents: { request: ListDocumentsRequest; view: DocumentsView };
  open_document: { request: DocumentRequest; view: OpenedDocumentView };
  read_document: { request: DocumentHandleRequest; view: DocumentPieceView };
  list_publishing: { request: NothingRequest; view: PublishingsView };
  set_publishing: { request: SetPublishingRequest; view: DoneView };
  publish_agenda: { request: PublishAgendaRequest; view: PublishedView };
  withdraw_agenda: { request: PublishAgendaRequest; view: PublishedView };
  show_messages: { request: NothingRequest; view: MessagesView };
  set_messages: { request: SetMessagesRequest; view: DoneView };
  send_test_mail: { request: SendTestMailRequest; view: DoneView };
  send_messages: { request: NothingRequest; view: SentMessagesView };
  show_sync_state: { request: NothingRequest; view: SyncStateView };
  show_sync: { request: NothingRequest; view: SyncView };
  look_at_portal: { request: LookAtPortalRequest; view: PortalSeenView };
  preview_sync: { request: PreviewSyncRequest; view: SyncPreviewView };
  sign_sync_instruction: { request: SignInstructionRequest; view: SyncView };
  set_sync_secret: { request: SetSyncSecretRequest; view: SyncView };
  print_sync_instruction: { request: PrintInstructionRequest; view: FileView };
  sync_now: { request: NothingRequest; view: SyncRunView };
  tell_portal_again: { request: TellPortalAgainRequest; view: SyncStateView };
  suspend_sync: { request: NothingRequest; view: SyncView };
  resume_sync: { request: NothingRequest; view: SyncView };
  return_and_destroy: { request: ReturnAndDestroyRequest; view: ReturnedView };
  print_sync_confirmation: { request: PrintConfirmationRequest; view: FileView };
  show_sync_appointment: { request: SyncAppointmentRequest; view: SyncAppointmentView };
  set_never_sync: { request: SetNeverSyncRequest; view: SyncAppointmentView };
  list_portal_notices: { request: NothingRequest; view: PortalNoticesView };
  mark_portal_notice: { request: PortalNoticeRequest; view: PortalNoticesView };
  accept_portal_request: { request: SyncAppointmentRequest; view: ChangedAppointmentView };
  decline_portal_request: { request: SyncAppointmentRequest; view: ChangedAppointmentView };
  export_person: { request: ExportPersonRequest; view: ExportedPersonView };
  show_disclosures: { request: DisclosuresRequest; view: DisclosuresView };
  print_disclosures: { request: PrintDisclosuresRequest; view: FileView };
  show_statistics: { request: ShowStatisticsRequest; view: StatisticsView };
  export_statistics: { request: ExportStatisticsRequest; view: FileView };
  take_request: { request: TakeRequestRequest; view: TakenRequestView };
  list_requests: { request: ListRequestsRequest; view: RequestsView };
  show_request: { request: DataRequestRequest; view: DataRequestView };
  amend_request: { request: AmendRequestRequest; view: DataRequestView };
  note_exchange: { request: NoteExchangeRequest; view: DataRequestView };
  extend_request: { request: ExtendRequestRequest; view: DataRequestView };
  refuse_request: { request: RefuseRequestRequest; view: DataRequestView };
  drop_request: { request: DropRequestRequest; view: DataRequestView };
  execute_request: { request: ExecuteRequestRequest; view: DataRequestView };
  print_request_letter: { request: PrintRequestLetterRequest; view: FileView };
  set_request_days: { request: SetRequestDaysRequest; view: DoneView };
  preview_erasure: { request: PreviewErasureRequest; view: ErasurePreviewView };
  erase_person: { request: ErasePersonRequest; view: ErasureReceiptView };
  list_erasures: { request: NothingRequest; view: ErasuresView };
  list_restrictions: { request: RestrictionsRequest; view: RestrictionsView };
  restrict: { request: RestrictRequest; view: RestrictedView };
  lift_restriction: { request: LiftRestrictionRequest; view: RestrictedView };
  list_processor_tasks: { request: NothingRequest; view: ProcessorTasksView };
  retry_processor_tasks: { request: NothingRequest; view: DoneView };
  list_consent_purposes: { request: NothingRequest; view: ConsentPurposesView };
  save_consent_purpose: { request: SaveConsentPurposeRequest; view: ConsentPurposesView };
  list_consents: { request: ListConsentsRequest; view: ConsentsView };
  record_consent: { request: RecordConsentRequest; view: DoneView };
  retract_consent: { request: RetractConsentRequest; view: DoneView };
  show_retention: { request: NothingRequest; view: RetentionView };
  set_retention_rule: { request: SetRetentionRuleRequest; view: RetentionView };
  dry_run_retention: { request: DryRunRetentionRequest; view: RetentionRunView };
  export_retention: { request: ExportRetentionRequest; view: FileView };
  hold_patient: { request: HoldPatientRequest; view: DoneView };
  lift_hold: { request: LiftHoldRequest; view: DoneView };
  archive_patients: { request: ArchivePatientsRequest; view: ArchivedPatientsView };
  open_intermediate: { request: OpenIntermediateRequest; view: OpenedIntermediateView };
  close_intermediate: { request: NothingRequest; view: DoneView };
  search_intermediate: { request: SearchIntermediateRequest; view: IntermediateMatchesView };
  read_intermediate: { request: IntermediateRequest; view: IntermediateView };
  bring_back_patient: { request: BringBackRequest; view: BroughtBackView };
  list_destruction: { request: NothingRequest; view: DestructionListView };
  show_destruction: { request: DestructionRequest; view: DestructionListView };
  confirm_destruction: { request: ConfirmDestructionRequest; view: DestroyedView };
  drop_destruction: { request: DestructionRequest; view: DoneView };
  print_destruction: { request: PrintDestructionRequest; view: FileView };
  list_backups: { request: NothingRequest; view: BackupsView };
  set_backups: { request: SetBackupsRequest; view: DoneView };
  back_up: { request: BackUpRequest; view: BackedUpView };
  show_due: { request: NothingRequest; view: DueView };
  restore_drill: { request: RestoreDrillRequest; view: DrillView };
}

export type CommandName = keyof Commands;

/** A refusal: the screen puts it into words. */
export interface CommandError {
  code: string;
  field: string | null;
  parameters: Record<string, string>;
}
