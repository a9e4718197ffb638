// The host's requests and views, written by hand from its sources until its generated file stands here.

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
export type Status = 'requested' | 'booked' | 'confirmed' | 'arrived' | 'in_consultation' | 'done' | 'cancelled' | 'no_show' | 'left' | 'deleted';
export type Origin = 'phone' | 'walk_in' | 'desk' | 'portal' | 'practitioner';
export type Urgency = 'normal' | 'urgent' | 'emergency';
export type Permission = string;
export type Role = 'administrator' | 'practitioner' | 'secretary';
export type Country = 'FR' | 'MA';
export type Colour = 'blue' | 'teal' | 'green' | 'ochre' | 'red' | 'violet' | 'orange';

export type AbsenceView = { id: AbsenceId, starts: string, ends: string, label: string, hits: number, };

export type AddAbsenceRequest = { practitioner_id: PractitionerId, starts: string, ends: string, label: string, };

export type AddUserRequest = { login: string, name: string, role: Role, administrator: boolean, practitioner_id: PractitionerId | null, password: string, };

export type AppointmentDetailView = { appointment: AppointmentView, spoken_code: string, cancelled_by: string | null, cancel_reason: string, contact_name: string, contact_phone: string, may_become: Status[], history: StepView[], };

export type AppointmentRequest = { id: AppointmentId, };

export type AppointmentView = { id: AppointmentId, code: string, practitioner_id: PractitionerId, practitioner: string, site_id: SiteId, patient_id: PatientId | null, patient: string, patient_arabic: string, born: string, phone: string, type_id: TypeId, type: string, starts: string | null, day: string, rank: number | null, minutes: number, status: Status, origin: Origin, urgency: Urgency, overbooked: boolean, note: string, arrived: string | null, seated: string | null, dismissed: string | null, revision: number, };

export type BackUpRequest = { file: string | null, };

export type BackedUpView = { file: string, entries: number, verified: boolean, warnings: string[], };

export type BackupView = { at: string, place: string, file: string, bytes: number, entries: number, verified: boolean, code: string, };

export type BackupsView = { second_place: string, every_hours: number, keep: number, backups: BackupView[], overdue: boolean, };

export type BookAppointmentRequest = { practitioner_id: PractitionerId, patient_id: PatientId | null, type_id: TypeId, starts: string, minutes: number | null, origin: Origin, overbook: boolean, note: string, contact_name: string, contact_phone: string, };

export type BookWalkInRequest = { practitioner_id: PractitionerId, patient_id: PatientId, type_id: TypeId | null, urgency: Urgency, note: string, };

export type CancelAppointmentRequest = { id: AppointmentId, by: 'patient' | 'practice', reason: string, };

export type ChangePasswordRequest = { password: string, new_password: string, };

export type ChangedAppointmentView = { sequence: number, spoken_code: string, warnings: string[], } & AppointmentView;

export type ColumnView = { day: string, practitioner_id: PractitionerId, open: MinutesView[], absences: DayAbsenceView[], appointments: AppointmentView[], booked: number, free: number, };

export type ConnectionView = { at: string, user: string, workstation: string, event: 'signed_in' | 'locked' | 'signed_out' | 'failed' | 'recovered', };

export type ConnectionsView = { connections: ConnectionView[], };

export type CountryZonesView = { country: Country, zones: string[], };

export type CreatePatientRequest = { fields: PatientFields, };

export type CreatePracticeRequest = { practice: string, country: Country, site: string, zone: string, login: string, name: string, role: Role, speciality: string, password: string, language: 'fr' | 'ar' | 'en', };

export type CreatedView = { session: SessionView, recovery_key: string | null, clinical_recovery_key: string | null, };

export type DayAbsenceView = { id: AbsenceId, span: MinutesView, label: string, };

export type DaysView = { columns: ColumnView[], now: string, };

export type DisableUserRequest = { id: UserId, };

export type DoneView = { sequence: number | null, };

export type DraftView = { kind: string, body: string, };

export type DraftsView = { drafts: DraftView[], };

export type DrillView = { file: string, made_at: string, entries: number, patients: number, appointments: number, verified: boolean, entries_since: number, erasure_list_missing: boolean, };

export type DuplicateView = { patient: MatchView, score: number, reasons: string[], };

export type DuplicatesView = { duplicates: DuplicateView[], warnings: WarningView[], };

export type EntranceUserView = { login: string, name: string, };

export type EntranceView = { state: 'none' | 'closed' | 'open', folder: string, practice: string, users: EntranceUserView[], keyring: boolean, zones: CountryZonesView[], session: SessionView | null, demonstration: boolean, };

