// Several practices at once: each action in the right one, whatever the ids; opening, closing, locking; counts and their file.
import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FAKE_PASSWORD } from "$backend/fake/entrance";
import { neighbour } from "$backend/fake/neighbours";
import type { FakePractice } from "$backend/fake/practice";
import { elsewhere } from "$backend/fake/practices";
import { demonstrationPractice } from "$backend/fake/seed";
import { practices } from "$kit/state/practices.svelte";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { agenda } from "../features/agenda/agenda.svelte";
import { board } from "../features/agenda/board.svelte";
import { parked } from "../features/agenda/box/parked.svelte";
import { waiting } from "../features/agenda/side/waiting.svelte";
import { boxRequest } from "$kit/state/box.svelte";
import { lastAsked, openAt, pageText, toastText, until } from "./opening";
import { activePlace, faults, type OpenWindow, settle } from "./testing";

const files = vi.hoisted(() => ({ saved: [] as { name: string; base64: string }[] }));
vi.mock("$backend/files", async (original) => ({
  ...(await original<typeof import("$backend/files")>()),
  saveFile: (file: { name: string; base64: string }) => {
    files.saved.push(file);
    return Promise.resolve(file.name);
  },
}));

const named = (name: string): string => practices.list.find((one) => one.name === name)?.practice ?? "";

function two(): { practice: FakePractice; other: FakePractice } {
  const practice = demonstrationPractice();
  practice.name = "Cabinet du Parc";
  practice.demonstration = false;
  practice.practitioners = practice.practitioners.slice(0, 2);
  practice.appointments = practice.appointments.filter((one) => practice.practitioners.some((other) => other.id === one.practitioner_id));
  return { practice, other: neighbour(2, "Centre Anfa", "violet", 2) };
}

async function sideBySide(options: { language?: "fr" | "ar" } = {}): Promise<OpenWindow & { other: FakePractice }> {
  const { practice, other } = two();
  const open = await openAt("practices", "[role=grid], #known-title", { practice, others: [other], about: { part: "day" }, ...options });
  await waitFor(() => expect(document.querySelectorAll('[role="grid"] [role="row"]')).toHaveLength(4), { timeout: 10_000 });
  await settle();
  document.querySelector<HTMLElement>('[role="grid"]')?.focus();
  return { ...open, other };
}

beforeEach(() => {
  files.saved.length = 0;
  elsewhere.clear();
  boxRequest.close();
  agenda.clear();
  agenda.several = false;
  agenda.mode = "day";
  agenda.date = "";
  agenda.cursor = { column: 0, start: 480, id: null };
});

