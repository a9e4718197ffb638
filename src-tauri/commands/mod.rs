//! Commands: everything the program does, from the window and from the command line alike.
//!
//! A command is a plain `async fn(&Desk, Request) -> Result<View, CommandError>`; the few that run before anybody has
//! signed in take the [`Doorstep`](entrance::Doorstep). A command asks the [`Desk`](desk::Desk) for a connection and
//! names the permission it needs: there is no other way to the store, so none can forget it. A change and its journal
//! entry share one transaction; what happened is announced after the commit.
//!
//! Not here: rules (room `domain`), SQL (room `store`), windows and arguments (rooms `desktop` and `cli`).

pub mod access;
pub mod agenda;
pub mod archive;
pub mod attendance;
pub mod call;
pub mod clock;
pub mod consents;
pub mod contact;
pub mod desk;
pub mod disclosure;
pub mod documents;
pub mod drugs;
pub mod entrance;
pub mod erasure;
pub mod error;
pub mod export;
pub mod history;
pub mod letterhead;
pub mod list;
pub mod messages;
mod outward;
pub mod overview;
pub mod patient;
pub mod planning;
pub mod portability;
pub mod practice;
pub mod practices;
pub mod prescription;
pub mod privacy;
pub mod processor;
pub mod publishing;
pub mod queue;
pub mod record;
pub mod registers;
pub mod requests;
pub mod restriction;
pub mod results;
pub mod retention;
pub mod safekeeping;
pub mod series;
pub mod statistics;
pub mod summary;
pub mod sync;
pub mod takeover;
pub mod types;
pub mod waiting_list;
pub mod watch;
pub mod wire;
pub mod words;

pub use desk::Desk;
pub use entrance::Doorstep;
pub use error::CommandError;
pub use practices::Landing;

use wire::{DoneView, FileView, NothingRequest};
use {
    access::wire::*, agenda::typed_wire::*, agenda::wire::*, archive::wire::*, attendance::wire::*, call::wire::*,
    consents::wire::*, contact::wire::*, disclosure::wire::*, documents::wire::*, drugs::wire::*, entrance::wire::*,
    erasure::wire::*, export::wire::*, history::wire::*, letterhead::wire::*, messages::wire::*, overview::wire::*,
    patient::wire::*, planning::wire::*, portability::wire::*, practice::wire::*, practices::wire::*,
    prescription::kept_wire::*, prescription::wire::*, privacy::wire::*, processor::wire::*, publishing::wire::*,
    queue::wire::*, record::summary_wire::*, record::text_wire::*, record::wire::*, registers::breach_wire::*,
    registers::wire::*, requests::wire::*, restriction::wire::*, results::wire::*, retention::wire::*,
    safekeeping::wire::*, series::wire::*, statistics::wire::*, summary::wire::*, sync::wire::*, takeover::wire::*,
    waiting_list::wire::*,
};

macro_rules! dispatcher {
    (
        landing { $($l_module:ident::$l_name:ident($l_request:ty) -> $l_view:ty;)* }
        entrance { $($e_module:ident::$e_name:ident($e_request:ty) -> $e_view:ty;)* }
        desk { $($d_module:ident::$d_name:ident($d_request:ty) -> $d_view:ty;)* }
    ) => {
        /// Names of the commands that need nobody signed in.
        pub const ENTRANCE: &[&str] = &[$(stringify!($l_name),)* $(stringify!($e_name)),*];
        /// Names of the commands that run at a desk.
        pub const DESK: &[&str] = &[$(stringify!($d_name)),*];

        /// Runs a desk command by name on JSON, for programs.
        ///
        /// # Errors
        /// The command's own refusal; `unknown_command`, or `bad_request` where the JSON is not the request's.
        pub async fn dispatch(desk: &Desk, name: &str, request: serde_json::Value)
            -> Result<serde_json::Value, CommandError>
        {
            match name {
                $(stringify!($d_name) => {
                    let request: $d_request = serde_json::from_value(request)
                        .map_err(|_| CommandError::new("bad_request"))?;
                    // On the heap: the way through is as deep as its largest command otherwise.
                    let view: $d_view = Box::pin($d_module::$d_name(desk, request)).await?;
                    serde_json::to_value(view).map_err(|_| CommandError::new("bad_request"))
                })*
                _ => Err(CommandError::new("unknown_command").with("name", name)),
            }
        }

        /// Each command's request and view, for the TypeScript map.
        fn command_types(into: &mut types::Collector) {
            $(into.command::<$l_request, $l_view>(stringify!($l_name));)*
            $(into.command::<$e_request, $e_view>(stringify!($e_name));)*
            $(into.command::<$d_request, $d_view>(stringify!($d_name));)*
        }
    };
}
list::for_each_command!(dispatcher);

/// The TypeScript twin of every request and view: the text of `ui/src/backend/generated.ts`.
#[must_use]
pub fn typescript() -> String {
    let mut collector = types::Collector::default();
    command_types(&mut collector);
    collector.finish()
}
