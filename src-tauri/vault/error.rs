//! What can go wrong in the vault, one enum per kind of work. No variant carries a key, a password, a login or text from a
//! file: an error may be logged.

use std::io;

/// Why `vault.json` was not read, changed or written, or why nobody was let in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The folder holds no `vault.json`.
    #[error("there is no vault in this folder: choose the practice's folder, or create a vault")]
    Missing,
    /// A vault is already there; nothing was written.
    #[error("this folder holds a vault already: open it, or choose an empty folder")]
    AlreadyThere,
    /// Written by a newer version of the program.
    #[error("the vault has format {found}, this version knows {known} and older: install the newer version")]
    NewerFormat {
        /// The format that the file names.
        found: u32,
        /// The newest format known here.
        known: u32,
    },
    /// Not a `vault.json`: cut off, overwritten, edited.
    #[error(
        "vault.json is damaged ({what}): put back the copy from the newest backup; the data themselves are untouched"
    )]
    Damaged {
        /// Which part, in a word or two.
        what: &'static str,
    },
    /// Well formed, but changed outside the program: its seal does not fit.
    #[error(
        "vault.json was changed outside the program: put back the copy from a backup, or recover with the recovery key"
    )]
    Tampered,
    /// Another window or process wrote the file since it was loaded; load it and do it again.
    #[error("the vault was changed by another window meanwhile: try again")]
    ChangedMeanwhile,
    /// The folder or file may not be written.
    #[error("the vault's folder cannot be written: check the permissions of the folder and of the disk")]
    NotWritable,
    /// The disk is full.
    #[error("the disk is full: free some space and try again; nothing was changed")]
    NoSpace,
    /// Any other failure of the file system.
    #[error("the vault's file could not be read or written ({0})")]
    Io(io::ErrorKind),
    /// Unknown login, wrong password, or a wrap that was tampered with: which of them cannot be told.
    #[error("the user name or the password is wrong")]
    WrongCredentials,
    /// The user has no keys for this machine and OS account: enrol by the recovery key or an administrator.
    #[error("this user is not enrolled on this computer account: use the recovery key, or ask an administrator")]
    NotEnrolledHere,
    /// The keyring works but does not hold this vault's secret (another one, or none).
    #[error("this computer account lost the vault's secret: use the recovery key, or ask an administrator")]
    DeviceSecretMissing,
    /// The keyring is needed and cannot be used.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The recovery key is well formed and does not open this vault.
    #[error("this recovery key does not open this vault")]
    WrongRecoveryKey,
    /// The database key or session given does not belong to this vault as it is now.
    #[error("this session no longer holds the vault's key: sign in again")]
    WrongKey,
    /// No such user in the file.
    #[error("there is no such user in the vault")]
    UnknownUser,
    /// The login (compared without case) or the id is in use.
    #[error("this user name is taken")]
    LoginTaken,
    /// A login without a visible character.
    #[error("a user name is needed")]
    EmptyLogin,
    /// A password without a character.
    #[error("a password is needed")]
    EmptyPassword,
    /// The last user cannot be removed; only the recovery key would open the vault.
    #[error("the last user cannot be removed")]
    LastUser,
    /// The clinical key was about to go to another key than the one whose code was compared.
    #[error("the grant code differs")]
    OtherGrantCode,
    /// The vault has its clinical key pair already.
    #[error("the clinical key exists already: another practitioner or the clinical recovery key grants it")]
    ClinicalKeyExists,
    /// The session holds no clinical private key, or the vault has none yet.
    #[error("the clinical key is needed for this")]
    NoClinicalKey,
    /// A change of the database key was begun and not finished.
    #[error("a change of the vault's key is not finished: finish it first")]
    RekeyUnfinished,
    /// Argon2 costs under the floor or absurdly high.
    #[error("the vault asks for password costs that are not accepted: put back vault.json from a backup")]
    CostsRefused,
    /// Argon2's memory is not to be had.
    #[error("not enough memory to check the password: close other programs")]
    NoMemory,
    /// The operating system gives no random bytes.
    #[error("the operating system gives no random numbers")]
    NoRandomness,
}

/// Why a value was not sealed or not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Wrong key, wrong place, or changed bytes: which of them cannot be told.
    #[error("sealed data was refused: it was changed, moved, or sealed with another key")]
    Refused,
    /// Shorter than any sealed value, or cut off.
    #[error("sealed data is cut off")]
    Truncated,
    /// Sealed by a newer version, or not a sealed value.
    #[error("sealed data has an unknown format")]
    UnknownFormat,
    /// The value was sealed with another key than the one the context names.
    #[error("sealed data names another key")]
    OtherKey,
    /// A key had not its 32 bytes.
    #[error("a key has the wrong length")]
    KeyLength,
    /// More than one sealed value may hold.
    #[error("too long to be sealed")]
    TooLong,
    /// The operating system gives no random bytes.
    #[error("the operating system gives no random numbers")]
    NoRandomness,
    /// Reading or writing a document failed.
    #[error("a document could not be read or written ({0})")]
    Io(io::ErrorKind),
    /// The document's bytes are not those that its name promises.
    #[error("a document's content does not match its name")]
    OtherDocument,
}

/// Why the operating system's keyring did not serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// This computer has none (no session bus, no service).
    #[error("this computer has no keyring")]
    NoKeyring,
    /// There is one; it is locked, or the user did not unlock it in time.
    #[error("the computer's keyring is locked: unlock it and try again")]
    Locked,
    /// Anything else; the text names the kind of failure, never content.
    #[error("the computer's keyring failed ({0})")]
    Other(&'static str),
}

/// What is wrong with a typed recovery key. Groups count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryKeyError {
    /// Too few or too many characters.
    #[error("a recovery key has {expected} characters, {found} were typed")]
    Length {
        /// Characters of a whole key.
        expected: usize,
        /// Characters typed, blanks and dashes apart.
        found: usize,
    },
    /// A character that no recovery key contains.
    #[error("group {group} contains a character that no recovery key has")]
    Character {
        /// The group it stands in.
        group: usize,
    },
    /// The group's check character does not fit: a typo in it, or groups out of order.
    #[error("group {group} is mistyped")]
    Group {
        /// The first group that does not fit.
        group: usize,
    },
    /// A flawless key of the other kind.
    #[error("this is the other recovery key")]
    OtherKind,
}

impl From<getrandom::Error> for VaultError {
    fn from(_: getrandom::Error) -> Self {
        VaultError::NoRandomness
    }
}

impl From<getrandom::Error> for SealError {
    fn from(_: getrandom::Error) -> Self {
        SealError::NoRandomness
    }
}

impl From<io::Error> for SealError {
    fn from(e: io::Error) -> Self {
        SealError::Io(e.kind())
    }
}

impl From<io::Error> for VaultError {
    fn from(e: io::Error) -> Self {
        match e.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => VaultError::NotWritable,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => VaultError::NoSpace,
            kind => VaultError::Io(kind),
        }
    }
}
