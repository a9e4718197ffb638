// UTC instants of journal, backups and connections in words: said as UTC, since nothing here asks the machine for a zone.
import { dateOf, isolateFigures, shortDate } from "./format";

/** `mar. 24 nov. 2026, 10:14` in UTC. */
export function instantWords(at: string): string {
  return `${shortDate(dateOf(at))} ${isolateFigures(`${at.slice(0, 4)}, ${at.slice(11, 16)}`)} UTC`;
}
