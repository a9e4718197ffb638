//! Files without a name: what is written into one is nowhere to be found until it is named, and is gone with the process that
//! wrote it. Where the system or the file system cannot do that, there are none.

use std::fs::File;
use std::io;
use std::path::Path;

/// A file in a folder, without a name; none where the file system has no such thing.
#[cfg(target_os = "linux")]
#[must_use]
pub fn nameless_file(folder: &Path) -> Option<File> {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    openat(CWD, folder, flags, Mode::RUSR | Mode::WUSR).ok().map(File::from)
}

/// Gives such a file its name; what bears that name already stays.
///
/// # Errors
/// What the system refuses.
#[cfg(target_os = "linux")]
pub fn name_file(file: &File, target: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd as _;
    let itself = format!("/proc/self/fd/{}", file.as_raw_fd());
    Ok(linkat(CWD, itself.as_str(), CWD, target, AtFlags::SYMLINK_FOLLOW)?)
}

/// None here.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn nameless_file(_folder: &Path) -> Option<File> {
    None
}

/// None here.
///
/// # Errors
/// Always.
#[cfg(not(target_os = "linux"))]
pub fn name_file(_file: &File, _target: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
