//! What a window's processes hold, as the kernel counts it: the proportional set size of the program, its page's process
//! and its network's process.

use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

/// The processes that belong to a window of this home.
fn processes(home: &Path) -> Vec<u32> {
    let mark = [b"HOME=".as_slice(), home.as_os_str().as_bytes()].concat();
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_string_lossy().parse().ok())
        .filter(|process: &u32| {
            let program = fs::read_link(format!("/proc/{process}/exe")).unwrap_or_default();
            let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // The driver is no part of it.
            let counts = name == "semainier"
                || name == "empty_window"
                || (name.starts_with("WebKit") && name.ends_with("Process"));
            counts
                && fs::read(format!("/proc/{process}/environ"))
                    .is_ok_and(|all| all.split(|byte| *byte == 0).any(|one| one == mark))
        })
        .collect()
}

/// How many run.
pub fn running(home: &Path) -> usize {
    processes(home).len()
}

/// Their proportional set size, in MiB.
pub fn pss_mib(home: &Path) -> f64 {
    let kib: f64 = processes(home)
        .into_iter()
        .filter_map(|process| fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok())
        .filter_map(|text| {
            text.lines().find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse::<f64>().ok())
        })
        .sum();
    kib / 1024.0
}
