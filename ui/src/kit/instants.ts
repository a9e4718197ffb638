// UTC instants of journal, backups and connections in figures. They stay UTC, and whoever shows them says so: nothing here
// asks the machine for a zone.
import { isolateFigures, numericDate } from "./format";

/** `24/11/2026 10:14`, UTC, isolated from the line's direction. */
export function instantWords(at: string): string {
  return isolateFigures(`${numericDate(at)} ${at.slice(11, 16)}`);
}