describe("side by side", () => {
  it("columns_say_their_practice_and_the_cursor_takes_its_practice_in_hand", async () => {
    const { keys } = await sideBySide();
    const rows = [...document.querySelectorAll('[role="grid"] [role="row"]')].map((row) => row.getAttribute("aria-label") ?? "");
    expect(rows.map((row) => row.includes("Cabinet du Parc"))).toEqual([true, true, false, false]);
    expect(rows[2]).toContain("Centre Anfa");
    expect(document.querySelector("header .mark")?.textContent).toBe("Cabinet du Parc");
    await keys("{ArrowRight}{ArrowRight}");
    expect(agenda.cursor.column).toBe(2);
    expect(document.querySelector("header .mark")?.textContent).toBe("Centre Anfa");
    await keys("{ArrowLeft}");
    expect(document.querySelector("header .mark")?.textContent).toBe("Cabinet du Parc");
  });

  it("a_key_acts_only_in_the_practice_of_the_cursor_though_ids_are_the_same", async () => {
    const { host, practice, other, keys } = await sideBySide();
    const column = agenda.columns[2];
    const booked = column?.items.find((item) => item.view.status === "booked" || item.view.status === "confirmed");
    if (!booked) throw new Error("nobody is to come");
    const twin = practice.appointments.find((one) => one.id === booked.id);
    const status = twin?.status;
    agenda.cursor = { column: 2, start: booked.start, id: booked.view.id };
    await settle();
    await keys("a");
    await waitFor(() => expect(toastText()).toContain("Centre Anfa"));
    expect(host.asked.findLast((one) => one.name === "set_status")?.practice).toBe(other.vault);
    expect(other.appointments.find((one) => one.id === booked.id)?.status).toBe("arrived");
    expect(practice.appointments.find((one) => one.id === booked.id)?.status).toBe(status);
    // Undone later, from another practice's column: still where it was made.
    agenda.cursor = { column: 0, start: 480, id: null };
    await settle();
    expect(session.practice).toBe(practice.vault);
    await keys("{Control>}z{/Control}");
    await until("C’est annulé");
    expect(host.asked.findLast((one) => one.name === "undo")?.practice).toBe(other.vault);
    expect(other.appointments.find((one) => one.id === booked.id)?.status).toBe(booked.view.status);
  });

  it("the_box_names_the_practice_and_books_there", async () => {
    const { host, practice, other, keys } = await sideBySide();
    const free = agenda.columns[3]?.stops.find((stop) => stop.id === null && stop.start > 620);
    if (!free) throw new Error("nothing is free");
    agenda.cursor = { column: 3, start: free.start, id: null };
    await settle();
    await keys("{Enter}");
    await waitFor(() => expect(document.querySelector(".box .mark")?.textContent).toBe("Centre Anfa"));
    const before = [practice.appointments.length, other.appointments.length];
    await keys("dup mar");
    await waitFor(() => expect(document.querySelector('[role="option"]')).not.toBeNull());
    await keys("{Enter}");
    await waitFor(() => expect(other.appointments.length).toBe((before[1] ?? 0) + 1));
    expect(practice.appointments.length).toBe(before[0]);
    expect(host.asked.filter((one) => one.name === "book_appointment").map((one) => one.practice)).toEqual([other.vault]);
    const asked = host.asked.filter((one) => one.name === "read_box");
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every((one) => one.practice === other.vault)).toBe(true);
  });

  it("nobody_is_moved_into_another_practice", async () => {
    const { host, keys } = await sideBySide();
    const booked = agenda.columns[1]?.items.find((item) => item.view.status === "booked" || item.view.status === "confirmed");
    if (!booked) throw new Error("nobody is to come");
    agenda.cursor = { column: 1, start: booked.start, id: booked.view.id };
    await settle();
    await keys("{Shift>}{ArrowRight}{/Shift}");
    expect(host.asked.some((one) => one.name === "move_appointment")).toBe(false);
    expect(toastText()).toContain("d’un cabinet dans un autre");
    // What was cut in one is not pasted in the other, and that is said; back in its own it still can be.
    toasts.dismiss();
    await keys("x{ArrowRight}");
    expect([session.practice, agenda.cut, agenda.cutElsewhere]).toEqual([named("Centre Anfa"), null, true]);
    const free = agenda.columns[2]?.stops.find((stop) => stop.id === null);
    agenda.cursor = { column: 2, start: free?.start ?? 0, id: null };
    await settle();
    await keys("v");
    await waitFor(() => expect(toastText()).toContain("d’un cabinet dans un autre"));
    expect([boxRequest.open, host.asked.some((one) => one.name === "move_appointment")]).toEqual([false, false]);
    const back = agenda.columns[0]?.stops.find((stop) => stop.id === null && stop.start > 700);
    agenda.cursor = { column: 0, start: back?.start ?? 0, id: null };
    await settle();
    await keys("v");
    await waitFor(() => expect(host.asked.findLast((one) => one.name === "move_appointment")?.practice).toBe(named("Cabinet du Parc")));
  });

  it("calls_the_board_and_the_waiting_room_are_those_of_the_practice_in_hand", async () => {
    const { host, other, keys } = await sideBySide();
    const booked = agenda.columns[1]?.items.find((item) => item.view.status === "booked" || item.view.status === "confirmed");
    if (!booked) throw new Error("nobody is to come");
    agenda.cursor = { column: 1, start: booked.start, id: booked.view.id };
    await settle();
    await keys("b");
    await waitFor(() => expect(board.pinned).toHaveLength(1));
    // The other one's board is empty, though the same id stands there too.
    await keys("{Control>}b{/Control}");
    await waitFor(() => expect(session.practice).toBe(other.vault));
    await settle();
    expect(board.pinned).toEqual([]);
    for (const name of ["show_board", "show_waiting_room", "count_calls"]) expect(host.asked.findLast((one) => one.name === name)?.practice, name).toBe(other.vault);
    const waits = waiting.list[0];
    await keys("q");
    if (waits) await waitFor(() => expect(host.asked.findLast((one) => one.name === "call_next")?.practice).toBe(other.vault));
    // A call is noted there.
    document.querySelector<HTMLElement>('[role="grid"]')?.focus();
    await keys("{Control>}k{/Control}dup mar");
    await waitFor(() => expect(document.querySelector('[role="option"]')).not.toBeNull());
    await keys("{F4}");
    await waitFor(() => expect(document.querySelector("form textarea, form .about input")).not.toBeNull());
    await keys("Renouvellement{Enter}");
    await waitFor(() => expect(host.asked.findLast((one) => one.name === "note_call")?.practice).toBe(other.vault));
  });

  it("weeks_months_lists_and_filters_are_one_practices_and_are_not_offered", async () => {
    const { host, keys } = await sideBySide();
    await keys("m");
    await keys("l");
    await keys("s");
    await keys("f");
    expect(agenda.mode).toBe("day");
    expect(host.asked.some((one) => ["show_month", "list_appointments"].includes(one.name))).toBe(false);
    expect(document.querySelector('[aria-label="Filtres"], [aria-label="Colonnes"]')).toBeNull();
  });

  it("a_drag_into_another_practice_is_refused_in_words_and_within_its_own_it_moves", async () => {
    const { host, practice } = await sideBySide();
    const booked = agenda.columns[1]?.items.find((item) => item.view.status === "booked" || item.view.status === "confirmed");
    if (!booked) throw new Error("nobody is to come");
    // jsdom lays nothing out and scrolls nothing: columns a hundred pixels wide, a day a thousand high.
    const grid = document.querySelector('[role="grid"]');
    if (grid) grid.scrollBy = () => undefined;
    document.querySelectorAll<HTMLElement>("[data-column]").forEach((body, at) => {
      body.getBoundingClientRect = () => ({ x: at * 100, y: 0, left: at * 100, right: at * 100 + 100, top: 0, bottom: 1000, width: 100, height: 1000, toJSON: () => ({}) });
    });
    const drag = async (to: number): Promise<void> => {
      const block = document.querySelector(`[data-column="1"] [data-id="${booked.id}"]`);
      if (!block) throw new Error("the appointment is not shown");
      await fireEvent.pointerDown(block, { button: 0, clientX: 150, clientY: 500, pointerType: "mouse" });
      await fireEvent.pointerMove(window, { clientX: to, clientY: 500, pointerType: "mouse" });
      await fireEvent.pointerUp(window, { clientX: to, clientY: 500, pointerType: "mouse" });
      await settle();
    };
    await drag(250);
    expect(toastText()).toContain("d’un cabinet dans un autre");
    expect(host.asked.some((one) => one.name === "move_appointment")).toBe(false);
    // The same gesture to a colleague of its own practice is a move there.
    await drag(50);
    const moved = host.asked.findLast((one) => one.name === "move_appointment");
    expect([moved?.practice, (moved?.request as { practitioner_id: string } | undefined)?.practitioner_id]).toEqual([practice.vault, agenda.columns[0]?.practitioner]);
  });

  it("what_is_put_aside_stays_with_its_practice", async () => {
    const { host, practice, other, keys } = await sideBySide();
    await keys("{Control>}k{/Control}leroux");
    await keys("{F2}");
    await waitFor(() => expect(host.asked.some((one) => one.name === "save_draft" && one.practice === practice.vault && (one.request as { kind: string }).kind === "parked")).toBe(true));
    await keys("{Escape}");
    await keys("{Control>}b{/Control}");
    await waitFor(() => expect(session.practice).toBe(other.vault));
    await waitFor(() => expect(parked.list).toEqual([]));
    await keys("{Control>}b{/Control}");
    await waitFor(() => expect(parked.list.map((one) => one.text)).toEqual(["leroux"]));
  });

  it("ctrl_b_goes_round_the_open_practices_and_cards_say_who_waits", async () => {
    const { keys, other } = await sideBySide();
    await waitFor(() => expect(document.querySelectorAll(".cards .facts")).toHaveLength(2));
    expect(document.querySelector(".cards")?.textContent).toMatch(/\d+ en attente/);
    await keys("{Control>}b{/Control}");
    expect(session.practice).toBe(other.vault);
    expect(agenda.columns[agenda.cursor.column]?.practice).toBe(other.vault);
    await keys("{Control>}b{/Control}");
    expect(agenda.cursor.column).toBe(0);
    expect(activePlace()).not.toBe("");
  });

  it("clocks_that_differ_are_said_and_followed", async () => {
    const { practice, other } = two();
    other.zone = "Africa/Casablanca";
    other.now = "2026-11-24T09:14";
    await openAt("practices", "[role=grid], #known-title", { practice, others: [other], about: { part: "day" } });
    await waitFor(() => expect(document.querySelectorAll('[role="grid"] [role="row"]')).toHaveLength(4), { timeout: 10_000 });
    await until("Heure locale");
    expect(agenda.apart(other.vault)).toBe(-60);
    agenda.cursor = { column: 2, start: 540, id: null };
    await settle();
    expect(document.querySelector(".now-time")?.textContent).toBe("9:14");
  });

  it.each(["fr", "ar"] as const)("has_no_fault_of_access_in_%s", async (language) => {
    await sideBySide({ language });
    expect(await faults()).toEqual([]);
  });
});

