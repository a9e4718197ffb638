//! One Tauri command for each command of the list: nothing but the way from the window's message to the command. Beside the
//! request a message may name the practice that is meant, by its vault; without it the current one is.

use std::sync::Arc;

use tauri::State;

use super::Door;
use super::files;
use super::wall;
use crate::commands::wire::{DoneView, FileView, NothingRequest};
use crate::commands::{
    CommandError, access, access::wire::*, agenda, agenda::typed_wire::*, agenda::wire::*, archive, archive::wire::*,
    attendance, attendance::wire::*, call, call::wire::*, consents, consents::wire::*, contact, contact::wire::*,
    disclosure, disclosure::wire::*, documents, documents::wire::*, drugs, drugs::wire::*, entrance, entrance::wire::*,
    erasure, erasure::wire::*, export, export::wire::*, history, history::wire::*, letterhead, letterhead::wire::*,
    list, messages, messages::wire::*, overview, overview::wire::*, patient, patient::wire::*, planning,
    planning::wire::*, portability, portability::wire::*, practice, practice::wire::*, practices, practices::wire::*,
    prescription, prescription::kept_wire::*, prescription::wire::*, privacy, privacy::wire::*, processor,
    processor::wire::*, publishing, publishing::wire::*, queue, queue::wire::*, record, record::summary_wire::*,
    record::text_wire::*, record::wire::*, registers, registers::breach_wire::*, registers::wire::*, requests,
    requests::wire::*, restriction, restriction::wire::*, results, results::wire::*, retention, retention::wire::*,
    safekeeping, safekeeping::wire::*, series, series::wire::*, statistics, statistics::wire::*, summary,
    summary::wire::*, sync, sync::wire::*, takeover, takeover::wire::*, waiting_list, waiting_list::wire::*,
};

macro_rules! adapters {
    (
        landing { $($l_module:ident::$l_name:ident($l_request:ty) -> $l_view:ty;)* }
        entrance { $($e_module:ident::$e_name:ident($e_request:ty) -> $e_view:ty;)* }
        desk { $($d_module:ident::$d_name:ident($d_request:ty) -> $d_view:ty;)* }
    ) => {
        $(
            #[tauri::command]
            async fn $l_name(state: State<'_, Door>, request: $l_request) -> Result<$l_view, CommandError> {
                let landing = Arc::clone(&state);
                $l_module::$l_name(&landing, request).await
            }
        )*
        $(
            #[tauri::command]
            async fn $e_name(
                state: State<'_, Door>,
                request: $e_request,
                practice: Option<String>,
            ) -> Result<$e_view, CommandError> {
                let door = state.door(practice.as_deref())?;
                $e_module::$e_name(&door, request).await
            }
        )*
        $(
            #[tauri::command]
            async fn $d_name(
                state: State<'_, Door>,
                request: $d_request,
                practice: Option<String>,
            ) -> Result<$d_view, CommandError> {
                let desk = state.desk(practice.as_deref())?;
                $d_module::$d_name(&desk, request).await
            }
        )*

        /// Answers the window.
        pub fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![
                $($l_name,)* $($e_name,)* $($d_name,)*
                files::save_file, files::choose_folder, files::choose_file,
                wall::open_wall_display, wall::close_wall_display
            ]
        }
    };
}
list::for_each_command!(adapters);
