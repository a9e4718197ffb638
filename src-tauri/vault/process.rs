//! What keeps keys in memory out of files: no core dumps.
//!
//! Not here: locking pages against swap; a practice's disk encryption answers for that, and the limit on locked memory is
//! often smaller than Argon2's memory.

/// Forbids core dumps of this process and its children; call it first thing in `main`. A refusal by the operating system is
/// reported; nothing else has changed then.
///
/// On Linux the limit is one byte, not zero: a file of that size is never written either, and only at exactly one does
/// the kernel also refuse to pipe the dump to a crash reporter, which a limit of zero does not stop.
#[cfg(unix)]
pub fn harden_process() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let bytes = if cfg!(target_os = "linux") { 1 } else { 0 };
    setrlimit(Resource::Core, Rlimit { current: Some(bytes), maximum: Some(bytes) })?;
    Ok(())
}

/// Nothing to forbid: Windows writes no dump of a program unless told to.
#[cfg(not(unix))]
pub fn harden_process() -> std::io::Result<()> {
    Ok(())
}
