// Statistics by keyboard: a period beside the one before, pictures with their tables, the table to keep.
import { beforeAll, describe, expect, it } from "vitest";
import { emptyPractice } from "$backend/fake/seed";
import { lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, settle, waitFor } from "./testing";

const TILES = ".tile";
const open = (options: Parameters<typeof openAt>[2] = {}) => openAt("statistics", TILES, { as: "lefevre", ...options });
const heading = () => document.querySelector("header h1")?.textContent ?? "";
const figures = (name: string) => document.querySelector(`table[aria-label="${name}"]`);

// The screen is loaded when it is first shown: on a busy machine longer than a test waits for it.
beforeAll(() => import("../features/statistics/Screen.svelte"), 60_000);

describe("statistics", () => {
  it("begin_with_the_month_and_walk_by_page_keys", async () => {
    const { keys, host } = await open();
    expect(heading()).toBe("novembre 2026");
    expect(lastAsked(host, "show_statistics")).toMatchObject({ period: "month", on: "2026-11-24" });
    await keys("{PageUp}");
    expect(heading()).toBe("octobre 2026");
    await keys("{PageDown}{PageDown}");
    expect(heading()).toBe("décembre 2026");
    await keys("t");
    expect(heading()).toBe("novembre 2026");
  });

  it("show_the_same_figures_in_every_picture_and_in_the_table_beside_it", async () => {
    await open();
    const pictures = [...document.querySelectorAll('svg[role="img"]')];
    expect(pictures.length).toBe(6);
    for (const picture of pictures) {
      expect(document.getElementById(picture.getAttribute("aria-labelledby") ?? "")?.textContent).toBeTruthy();
      expect(picture.closest("section")?.querySelectorAll("tbody tr").length).toBeGreaterThan(0);
    }
    const section = figures("Remplissage par praticien")?.closest("section");
    const values = [...(section?.querySelectorAll("svg .value") ?? [])].map((one) => one.textContent);
    const cells = [...(section?.querySelectorAll("tbody tr") ?? [])].map((row) => row.querySelectorAll("td")[1]?.textContent?.trim());
    expect(values).toEqual(cells);
    expect(values.length).toBeGreaterThan(1);
  });

  it("are_of_one_practitioner_or_one_type_where_that_is_chosen", async () => {
    const { user, host, practice } = await open();
    const trigger = [...document.querySelectorAll<HTMLElement>(".choice .select-trigger")][0];
    if (!trigger) throw new Error("no choice");
    trigger.focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.querySelector(".select-item")).not.toBeNull());
    await user.keyboard("{ArrowDown}{Enter}");
    await settle();
    expect(lastAsked(host, "show_statistics")).toMatchObject({ practitioners: [practice.practitioners[0]?.id], types: [] });
  });

  it("take_any_two_days_and_refuse_them_beside_their_field_in_the_wrong_order", async () => {
    const { user, host } = await open();
    const custom = [...document.querySelectorAll<HTMLInputElement>('.segmented input')].at(-1);
    custom?.click();
    await settle();
    const [from, to] = [...document.querySelectorAll<HTMLInputElement>(".span input")];
    if (!from || !to) throw new Error("no days");
    await user.clear(from);
    await user.type(from, "10/11/2026");
    await user.clear(to);
    await user.type(to, "16/11/2026{Enter}");
    await settle();
    expect(lastAsked(host, "show_statistics")).toMatchObject({ period: "custom", on: "2026-11-10", until: "2026-11-16" });
    await user.clear(to);
    await user.type(to, "01/11/2026{Enter}");
    await until("La fin vient après le début");
    expect(to.getAttribute("aria-invalid")).toBe("true");
  });

  it("are_kept_as_a_table_by_one_key", async () => {
    const { keys, host } = await open();
    URL.createObjectURL = () => "blob:x";
    URL.revokeObjectURL = () => undefined;
    await keys("c");
    await waitFor(() => expect(toastText()).toContain("statistics-2026-11-01-2026-11-30.csv"));
    expect(lastAsked(host, "export_statistics")).toMatchObject({ figures: { period: "month" }, language: "fr" });
  });

  it("say_which_key_leads_on_where_there_is_nothing", async () => {
    await openAt("statistics", ".empty", { as: "lefevre", practice: emptyPractice() });
    expect(pageText()).toContain("Page ↑ montre la période d’avant");
  });

  it("are_not_shown_to_a_secretary", async () => {
    await openAt("statistics", "nav", { as: "samia" });
    expect(pageText()).not.toContain("Statistiques");
  });

  it.each(["fr", "ar"] as const)("have_no_fault_in_%s", { timeout: 90_000 }, async (language) => {
    await open({ language });
    expect(await faults()).toEqual([]);
  });

  it("grow_from_the_right_in_arabic", async () => {
    await open({ language: "ar" });
    const bars = document.querySelectorAll('svg[role="img"]')[1];
    const [track, bar] = [bars?.querySelector(".track"), bars?.querySelector("rect.now")];
    const end = (one: Element | null | undefined) => Number(one?.getAttribute("x")) + Number(one?.getAttribute("width"));
    expect(end(bar)).toBeCloseTo(end(track));
    const columns = [...(document.querySelectorAll('svg[role="img"]')[3]?.querySelectorAll("rect.now") ?? [])].map((one) => Number(one.getAttribute("x")));
    expect(columns.length).toBeGreaterThan(3);
    expect(columns).toEqual([...columns].sort((a, b) => b - a));
  });
});
