// Made from src-tauri/commands/list.rs by `make types`: do not edit.
// A test fails when this file is stale.

declare const brand: unique symbol;
export type Id<Name extends string> = string & { readonly [brand]: Name };
export type AbsenceId = Id<'AbsenceId'>;
export type AppointmentId = Id<'AppointmentId'>;
export type HoursId = Id<'HoursId'>;
export type PatientId = Id<'PatientId'>;
export type PractitionerId = Id<'PractitionerId'>;
export type SiteId = Id<'SiteId'>;
export type TypeId = Id<'TypeId'>;
export type UserId = Id<'UserId'>;
export type VaultId = Id<'VaultId'>;
export type Status = 'requested' | 'booked' | 'confirmed' | 'arrived' | 'in_consultation' | 'done' | 'cancelled' | 'no_show' | 'left' | 'deleted';
export type Origin = 'phone' | 'walk_in' | 'desk' | 'portal' | 'practitioner';
export type Urgency = 'normal' | 'urgent' | 'emergency';
export type Permission = 'read_agenda' | 'change_agenda' | 'read_patients' | 'change_patients' | 'merge_patients' | 'read_clinical' | 'grant_clinical' | 'manage_users' | 'manage_settings' | 'manage_backups' | 'read_journal' | 'import_data' | 'correct_done' | 'read_my_day';
export type Role = 'administrator' | 'practitioner' | 'secretary';
export type Country = 'FR' | 'MA';
export type Colour = 'blue' | 'teal' | 'green' | 'ochre' | 'red' | 'violet' | 'orange';

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

export type AddPracticeRequest = { 
/**
 * The folder.
 */
folder: string, };

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
contact_phone: string, };

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

export type ChangePasswordRequest = { 
/**
 * The present one.
 */
password: string, 
/**
 * The new one.
 */
new_password: string, };

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
 * Codes: `outside_hours`, `during_absence`, `patient_booked_twice`, `in_the_past`.
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
revision: number, };

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

export type DaysView = { 
/**
 * One column a practitioner and day, days first.
 */
columns: Array<ColumnView>, 
/**
 * Now at the first site's clock: the window counts on from here.
 */
now: string, };

export type DisableUserRequest = { 
/**
 * Who.
 */
id: UserId, };

export type DoneView = { 
/**
 * The journal's entry that undoes this, where it can be undone.
 */
sequence: number | null, };

export type DraftView = { 
/**
 * The form it belongs to.
 */
kind: string, 
/**
 * Its fields, JSON.
 */
body: string, };

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

export type FindDuplicatesRequest = { 
/**
 * What is about to be saved.
 */
fields: PatientFields, 
/**
 * Not this one.
 */
except: PatientId | null, };

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

export type GrantClinicalRequest = { 
/**
 * To whom.
 */
id: UserId, };

export type HistoryView = { 
/**
 * Oldest first.
 */
steps: Array<StepView>, };

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
 * Phone as the country writes it.
 */
phone: string, 
/**
 * Day of the last appointment that was kept, ISO date.
 */
last_seen: string | null, 
/**
 * Wall time of the next appointment.
 */
next: string | null, 
/**
 * Times the person did not come.
 */
no_shows: number, 
/**
 * Deceased.
 */
deceased: boolean, };

export type MatchesView = { 
/**
 * The best first.
 */
matches: Array<MatchView>, 
/**
 * More would match.
 */
more: boolean, };

export type MergePatientsRequest = { 
/**
 * Stays.
 */
into: PatientId, 
/**
 * Becomes an alias.
 */
from: PatientId, };

export type MinutesView = { 
/**
 * First minute.
 */
from: number, 
/**
 * The minute after the last; 1440 is the end of the day.
 */
to: number, };

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

export type NothingRequest = Record<symbol, never>;

export type OpenDemonstrationRequest = { 
/**
 * Language of its names and window.
 */
language: 'fr' | 'ar' | 'en', };

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

export type OpeningView = { 
/**
 * Weekly template.
 */
hours: Array<HoursView>, 
/**
 * Absences that end today or later.
 */
absences: Array<AbsenceView>, };

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
 * Their appointments, newest first, 50 at most.
 */
appointments: Array<PatientAppointmentView>, 
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
columns: PractitionerId[], };

export type PreviewPatientsFileRequest = { 
/**
 * Name of the file, for messages.
 */
name: string, 
/**
 * Its bytes, base 64.
 */
base64: string, };

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

export type PrintRecoverySheetRequest = { 
/**
 * `practice` or `clinical`.
 */
which: 'practice' | 'clinical', 
/**
 * The key, as it was shown.
 */
key: string, };

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

