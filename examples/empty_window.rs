//! An empty Tauri window: the yardstick by which `make bench` measures how soon ours is there and what it holds.

/// Marks on its own time line when its one line has been painted, as our pages do.
const PAGE: &[u8] = b"<!doctype html><title>Empty</title><p>Empty<script>
requestAnimationFrame(() => setTimeout(() => performance.mark('painted')))</script>";

fn main() {
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            let page = tauri::http::Response::builder().header("Content-Type", "text/html");
            page.body(PAGE).expect("a header and a body make a response")
        })
        .setup(|app| {
            let page = tauri::WebviewUrl::CustomProtocol("empty://localhost/".parse()?);
            tauri::WebviewWindowBuilder::new(app, "main", page).inner_size(1280.0, 800.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("there is a display");
}
