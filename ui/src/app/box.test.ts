// The booking box as a busy reception drives it: one box for patient and slot, wishes in the text, bookings put aside,
// relatives on the phone; and how many key strokes it takes.
import { describe, expect, it } from "vitest";
import { FAKE_PASSWORD } from "$backend/fake/entrance";
import { emptyPractice, put } from "$backend/fake/seed";
import { agenda } from "../features/agenda/agenda.svelte";
import { activePlace, faults, openWindow, screen, settle, waitFor } from "./testing";

const box = (): HTMLInputElement => document.querySelector("input[role=combobox]") as HTMLInputElement;
const options = (): string[] => screen.getAllByRole("option").map((one) => one.textContent?.replace(/\s+/g, " ").trim() ?? "");
const chips = (): string[] => [...document.querySelectorAll(".understood .chip bdi, .understood li.chip")].map((one) => one.textContent?.trim() ?? "");
const slots = (): string[] => [...document.querySelectorAll(".chips button")].map((one) => one.textContent?.replace(/\s+/g, " ").trim() ?? "");

function family() {
  const practice = emptyPractice();
  const marie = practice.addPatient({ surname: "DUPONT", first_name: "Marie", born: "1979-05-12", mobile: "+33611223344" }, "2026-09-02");
  const marion = practice.addPatient({ surname: "DUPRÉ", first_name: "Marion", born: "2014-02-14" });
  const marc = practice.addPatient({ surname: "DUPUIS", first_name: "Marc", born: "1961-11-03", mobile: "+33698765432" }, null, 2);
  const mother = practice.addContact(marion, { name: "DUPONT Marie", linked_patient_id: marie.id });
  return { practice, marie, marion, marc, mother };
}

describe("what is typed", () => {
  it("is_understood_and_shown_piece_by_piece", async () => {
    const { practice, marie } = family();
    const { keys, host } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("dup mar suivi jeu 10h +");
    expect(options()[0]).toContain("DUPONT Marie");
    expect(chips().join(" | ")).toMatch(/Suivi.*26.*à partir de.*10:00.*dure.*20/);
    await keys("{Enter}");
    const suivi = practice.types.find((one) => one.short_name === "suivi");
    expect(host.asked.find((one) => one.name === "book_appointment")?.request).toMatchObject({
      patient_id: marie.id,
      type_id: suivi?.id,
      starts: "2026-11-26T10:00",
      minutes: 20,
    });
  });

  it("stays_a_name_as_long_as_somebody_bears_it", async () => {
    const { keys } = await openWindow({ practice: family().practice });
    await keys("{Control>}k{/Control}");
    await keys("dup mar");
    expect(options()).toHaveLength(4);
    expect(chips()).toEqual([]);
    await keys(" lun");
    expect(chips().join()).toMatch(/30/);
    expect(options()).toHaveLength(4);
  });

  it("takes_one_question_a_key", async () => {
    const { keys, host } = await openWindow({ practice: family().practice });
    await keys("{Control>}k{/Control}");
    const before = host.asked.length;
    await keys("dup jeu");
    expect(host.asked.slice(before).map((one) => one.name)).toEqual(Array.from({ length: 7 }, () => "read_box"));
  });

  it("can_be_left_out_again_by_its_chip", async () => {
    const { keys, user } = await openWindow({ practice: family().practice });
    await keys("{Control>}k{/Control}");
    await keys("marc demain ++");
    expect(slots()[0]).toMatch(/^demain/);
    await user.click(screen.getByRole("button", { name: /dès.*Ne pas en tenir compte/ }));
    await settle();
    expect(box().value).toBe("marc ++");
    expect(slots()[0]).toMatch(/^auj\./);
    expect(document.activeElement).toBe(box());
  });

  it("gives_way_to_what_is_chosen_beside_it", async () => {
    const { practice } = family();
    const { keys, host } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marc suivi");
    await keys("{Alt>}{ArrowDown}{/Alt}");
    expect(box().value.trim()).toBe("marc");
    await keys("{Enter}");
    const dressing = practice.types.find((one) => one.short_name === "pst");
    expect(host.asked.find((one) => one.name === "book_appointment")?.request).toMatchObject({ type_id: dressing?.id });
  });

  it("books_what_was_typed_even_where_enter_comes_before_the_answer", async () => {
    const { practice, marc } = family();
    const { user, host } = await openWindow({ practice });
    await user.keyboard("{Control>}k{/Control}");
    await user.keyboard("marc{Enter}");
    await settle();
    expect(host.asked.find((one) => one.name === "book_appointment")?.request).toMatchObject({ patient_id: marc.id });
  });
});

