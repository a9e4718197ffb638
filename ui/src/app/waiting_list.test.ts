// The waiting list: put on it from the box and from an appointment, offered a freed slot at once, each outcome written down.
import { describe, expect, it } from "vitest";
import type { FakePatient, FakePractice } from "$backend/fake/practice";
import { FAKE_PASSWORD } from "$backend/fake/entrance";
import { emptyPractice, put } from "$backend/fake/seed";
import type { Urgency, WaitingEntryId } from "$backend/types";
import { lastAsked, openAt, pageText, toastText } from "./opening";
import { faults, openWindow, screen, settle, waitFor } from "./testing";

function wait(practice: FakePractice, patient: FakePatient, urgency: Urgency = "normal", since = "2026-11-20"): void {
  practice.waiting.push({
    id: practice.id<WaitingEntryId>("waiting"),
    patient_id: patient.id,
    appointment_id: null,
    type_id: practice.types[0]?.id as FakePractice["types"][number]["id"],
    minutes: 20,
    wish: { practitioners: [], weekdays: [], from: "2026-11-20", until: "2026-12-24", from_minute: 0, to_minute: 1440, urgency, note: "" },
    since,
    offers: [],
    closed: null,
    revision: 1,
  });
}

/** One booked appointment under the cursor, and two who wait: the urgent one since yesterday. */
async function withWaiting(language: "fr" | "ar" = "fr") {
  const practice = emptyPractice();
  const marc = practice.addPatient({ surname: "DUPUIS", first_name: "Marc", mobile: "+33698765432" });
  const old = practice.addPatient({ surname: "ANCIEN", first_name: "Anne", mobile: "+33600000001" });
  const urgent = practice.addPatient({ surname: "PRESSE", first_name: "Paul", mobile: "+33600000002" });
  wait(practice, old, "normal", "2026-11-02");
  wait(practice, urgent, "urgent", "2026-11-23");
  const one = put(practice, { practitioner: 0, day: practice.today, minute: 660, minutes: 20, patient: marc, type: 0, status: "booked" });
  const window = await openWindow({ practice, language });
  await window.keys("{ArrowDown}{ArrowDown}{ArrowDown}");
  return { ...window, practice, marc, old, urgent, one };
}

const fitting = (): HTMLElement => screen.getByRole("listbox", { name: "À qui il conviendrait" });
const names = (): string[] => [...fitting().querySelectorAll("[role=option] .name")].map((one) => one.textContent?.replace(/\s+/g, " ").trim() ?? "");

/** Key strokes that are counted: each `{…}` and each letter. */
const strokes = (keys: string[]): number => keys.length;

