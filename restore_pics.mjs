import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
const [program, folder, width, height] = process.argv.slice(2);
const port = await new Promise((r) => { const s = createServer().listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => r(port)); }); });
const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], { env: { ...process.env, TAURI_WEBVIEW_AUTOMATION: "true" }, stdio: "ignore" });
async function ask(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(value?.message ?? answer.statusText);
  return value;
}
async function until(what, f) { const end = Date.now() + 60000; let last; while (Date.now() < end) { const v = await f().catch((e) => void (last = e)); if (v) return v; await pause(50); } throw new Error(`in vain: ${what} ${last ?? ""}`); }
let session;
try {
  session = (await until("window", () => ask("POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { binary: program, args: [] } } } }))).sessionId;
  const page = (script, ...args) => ask("POST", `/session/${session}/execute/sync`, { script, args });
  const click = `const it = [...document.querySelectorAll("button, [role=radio], label")].filter((it) => it.getClientRects().length).findLast((it) => it.innerText.includes(arguments[0])); it?.click(); return Boolean(it);`;
  const shot = async (name) => { await until("fonts", () => page(`return document.fonts.status === "loaded"`)); await pause(400); writeFileSync(`${folder}/${name}.png`, Buffer.from(await ask("GET", `/session/${session}/screenshot`), "base64")); console.log(name); };
  const say = (words) => until(words, () => page(click, words));
  const see = (selector) => until(selector, () => page(`return Boolean(document.querySelector(arguments[0]))`, selector));
  const fill = (selector, text) => page(`const it = document.querySelector(arguments[0]); it.focus(); it.value = arguments[1]; it.dispatchEvent(new Event("input", { bubbles: true })); return true`, selector, text);
  await ask("POST", `/session/${session}/window/rect`, { width: Number(width), height: Number(height) });
  for (const [lang, label, open, back] of [["fr", "Français", "Restaurer une sauvegarde", "Retour"], ["ar", "العربية", "استرجاع نسخة", "رجوع"]]) {
    await say(label);
    await shot(`restore-${lang}-0-signin`);
    await say(open);
    await see("fieldset input[type=radio]");
    await shot(`restore-${lang}-1-file`);
    await page(`document.querySelector("form").requestSubmit(); return true`);
    await see("form dl");
    await shot(`restore-${lang}-2-content`);
    await page(`document.querySelector("form").requestSubmit(); return true`);
    await see("input[type=password]");
    await shot(`restore-${lang}-3-access`);
    await fill("input[type=password]", "Zebre-Calme#2026!");
    await pause(200);
    await page(`document.querySelector("form").requestSubmit(); return true`);
    await see("form ul");
    if (lang === "ar") { await page(`document.querySelector("header button.bordered, header .choices > button")?.click(); return true`); await pause(300); }
    await shot(`restore-${lang}-4-agree`);
    if (lang === "fr") { for (let i = 0; i < 4; i++) { await say(back); await pause(150); } }
  }
  await page(`document.querySelector("form").requestSubmit(); return true`);
  await see(".result");
  await shot("restore-ar-5-done");
  await page(`document.querySelector(".result .primary").click(); return true`);
  await say("العربية"); await pause(300);
  await shot("restore-ar-6-signin");
} finally { if (session) await ask("DELETE", `/session/${session}`).catch(() => undefined); driver.kill(); }
