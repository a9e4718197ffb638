// The doctor's day by keyboard: who is next, one key a step, the patient beside.
import { describe, expect, it } from "vitest";
import { demonstrationPractice, emptyPractice, put } from "$backend/fake/seed";
import { route } from "$kit/state/route.svelte";
import { lastAsked, openAt, pageText, toastText } from "./opening";
import { settle, waitFor } from "./testing";

const LIST = '[role="listbox"] [role="option"]';

function waiting() {
  const practice = emptyPractice();
  practice.user = practice.users[1] ?? null;
  const anna = practice.addPatient({ surname: "ROUX", first_name: "Anna", born: "1990-01-01", remarks: "Malentendante" });
  const omar = practice.addPatient({ surname: "TAZI", first_name: "Omar", born: "1980-01-01" });
  const lea = practice.addPatient({ surname: "PETIT", first_name: "Léa", born: "2015-01-01" });
  const on = (minute: number, patient: typeof anna, status: "arrived" | "in_consultation" | "booked") =>
    put(practice, { practitioner: 0, day: practice.today, minute, minutes: 20, patient, type: 0, status });
  const inRoom = on(590, anna, "in_consultation");
  const next = on(610, omar, "arrived");
  next.arrived = `${practice.today}T09:40:00`;
  const later = on(640, lea, "booked");
  return { practice, inRoom, next, later };
}

describe("the day", () => {
  it("shows_who_is_in_who_waits_and_for_how_long", async () => {
    await openAt("my_day", LIST, { practice: waiting().practice });
    expect(pageText()).toContain("ROUX Anna");
    expect(document.querySelector("article.next")?.textContent).toMatch(/TAZI Omar.*34 min/s);
    expect(document.querySelector("article.next")?.className).toContain("over");
  });

  it("goes_on_by_one_key_and_comes_back_by_one", async () => {
    const { practice, inRoom, next } = waiting();
    const { keys, host } = await openAt("my_day", LIST, { practice });
    await keys("s");
    // By the waiting room's own command: one rule says who is next.
    expect(lastAsked(host, "call_next")).toEqual({ practitioner_id: practice.practitioners[0]?.id, finish: true });
    expect(host.asked.some((one) => one.name === "set_status")).toBe(false);
    expect([inRoom.status, next.status]).toEqual(["done", "in_consultation"]);
    expect(toastText()).toMatch(/TAZI Omar.*en consultation/);
    expect(document.activeElement?.textContent).toContain("TAZI Omar");
    await keys("{Control>}z{/Control}");
    expect([inRoom.status, next.status]).toEqual(["in_consultation", "arrived"]);
  });

  it("calls_whom_the_waiting_room_calls_even_where_the_desk_changed_the_order_meanwhile", async () => {
    const { practice, next, later } = waiting();
    const { keys, host } = await openAt("my_day", LIST, { practice });
    later.status = "arrived";
    later.arrived = `${practice.today}T10:12:00`;
    // Nobody told this window yet: it still shows the other one as next.
    await host.invoke("place_in_queue", { id: later.id, before: next.id });
    await keys("s");
    expect([next.status, later.status]).toEqual(["arrived", "in_consultation"]);
    expect(toastText()).toMatch(/PETIT Léa/);
  });

  it("finishes_by_d_and_says_that_nobody_waits", async () => {
    const { practice, inRoom, next } = waiting();
    const { keys } = await openAt("my_day", LIST, { practice });
    await keys("s");
    await keys("d");
    expect([inRoom.status, next.status]).toEqual(["done", "done"]);
    expect(pageText()).toContain("Personne n’attend");
  });

  it("walks_the_list_and_shows_the_patient_beside", async () => {
    const { keys } = await openAt("my_day", LIST, { practice: waiting().practice });
    expect(pageText()).toContain("Malentendante");
    await keys("{ArrowDown}{ArrowDown}");
    await waitFor(() => expect([...document.querySelectorAll("section.side article h2")].at(-1)?.textContent).toContain("PETIT Léa"));
    await keys("f");
    expect(route.place).toMatchObject({ screen: "patients" });
  });

  it("follows_what_the_desk_does", async () => {
    const { practice, later } = waiting();
    await openAt("my_day", LIST, { practice });
    later.status = "arrived";
    later.arrived = `${practice.today}T10:12:00`;
    practice.announce("agenda", later.id);
    await settle();
    expect(pageText()).toContain("2 en attente");
  });

  it("names_the_next_key_on_an_empty_day", async () => {
    const practice = emptyPractice();
    await openAt("my_day", ".empty", { practice, as: "lefevre" });
    expect(pageText()).toContain("Page ↑ et Page ↓");
  });

  it("acts_by_position_on_an_arabic_keyboard", async () => {
    const { practice, inRoom } = waiting();
    const { user } = await openAt("my_day", LIST, { practice, language: "ar" });
    await user.keyboard("[KeyS]");
    await settle();
    expect(inRoom.status).toBe("done");
  });

  it("lets_letters_alone_where_they_are_switched_off", async () => {
    const { practice, inRoom } = waiting();
    practice.preferences = { ...practice.preferences, letters: false };
    const { keys } = await openAt("my_day", LIST, { practice });
    await keys("s");
    expect(inRoom.status).toBe("in_consultation");
  });

  it("shows_the_full_day_of_the_demonstration", async () => {
    await openAt("my_day", LIST, { practice: demonstrationPractice(), as: "lefevre" });
    expect(document.querySelectorAll(LIST).length).toBeGreaterThan(10);
  });
});