export type EntryView = { sequence: number, at: string, user: string, workstation: string, command: string, subject: string, fields: string[], hash: string, };

export type FieldChangeView = { field: string, before: string, after: string, };

export type FileColumnView = { header: string, field: string, samples: string[], };

export type FileView = { name: string, media: string, base64: string, };

export type FindDuplicatesRequest = { fields: PatientFields, except: PatientId | null, };

export type FindSlotsRequest = { practitioners: PractitionerId[], type_id: TypeId, minutes: number | null, from: string, days: number, part: 'any' | 'morning' | 'afternoon' | 'evening', count: number, };

export type GrantClinicalRequest = { id: UserId, };

export type HistoryView = { steps: StepView[], };

export type HoursLine = { weekday: number, from: number, to: number, valid_from: string | null, valid_until: string | null, weeks: 'every' | 'odd' | 'even', };

export type HoursView = { id: HoursId, weekday: number, from: number, to: number, valid_from: string | null, valid_until: string | null, weeks: 'every' | 'odd' | 'even', };

export type ImportAgendaRequest = { name: string, base64: string, practitioner_id: PractitionerId, dry_run: boolean, };

export type ImportPatientsRequest = { file: string, mapping: string[], dry_run: boolean, };

export type ImportedView = { rows: number, created: number, updated: number, merged: number, rejected: number, warned: number, dry_run: boolean, notable: RowView[], report: string, };

export type JournalView = { entries: EntryView[], };

export type JudgePasswordRequest = { password: string, known: string[], };

export type ListJournalRequest = { subject: string | null, before: number | null, limit: number, };

export type MatchView = { id: PatientId, surname: string, first_name: string, birth_name: string, name_arabic: string, born: string, age: number | null, phone: string, last_seen: string | null, next: string | null, no_shows: number, deceased: boolean, };

export type MatchesView = { matches: MatchView[], more: boolean, };

export type MergePatientsRequest = { into: PatientId, from: PatientId, };

export type MinutesView = { from: number, to: number, };

export type MoveAppointmentRequest = { id: AppointmentId, revision: number | null, starts: string, practitioner_id: PractitionerId | null, minutes: number | null, overbook: boolean, };

export type MyDayView = { day: string, practitioner_id: PractitionerId, practitioner: string, now: string, appointments: AppointmentView[], waiting: WaitingView[], next: AppointmentId | null, done: number, to_come: number, };

export type NothingRequest = Record<string, never>;

export type OpenDemonstrationRequest = { language: 'fr' | 'ar' | 'en', };

export type OpeningView = { hours: HoursView[], absences: AbsenceView[], };

export type PasswordView = { accepted: boolean, score: number, form: string | null, weaknesses: string[], };

export type PatientAppointmentView = { id: AppointmentId, starts: string, practitioner: string, type: string, status: Status, };

export type PatientFields = { surname: string, birth_name: string, first_name: string, surname_arabic: string, first_name_arabic: string, sex: 'female' | 'male' | 'unknown', born: string, birth_place: string, nir: string, ins_status: 'none' | 'provisional' | 'retrieved' | 'validated' | 'qualified', cin: string, mobile: string, phone: string, email: string, address: string, postcode: string, city: string, language: string, insurer: string, treating_doctor: string, remarks: string, deceased_on: string, };

export type PatientRequest = { id: PatientId, };

export type PatientView = { id: PatientId, number: number, phone_shown: string, age: number | null, merged_into: PatientId | null, warnings: WarningView[], revision: number, appointments: PatientAppointmentView[], } & PatientFields;

export type PatientsFileView = { file: string, encoding: string, separator: string, rows: number, columns: FileColumnView[], fields: string[], };

export type PracticeView = { name: string, country: Country, sites: SiteView[], practitioners: PractitionerView[], types: TypeView[], lock_after_minutes: number, };

export type PractitionerRequest = { practitioner_id: PractitionerId, };

export type PractitionerView = { id: PractitionerId, name: string, speciality: string, rpps: string, inpe: string, site_id: SiteId, active: boolean, warnings: string[], };

export type PreferencesView = { language: 'fr' | 'ar' | 'en', theme: 'system' | 'light' | 'dark', density: 'compact' | 'normal' | 'comfortable', letters: boolean, columns: PractitionerId[], };

export type PreviewPatientsFileRequest = { name: string, base64: string, };

