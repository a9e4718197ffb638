// The walls between the rooms of the window, and no import in a circle.
//
//   app       may use everything                       messages  may use nobody
//   features  kit, backend, messages, own files        backend   alone may name @tauri-apps/*; uses nobody
//   kit       messages, and types of backend
//
// Types are erased, so a circle of types alone is none.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const src = join(dirname(fileURLToPath(import.meta.url)), "../src");
const ALIASES = { $kit: "kit", $backend: "backend", $messages: "messages" };
const MAY_USE = {
  app: ["app", "features", "kit", "backend", "messages"],
  features: ["kit", "backend", "messages"],
  kit: ["kit", "messages"],
  backend: ["backend"],
  messages: ["messages"],
};
const IMPORT = /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|(?:^|\n)\s*import\s+["']([^"']+)["']/g;

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === "generated" ? [] : files(path);
    return /\.(ts|svelte)$/.test(name) ? [path] : [];
  });
}

/** The room of a file: `features/agenda` for a feature, since each is a room of its own. */
function roomOf(path) {
  const [first, second] = relative(src, path).split("/");
  return first === "features" ? `features/${second}` : first;
}

function target(from, spec) {
  const [head, ...rest] = spec.split("/");
  const path = ALIASES[head] ? join(src, ALIASES[head], ...rest) : spec.startsWith(".") ? resolve(dirname(from), spec) : null;
  if (path === null) return null;
  const ways = [path, `${path}.ts`, `${path}.svelte`, `${path}.svelte.ts`, join(path, "index.ts")];
  return ways.find((way) => existsSync(way) && statSync(way).isFile()) ?? path;
}

const faults = [];
const graph = new Map();
for (const file of files(src)) {
  const name = relative(src, file);
  const room = roomOf(file);
  const edges = [];
  for (const [, type, spec, lazy, bare] of readFileSync(file, "utf8").matchAll(IMPORT)) {
    const asked = spec ?? lazy ?? bare;
    if (asked.startsWith("@tauri-apps/") && room !== "backend") faults.push(`${name}: only backend may name ${asked}`);
    const to = target(file, asked);
    if (to === null) continue;
    const there = roomOf(to);
    if (!relative(src, to).startsWith("..") && there !== room) {
      const group = room.startsWith("features/") ? "features" : room;
      const allowed = (MAY_USE[group] ?? Object.keys(MAY_USE)).some((one) => one === there || (one === "features" && there.startsWith("features/")));
      const typeOfBackend = room === "kit" && there === "backend" && type;
      const testing = /\.test\.ts$|\/testing\//.test(name);
      if (!allowed && !typeOfBackend && !testing) faults.push(`${name}: ${room} may not use ${there} (${asked})`);
    }
    if (!type && !lazy && existsSync(to)) edges.push(to);
  }
  graph.set(file, edges);
}

const done = new Set();
function walk(file, trail) {
  const at = trail.indexOf(file);
  if (at >= 0) {
    faults.push(`circle: ${[...trail.slice(at), file].map((one) => relative(src, one)).join(" → ")}`);
    return;
  }
  if (done.has(file)) return;
  for (const next of graph.get(file) ?? []) walk(next, [...trail, file]);
  done.add(file);
}
for (const file of graph.keys()) walk(file, []);

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`${graph.size} files keep to their rooms`);
