//! Which door? Without an argument the window opens; with any, the command line answers.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(feature = "desktop")]
    if std::env::args_os().len() == 1 {
        return semainier_app::desktop::run();
    }
    semainier_app::cli::main()
}