export type ResetPasswordRequest = { 
/**
 * Whose.
 */
id: UserId, 
/**
 * The new password, to be changed by the person.
 */
new_password: string, };

export type RestoreDrillRequest = { 
/**
 * File; none: the newest verified.
 */
file: string | null, };

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

export type SaveDraftRequest = { 
/**
 * The form it belongs to.
 */
kind: string, 
/**
 * Its fields, JSON; empty: forget.
 */
body: string, };

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
active: boolean, };

export type SavedPatientView = { 
/**
 * As it is now.
 */
patient: PatientView, 
/**
 * The journal's entry.
 */
sequence: number, };

export type SavedView = { 
/**
 * Identifier.
 */
id: string, };

export type SearchPatientsRequest = { 
/**
 * Fragments in any order: names, birth date, phone, booking code.
 */
text: string, 
/**
 * At most so many, 1 to 100.
 */
limit: number, };

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

export type SetStatusRequest = { 
/**
 * Which.
 */
id: AppointmentId, 
/**
 * The next status.
 */
status: Status, };

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

export type ShowMyDayRequest = { 
/**
 * ISO date.
 */
day: string, 
/**
 * Whose; none: the signed-in practitioner's.
 */
practitioner_id: PractitionerId | null, };

export type SignInRequest = { 
/**
 * Login.
 */
login: string, 
/**
 * Password.
 */
password: string, };

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
 * Practitioner's name.
 */
practitioner: string, 
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
active: boolean, };

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

export type WaitingRoomView = { 
/**
 * In the order to be called.
 */
waiting: Array<WaitingView>, };

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
 * Longer than the practice finds right (25 minutes).
 */
over: boolean, };

export type WarningView = { 
/**
 * The field.
 */
field: string, 
/**
 * Code of the sentence.
 */
code: string, };

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
  list_users: { request: NothingRequest; view: UsersView };
  add_user: { request: AddUserRequest; view: UserView };
  update_user: { request: UpdateUserRequest; view: UserView };
  disable_user: { request: DisableUserRequest; view: UserView };
  reset_password: { request: ResetPasswordRequest; view: UserView };
  change_password: { request: ChangePasswordRequest; view: DoneView };
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
  search_patients: { request: SearchPatientsRequest; view: MatchesView };
  show_patient: { request: PatientRequest; view: PatientView };
  create_patient: { request: CreatePatientRequest; view: SavedPatientView };
  update_patient: { request: UpdatePatientRequest; view: SavedPatientView };
  find_duplicates: { request: FindDuplicatesRequest; view: DuplicatesView };
  merge_patients: { request: MergePatientsRequest; view: SavedPatientView };
  patient_history: { request: PatientRequest; view: HistoryView };
  show_days: { request: ShowDaysRequest; view: DaysView };
  show_appointment: { request: AppointmentRequest; view: AppointmentDetailView };
  book_appointment: { request: BookAppointmentRequest; view: ChangedAppointmentView };
  book_walk_in: { request: BookWalkInRequest; view: ChangedAppointmentView };
  move_appointment: { request: MoveAppointmentRequest; view: ChangedAppointmentView };
  update_appointment: { request: UpdateAppointmentRequest; view: ChangedAppointmentView };
  set_status: { request: SetStatusRequest; view: ChangedAppointmentView };
  cancel_appointment: { request: CancelAppointmentRequest; view: ChangedAppointmentView };
  find_slots: { request: FindSlotsRequest; view: SlotsView };
  show_my_day: { request: ShowMyDayRequest; view: MyDayView };
  show_waiting_room: { request: NothingRequest; view: WaitingRoomView };
  print_day_list: { request: PrintDayListRequest; view: FileView };
  show_counts: { request: ShowCountsRequest; view: CountsView };
  list_journal: { request: ListJournalRequest; view: JournalView };
  verify_journal: { request: NothingRequest; view: VerifiedView };
  undo: { request: UndoRequest; view: UndoneView };
  preview_patients_file: { request: PreviewPatientsFileRequest; view: PatientsFileView };
  import_patients: { request: ImportPatientsRequest; view: ImportedView };
  import_agenda: { request: ImportAgendaRequest; view: ImportedView };
  show_progress: { request: NothingRequest; view: ProgressView };
  cancel_import: { request: NothingRequest; view: DoneView };
  list_backups: { request: NothingRequest; view: BackupsView };
  set_backups: { request: SetBackupsRequest; view: DoneView };
  back_up: { request: BackUpRequest; view: BackedUpView };
  restore_drill: { request: RestoreDrillRequest; view: DrillView };
}

export type CommandName = keyof Commands;

/** A refusal: the screen puts it into words. */
export interface CommandError {
  code: string;
  field: string | null;
  parameters: Record<string, string>;
}
