// Checks a FHIR bundle with the npm package `fhir`, which stands in the folder named first: every entry, and the whole.
// Usage: node check-bundle.cjs TOOLS BUNDLE
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

const [tools, file] = process.argv.slice(2);
const { Fhir } = createRequire(path.join(path.resolve(tools), "package.json"))("fhir");
const bundle = JSON.parse(readFileSync(file, "utf8"));
const validator = new Fhir();
let faults = 0;
const check = (resource, name) => {
  const found = validator.validate(resource, { errorOnUnexpected: true });
  const bad = found.messages.filter((one) => ["error", "fatal"].includes(one.severity));
  for (const one of bad) console.log(`${name}: ${one.location}: ${one.message}`);
  faults += bad.length + (found.valid || bad.length ? 0 : 1);
};
for (const entry of bundle.entry) check(entry.resource, `${entry.resource.resourceType}/${entry.resource.id}`);
check(bundle, "Bundle");
console.log(`${bundle.entry.length} entries, ${faults} faults`);
process.exit(faults ? 1 : 0);
