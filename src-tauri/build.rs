//! Build script: tells Tauri the list of commands, and keeps our SQLCipher's symbols out of the dynamic table.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=src-tauri/commands/list.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        // WebKit and libsoup would otherwise bind to the `sqlite3_*` symbols of our SQLCipher.
        println!("cargo:rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
    #[cfg(feature = "desktop")]
    window();
}

#[cfg(feature = "desktop")]
fn window() {
    println!("cargo:rerun-if-changed=ui/dist");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    let list =
        std::fs::read_to_string("src-tauri/commands/list.rs").expect("the list of commands is part of the sources");
    // One line a command: `module::name(Request) -> View`.
    let names: Vec<&'static str> = list
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//") && line.contains(") -> "))
        .filter_map(|line| line.split_once("::")?.1.split_once('('))
        .map(|(name, _)| &*Box::leak(name.to_owned().into_boxed_str()))
        // The windows' own, outside the list: see src-tauri/desktop/files.rs and wall.rs.
        .chain(["save_file", "choose_folder", "choose_file", "open_wall_display", "close_wall_display"])
        .collect();
    let names: &'static [&'static str] = Box::leak(names.into_boxed_slice());
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/**/*.json")
        .app_manifest(tauri_build::AppManifest::new().commands(names));
    tauri_build::try_build(attributes).expect("tauri.conf.json and the capabilities are valid");
}
