// Types and hours in full, by keyboard: what a type asks for, rooms, openings, blocks, locums, holidays, guided rebooking;
// and how the agenda shows them.
import { describe, expect, it } from "vitest";
import type { SaveBlockRequest, SaveTypeRequest } from "$backend/types";
import { demonstrationPractice } from "$backend/fake/seed";
import { focused, lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, openWindow, settle, waitFor } from "./testing";

const NAV = 'nav button[aria-current="page"]';

async function part(name: string, options: Parameters<typeof openAt>[2] = {}) {
  const opened = await openAt("settings", NAV, { as: "lefevre", about: { part: name }, ...options });
  await waitFor(() => expect(document.querySelector(".part h2, .part .select-trigger")).not.toBeNull(), { timeout: 10_000 });
  await settle();
  return opened;
}

function field(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll<HTMLLabelElement>(".part form label")].find((one) => one.textContent?.trim().startsWith(label));
  return document.getElementById(found?.htmlFor ?? "") as HTMLInputElement;
}

function button(words: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>("button")].findLast((one) => one.textContent?.includes(words) || one.getAttribute("aria-label")?.includes(words));
  if (!found) throw new Error(`no button says ${words}`);
  return found;
}

describe("types", () => {
  it("say_when_the_practitioner_is_needed_what_is_kept_free_and_what_it_costs", async () => {
    const { keys, user, host } = await part("types");
    await keys("a");
    await keys("Soin");
    field("Durée").focus();
    await keys("{Control>}a{/Control}15");
    field("Temps libre après").focus();
    await keys("{Control>}a{/Control}5");
    field("Tarif").focus();
    await keys("26,50");
    await user.click(button("De la minute 0"));
    await user.click(button("De la minute 10"));
    await settle();
    field("Nom du motif").focus();
    await keys("{Enter}");
    await until("Enregistré");
    expect(lastAsked(host, "save_type") as SaveTypeRequest).toMatchObject({ provider_time: "/X/", buffer_minutes: 5, price_cents: 2650, minutes: 15 });
    expect(pageText()).toContain("5 min libres après");
  });

  it("never_let_go_of_the_last_part_that_needs_the_practitioner", async () => {
    const { keys, user, host } = await part("types");
    await keys("a");
    await keys("Court");
    field("Durée").focus();
    await keys("{Control>}a{/Control}10");
    await user.click(button("De la minute 0"));
    await user.click(button("De la minute 5"));
    await settle();
    field("Nom du motif").focus();
    await keys("{Enter}");
    await until("Enregistré");
    expect(lastAsked(host, "save_type")).toMatchObject({ provider_time: "/X" });
  });

  it("refuse_a_price_that_is_none_beside_its_field", async () => {
    const { keys, host } = await part("types");
    const invoke = host.invoke.bind(host);
    host.invoke = async (name, request) => {
      if (name === "save_type" && (request as SaveTypeRequest).price_cents === -1) throw { code: "bad_price", field: "price_cents", parameters: {} };
      return invoke(name, request);
    };
    await keys("a");
    await keys("Cher");
    field("Tarif").focus();
    await keys("beaucoup{Enter}");
    await until("Un montant, comme 26,50.");
  });
});

describe("rooms and equipment", () => {
  it("have_a_kind_and_are_booked_along_by_a_type", async () => {
    const { keys, practice } = await part("resources");
    await until("Ni salle ni matériel");
    await keys("k");
    await keys("Échographe{Enter}");
    await until("Aucune salle, aucun appareil");
    await keys("a");
    await keys("Écho 1{Enter}");
    await until("Écho 1");
    expect(practice.resources).toMatchObject([{ name: "Écho 1", kind_id: practice.resourceKinds[0]?.id, active: true }]);
  });
});

