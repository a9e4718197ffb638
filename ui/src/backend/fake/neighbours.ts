// Other practices beside the demonstration: for looking at several at once, and for tests of it.
import type { VaultId } from "../types";
import { demonstrationPractice } from "./seed";
import type { FakePractice } from "./practice";

/** The same made-up morning under another name, with fewer practitioners. Its ids are the same as the first practice's. */
export function neighbour(number: number, name: string, colour: FakePractice["colour"], practitioners: number): FakePractice {
  const practice = demonstrationPractice();
  practice.vault = `0198a6c0-7b1e-7cc3-98c4-dc0c0c07000${number}` as VaultId;
  practice.folder = `/srv/cabinets/${number}`;
  practice.name = name;
  practice.colour = colour;
  practice.demonstration = false;
  practice.practitioners = practice.practitioners.slice(0, practitioners);
  practice.appointments = practice.appointments.filter((one) => practice.practitioners.some((other) => other.id === one.practitioner_id));
  return practice;
}

/** A practice in Morocco that is open, and one in France that is closed. */
export function neighbours(): FakePractice[] {
  const casablanca = neighbour(2, "Centre médical Anfa", "violet", 2);
  casablanca.country = "MA";
  casablanca.zone = "Africa/Casablanca";
  casablanca.now = "2026-11-24T09:14";
  const closed = neighbour(3, "Cabinet des Tilleuls", "ochre", 1);
  closed.user = null;
  return [casablanca, closed];
}