describe("the list", () => {
  it("opens_a_practice_by_its_own_password_beside_the_other", async () => {
    const { practice, other } = two();
    other.user = null;
    const { host, user, keys } = await openAt("practices", "#known-title", { practice, others: [other] });
    await until("Centre Anfa");
    await user.click(screen.getByRole("button", { name: /Ouvrir Centre Anfa/ }));
    await settle();
    await keys("faux{Enter}");
    await waitFor(() => expect(document.querySelector("[aria-invalid=true]")).not.toBeNull());
    expect([session.all.length, session.practice]).toEqual([1, practice.vault]);
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await waitFor(() => expect(session.all.map((one) => one.vault)).toEqual([practice.vault, other.vault]));
    expect(session.practice).toBe(other.vault);
    expect(lastAsked(host, "open_practice")).toMatchObject({ practice: other.vault });
    await until("Centre Anfa est ouvert");
    // Closing one leaves the other.
    await user.click(screen.getByRole("button", { name: "Fermer Centre Anfa" }));
    await waitFor(() => expect(session.all.map((one) => one.vault)).toEqual([practice.vault]));
    expect(practice.user).not.toBeNull();
  });

  it("adds_by_folder_refuses_in_words_and_forgets_with_a_way_back", async () => {
    const { practice, other } = two();
    elsewhere.set("/srv/anfa", Object.assign(other, { folder: "/srv/anfa", user: null }));
    const { user } = await openAt("practices", "#known-title", { practice });
    await user.type(screen.getByLabelText("Dossier du coffre"), "/srv/nothing{Enter}");
    await until("Aucun coffre dans ce dossier");
    await user.clear(screen.getByLabelText("Dossier du coffre"));
    await user.type(screen.getByLabelText("Dossier du coffre"), "/srv/anfa{Enter}");
    await until("Mot de passe pour Centre Anfa");
    await user.click(screen.getByRole("button", { name: "Retirer de la liste Centre Anfa" }));
    await waitFor(() => expect(practices.list).toHaveLength(1));
    expect(toastText()).toContain("Son dossier est intact");
    await user.click(screen.getByRole("button", { name: /^Annuler/ }));
    await waitFor(() => expect(practices.list).toHaveLength(2));
    expect(screen.queryByRole("button", { name: "Retirer de la liste Cabinet du Parc" })).toBeNull();
    expect(await faults()).toEqual([]);
  });
});

