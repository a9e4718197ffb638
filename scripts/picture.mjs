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
  env: { ...process.env, TAURI_WEBVIEW_AUTOMATION: "true" },
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
  await until("the day", () => page(`return document.querySelectorAll("[role=grid] [role=gridcell]").length > 20`));
  await until("the fonts", () => page(`return document.fonts.status === "loaded"`));
  await pause(500);
  writeFileSync(picture, Buffer.from(await ask("GET", `/session/${session}/screenshot`), "base64"));
} finally {
  if (session) await ask("DELETE", `/session/${session}`).catch(() => undefined);
  driver.kill();
}