describe("a family", () => {
  it("is_found_by_one_phone_which_says_whose_it_is", async () => {
    const { keys } = await openWindow({ practice: family().practice });
    await keys("{Control>}k{/Control}");
    await keys("06 11 22 33 44");
    expect(options()[0]).toMatch(/DUPONT Marie.*12\/05\/1979 · 06 11 22 33 44$/);
    expect(options()[1]).toMatch(/DUPRÉ Marion \(12 ans\).*tuteur : consentement manquant.*06 11 22 33 44 · tél. de la mère/);
  });

  it("books_for_the_child_with_the_mother_as_who_called", async () => {
    const { practice, marion } = family();
    const { keys, host } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marion");
    await keys("{Enter}");
    expect(host.asked.find((one) => one.name === "book_appointment")?.request).toMatchObject({
      patient_id: marion.id,
      contact_name: "DUPONT Marie",
      contact_phone: "06 11 22 33 44",
    });
    await keys("{Enter}");
    await waitFor(() => expect(document.body.textContent).toContain("Appel de"));
  });

  it("says_with_f6_that_somebody_else_calls", async () => {
    const { practice } = family();
    const { keys, host } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marion");
    await keys("{F6}");
    await keys("{Enter}");
    expect(host.asked.find((one) => one.name === "book_appointment")?.request).toMatchObject({ contact_name: "" });
  });
});

describe("a second call", () => {
  it("puts_the_first_aside_and_comes_back_to_it_whole", async () => {
    const { practice, marc } = family();
    const { keys, user, host } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marc suivi");
    await keys("{Alt>}{ArrowRight}{/Alt}");
    const chosen = document.querySelector(".chips .at")?.textContent;
    await user.type(screen.getByLabelText("Note pour le secrétariat"), "rappeler le soir");
    await keys("{F2}");
    expect(box().value).toBe("");
    expect(screen.getByRole("region", { name: "De côté" }).textContent).toMatch(/DUPUIS Marc.*Suivi.*rappeler le soir/s);
    // The second call is booked as usual.
    await keys("marie{Enter}");
    expect(host.asked.filter((one) => one.name === "book_appointment")).toHaveLength(1);
    expect(screen.getByRole("contentinfo").textContent).toMatch(/reprendre \(.?1.? de côté\)/);
    await keys("{F3}");
    expect(box().value).toBe("marc suivi");
    expect(screen.getByLabelText("Note pour le secrétariat")).toHaveProperty("value", "rappeler le soir");
    expect(document.querySelector(".chips .at")?.textContent).toBe(chosen);
    expect(screen.getByRole("contentinfo").textContent).not.toContain("reprendre");
    await keys("{Enter}");
    expect(host.asked.filter((one) => one.name === "book_appointment").at(-1)?.request).toMatchObject({
      patient_id: marc.id,
      note: "rappeler le soir",
    });
  });

  it("swaps_so_that_none_is_ever_lost", async () => {
    const { keys } = await openWindow({ practice: family().practice });
    await keys("{Control>}k{/Control}");
    await keys("marc{F2}");
    await keys("marie{F2}");
    await keys("marion");
    await keys("{F3}");
    expect(box().value).toBe("marc");
    await keys("{F3}");
    expect(box().value).toBe("marie");
    await keys("{F3}");
    expect(box().value).toBe("marion");
  });

  it("survives_a_lock", async () => {
    const { practice } = family();
    const { keys, user } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marc{F2}{Escape}");
    await keys("{Control>}l{/Control}");
    const password = await waitFor(() => screen.getByLabelText(/^Mot de passe/), { timeout: 20_000 });
    expect(document.body.textContent).not.toContain("marc");
    await user.type(password, `${FAKE_PASSWORD}{Enter}`);
    await waitFor(() => expect(screen.getByRole("contentinfo").textContent).toContain("reprendre"), { timeout: 20_000 });
    await keys("{F3}");
    expect(box().value).toBe("marc");
  });

  it("is_noted_from_the_box_by_one_key_with_a_message_for_the_practitioner", async () => {
    const { practice, marion, mother } = family();
    const { keys, host } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marion");
    await keys("{F4}");
    expect(document.activeElement).toBe(screen.getByLabelText("Objet"));
    expect(screen.getByText(/Rien de médical ici : seulement/)).toBeTruthy();
    expect(await faults()).toEqual([]);
    await keys("Demande un certificat{Enter}");
    expect(host.asked.find((one) => one.name === "note_call")?.request).toMatchObject({
      patient_id: marion.id,
      contact_person_id: mother.id,
      about: "Demande un certificat",
      practitioner_id: practice.practitioners[0]?.id,
    });
    expect(practice.calls).toHaveLength(1);
    await keys("{Control>}z{/Control}");
    expect(practice.calls).toHaveLength(0);
  });
});