describe("a slot that became free", () => {
  it("is_cancelled_and_refilled_in_three_key_strokes_urgent_first", async () => {
    const { keys, practice, one, urgent, host } = await withWaiting();
    const refill = ["{Delete}", "{Enter}", "{Enter}"];
    await keys(refill[0] as string);
    await keys(refill[1] as string);
    await waitFor(() => expect(document.activeElement).toBe(fitting()));
    expect(one.status).toBe("cancelled");
    expect(names()).toEqual(["PRESSE Paul Urgent", "ANCIEN Anne"]);
    expect(await faults()).toEqual([]);
    await keys(refill[2] as string);
    await waitFor(() => expect(screen.queryByRole("listbox", { name: "À qui il conviendrait" })).toBeNull());
    expect(strokes(refill)).toBe(3);
    expect(lastAsked(host, "record_offer")).toMatchObject({ starts: "2026-11-24T11:00", outcome: "accepted" });
    const booked = practice.appointments.filter((other) => other.status === "booked");
    expect(booked.map((other) => [other.patient_id, other.minute])).toEqual([[urgent.id, 660]]);
    expect(practice.waiting.filter((other) => other.closed === null)).toHaveLength(1);
    // One way back for the booking and the list.
    await keys("{Control>}z{/Control}");
    expect(practice.appointments.filter((other) => other.status === "booked")).toHaveLength(0);
    expect(practice.waiting.filter((other) => other.closed === null)).toHaveLength(2);
  });

  it("goes_on_to_the_next_when_somebody_declines_or_is_not_reached", async () => {
    const { keys, practice, old } = await withWaiting();
    await keys("{Delete}");
    await keys("{Enter}");
    await waitFor(() => expect(names()).toHaveLength(2));
    await keys("r");
    await waitFor(() => expect(names()).toEqual(["ANCIEN Anne"]));
    expect(toastText()).toContain("refus noté");
    expect(practice.waiting[1]?.offers.map((offer) => offer.outcome)).toEqual(["refused"]);
    await keys("n");
    await waitFor(() => expect(screen.queryByRole("listbox", { name: "À qui il conviendrait" })).toBeNull());
    expect(practice.waiting.find((one) => one.patient_id === old.id)?.offers.map((offer) => offer.outcome)).toEqual(["no_answer"]);
  });

  it("is_offered_after_a_move_without_taking_the_keyboard", async () => {
    const { keys } = await withWaiting();
    await keys("x{PageDown}v");
    await waitFor(() => expect(names()).toHaveLength(2));
    expect(document.activeElement).toBe(document.querySelector('[role="grid"]'));
    await keys("o");
    await waitFor(() => expect(document.activeElement).toBe(fitting()));
    await keys("{Escape}");
    expect(document.activeElement).toBe(document.querySelector('[role="grid"]'));
  });

  it("is_offered_to_nobody_whom_it_does_not_suit", async () => {
    const { keys, practice } = await withWaiting();
    for (const one of practice.waiting) one.wish = { ...one.wish, weekdays: [5] };
    await keys("{Delete}");
    await keys("{Enter}");
    expect(screen.queryByRole("listbox", { name: "À qui il conviendrait" })).toBeNull();
  });

  it("chains_to_what_the_one_who_accepts_had_before", async () => {
    const { keys, practice, old } = await withWaiting();
    const later = put(practice, { practitioner: 0, day: "2026-11-25", minute: 600, minutes: 20, patient: old, type: 0, status: "booked" });
    Object.assign(practice.waiting[0] as object, { appointment_id: later.id });
    await keys("{Delete}");
    await keys("{Enter}");
    await waitFor(() => expect(names()).toHaveLength(2));
    await keys("{ArrowDown}");
    await keys("{Enter}");
    await waitFor(() => expect([later.day, later.minute]).toEqual([practice.today, 660]));
    // Wednesday at ten is free now: the other one still waits.
    await waitFor(() => expect(names()).toEqual(["PRESSE Paul Urgent"]));
    expect(pageText()).toMatch(/mer\. 25 nov\. · 10:00–10:20/);
  });

  it("has_no_fault_in_arabic", async () => {
    const { keys } = await withWaiting("ar");
    await keys("{Delete}");
    await keys("{Enter}");
    await waitFor(() => expect(screen.getByRole("listbox", { name: "من يناسبهم" })).toBeTruthy());
    expect(await faults()).toEqual([]);
  });
});

