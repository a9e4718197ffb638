// The fake host: a practice in memory behind the same door, for component tests and for looking at screens in a browser.
// It is loaded only where there is no window around the page; a release never asks for it.
import type { Announcement, Host } from "../door";
import { agendaHandlers } from "./agenda";
import { entranceHandlers } from "./entrance";
import { patientHandlers } from "./patients";
import type { FakePractice } from "./practice";
import { demonstrationPractice, emptyPractice, fullPractice } from "./seed";

type AnyHandler = (request: unknown) => unknown;

export interface FakeHost extends Host {
  practice: FakePractice;
  /** Every command that was asked, in order. */
  asked: { name: string; request: unknown }[];
}

/** A host over this practice; answers after a task, as the real one does. */
export function hostOver(practice: FakePractice): FakeHost {
  const handlers = {
    ...entranceHandlers(practice),
    ...patientHandlers(practice),
    ...agendaHandlers(practice),
  } as unknown as Record<string, AnyHandler | undefined>;
  const asked: FakeHost["asked"] = [];
  return {
    practice,
    asked,
    async invoke(name, request) {
      asked.push({ name, request });
      await Promise.resolve();
      const handler = handlers[name];
      if (!handler) throw { code: "unknown_command", field: null, parameters: { name } };
      return structuredClone(handler(structuredClone(request)));
    },
    listen(hear: (announcement: Announcement) => void) {
      practice.hearers.add(hear);
      return Promise.resolve(() => practice.hearers.delete(hear));
    },
  };
}

/** The host of a page in a browser: `?practice=empty`, `full` or the demonstration; `&signed_out` for the entrance. */
export function fakeHost(): FakeHost {
  const asks = new URLSearchParams(location.search);
  const which = asks.get("practice");
  const practice = which === "empty" ? emptyPractice() : which === "full" ? fullPractice() : demonstrationPractice();
  if (asks.has("signed_out")) practice.user = null;
  return hostOver(practice);
}
