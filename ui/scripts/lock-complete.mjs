// Completes package-lock.json after `npm install` on a registry that lacks some platforms' builds of optional packages:
// npm then leaves them out of the lock, and `npm ci` refuses a lock that does not name them. They are named here with
// the platform they are for, so that nothing is fetched where it is of no use. Run it after each `npm install`.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const path = join(dirname(fileURLToPath(import.meta.url)), "../package-lock.json");
const lock = JSON.parse(readFileSync(path, "utf8"));
const OS = { darwin: "darwin", linux: "linux", win32: "win32" };
const CPU = { arm64: "arm64", x64: "x64" };
const LIBC = { gnu: "glibc", musl: "musl" };

let added = 0;
for (const [place, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] || lock.packages[`${place}/${key}`]) continue;
    const words = name.split(/[/-]/);
    const of = (table) => words.map((word) => table[word]).filter(Boolean);
    const [os, cpu, libc] = [of(OS), of(CPU), of(LIBC)];
    if (os.length === 0 || cpu.length === 0) throw new Error(`${name}: for which platform?`);
    lock.packages[key] = { version, cpu, dev: true, ...(libc.length > 0 ? { libc } : {}), optional: true, os };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} platforms' packages named`);
