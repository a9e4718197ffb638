// Series and rows as the desk drives them: previewed with their clashes, decided line by line, booked, changed and cancelled
// with one way back.
import { describe, expect, it } from "vitest";
import { emptyPractice, put } from "$backend/fake/seed";
import { FAKE_PASSWORD } from "$backend/fake/entrance";
import { faults, openWindow, screen, settle, waitFor } from "./testing";

const dialog = (): Promise<HTMLElement> => waitFor(() => screen.getByRole("dialog"));
const field = (label: RegExp): HTMLInputElement => screen.getByLabelText(label);
const lines = (): string[] => [...document.querySelectorAll("[data-session]")].map((one) => one.textContent?.replace(/\s+/g, " ").trim() ?? "");
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 160));

function house() {
  const practice = emptyPractice();
  const marc = practice.addPatient({ surname: "DUPUIS", first_name: "Marc", born: "1961-11-03", mobile: "+33698765432" });
  const anne = practice.addPatient({ surname: "DUPUIS", first_name: "Anne", born: "1990-11-03", mobile: "+33698765433" });
  return { practice, marc, anne };
}

/** A weekly series of five at ten, its third session opened. */
async function withSeries() {
  const { practice, marc } = house();
  const first = put(practice, { practitioner: 0, day: practice.today, minute: 900, minutes: 20, patient: marc, type: 0, status: "booked" });
  const window = await openWindow({ practice });
  await window.keys("{ArrowDown}{ArrowDown}{ArrowDown}");
  for (let i = 0; i < 20 && !document.querySelector('[role="grid"]')?.getAttribute("aria-activedescendant")?.includes(first.id); i++) await window.keys("{ArrowDown}");
  await window.keys("r");
  await dialog();
  await settle();
  await window.user.clear(field(/^Nombre de séances$/));
  await window.user.type(field(/^Nombre de séances$/), "5");
  await pause();
  await window.keys("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(practice.series).toHaveLength(1));
  await settle();
  return { ...window, practice, first };
}

describe("repeating", () => {
  it("previews_the_clashes_with_the_next_best_and_books_what_was_decided_by_keyboard", async () => {
    const { practice, marc, anne } = house();
    put(practice, { practitioner: 0, day: "2026-12-01", minute: 620, minutes: 20, patient: anne, type: 0, status: "booked" });
    const { keys, host, user } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marc{F7}");
    await dialog();
    await settle();
    await waitFor(() => expect(document.activeElement).toBe(field(/^Tous les/)));
    await user.clear(field(/^Nombre de séances$/));
    await user.type(field(/^Nombre de séances$/), "4");
    await pause();
    await settle();
    expect(lines()).toHaveLength(4);
    expect(lines()[0]).toContain("libre");
    expect(lines()[1]).toContain("Ce créneau est pris.");
    expect(screen.getByText(/4 rendez-vous à prendre · 1 à décider/)).toBeTruthy();
    expect(await faults()).toEqual([]);
    // Enter goes to what asks for a decision; the second proposal; then all of it.
    await keys("{Enter}");
    expect(document.activeElement?.closest("[data-session]")?.getAttribute("data-session")).toBe("2");
    await keys("{ArrowRight}");
    await keys("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const asked = host.asked.find((one) => one.name === "book_series")?.request as { sessions: { number: number; starts: string }[] };
    expect(asked.sessions[1]?.starts).not.toBe("2026-12-01T10:20");
    expect(practice.appointments.filter((one) => one.patient_id === marc.id && one.status === "booked")).toHaveLength(4);
    await keys("{Control>}z{/Control}");
    expect(practice.appointments.filter((one) => one.patient_id === marc.id && one.status === "booked")).toHaveLength(0);
  });

  it("leaves_out_what_is_left_out", async () => {
    const { practice, marc } = house();
    const { keys, user } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marc{F7}");
    await dialog();
    await settle();
    await user.clear(field(/^Nombre de séances$/));
    await user.type(field(/^Nombre de séances$/), "3");
    await pause();
    await user.click(screen.getAllByRole("radio", { name: "sans" })[2] as HTMLElement);
    await keys("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(practice.appointments.filter((one) => one.patient_id === marc.id)).toHaveLength(2));
  });

  it("says_beside_the_field_what_is_wrong_with_the_rule", async () => {
    const { keys, user } = await openWindow({ practice: house().practice });
    await keys("{Control>}k{/Control}");
    await keys("marc{F7}");
    await dialog();
    await settle();
    await user.clear(field(/^Nombre de séances$/));
    await user.type(field(/^Nombre de séances$/), "500");
    await pause();
    await settle();
    expect(screen.getByRole("alert").textContent).toContain("De 2 à 104 séances");
  });
});

describe("a series that is there", () => {
  it("says_in_the_panel_which_session_it_is_and_shows_them_all", async () => {
    const { keys, user } = await withSeries();
    await keys("{Enter}");
    await settle();
    const place = await waitFor(() => screen.getByRole("button", { name: /Séance .?1.? sur .?5/ }));
    await user.click(place);
    await waitFor(() => expect(screen.getByRole("list", { name: "Séances" }).children).toHaveLength(5));
    expect(await faults()).toEqual([]);
  });

  it("moves_this_and_the_following_with_a_say_of_how_many_and_one_way_back", async () => {
    const { keys, user, practice, host } = await withSeries();
    await keys("r");
    await dialog();
    await settle();
    await user.click(screen.getByRole("radio", { name: "Celle-ci et les suivantes" }));
    const time = field(/^Heure$/);
    await user.clear(time);
    await user.type(time, "16:00");
    await pause();
    await settle();
    expect(screen.getByText(/5 séances changent/)).toBeTruthy();
    await keys("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(host.asked.some((one) => one.name === "change_series")).toBe(true));
    await settle();
    const minutes = (): (number | null)[] => practice.appointments.filter((one) => one.status === "booked").map((one) => one.minute);
    expect(minutes()).toEqual([960, 960, 960, 960, 960]);
    await keys("{Control>}z{/Control}");
    expect(minutes()).toEqual([900, 900, 900, 900, 900]);
  });

  it("cancels_all_to_come_after_saying_how_many", async () => {
    const { keys, user, practice } = await withSeries();
    await keys("{Delete}");
    await settle();
    await user.click(await waitFor(() => screen.getByRole("radio", { name: "Toutes" })));
    await waitFor(() => expect(document.body.textContent).toContain("5 rendez-vous à venir seront annulés."));
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole("button", { name: /Annuler les séances/ }));
    await waitFor(() => expect(practice.appointments.filter((one) => one.status === "cancelled")).toHaveLength(5));
    await settle();
    await keys("{Control>}z{/Control}");
    expect(practice.appointments.filter((one) => one.status === "booked")).toHaveLength(5);
  });
});

describe("in a row", () => {
  it("books_a_family_one_after_another", async () => {
    const { practice, marc, anne } = house();
    const { keys, host } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marc{Shift>}{F7}{/Shift}");
    await dialog();
    await settle();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Ajouter quelqu’un à la suite")));
    await keys("anne");
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
    expect(await faults()).toEqual([]);
    await keys("{Enter}");
    await waitFor(() => expect(document.querySelectorAll(".rows button").length).toBeGreaterThan(1));
    await keys("{Alt>}{ArrowRight}{/Alt}");
    await keys("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(host.asked.some((one) => one.name === "book_row")).toBe(true));
    await settle();
    const booked = practice.appointments.filter((one) => one.status === "booked");
    expect(booked.map((one) => one.patient_id)).toEqual([marc.id, anne.id]);
    expect(booked[1]?.minute).toBe((booked[0]?.minute ?? 0) + (booked[0]?.minutes ?? 0));
    await keys("{Control>}z{/Control}");
    expect(practice.appointments.filter((one) => one.status === "booked")).toHaveLength(0);
  });

  it("books_one_person_with_two_practitioners", async () => {
    const { practice, marc } = house();
    practice.addPractitioner("Dr Karim Haddad", "Cardiologie");
    const { keys, user } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marc{Shift>}{F7}{/Shift}");
    await dialog();
    await settle();
    await user.click(screen.getByRole("button", { name: /Même personne, autre praticien/ }));
    await waitFor(() => expect(document.querySelectorAll(".rows button").length).toBeGreaterThan(0));
    await keys("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(practice.appointments.filter((one) => one.patient_id === marc.id)).toHaveLength(2));
    expect(new Set(practice.appointments.map((one) => one.practitioner_id)).size).toBe(2);
  });
});

describe("in Arabic", () => {
  it("the_preview_and_the_row_have_no_fault", async () => {
    const { practice } = house();
    const { keys } = await openWindow({ practice, language: "ar" });
    const inTheBox = () => waitFor(() => expect(document.activeElement?.getAttribute("role")).toBe("combobox"));
    await keys("{Control>}k{/Control}");
    await inTheBox();
    await keys("marc{F7}");
    await dialog();
    await settle();
    await waitFor(() => expect(lines().length).toBe(10));
    expect(await faults()).toEqual([]);
    await keys("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await keys("{Control>}k{/Control}");
    await inTheBox();
    await keys("marc{Shift>}{F7}{/Shift}");
    await dialog();
    await settle();
    expect(await faults()).toEqual([]);
  });
});

describe("over a lock", () => {
  async function lockAndReturn({ keys, user }: Awaited<ReturnType<typeof openWindow>>): Promise<void> {
    await keys("{Control>}l{/Control}");
    const password = await waitFor(() => screen.getByLabelText(/^Mot de passe/), { timeout: 20_000 });
    expect(document.body.textContent).not.toContain("DUPUIS");
    await user.type(password, `${FAKE_PASSWORD}{Enter}`);
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeNull(), { timeout: 20_000 });
    await settle();
  }

  it("a_half_planned_series_is_there_again_with_its_rule_and_what_was_decided", async () => {
    const { practice, marc, anne } = house();
    put(practice, { practitioner: 0, day: "2026-12-01", minute: 620, minutes: 20, patient: anne, type: 0, status: "booked" });
    const window = await openWindow({ practice });
    const { keys, user } = window;
    await keys("{Control>}k{/Control}");
    await keys("marc{F7}");
    await dialog();
    await settle();
    await user.clear(field(/^Nombre de séances$/));
    await user.type(field(/^Nombre de séances$/), "4");
    await pause();
    await settle();
    await user.click(screen.getAllByRole("radio", { name: "sans" })[2] as HTMLElement);
    await lockAndReturn(window);
    expect(field(/^Nombre de séances$/).value).toBe("4");
    expect(lines()).toHaveLength(4);
    expect(screen.getByText(/3 rendez-vous à prendre/)).toBeTruthy();
    await keys("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(practice.appointments.filter((one) => one.patient_id === marc.id)).toHaveLength(3));
    // Booked: nothing of it is left for the next time.
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("a_half_made_change_of_a_series_is_there_again", async () => {
    const window = await withSeries();
    const { keys, user } = window;
    await keys("r");
    await dialog();
    await settle();
    await user.click(screen.getByRole("radio", { name: "Celle-ci et les suivantes" }));
    const time = field(/^Heure$/);
    await user.clear(time);
    await user.type(time, "16:00");
    await pause();
    await lockAndReturn(window);
    expect(field(/^Heure$/).value).toContain("16");
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Celle-ci et les suivantes" }).checked).toBe(true);
    await waitFor(() => expect(screen.getByText(/5 séances changent/)).toBeTruthy());
  });

  it("a_half_made_row_is_there_again_with_its_places_asked_anew", async () => {
    const { practice, marc, anne } = house();
    const window = await openWindow({ practice });
    const { keys } = window;
    await keys("{Control>}k{/Control}");
    await keys("marc{Shift>}{F7}{/Shift}");
    await dialog();
    await settle();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Ajouter quelqu’un à la suite")));
    await keys("anne");
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
    await keys("{Enter}");
    await lockAndReturn(window);
    await waitFor(() => expect(document.querySelectorAll(".rows button").length).toBeGreaterThan(0));
    await keys("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(practice.appointments.map((one) => one.patient_id)).toEqual([marc.id, anne.id]));
  });
});
