//! THE list of commands. The window's adapters, the command line's door for programs, the TypeScript map and the
//! window's permissions are all made from it; `build.rs` reads this very text, one line a command:
//! `module::name(Request) -> View`.
//!
//! The first part is of the landing with all its practices; the second needs nobody signed in; the third runs at a
//! [`Desk`](super::desk::Desk).

/// Calls `$callback!` with the whole list.
macro_rules! for_each_command {
    ($callback:ident) => {
        $callback! {
            landing {
                practices::list_practices(NothingRequest) -> PracticesView;
                practices::add_practice(AddPracticeRequest) -> PracticesView;
                practices::open_practice(OpenPracticeRequest) -> CreatedView;
                practices::switch_practice(KnownPracticeRequest) -> EntranceView;
                practices::close_practice(KnownPracticeRequest) -> PracticesView;
                practices::forget_practice(KnownPracticeRequest) -> PracticesView;
                practices::export_counts(ExportCountsRequest) -> FileView;
                practices::lock(NothingRequest) -> DoneView;
            }
            entrance {
                entrance::read_entrance(NothingRequest) -> EntranceView;
                entrance::judge_password(JudgePasswordRequest) -> PasswordView;
                entrance::create_practice(CreatePracticeRequest) -> CreatedView;
                entrance::open_demonstration(OpenDemonstrationRequest) -> SessionView;
                entrance::sign_in(SignInRequest) -> CreatedView;
                entrance::recover_access(RecoverAccessRequest) -> CreatedView;
                entrance::print_recovery_sheet(PrintRecoverySheetRequest) -> FileView;
            }
            desk {
                access::list_users(NothingRequest) -> UsersView;
                access::add_user(AddUserRequest) -> UserView;
                access::update_user(UpdateUserRequest) -> UserView;
                access::disable_user(DisableUserRequest) -> UserView;
                access::reset_password(ResetPasswordRequest) -> UserView;
                access::change_password(ChangePasswordRequest) -> DoneView;
                access::grant_clinical(GrantClinicalRequest) -> UserView;
                access::recover_clinical(RecoverClinicalRequest) -> DoneView;
                access::rekey(RekeyRequest) -> RekeyedView;
                access::list_connections(NothingRequest) -> ConnectionsView;
                access::save_preferences(PreferencesView) -> DoneView;
                access::list_drafts(NothingRequest) -> DraftsView;
                access::save_draft(SaveDraftRequest) -> DoneView;
                practice::show_practice(NothingRequest) -> PracticeView;
                practice::update_practice(UpdatePracticeRequest) -> DoneView;
                practice::save_site(SaveSiteRequest) -> SavedView;
                practice::save_practitioner(SavePractitionerRequest) -> SavedView;
                practice::save_type(SaveTypeRequest) -> SavedView;
                practice::show_opening(PractitionerRequest) -> OpeningView;
                practice::set_hours(SetHoursRequest) -> SavedView;
                practice::add_absence(AddAbsenceRequest) -> SavedView;
                practice::remove_absence(RemoveAbsenceRequest) -> DoneView;
                patient::search_patients(SearchPatientsRequest) -> MatchesView;
                patient::show_patient(PatientRequest) -> PatientView;
                patient::create_patient(CreatePatientRequest) -> SavedPatientView;
                patient::update_patient(UpdatePatientRequest) -> SavedPatientView;
                patient::find_duplicates(FindDuplicatesRequest) -> DuplicatesView;
                patient::merge_patients(MergePatientsRequest) -> SavedPatientView;
                patient::patient_history(PatientRequest) -> HistoryView;
                agenda::show_days(ShowDaysRequest) -> DaysView;
                agenda::show_appointment(AppointmentRequest) -> AppointmentDetailView;
                agenda::book_appointment(BookAppointmentRequest) -> ChangedAppointmentView;
                agenda::book_walk_in(BookWalkInRequest) -> ChangedAppointmentView;
                agenda::move_appointment(MoveAppointmentRequest) -> ChangedAppointmentView;
                agenda::update_appointment(UpdateAppointmentRequest) -> ChangedAppointmentView;
                agenda::set_status(SetStatusRequest) -> ChangedAppointmentView;
                agenda::cancel_appointment(CancelAppointmentRequest) -> ChangedAppointmentView;
                agenda::find_slots(FindSlotsRequest) -> SlotsView;
                agenda::show_my_day(ShowMyDayRequest) -> MyDayView;
                agenda::show_waiting_room(NothingRequest) -> WaitingRoomView;
                agenda::print_day_list(PrintDayListRequest) -> FileView;
                practices::show_counts(ShowCountsRequest) -> CountsView;
                history::list_journal(ListJournalRequest) -> JournalView;
                history::verify_journal(NothingRequest) -> VerifiedView;
                history::undo(UndoRequest) -> UndoneView;
                takeover::preview_patients_file(PreviewPatientsFileRequest) -> PatientsFileView;
                takeover::import_patients(ImportPatientsRequest) -> ImportedView;
                takeover::import_agenda(ImportAgendaRequest) -> ImportedView;
                takeover::show_progress(NothingRequest) -> ProgressView;
                takeover::cancel_import(NothingRequest) -> DoneView;
                safekeeping::list_backups(NothingRequest) -> BackupsView;
                safekeeping::set_backups(SetBackupsRequest) -> DoneView;
                safekeeping::back_up(BackUpRequest) -> BackedUpView;
                safekeeping::restore_drill(RestoreDrillRequest) -> DrillView;
            }
        }
    };
}
pub(crate) use for_each_command;
