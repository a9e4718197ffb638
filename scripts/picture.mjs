// Opens the app through WebKitWebDriver, chooses the demonstration practice and saves a picture of its day.
// Usage: node scripts/picture.mjs PROGRAM PICTURE LANGUAGE WIDTH HEIGHT
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const [program, picture, language, width, height] = process.argv.slice(2);
const PATIENCE = 180_000;
const NAMES = { fr: "Français", ar: "العربية", en: "English" };

const port = await new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
  // The driver takes no picture of a page that is drawn without the compositor.
  env: { ...process.env, TAURI_WEBVIEW_AUTOMATION: "true", WEBKIT_DISABLE_COMPOSITING_MODE: "0" },
  stdio: "ignore",
});

async function ask(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(value?.message ?? answer.statusText);
  return value;
}

async function until(what, ask) {
  const end = Date.now() + PATIENCE;
  let last = null;
  while (Date.now() < end) {
    const value = await ask().catch((error) => void (last = error));
    if (value) return value;
    await pause(50);
  }
  throw new Error(`waited in vain for ${what}${last ? `: ${last.message}` : ""}`);
}

let session = null;
try {
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary: program, args: [] } } };
  session = (await until("the window", () => ask("POST", "/session", { capabilities }))).sessionId;
  const page = (script, ...args) => ask("POST", `/session/${session}/execute/sync`, { script, args });
  const click = `const it = [...document.querySelectorAll("button, [role=radio], label")].filter((it) => it.getClientRects().length)
    .find((it) => it.innerText.includes(arguments[0])); it?.click(); return Boolean(it);`;
  await ask("POST", `/session/${session}/window/rect`, { width: Number(width), height: Number(height) });
  await until("the language", () => page(click, NAMES[language]));
  // The second way in on the first screen, in any language.
  await until("the demonstration", () =>
    page(`const ways = [...document.querySelectorAll("main button, button")].filter((it) => it.querySelector("svg") && it.innerText.trim().length > 30);
      ways.at(-1)?.click(); return ways.length > 1;`));
  await until("the agenda", () => page(`return document.querySelectorAll("[role=grid] [role=row]").length >= 4`));
  // Today may be a Sunday: on to the next day with appointments.
  const full = () => page(`return document.querySelectorAll("[role=grid] [role=gridcell]").length > 20`);
  let ahead = 0;
  for (let looks = 0; !(await full()); looks++) {
    await pause(100);
    if (looks % 20 !== 19) continue;
    if (++ahead > 7) throw new Error("no day of the demonstration has appointments");
    await page(`const grid = document.querySelector("[role=grid]"); grid.focus();
      grid.dispatchEvent(new KeyboardEvent("keydown", { key: "PageDown", code: "PageDown", bubbles: true, cancelable: true }));`);
  }
  console.log(ahead);
  await until("the fonts", () => page(`return document.fonts.status === "loaded"`));
  await pause(500);
  writeFileSync(picture, Buffer.from(await ask("GET", `/session/${session}/screenshot`), "base64"));
} finally {
  if (session) await ask("DELETE", `/session/${session}`).catch(() => undefined);
  driver.kill();
}