describe("openings, blocks and locums", () => {
  it("an_opening_of_one_date_is_added_by_one_key_and_comes_back_by_undo", async () => {
    const { keys, user, host } = await part("hours");
    await until("Ouvertures exceptionnelles");
    await keys("o");
    expect(focused()).toContain("Jour");
    await keys("28112026");
    field("Pour l’accueil").focus();
    await keys("Garde{Enter}");
    await until("Garde");
    expect(lastAsked(host, "add_opening")).toMatchObject({ day: "2026-11-28", from: 540, to: 720 });
    await user.click(button("Ôter cette ouverture"));
    await until("Aucune ouverture exceptionnelle");
    await keys("{Control>}z{/Control}");
    await until("Garde");
  });

  it("a_block_without_a_type_is_refused_beside_its_types", async () => {
    const { keys, user, host } = await part("hours");
    await until("Plages gardées");
    await keys("b");
    document.querySelector<HTMLInputElement>('.part form input[type="radio"][value="types"]')?.click();
    await settle();
    await user.click(button("Enregistrer"));
    await until("Choisissez au moins un motif pour cette plage.");
    document.querySelectorAll<HTMLInputElement>(".part form input[type=checkbox]")[7]?.click();
    await settle();
    field("Nom dans l’agenda").focus();
    await keys("Vaccins du matin{Enter}");
    await until("Vaccins du matin");
    const sent = lastAsked(host, "save_block") as SaveBlockRequest;
    expect(sent).toMatchObject({ kind: "types", release_days: 0, release_minute: 600, weekdays: [1, 2, 3, 4, 5] });
    expect(sent.types).toHaveLength(1);
  });

  it("a_locum_is_named_with_first_and_last_day", async () => {
    const { keys, practice } = await part("hours");
    await until("Remplacements");
    await keys("r");
    await keys("Dr Roux");
    field("Premier jour").focus();
    await keys("24112026");
    field("Dernier jour").focus();
    await keys("26112026{Enter}");
    await until("Dr Roux");
    expect(practice.locums).toMatchObject([{ name: "Dr Roux", first_day: "2026-11-24", last_day: "2026-11-26" }]);
  });
});

describe("guided rebooking", () => {
  const absent = async () => {
    const opened = await part("hours");
    await until("Absences à venir");
    await opened.keys("a");
    await opened.keys("26112026{Tab}{Tab}{Control>}a{/Control}27/11/26{Enter}");
    await until("rendez-vous à déplacer");
    return opened;
  };

  it("moves_one_by_enter_and_all_by_one_key_and_takes_them_back", async () => {
    const { keys, user, practice } = await absent();
    const away = practice.practitioners[0]?.id;
    const hit = () => practice.appointments.filter((one) => one.practitioner_id === away && ["2026-11-26", "2026-11-27"].includes(one.day) && ["booked", "confirmed"].includes(one.status)).length;
    const before = hit();
    expect(before).toBeGreaterThan(2);
    await user.click(button("Déplacer…"));
    await until("À déplacer : Dr Lefèvre");
    expect(document.activeElement?.getAttribute("role")).toBe("radio");
    await keys("{Enter}");
    await until("1 rendez-vous déplacé");
    expect(hit()).toBe(before - 1);
    await keys("{Control>}{Enter}{/Control}");
    await until("rendez-vous déplacés");
    expect(hit()).toBe(0);
    await until("Plus rien à déplacer");
    await keys("{Control>}z{/Control}");
    await waitFor(() => expect(hit()).toBe(before - 1));
    await keys("{Escape}");
    await until("Semaine type");
  });

  it("chooses_another_time_by_arrows", async () => {
    const { keys, user, host } = await absent();
    await user.click(button("Déplacer…"));
    await until("À déplacer");
    await keys("{ArrowRight}");
    const chosen = document.activeElement;
    expect(chosen?.getAttribute("aria-checked")).toBe("true");
    await keys("{Enter}");
    await until("déplacé");
    const { moves } = lastAsked(host, "rebook_appointments") as { moves: { practitioner_id: string }[] };
    expect(moves).toHaveLength(1);
    expect(moves[0]?.practitioner_id).not.toBe(host.practice.practitioners[0]?.id);
  });

  it.each(["fr", "ar"] as const)("has_no_fault_in_%s", { timeout: 90_000 }, async (language) => {
    const practice = demonstrationPractice();
    const first = practice.practitioners[0]?.id;
    if (first) practice.absences.push({ id: "absence-2", practitioner_id: first, day: "2026-11-26", from: 480, to: 1080, label: "" });
    await part("hours", { practice, language });
    await waitFor(() => expect(document.querySelector(".hit button:last-child")).not.toBeNull());
    document.querySelector<HTMLElement>(".hit button:last-child")?.click();
    await waitFor(() => expect(document.querySelector('[role="radio"]')).not.toBeNull());
    expect(await faults()).toEqual([]);
  });
});

