// Holds the three languages complete: same files, same keys, same placeholders, every plural with its catch-all, no key
// that nothing uses, no key that a source asks for and nobody wrote.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const messages = join(root, "src/messages");
const LOCALES = ["fr", "ar", "en"];
// Keys that only the host names, by their beginning.
const BY_THE_HOST = ["error_", "warning_", "history_", "command_", "field_", "reason_", "weakness_", "outcome_", "status_", "origin_", "duplicate_"];
const faults = [];

const declared = JSON.parse(readFileSync(join(root, "project.inlang/settings.json"), "utf8"))[
  "plugin.inlang.messageFormat"
].pathPattern.map((pattern) => pattern.split("/").pop());

function read(locale) {
  const all = new Map();
  const files = readdirSync(join(messages, locale)).filter((name) => name.endsWith(".json"));
  for (const file of files) {
    if (!declared.includes(file)) faults.push(`${locale}/${file} is not named in project.inlang/settings.json`);
    for (const [key, value] of Object.entries(JSON.parse(readFileSync(join(messages, locale, file), "utf8")))) {
      if (key.startsWith("$")) continue;
      if (all.has(key)) faults.push(`${locale}: ${key} stands twice (${all.get(key).file}, ${file})`);
      all.set(key, { file, value });
    }
  }
  return all;
}

/** Every text of a message: one, or one a variant. */
function texts(value) {
  if (typeof value === "string") return [value];
  return value.flatMap((variant) => Object.values(variant.match));
}

function placeholders(value) {
  const names = texts(value).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
  return [...new Set(names)].sort().join(",");
}

const byLocale = new Map(LOCALES.map((locale) => [locale, read(locale)]));
const french = byLocale.get("fr");
for (const [locale, own] of byLocale) {
  for (const [key, { file, value }] of french) {
    const other = own.get(key);
    if (!other) faults.push(`${locale}: ${key} is missing`);
    else {
      if (other.file !== file) faults.push(`${locale}: ${key} stands in ${other.file}, in French in ${file}`);
      if (placeholders(other.value) !== placeholders(value)) {
        faults.push(`${locale}: ${key} has {${placeholders(other.value)}}, French has {${placeholders(value)}}`);
      }
    }
  }
  for (const [key, { value }] of own) {
    if (!french.has(key)) faults.push(`fr: ${key} is missing (${locale} has it)`);
    if (texts(value).some((text) => text.trim() === "")) faults.push(`${locale}: ${key} is empty`);
    if (Array.isArray(value) && value.some((variant) => !Object.keys(variant.match).some((m) => /=\*/.test(m)))) {
      faults.push(`${locale}: ${key} has no catch-all (=*)`);
    }
  }
}

function sources(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (path === join(messages, "generated")) return [];
    if (statSync(path).isDirectory()) return sources(path);
    return /(?<!\.test)\.(ts|svelte)$/.test(name) ? [readFileSync(path, "utf8")] : [];
  });
}

const text = sources(join(root, "src")).join("\n");
const called = new Set([...text.matchAll(/\bm\.(\w+)/g)].map((match) => match[1]));
for (const key of called) if (!french.has(key)) faults.push(`fr: ${key} is used and not written`);
// A key that is composed (`screen_${name}`) is used when its beginning is.
const beginnings = [...text.matchAll(/[`"'](\w+_)\$\{/g)].map((match) => match[1]);
for (const key of french.keys()) {
  if (called.has(key) || BY_THE_HOST.some((start) => key.startsWith(start))) continue;
  if (beginnings.some((start) => key.startsWith(start))) continue;
  if (new RegExp(`["'\`]${key}["'\`]`).test(text)) continue;
  faults.push(`${key} is not used`);
}

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`${french.size} messages, complete in ${LOCALES.join(", ")}`);
