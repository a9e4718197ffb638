//! This computer: where its vault is, what it is called, whose account it is. The window and the command line ask here,
//! so that both stand for the same account in the vault.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use super::doorstep::{Surroundings, demonstration_folder, standard_folder};
use crate::commands::clock::SystemClock;
use crate::vault::{Costs, OsKeyring};

/// Names the folder of the vault where no argument does.
pub const VAULT_VARIABLE: &str = "SEMAINIER_VAULT";

/// This computer and account, with the vault in `folder`, else where [`VAULT_VARIABLE`] says, else in the standard place.
#[must_use]
pub fn surroundings(folder: Option<PathBuf>) -> Surroundings {
    let folder = folder
        .or_else(|| env::var_os(VAULT_VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from))
        .unwrap_or_else(standard_folder);
    let workstation = whoami::hostname().unwrap_or_else(|_| "localhost".to_owned());
    let account = whoami::username().unwrap_or_else(|_| "user".to_owned());
    Surroundings {
        demonstration: demonstration_folder(&folder),
        folder,
        clock: Arc::new(SystemClock),
        keyring: Arc::new(OsKeyring),
        os_account: account_mark(&workstation, &account),
        workstation,
        costs: Costs::STANDARD,
    }
}

/// A mark that tells accounts apart and stays the same forever, since the vault keeps it: FNV-1a, 64 bits. No secret: it
/// only spares `vault.json` the names of computers and people.
#[must_use]
pub fn account_mark(workstation: &str, account: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in workstation.bytes().chain([0]).chain(account.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accounts_mark_never_changes() {
        assert_eq!(account_mark("reception", "salma"), MARK_OF_FORMAT_1);
        assert_ne!(account_mark("reception", "salma"), account_mark("receptions", "alma"));
    }

    /// Vaults in use hold marks made this way.
    const MARK_OF_FORMAT_1: &str = "a0f3441bf1e7c500";
}
