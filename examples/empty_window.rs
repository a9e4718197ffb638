//! An empty Tauri window: the yardstick by which `make bench` measures how soon ours is there and what it holds.

const PAGE: &[u8] = b"<!doctype html><title>Empty</title><p id=painted>Empty";

fn main() {
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| tauri::http::Response::new(PAGE))
        .setup(|app| {
            let page = tauri::WebviewUrl::CustomProtocol("empty://localhost/".parse()?);
            tauri::WebviewWindowBuilder::new(app, "main", page).inner_size(1280.0, 800.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("there is a display");
}