describe("who is put on the list", () => {
  it("is_put_there_from_the_box_with_their_wish", async () => {
    const { keys, user, practice, marc } = await withWaiting();
    await keys("{Control>}k{/Control}");
    await keys("marc{Shift>}{F2}{/Shift}");
    await waitFor(() => screen.getByRole("dialog"));
    await settle();
    await waitFor(() => expect(document.activeElement?.closest("form")).not.toBeNull());
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole("radio", { name: "Urgent" }));
    await user.click(screen.getByRole("button", { name: "vendredi" }));
    await keys("{Tab}");
    await user.click(screen.getByRole("button", { name: /Mettre en attente/ }));
    await waitFor(() => expect(practice.waiting.at(-1)).toMatchObject({ patient_id: marc.id, wish: { urgency: "urgent", weekdays: [5] } }));
    expect(toastText()).toContain("en liste d’attente");
  });

  it("is_put_there_for_an_earlier_one_from_their_appointment", async () => {
    const { keys, practice, one } = await withWaiting();
    await keys("e");
    await waitFor(() => screen.getByRole("dialog"));
    await settle();
    await waitFor(() => expect(document.activeElement?.closest("form")).not.toBeNull());
    await keys("{Enter}");
    await waitFor(() => expect(practice.waiting.at(-1)).toMatchObject({ appointment_id: one.id }));
  });

  it("is_still_being_written_down_after_a_lock", async () => {
    const { keys, user, practice, marc } = await withWaiting();
    await keys("{Control>}k{/Control}");
    await keys("marc{Shift>}{F2}{/Shift}");
    await waitFor(() => screen.getByRole("dialog"));
    await settle();
    await user.click(screen.getByRole("radio", { name: "Urgent" }));
    await user.click(screen.getByRole("button", { name: "vendredi" }));
    await keys("{Control>}l{/Control}");
    const password = await waitFor(() => screen.getByLabelText(/^Mot de passe/), { timeout: 20_000 });
    expect(document.body.textContent).not.toContain("DUPUIS");
    await user.type(password, `${FAKE_PASSWORD}{Enter}`);
    await waitFor(() => screen.getByRole("dialog"), { timeout: 20_000 });
    await settle();
    await user.click(screen.getByRole("button", { name: /Mettre en attente/ }));
    await waitFor(() => expect(practice.waiting.at(-1)).toMatchObject({ patient_id: marc.id, wish: { urgency: "urgent", weekdays: [5] } }));
  });

  it("is_refused_twice_in_words", async () => {
    const { keys, practice, marc } = await withWaiting();
    wait(practice, marc);
    await keys("{Control>}k{/Control}");
    await keys("marc{Shift>}{F2}{/Shift}");
    await waitFor(() => screen.getByRole("dialog"));
    await settle();
    await waitFor(() => expect(document.activeElement?.closest("form")).not.toBeNull());
    await keys("{Enter}");
    await waitFor(() => expect(pageText()).toContain("Cette personne attend déjà"));
  });
});

describe("the list's screen", () => {
  async function opened(language: "fr" | "ar" = "fr") {
    const practice = emptyPractice();
    const old = practice.addPatient({ surname: "ANCIEN", first_name: "Anne", mobile: "+33600000001" });
    const urgent = practice.addPatient({ surname: "PRESSE", first_name: "Paul", mobile: "+33600000002" });
    wait(practice, old, "normal", "2026-11-02");
    wait(practice, urgent, "urgent", "2026-11-23");
    const window = await openAt("waiting_list", "[data-waiting-list]", { practice, language });
    return { ...window, practice };
  }
  const rows = (): string[] => [...document.querySelectorAll("[data-waiting-list] .who")].map((one) => one.textContent?.trim() ?? "");

  it.each(["fr", "ar"] as const)("has_no_fault_in_%s", async (language) => {
    const { keys } = await opened(language);
    expect(await faults()).toEqual([]);
    await keys("e");
    expect(await faults()).toEqual([]);
  });

  it("shows_urgent_first_and_removes_with_a_way_back", async () => {
    const { keys, practice } = await opened();
    expect(rows()).toEqual(["PRESSE Paul", "ANCIEN Anne"]);
    await keys("{Delete}");
    await waitFor(() => expect(rows()).toEqual(["ANCIEN Anne"]));
    await keys("{Control>}z{/Control}");
    await waitFor(() => expect(rows()).toHaveLength(2));
    expect(practice.waiting.every((one) => one.closed === null)).toBe(true);
  });

  it("changes_a_wish_where_it_stands", async () => {
    const { keys, user, practice } = await opened();
    await keys("{ArrowDown}");
    await keys("e");
    await user.click(screen.getByRole("button", { name: "lundi" }));
    await user.click(screen.getByRole("button", { name: /^Enregistrer/ }));
    await waitFor(() => expect(practice.waiting[0]?.wish.weekdays).toEqual([1]));
    expect(pageText()).toContain("lun.");
  });

  it("opens_the_box_with_the_one_who_waits", async () => {
    const { keys } = await opened();
    await keys("b");
    await waitFor(() => expect(document.querySelector("[role=combobox]")?.getAttribute("aria-expanded")).toBe("true"));
    await waitFor(() => expect(pageText()).toContain("PRESSE Paul"));
  });

  it("names_the_next_key_where_nobody_waits", async () => {
    await openAt("waiting_list", ".empty", { practice: emptyPractice() });
    expect(pageText()).toContain("Personne n’attend");
    expect(await faults()).toEqual([]);
  });
});
