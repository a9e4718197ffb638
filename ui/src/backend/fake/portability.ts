// The fake host's ledger of disclosures and a person's export: what a screen shows, nothing that is computed.
import type { DisclosureView, OpeningOfRecordView, PatientId } from "../types";
import { type Handlers, refuse } from "./handlers";
import type { FakePractice } from "./practice";

const copies = new WeakMap<FakePractice, Set<PatientId>>();

/** Whether a person was given their own copy. */
export const isCopied = (practice: FakePractice, id: PatientId): boolean => copies.get(practice)?.has(id) ?? false;

export function portabilityHandlers(practice: FakePractice): Handlers {
  const ledgers = new Map<PatientId, DisclosureView[]>();

  function may(): void {
    const user = practice.user;
    if (!user || !(user.administrator || user.role === "practitioner")) refuse("permission_denied", null, { permission: "keep_privacy" });
  }

  function patientOf(id: PatientId) {
    return practice.patients.find((one) => one.id === id) ?? refuse("patient_not_found", "patient_id");
  }

  function ledgerOf(id: PatientId): DisclosureView[] {
    const first = practice.patients[0]?.id === id;
    const line = (at: string, sequence: number, rest: Partial<DisclosureView>): DisclosureView => ({
      id: `disclosure-${sequence}`,
      at,
      recipient_kind: "colleague",
      recipient: "Dr Roux, pneumologue",
      categories: ["identity", "record"],
      purpose: "care",
      ground: "care",
      way: "paper",
      by: "Dr Lefèvre",
      sequence,
      ...rest,
    });
    const known = ledgers.get(id);
    if (known) return known;
    const made = first
      ? [
          line("2026-11-20T16:05", 812, {}),
          line("2026-11-12T08:30", 640, { recipient_kind: "calendar_server", recipient: "https://dav.example.org/lefevre/agenda/", categories: ["identity", "appointments"], purpose: "agenda", ground: "legitimate_interest", way: "calendar" }),
        ]
      : [];
    ledgers.set(id, made);
    return made;
  }

  const openings = (id: PatientId): OpeningOfRecordView[] =>
    practice.patients[0]?.id === id
      ? [
          { at: "2026-11-20T15:48", by: "Dr Lefèvre", workstation: "cabinet-1", command: "open_record", sequence: 809 },
          { at: "2026-10-02T09:12", by: "Dr Benali", workstation: "cabinet-2", command: "list_results", sequence: 411 },
        ]
      : [];

  return {
    show_disclosures: ({ patient_id }) => {
      may();
      const one = patientOf(patient_id);
      return {
        patient_id,
        surname: one.surname,
        first_name: one.first_name,
        name_arabic: [one.surname_arabic, one.first_name_arabic].filter(Boolean).join(" "),
        born: one.born,
        language: one.language,
        disclosures: ledgerOf(patient_id),
        openings: openings(patient_id),
      };
    },
    print_disclosures: ({ patient_id, language }) => {
      may();
      return { name: `transmissions-${patientOf(patient_id).number}-${language}.pdf`, media: "application/pdf", base64: "" };
    },
    export_person: ({ patient_id, path, passphrase }) => {
      may();
      const one = patientOf(patient_id);
      const encrypted = passphrase !== "";
      const name = `donnees-${one.number}.zip${encrypted ? ".age" : ""}`;
      ledgers.set(patient_id, [
        {
          id: `disclosure-${practice.patients.indexOf(one)}-${ledgerOf(patient_id).length}`,
          at: "2026-11-24T10:00",
          recipient_kind: "person",
          recipient: "",
          categories: ["identity", "contact", "appointments", "record"],
          purpose: "person_request",
          ground: "right_of_access",
          way: encrypted ? "encrypted_file" : "file",
          by: practice.user?.name ?? "",
          sequence: 900,
        },
        ...ledgerOf(patient_id),
      ]);
      copies.set(practice, (copies.get(practice) ?? new Set<PatientId>()).add(patient_id));
      practice.announce("disclosures", patient_id);
      return { path, file: path ? null : { name, media: "application/zip", base64: "" }, bytes: 40_960, files: 18, encrypted, damaged: 0, sequence: 900 };
    },
  };
}