describe("holidays", () => {
  it("close_unless_the_practice_opens_and_come_back_by_undo", async () => {
    const { keys, user, practice } = await part("calendar");
    await until("Noël");
    await user.click(button("Ouvrir : Noël"));
    await until("Ouvert ce jour-là");
    expect(practice.holidayChanges).toMatchObject([{ day: "2026-12-25", state: "open", holiday: "christmas" }]);
    await keys("{Control>}z{/Control}");
    await settle();
    expect(practice.holidayChanges).toEqual([]);
  });

  it("of_the_practice_s_own_have_a_name", async () => {
    const { keys, practice } = await part("calendar");
    await until("Noël");
    await keys("a");
    await keys("13072026");
    field("Nom").focus();
    await keys("{Enter}");
    await until("Un nom est nécessaire.");
    await keys("Pont{Enter}");
    await until("Pont");
    expect(practice.holidayChanges).toMatchObject([{ day: "2026-07-13", state: "closed", label: "Pont" }]);
  });

  it("by_the_moon_are_put_on_the_announced_date", async () => {
    const practice = demonstrationPractice();
    practice.country = "MA";
    const { keys, user } = await part("calendar", { practice });
    await until("Aïd al-Fitr");
    await user.click(button("Changer la date de Aïd al-Fitr"));
    await settle();
    await keys("{Control>}a{/Control}21032026{Enter}");
    await waitFor(() => expect(practice.holidayChanges.map((one) => [one.day, one.state])).toEqual([["2026-03-20", "nothing"], ["2026-03-21", "closed"]]));
  });

  it("of_schools_are_entered_with_their_zone", async () => {
    const { keys, practice } = await part("calendar");
    await until("Vacances scolaires");
    await keys("v");
    await keys("Noël");
    field("Zone").focus();
    await keys("A");
    field("Premier jour").focus();
    await keys("19122026");
    field("Dernier jour").focus();
    await keys("03012027{Enter}");
    await until("zone A");
    expect(practice.schoolHolidays).toMatchObject([{ label: "Noël", zone: "A", first_day: "2026-12-19", last_day: "2027-01-03" }]);
  });
});

describe("the agenda", () => {
  it("paints_blocks_with_their_release_openings_locums_and_holidays", async () => {
    const practice = demonstrationPractice();
    const [first, second] = practice.practitioners;
    if (!first || !second) throw new Error("there are practitioners");
    practice.locums.push({ id: practice.id("locum"), practitioner_id: second.id, name: "Dr Roux", number: "", first_day: practice.today, last_day: practice.today, warnings: [] });
    practice.blocks.push({ ...block(), id: practice.id("block"), practitioner_id: first.id, kind: "urgent", weekdays: [2], from: 480, to: 510, release_days: 0, release_minute: 660 });
    practice.schoolHolidays.push({ id: practice.id("school"), zone: "A", label: "Noël", first_day: "2026-12-19", last_day: "2027-01-03" });
    practice.openings.push({ id: practice.id("opening"), practitioner_id: first.id, day: "2026-12-25", from: 540, to: 720, label: "" });
    const { keys } = await openWindow({ practice });
    expect(document.querySelector(".kept.urgent")?.textContent).toContain("Urgences du jour");
    expect(document.querySelector(".kept.urgent")?.textContent?.replace(/[\u2066-\u2069]/g, "")).toContain("libéré à 11:00");
    const { clock } = await import("$kit/state/clock.svelte");
    clock.set("2026-11-24T11:00");
    await settle();
    expect(document.querySelector(".kept.urgent"), "released at its minute, without asking anew").toBeNull();
    expect(document.querySelectorAll(".head")[1]?.textContent?.replace(/[\u2066-\u2069]/g, "")).toContain("remplacé par Dr Roux");
    const { agenda } = await import("../features/agenda/agenda.svelte");
    await agenda.go("2026-12-25");
    await settle();
    expect(document.querySelector(".closed.holiday .label")?.textContent).toContain("Noël");
    expect(document.querySelector(".opening")?.textContent).toContain("Ouverture exceptionnelle");
    expect(document.querySelector(".toolbar")?.textContent).toContain("férié : Noël");
    expect(document.querySelector(".toolbar")?.textContent).toContain("vacances : Noël (A)");
    expect(await faults()).toEqual([]);
    await keys("{Escape}");
  });

  it("does_not_schedule_over_a_block_but_on_purpose", async () => {
    const practice = demonstrationPractice();
    const [first] = practice.practitioners;
    if (!first) throw new Error("there are practitioners");
    practice.blocks.push({ ...block(), id: practice.id("block"), practitioner_id: first.id });
    const { user, host } = await openWindow({ practice });
    const { move } = await import("../features/agenda/actions");
    const { agenda } = await import("../features/agenda/agenda.svelte");
    const one = agenda.columns[0]?.items.find((item) => item.view.status === "booked")?.view;
    if (!one) throw new Error("there is a booked one");
    void move(one, { practitioner: first.id, starts: "2026-11-27T18:30", minutes: 20 });
    await waitFor(() => expect(toastText()).toContain("Pas de rendez-vous sur cette plage"));
    await user.click(button("Surréserver"));
    await waitFor(() => expect((lastAsked(host, "move_appointment") as { overbook: boolean }).overbook).toBe(true));
  });
});

function block() {
  return {
    kind: "no_scheduling" as const,
    weekdays: [5],
    from: 1110,
    to: 1140,
    valid_from: null,
    valid_until: null,
    weeks: "every" as const,
    release_days: null,
    release_minute: null,
    types: [],
    label: "",
  };
}