describe("switching", () => {
  it("begins_every_screen_anew_in_the_other_practice_and_keeps_drafts_where_they_belong", async () => {
    const { practice, other } = two();
    other.patients = other.patients.filter((one) => one.surname !== "DUPONT");
    const { host, keys } = await openAt("agenda", '[role="grid"] [role="row"]', { practice, others: [other] });
    await waitFor(() => expect(practices.several).toBe(true));
    await keys("{Control>}k{/Control}leroux");
    await keys("{Control>}b{/Control}");
    await waitFor(() => expect(document.querySelector("header .mark")?.textContent).toBe("Centre Anfa"));
    const kept = host.asked.filter((one) => one.name === "save_draft" && one.practice === practice.vault);
    expect(kept.map((one) => (one.request as { kind: string }).kind)).toContain("booking");
    await waitFor(() => expect(host.asked.findLast((one) => one.name === "show_days")?.practice).toBe(other.vault));
    expect(boxRequest.open).toBe(false);
  });

  it("lock_closes_all_and_the_entrance_stands_before_the_practice_in_hand", async () => {
    const { practice, other } = two();
    const { keys, user } = await openAt("agenda", '[role="grid"] [role="row"]', { practice, others: [other] });
    await waitFor(() => expect(practices.several).toBe(true));
    await keys("{Control>}b{/Control}");
    await waitFor(() => expect(session.practice).toBe(other.vault));
    await keys("{Control>}l{/Control}");
    await waitFor(() => expect([practice.user, other.user]).toEqual([null, null]));
    expect(session.all).toEqual([]);
    await until("Quel cabinet ?");
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Centre Anfa" }).checked).toBe(true);
    await user.click(screen.getByRole("radio", { name: "Cabinet du Parc" }));
    await settle();
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole("radio", { name: /Samia/ }));
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await waitFor(() => expect(session.practice).toBe(practice.vault));
    expect(other.user).toBeNull();
    // What was open with it is asked for next, each by its own password; then all stand side by side again.
    await until("Ouverts avant le verrouillage");
    await until("Mot de passe pour Centre Anfa");
    await settle();
    expect(await faults()).toEqual([]);
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await waitFor(() => expect(session.all).toHaveLength(2));
    await waitFor(() => expect(document.querySelectorAll('[role="grid"] [role="row"]')).toHaveLength(4), { timeout: 10_000 });
  });

  it("signed_out_of_one_leaves_the_other_open", async () => {
    const { practice, other } = two();
    const { host } = await openAt("agenda", '[role="grid"] [role="row"]', { practice, others: [other] });
    await waitFor(() => expect(practices.several).toBe(true));
    const { call } = await import("$backend/door");
    const ask = host.invoke.bind(host);
    host.invoke = (name, request, of) => (name === "undo" && of === other.vault ? Promise.reject({ code: "signed_out" }) : ask(name, request, of));
    await call("undo", { sequence: null }, { practice: other.vault as never }).catch(() => undefined);
    await waitFor(() => expect(session.all.map((one) => one.vault)).toEqual([practice.vault]));
    expect(document.querySelector('[role="grid"]')).not.toBeNull();
  });
});

describe("counts", () => {
  it("stand_by_practice_with_a_total_and_go_into_a_file", async () => {
    const { practice, other } = two();
    practice.record("book_appointment", "a", () => undefined);
    practice.record("book_appointment", "b", () => undefined);
    other.record("cancel_appointment", "a", () => undefined);
    const { host, keys } = await openAt("practices", "table", { practice, others: [other], about: { part: "counts" } });
    await waitFor(() => expect(document.querySelectorAll("tbody tr")).toHaveLength(3), { timeout: 5_000 });
    const table = [...document.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent?.trim()));
    expect(table).toEqual([
      ["Cabinet du Parc", "2", "0", "0", "0"],
      ["Centre Anfa", "0", "0", "1", "0"],
      ["Total", "2", "0", "1", "0"],
    ]);
    expect(lastAsked(host, "show_counts")).toEqual({ from: "2026-11-01", to: "2026-11-24", whose: "own" });
    await keys("{Control>}s{/Control}");
    await waitFor(() => expect(files.saved).toHaveLength(1));
    expect(files.saved[0]?.name).toBe("decompte-2026-11-01-2026-11-24.csv");
    expect(pageText()).toContain("jamais le contenu");
    expect(await faults()).toEqual([]);
  });
});
