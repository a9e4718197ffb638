//! One Tauri command for each command of the list: nothing but the way from the window's message to the command.

use std::sync::Arc;

use tauri::State;

use super::Door;
use super::files;
use crate::commands::wire::{DoneView, FileView, NothingRequest};
use crate::commands::{
    CommandError, access, access::wire::*, agenda, agenda::wire::*, attendance, attendance::wire::*, entrance,
    entrance::wire::*, history, history::wire::*, list, patient, patient::wire::*, practice, practice::wire::*,
    safekeeping, safekeeping::wire::*, series, series::wire::*, takeover, takeover::wire::*, waiting_list,
    waiting_list::wire::*,
};

macro_rules! adapters {
    (
        entrance { $($e_module:ident::$e_name:ident($e_request:ty) -> $e_view:ty;)* }
        desk { $($d_module:ident::$d_name:ident($d_request:ty) -> $d_view:ty;)* }
    ) => {
        $(
            #[tauri::command]
            async fn $e_name(state: State<'_, Door>, request: $e_request) -> Result<$e_view, CommandError> {
                let door = Arc::clone(&state);
                $e_module::$e_name(&door, request).await
            }
        )*
        $(
            #[tauri::command]
            async fn $d_name(state: State<'_, Door>, request: $d_request) -> Result<$d_view, CommandError> {
                let desk = state.desk()?;
                $d_module::$d_name(&desk, request).await
            }
        )*

        /// Answers the window.
        pub fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($e_name,)* $($d_name,)* files::save_file]
        }
    };
}
list::for_each_command!(adapters);
