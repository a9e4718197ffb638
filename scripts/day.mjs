// Prints a day of `semainier --json agenda` (standard input) as a list to read.
import { createInterface } from "node:readline";

const SIGNS = { booked: "○", confirmed: "◉", arrived: "◆", in_consultation: "▶", done: "✓", no_show: "✕" };
const rows = [];
for await (const line of createInterface({ input: process.stdin })) if (line.trim()) rows.push(JSON.parse(line));
rows.sort((a, b) => a.practitioner.localeCompare(b.practitioner) || String(a.starts).localeCompare(String(b.starts)));
let practitioner = null;
for (const row of rows) {
  if (row.practitioner !== practitioner) console.log(`\n${(practitioner = row.practitioner)}`);
  const time = row.starts ? row.starts.slice(11, 16) : "  ·  ";
  console.log(`  ${time}  ${SIGNS[row.status] ?? "–"}  ${row.patient}, ${row.type} (${row.minutes} min) ${row.code}`);
}
