// Looks at what was built as the content security policy will: no inline script, style or handler, no data: font, no
// address of another host that would be asked for something.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const files = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

const faults = [];
for (const file of files(dist)) {
  if (!/\.(html|css|js)$/.test(file)) continue;
  const text = readFileSync(file, "utf8");
  const name = file.slice(dist.length + 1);
  if (file.endsWith(".html")) {
    if (/<script(?![^>]*\bsrc=)[^>]*>/.test(text)) faults.push(`${name}: inline script`);
    if (/<style|\sstyle=|\son\w+=/.test(text)) faults.push(`${name}: inline style or handler`);
  }
  if (file.endsWith(".css") && /url\(\s*["']?data:/.test(text)) faults.push(`${name}: data: in a style sheet`);
  if (file.endsWith(".css") && /url\(\s*["']?https?:/.test(text)) faults.push(`${name}: a foreign address`);
  // A template's own style attribute would be refused when it is parsed.
  if (file.endsWith(".js") && /<\w+[^<>`"']*\sstyle=\\?["'][^"'\\]/.test(text)) faults.push(`${name}: style attribute in a template`);
}
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log("built for a strict policy: no inline script or style");
