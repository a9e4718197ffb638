// The fake host's head of papers: kept in memory; its sample is no real paper.
import type { LetterheadRequest, PractitionerPaperView } from "../types";
import { type Handlers, refuse } from "./handlers";
import type { FakePractice } from "./practice";

const OWN: PractitionerPaperView = { qualifications: "", name_arabic: "", qualifications_arabic: "", address_arabic: "", order_number: "", bars: true };

/** Refuses what the host refuses. */
function judged({ practice, logo }: LetterheadRequest): void {
  if (practice.note.length > 500) refuse("too_long", "note", { limit: "500" });
  if (practice.foot.length > 500) refuse("too_long", "foot", { limit: "500" });
  const picture = atob(logo);
  if (picture && !picture.startsWith("\x89PNG") && !picture.startsWith("\xff\xd8")) refuse("picture_unreadable", "logo");
}

export function letterheadHandlers(practice: FakePractice): Handlers {
  let shared: LetterheadRequest["practice"] = { letters: "latin", sheet: "a4", name_arabic: "", email: "", structure: "", note: "", foot: "" };
  let logo = "";
  const own = new Map<string, PractitionerPaperView>();
  return {
    show_letterhead: ({ practitioner_id }) => ({ practice: { ...shared }, own: { ...(own.get(practitioner_id) ?? OWN) }, logo, warnings: [] }),
    save_letterhead(request) {
      judged(request);
      shared = { ...request.practice };
      logo = request.logo;
      own.set(request.practitioner_id, { ...request.own });
      practice.announce("practice");
      return { sequence: practice.record("save_letterhead", "practice", () => undefined) };
    },
    preview_letterhead(request) {
      judged(request);
      return { name: "semainier-papier.pdf", media: "application/pdf", base64: btoa("%PDF-1.7") };
    },
  };
}