export type PrintDayListRequest = { day: string, practitioner_id: PractitionerId, language: 'fr' | 'ar' | 'en', };

export type PrintRecoverySheetRequest = { which: 'practice' | 'clinical', key: string, };

export type ProgressView = { done: number, total: number, running: boolean, };

export type RecoverAccessRequest = { login: string, recovery_key: string, clinical_recovery_key: string, new_password: string, };

export type RecoverClinicalRequest = { clinical_recovery_key: string, password: string, };

export type RekeyRequest = { password: string, };

export type RekeyedView = { recovery_key: string, };

export type RemoveAbsenceRequest = { id: AbsenceId, };

export type ResetPasswordRequest = { id: UserId, new_password: string, };

export type RestoreDrillRequest = { file: string | null, };

export type RowView = { line: number, outcome: string, reasons: string[], };

export type SaveDraftRequest = { kind: string, body: string, };

export type SavePractitionerRequest = { id: PractitionerId | null, name: string, speciality: string, rpps: string, inpe: string, site_id: SiteId | null, active: boolean, };

export type SaveSiteRequest = { id: SiteId | null, name: string, zone: string, address: string, postcode: string, city: string, phone: string, active: boolean, };

export type SaveTypeRequest = { id: TypeId | null, name: string, short_name: string, minutes: number, colour: Colour, active: boolean, };

export type SavedPatientView = { patient: PatientView, sequence: number, };

export type SavedView = { id: string, };

export type SearchPatientsRequest = { text: string, limit: number, };

export type SessionView = { user_id: UserId, login: string, name: string, administrator: boolean, role: Role, practitioner_id: PractitionerId | null, clinical_pending: boolean, permissions: Permission[], practice: string, country: Country, today: string, preferences: PreferencesView, lock_after_minutes: number, demonstration: boolean, };

export type SetBackupsRequest = { second_place: string, every_hours: number, keep: number, };

export type SetHoursRequest = { practitioner_id: PractitionerId, weekdays: number[], lines: HoursLine[], };

export type SetStatusRequest = { id: AppointmentId, status: Status, };

export type ShowDaysRequest = { from: string, days: number, practitioners: PractitionerId[], };

export type ShowMyDayRequest = { day: string, practitioner_id: PractitionerId | null, };

export type SignInRequest = { login: string, password: string, };

export type SiteView = { id: SiteId, name: string, zone: string, address: string, postcode: string, city: string, phone: string, active: boolean, };

export type SlotView = { practitioner_id: PractitionerId, practitioner: string, starts: string, minutes: number, };

export type SlotsView = { slots: SlotView[], };

export type StepView = { sequence: number, at: string, user: string, command: string, changes: FieldChangeView[], };

export type TypeView = { id: TypeId, name: string, short_name: string, minutes: number, colour: Colour, active: boolean, };

export type UndoRequest = { sequence: number | null, };

export type UndoneView = { command: string, subject: string, sequence: number, };

export type UpdateAppointmentRequest = { id: AppointmentId, patient_id: PatientId | null, type_id: TypeId, note: string, urgency: Urgency, };

export type UpdatePatientRequest = { id: PatientId, revision: number, fields: PatientFields, };

export type UpdatePracticeRequest = { name: string, lock_after_minutes: number, };

export type UpdateUserRequest = { id: UserId, name: string, administrator: boolean, };

export type UserView = { id: UserId, login: string, name: string, administrator: boolean, role: Role, practitioner_id: PractitionerId | null, state: 'active' | 'clinical_pending' | 'disabled', };

export type UsersView = { users: UserView[], rekey_offered: boolean, };

export type VerifiedView = { entries: number, ok: boolean, first_bad: number | null, fault: string | null, };

export type WaitingRoomView = { waiting: WaitingView[], };

export type WaitingView = { appointment: AppointmentView, waited: number, over: boolean, };

export type WarningView = { field: string, code: string, };

export interface Commands {
  read_entrance: { request: NothingRequest; view: EntranceView };
  judge_password: { request: JudgePasswordRequest; view: PasswordView };
  create_practice: { request: CreatePracticeRequest; view: CreatedView };
  open_demonstration: { request: OpenDemonstrationRequest; view: SessionView };
  sign_in: { request: SignInRequest; view: CreatedView };
  recover_access: { request: RecoverAccessRequest; view: CreatedView };
  print_recovery_sheet: { request: PrintRecoverySheetRequest; view: FileView };
  lock: { request: NothingRequest; view: DoneView };
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

export interface CommandError {
  code: string;
  field: string | null;
  parameters: Record<string, string>;
}
