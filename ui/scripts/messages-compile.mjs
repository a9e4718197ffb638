// Compiles the messages of src/messages into typed functions under src/messages/generated.
//
// The compiler reports success even when its format plugin could not be loaded and nothing came out, so the number of
// messages is asserted here against the sources.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "@inlang/paraglide-js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
export const outdir = join(root, "src/messages/generated");

/** Every message key of one language, over all of its files. */
export function keysOf(locale) {
  const folder = join(root, "src/messages", locale);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => Object.keys(JSON.parse(readFileSync(join(folder, name), "utf8"))))
    .filter((key) => !key.startsWith("$"));
}

/** Files whose words the entrance speaks: the others come after its first picture. */
const FIRST = ["common.json", "entrance.json", "errors.json"];

/** Parts one language's compiled messages in two modules: what the entrance speaks, and the rest. */
function part(folder, locale) {
  const text = readFileSync(join(folder, `messages/${locale}.js`), "utf8");
  const [head, ...messages] = text.split(/^(?=export const )/m);
  const imports = head.split("\n").filter((line) => line.startsWith("import "));
  const first = new Set(FIRST.flatMap((name) => Object.keys(JSON.parse(readFileSync(join(root, "src/messages", locale, name), "utf8")))));
  const isFirst = (message) => first.has(message.match(/^export const (\w+)/)[1]);
  const parts = { first: messages.filter(isFirst), rest: messages.filter((message) => !isFirst(message)) };
  for (const [name, own] of Object.entries(parts)) {
    if (own.length === 0) throw new Error(`${locale}: no message for ${name}`);
    writeFileSync(join(folder, `messages/${locale}.${name}.js`), ["/* eslint-disable */", ...imports, ...own].join("\n"));
  }
  return messages.length;
}

/** Compiles and proves that as many messages came out as went in. */
export async function compileMessages() {
  // Beside, then in its place at once: somebody may be reading the old ones.
  const fresh = `${outdir}.${process.pid}`;
  await compile({
    project: join(root, "project.inlang"),
    outdir: fresh,
    outputStructure: "locale-modules",
    strategy: ["globalVariable", "baseLocale"],
    isServer: "false",
    disableAsyncLocalStorage: true,
    emitReadme: false,
    emitPrettierIgnore: false,
    emitGitIgnore: false,
  });
  const expected = new Set(keysOf("fr")).size;
  const index = join(fresh, "messages/_index.js");
  const compiled = existsSync(index) ? (readFileSync(index, "utf8").match(/^export (const|function) /gm) ?? []).length : 0;
  if (compiled !== expected) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(`${compiled} messages compiled, ${expected} written in French`);
  }
  for (const locale of ["fr", "ar", "en"]) {
    const parted = part(fresh, locale);
    if (parted !== expected) throw new Error(`${parted} messages parted, ${expected} written in ${locale}`);
  }
  const old = `${fresh}.old`;
  if (existsSync(outdir)) renameSync(outdir, old);
  renameSync(fresh, outdir);
  rmSync(old, { recursive: true, force: true });
  return compiled;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`${await compileMessages()} messages compiled`);
  // The compiler leaves timers behind that would hold the process for half a minute.
  process.exit(0);
}
