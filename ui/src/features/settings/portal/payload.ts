// What would leave, read again from the very text that would: who, when, with whom. Nothing is added to it and nothing left
// out: the raw text stands beside it.

export interface Payload {
  kind: "schedule" | "slot" | "appointment" | "other";
  /** `DUPONT Marie`, the practitioner of a schedule, or empty. */
  name: string;
  /** Phones, addresses, a birth date, a contact: what stands in it of a person, in its order. */
  details: string[];
  /** UTC instant, or empty. */
  start: string;
  /** Free or busy, booked or asked for. */
  status: string;
  /** The public label of the type, or empty. */
  type: string;
  raw: string;
}

type Json = { [key: string]: unknown };

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as unknown[]).filter((one): one is Json => typeof one === "object" && one !== null) : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

function nameOf(person: Json | undefined): string {
  const [name] = list(person?.["name"]);
  if (!name) return "";
  const given = Array.isArray(name["given"]) ? (name["given"] as unknown[]).map(text).join(" ") : "";
  return text(name["text"]) || [text(name["family"]).toLocaleUpperCase("fr"), given].filter(Boolean).join(" ");
}

const KINDS: Record<string, Payload["kind"]> = { Schedule: "schedule", Slot: "slot", Appointment: "appointment" };

/** One line as the preview gives it; null where it is no JSON. */
export function readPayload(raw: string): Payload | null {
  let whole: Json;
  try {
    whole = JSON.parse(raw) as Json;
  } catch {
    return null;
  }
  // A request of a batch holds the resource; a line may be the resource itself.
  const resource = typeof whole["resource"] === "object" && whole["resource"] !== null ? (whole["resource"] as Json) : whole;
  const contained = list(resource["contained"]);
  const of = (type: string): Json | undefined => contained.find((one) => one["resourceType"] === type);
  const patient = of("Patient");
  const contact = of("RelatedPerson");
  const telecom = (person: Json | undefined): string[] => list(person?.["telecom"]).map((one) => text(one["value"]));
  const [type] = list(resource["serviceType"]);
  const code = list(resource["identifier"]).find((one) => text(one["system"]).endsWith("/booking-code"));
  return {
    kind: KINDS[text(resource["resourceType"])] ?? "other",
    name: nameOf(patient ?? of("Practitioner")),
    details: [...telecom(patient), text(patient?.["birthDate"]), code ? text(code["value"]) : "", nameOf(contact), ...telecom(contact)].filter(Boolean),
    start: text(resource["start"]),
    status: text(resource["status"]),
    type: type ? text(type["text"]) : "",
    raw,
  };
}