/** Key strokes that are counted: each `{…}` and each letter, a chord as one. */
function strokes(text: string): number {
  return (text.replace(/\{(\w+)>\}(\{\w+\}|.)\{\/\w+\}/g, "·").match(/\{[^}]+\}|./g) ?? []).length;
}

describe("key strokes", () => {
  it("counts_a_chord_as_one", () => {
    expect(strokes("{Control>}k{/Control}")).toBe(1);
    expect(strokes(" +7j{Enter}")).toBe(5);
    expect(strokes("{Alt>}{ArrowRight}{/Alt}{Enter}")).toBe(2);
  });

  it.each([
    ["the next free slot", "{Enter}", "2026-11-24T10:20"],
    ["the one after", "{Alt>}{ArrowRight}{/Alt}{Enter}", "2026-11-24T10:40"],
    ["in a week", " +7j{Enter}", "2026-12-01T08:00"],
    ["on Friday", " ven{Enter}", "2026-11-27T08:00"],
    ["at two", " 14h{Enter}", "2026-11-24T14:00"],
  ])("a_known_patient_on_the_phone_is_booked_for_%s_in_at_most_six_after_the_name", async (_, after, starts) => {
    const { practice } = family();
    const { keys, host } = await openWindow({ practice });
    agenda.cursor = { ...agenda.cursor, start: 480 };
    await keys("{Control>}k{/Control}");
    await keys("dupuis");
    await keys(after);
    expect(strokes(after)).toBeLessThanOrEqual(6);
    const request = host.asked.find((one) => one.name === "book_appointment")?.request as { starts: string } | undefined;
    expect(request?.starts.slice(0, 13)).toBe(starts.slice(0, 13));
  });

  it("a_walk_in_takes_two_beside_the_name", async () => {
    const { practice } = family();
    const { keys } = await openWindow({ practice });
    const [before, after] = ["w", "{Enter}"];
    await keys(before);
    await keys("dupuis");
    await keys(after);
    expect(practice.appointments.filter((one) => one.origin === "walk_in")).toHaveLength(1);
    expect(strokes(before) + strokes(after)).toBe(2);
  });

  it("a_move_by_a_quarter_takes_one_and_to_the_next_day_three", async () => {
    const { practice, marc } = family();
    const one = put(practice, { practitioner: 0, day: practice.today, minute: 660, minutes: 20, patient: marc, type: 0, status: "booked" });
    const { keys } = await openWindow({ practice });
    await keys("{ArrowDown}{ArrowDown}{ArrowDown}");
    expect(activePlace()).toContain("DUPUIS");
    const near = "{Shift>}{ArrowDown}{/Shift}";
    await keys(near);
    expect(one.minute).toBe(675);
    const far = ["x", "{PageDown}", "v"];
    for (const key of far) await keys(key);
    expect(one.day).toBe("2026-11-25");
    expect([strokes(near), strokes(far.join(""))]).toEqual([1, 3]);
  });
});
