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
                safekeeping::find_backups(NothingRequest) -> FoundBackupsView;
                safekeeping::inspect_backup(InspectBackupRequest) -> BackupContentView;
                safekeeping::restore_backup(RestoreBackupRequest) -> RestoredView;
                safekeeping::show_restore_progress(NothingRequest) -> RestoreProgressView;
                safekeeping::cancel_restore(NothingRequest) -> DoneView;
            }
            desk {
                access::list_users(NothingRequest) -> UsersView;
                access::add_user(AddUserRequest) -> UserView;
                access::update_user(UpdateUserRequest) -> UserView;
                access::disable_user(DisableUserRequest) -> UserView;
                access::reset_password(ResetPasswordRequest) -> UserView;
                access::change_password(ChangePasswordRequest) -> DoneView;
                access::show_grant_code(GrantCodeRequest) -> GrantCodeView;
                access::show_own_grant_code(NothingRequest) -> GrantCodeView;
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
                practice::save_resource_kind(SaveResourceKindRequest) -> SavedView;
                practice::save_resource(SaveResourceRequest) -> SavedView;
                letterhead::show_letterhead(PractitionerRequest) -> LetterheadView;
                letterhead::save_letterhead(LetterheadRequest) -> DoneView;
                letterhead::preview_letterhead(LetterheadRequest) -> FileView;
                planning::show_planning(PractitionerRequest) -> PlanningView;
                planning::add_opening(AddOpeningRequest) -> PlannedView;
                planning::remove_opening(RemoveOpeningRequest) -> DoneView;
                planning::save_block(SaveBlockRequest) -> PlannedView;
                planning::remove_block(RemoveBlockRequest) -> DoneView;
                planning::save_locum(SaveLocumRequest) -> PlannedView;
                planning::remove_locum(RemoveLocumRequest) -> DoneView;
                planning::list_holidays(ListHolidaysRequest) -> HolidaysView;
                planning::set_holiday(SetHolidayRequest) -> PlannedView;
                planning::move_holiday(MoveHolidayRequest) -> PlannedView;
                planning::set_holiday_region(SetHolidayRegionRequest) -> DoneView;
                planning::save_school_holiday(SaveSchoolHolidayRequest) -> PlannedView;
                planning::remove_school_holiday(RemoveSchoolHolidayRequest) -> DoneView;
                patient::search_patients(SearchPatientsRequest) -> MatchesView;
                patient::show_patient(PatientRequest) -> PatientView;
                patient::create_patient(CreatePatientRequest) -> SavedPatientView;
                patient::update_patient(UpdatePatientRequest) -> SavedPatientView;
                patient::find_duplicates(FindDuplicatesRequest) -> DuplicatesView;
                patient::merge_patients(MergePatientsRequest) -> SavedPatientView;
                patient::patient_history(PatientRequest) -> HistoryView;
                contact::list_contacts(PatientRequest) -> ContactsView;
                contact::save_contact(SaveContactRequest) -> SavedContactView;
                contact::remove_contact(ContactRequest) -> DoneView;
                contact::give_consent(GiveConsentRequest) -> DoneView;
                contact::withdraw_consent(WithdrawConsentRequest) -> DoneView;
                call::list_calls(ListCallsRequest) -> CallsView;
                call::count_calls(NothingRequest) -> CallCountsView;
                call::note_call(NoteCallRequest) -> ChangedCallView;
                call::read_call(CallRequest) -> ChangedCallView;
                call::answer_call(AnswerCallRequest) -> ChangedCallView;
                call::close_call(CallRequest) -> ChangedCallView;
                agenda::read_box(ReadBoxRequest) -> BoxView;
                agenda::show_days(ShowDaysRequest) -> DaysView;
                agenda::show_appointment(AppointmentRequest) -> AppointmentDetailView;
                agenda::book_appointment(BookAppointmentRequest) -> ChangedAppointmentView;
                agenda::book_walk_in(BookWalkInRequest) -> ChangedAppointmentView;
                agenda::move_appointment(MoveAppointmentRequest) -> ChangedAppointmentView;
                agenda::update_appointment(UpdateAppointmentRequest) -> ChangedAppointmentView;
                agenda::set_status(SetStatusRequest) -> ChangedAppointmentView;
                agenda::cancel_appointment(CancelAppointmentRequest) -> ChangedAppointmentView;
                agenda::propose_rebooking(ProposeRebookingRequest) -> RebookingView;
                agenda::rebook_appointments(RebookAppointmentsRequest) -> RebookedView;
                agenda::find_slots(FindSlotsRequest) -> SlotsView;
                agenda::show_my_day(ShowMyDayRequest) -> MyDayView;
                agenda::print_day_list(PrintDayListRequest) -> FileView;
                series::preview_series(SeriesPlan) -> SeriesPreviewView;
                series::book_series(BookSeriesRequest) -> ChangedSeriesView;
                series::show_series(SeriesRequest) -> SeriesView;
                series::preview_series_change(SeriesChange) -> SeriesPreviewView;
                series::change_series(ChangeSeriesRequest) -> ChangedSeriesView;
                series::cancel_series(CancelSeriesRequest) -> ChangedSeriesView;
                series::find_rows(FindRowsRequest) -> RowsView;
                series::book_row(BookRowRequest) -> ChangedSeriesView;
                waiting_list::list_waiting(ListWaitingRequest) -> WaitingListView;
                waiting_list::add_to_waiting_list(AddToWaitingListRequest) -> ChangedWaitingEntryView;
                waiting_list::update_waiting_entry(UpdateWaitingEntryRequest) -> ChangedWaitingEntryView;
                waiting_list::remove_from_waiting_list(WaitingEntryRequest) -> ChangedWaitingEntryView;
                waiting_list::find_waiting(FindWaitingRequest) -> FittingView;
                waiting_list::record_offer(RecordOfferRequest) -> OfferedView;
                attendance::show_attendance_rule(NothingRequest) -> AttendanceRuleView;
                attendance::save_attendance_rule(AttendanceRuleView) -> DoneView;
                practices::show_counts(ShowCountsRequest) -> CountsView;
                queue::show_waiting_room(NothingRequest) -> WaitingRoomView;
                queue::set_waiting_room(SetWaitingRoomRequest) -> DoneView;
                queue::call_next(CallNextRequest) -> ChangedAppointmentView;
                queue::place_in_queue(PlaceInQueueRequest) -> DoneView;
                queue::show_wall_display(NothingRequest) -> WallDisplayView;
                overview::show_month(ShowMonthRequest) -> MonthView;
                overview::list_appointments(ListAppointmentsRequest) -> AppointmentsView;
                overview::search_agenda(SearchAgendaRequest) -> FoundAppointmentsView;
                overview::show_changes(ShowChangesRequest) -> ChangesView;
                overview::show_board(NothingRequest) -> BoardView;
                overview::pin_appointment(PinRequest) -> BoardView;
                overview::unpin_appointment(PinRequest) -> BoardView;
                overview::print_week(PrintWeekRequest) -> FileView;
                overview::print_list(PrintListRequest) -> FileView;
                history::list_journal(ListJournalRequest) -> JournalView;
                history::verify_journal(NothingRequest) -> VerifiedView;
                history::undo(UndoRequest) -> UndoneView;
                takeover::preview_patients_file(PreviewPatientsFileRequest) -> PatientsFileView;
                takeover::import_patients(ImportPatientsRequest) -> ImportedView;
                takeover::import_agenda(ImportAgendaRequest) -> ImportedView;
                takeover::show_progress(NothingRequest) -> ProgressView;
                takeover::cancel_import(NothingRequest) -> DoneView;
                export::export_agenda(ExportAgendaRequest) -> FileView;
                export::export_patients(ExportPatientsRequest) -> FileView;
                drugs::import_drugs(ImportDrugsRequest) -> ImportedDrugsView;
                drugs::import_interactions(ImportInteractionsRequest) -> ImportedInteractionsView;
                drugs::show_drug_editions(NothingRequest) -> DrugEditionsView;
                drugs::search_drugs(SearchDrugsRequest) -> FoundDrugsView;
                drugs::show_drug(DrugRequest) -> DrugView;
                drugs::check_drugs(CheckDrugsRequest) -> CheckedDrugsView;
                drugs::show_mapping(NothingRequest) -> MappingView;
                record::open_record(OpenRecordRequest) -> RecordView;
                record::write_entry(WriteEntryRequest) -> RecordEntryView;
                record::correct_entry(CorrectEntryRequest) -> RecordEntryView;
                record::strike_entry(StrikeEntryRequest) -> RecordEntryView;
                record::show_entry_versions(EntryRequest) -> EntryVersionsView;
                publishing::list_publishing(NothingRequest) -> PublishingsView;
                publishing::set_publishing(SetPublishingRequest) -> DoneView;
                publishing::publish_agenda(PublishAgendaRequest) -> PublishedView;
                publishing::withdraw_agenda(PublishAgendaRequest) -> PublishedView;
                statistics::show_statistics(ShowStatisticsRequest) -> StatisticsView;
                statistics::export_statistics(ExportStatisticsRequest) -> FileView;
                safekeeping::list_backups(NothingRequest) -> BackupsView;
                safekeeping::set_backups(SetBackupsRequest) -> DoneView;
                safekeeping::back_up(BackUpRequest) -> BackedUpView;
                safekeeping::restore_drill(RestoreDrillRequest) -> DrillView;
            }
        }
    };
}
pub(crate) use for_each_command;
