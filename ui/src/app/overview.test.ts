// The agenda's wider views by keyboard: month, list, search, replay, board, columns, filters, zoom; the waiting room's order
// and its next.
import { describe, expect, it, vi } from "vitest";
import { emptyPractice } from "$backend/fake/seed";
import type { FakePractice } from "$backend/fake/practice";
import type { PatientId } from "$backend/types";
import { preferences } from "$kit/state/preferences.svelte";
import { agenda } from "../features/agenda/agenda.svelte";
import { board } from "../features/agenda/board.svelte";
import { filters } from "../features/agenda/filters.svelte";
import { tintOf, fullness } from "../features/agenda/month/month.svelte";
import { orderedColumns, shifted } from "../features/agenda/sites";
import { activePlace, faults, openWindow, screen, settle, waitFor } from "./testing";

interface Put {
  day?: string;
  minute: number | null;
  patient: PatientId;
  status?: "booked" | "arrived" | "in_consultation";
  practitioner?: number;
  note?: string;
  arrived?: string;
}

function put(practice: FakePractice, one: Put) {
  const appointment = {
    id: practice.id<FakePractice["appointments"][number]["id"]>("appointment"),
    code: `K7M4P${String(practice.appointments.length).padStart(2, "0")}`,
    practitioner_id: practice.practitioners[one.practitioner ?? 0]?.id as never,
    patient_id: one.patient,
    type_id: practice.types[0]?.id as never,
    day: one.day ?? practice.today,
    minute: one.minute,
    rank: one.minute === null ? 1 : null,
    minutes: 20,
    status: one.status ?? ("booked" as const),
    origin: one.minute === null ? ("walk_in" as const) : ("phone" as const),
    urgency: "normal" as const,
    overbooked: false,
    note: one.note ?? "",
    arrived: one.arrived ?? null,
    seated: one.status === "in_consultation" ? practice.now : null,
    dismissed: null,
    cancelled_by: null,
    cancel_reason: "",
    revision: 1,
    steps: [],
  };
  practice.appointments.push(appointment);
  return appointment;
}

function people(practice: FakePractice) {
  const dupont = practice.addPatient({ surname: "Dupont", first_name: "Marie", born: "1979-05-12", mobile: "+33611223344" }).id;
  const alaoui = practice.addPatient({ surname: "Alaoui", first_name: "Yassine", born: "1984-02-01", mobile: "+33622334455" }).id;
  return { dupont, alaoui };
}

function small() {
  const practice = emptyPractice();
  return { practice, ...people(practice) };
}

describe("the month", () => {
  it("is_walked_by_arrows_and_enter_opens_the_day_at_that_practitioner", async () => {
    const { practice, dupont } = small();
    put(practice, { day: "2026-11-26", minute: 600, patient: dupont });
    const { keys } = await openWindow({ practice });
    await keys("m");
    expect(screen.getByRole("grid", { name: "Remplissage du mois" })).toBeTruthy();
    await keys("{ArrowDown}{ArrowDown}");
    expect(activePlace()).toMatch(/^jeudi 26 novembre 2026, .*: 0 h 20 pris sur 9 h, 1 rendez-vous/);
    await keys("{Enter}");
    expect(agenda.mode).toBe("day");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("jeudi 26 novembre 2026");
  });

  it("counts_what_the_filters_leave_and_keeps_the_hours", async () => {
    const { practice, dupont, alaoui } = small();
    put(practice, { day: "2026-11-26", minute: 600, patient: dupont });
    put(practice, { day: "2026-11-26", minute: 660, patient: alaoui, status: "arrived" });
    const { keys, host } = await openWindow({ practice });
    filters.statuses = ["arrived"];
    await keys("m{ArrowDown}{ArrowDown}");
    expect(activePlace()).toMatch(/^jeudi 26 novembre 2026, .* sur 9 h, 1 rendez-vous/);
    expect(host.asked.findLast((one) => one.name === "show_month")?.request).toMatchObject({ statuses: ["arrived"], types: [], site_id: null });
    filters.clear();
    await agenda.load();
    await settle();
    expect(activePlace()).toMatch(/, 2 rendez-vous/);
  });

  it("goes_on_past_its_edge", async () => {
    const { keys } = await openWindow({ practice: small().practice });
    await keys("m{PageDown}");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("décembre 2026");
  });

  it("tints_by_fullness_and_never_divides_by_a_closed_day", () => {
    expect(fullness({ booked_minutes: 270, open_minutes: 540 })).toBe(50);
    expect(fullness({ booked_minutes: 20, open_minutes: 0 })).toBeNull();
    expect([0, 1, 20, 21, 100, 101].map(tintOf)).toEqual([0, 1, 1, 2, 5, 6]);
  });
});

describe("the list", () => {
  it("narrows_as_one_types_and_enter_goes_to_the_day", async () => {
    const { practice, dupont, alaoui } = small();
    put(practice, { minute: 600, patient: dupont });
    put(practice, { day: "2026-11-26", minute: 660, patient: alaoui });
    const { keys } = await openWindow({ practice });
    await keys("l");
    expect(screen.getByRole("table", { name: "Liste des rendez-vous" })).toBeTruthy();
    expect(document.body.textContent).toContain("DUPONT");
    await keys("alaoui");
    expect(document.querySelector("table")?.textContent).not.toContain("DUPONT");
    await keys("{Enter}");
    expect(agenda.date).toBe("2026-11-26");
    expect(activePlace()).toMatch(/^11:00, ALAOUI/);
  });
});

describe("the search", () => {
  it("finds_a_person_at_any_date_and_goes_there", async () => {
    const { practice, dupont } = small();
    put(practice, { day: "2027-03-04", minute: 600, patient: dupont });
    const { keys } = await openWindow({ practice });
    await keys("{Control>}f{/Control}");
    const box = await waitFor(() => screen.getByRole("combobox", { name: "Chercher dans l’agenda" }));
    await waitFor(() => expect(document.activeElement).toBe(box));
    await keys("dupont");
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1), { timeout: 3_000 });
    await keys("{Enter}");
    await waitFor(() => expect(agenda.date).toBe("2027-03-04"));
    expect(agenda.opened).toBe(practice.appointments[0]?.id);
  });
});

describe("the replay", () => {
  it("tells_what_others_did_in_groups_and_leads_to_it", async () => {
    const { practice, dupont } = small();
    const one = put(practice, { day: "2026-11-25", minute: 660, patient: dupont });
    one.steps = [
      { sequence: 9, at: `${practice.today}T09:40`, user: "Nadia", command: "move_appointment", changes: [{ field: "starts", before: "2026-11-24T10:00", after: "2026-11-25T11:00" }] },
    ] as never;
    const { keys, user } = await openWindow({ practice });
    await keys("{F9}");
    const entry = await waitFor(() => screen.getByRole("button", { name: /déplacé.*DUPONT Marie/ }));
    expect(entry.textContent).toContain("Nadia");
    await user.click(entry);
    await waitFor(() => expect(agenda.date).toBe("2026-11-25"));
  });
});

describe("the board", () => {
  it("keeps_a_cut_appointment_over_days_and_gives_it_to_a_free_place", async () => {
    const { practice, dupont } = small();
    const one = put(practice, { minute: 660, patient: dupont });
    const { keys } = await openWindow({ practice });
    agenda.point(one.id);
    await settle();
    await keys("b");
    expect(board.pinned.map((other) => other.id)).toEqual([one.id]);
    expect(one.day).toBe("2026-11-24");
    await keys("{PageDown}");
    document.querySelector<HTMLElement>(`[data-pinned="${one.id}"]`)?.focus();
    await keys("{Enter}");
    expect(agenda.cut).toBe(one.id);
    await keys("{Home}{Enter}");
    await settle();
    expect(one.day).toBe("2026-11-25");
    expect(board.pinned).toEqual([]);
  });

  it("lets_a_cut_appointment_be_pasted_on_another_day", async () => {
    const { practice, dupont } = small();
    const one = put(practice, { minute: 660, patient: dupont });
    const { keys } = await openWindow({ practice });
    agenda.point(one.id);
    await settle();
    await keys("x{PageDown}{Home}v");
    await settle();
    expect([one.day, one.minute]).toEqual(["2026-11-25", 480]);
  });
});

describe("columns, filters and zoom", () => {
  it("orders_my_columns_by_alt_and_arrows_and_keeps_them", async () => {
    const { host, keys } = await openWindow();
    await keys("k");
    await waitFor(() => expect(document.querySelector("[data-column-of] input")).toBe(document.activeElement));
    const second = document.querySelectorAll<HTMLElement>("[data-column-of]")[1]?.dataset.columnOf;
    await keys("{Alt>}{ArrowDown}{/Alt}");
    expect(agenda.columns[0]?.practitioner).toBe(second);
    await waitFor(() => expect(host.asked.some((one) => one.name === "save_preferences")).toBe(true));
    await keys("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    preferences.columns = [];
  });

  it("fades_what_a_filter_leaves_out_and_the_cursor_passes_over_it", async () => {
    const { practice, dupont } = small();
    put(practice, { minute: 660, patient: dupont });
    const { keys } = await openWindow({ practice });
    filters.statuses = ["arrived"];
    await agenda.load();
    await settle();
    expect(document.querySelector(".block.dimmed")).not.toBeNull();
    expect(agenda.columns.flatMap((column) => column.stops).some((stop) => stop.id !== null && stop.start === 660)).toBe(false);
    await keys("f");
    await waitFor(() => expect(document.querySelector('[role="dialog"][aria-label="Filtrer"]')).not.toBeNull());
    await keys("{Escape}");
    filters.clear();
  });

  it("zooms_to_five_minutes_a_line_and_the_cursor_steps_so", async () => {
    const { keys } = await openWindow({ practice: small().practice });
    await keys("{Control>}={/Control}{Control>}={/Control}");
    expect(preferences.zoom).toBe(5);
    await keys("{Home}{ArrowDown}");
    expect(activePlace()).toContain("8:05");
    await keys("{Control>}-{/Control}{Control>}-{/Control}");
    expect(preferences.zoom).toBe(15);
  });

  it("groups_columns_by_site_in_the_user_s_own_order", () => {
    const of = (id: string, site: string) => ({ id, site_id: site }) as never;
    const active = [of("a", "north"), of("b", "south"), of("c", "north")];
    const sites = [{ id: "north" }, { id: "south" }] as never;
    expect(orderedColumns([], active, [{ id: "north" }] as never, null)).toEqual([]);
    expect(orderedColumns([], active, sites, null)).toEqual(["a", "c", "b"]);
    expect(orderedColumns(["c", "b", "a"] as never, active, sites, null)).toEqual(["c", "a", "b"]);
    expect(orderedColumns(["c", "a"] as never, active, sites, "south" as never)).toEqual(["b"]);
    expect(shifted(["a", "b", "c"], "b", 1)).toEqual(["a", "c", "b"]);
    expect(shifted(["a", "b"], "a", -1)).toEqual(["a", "b"]);
  });
});

describe("the waiting room", () => {
  function room() {
    const { practice, dupont, alaoui } = small();
    const seated = put(practice, { minute: 600, patient: practice.addPatient({ surname: "Petit", first_name: "Jean" }).id, status: "in_consultation" });
    const one = put(practice, { minute: 610, patient: dupont, status: "arrived", arrived: `${practice.today}T10:00`, practitioner: 0 });
    const two = put(practice, { minute: null, patient: alaoui, status: "arrived", arrived: `${practice.today}T10:05` });
    one.minute = 625;
    return { practice, seated, one, two };
  }

  it("tells_the_expected_wait_and_calls_the_next_by_one_key_with_one_way_back", async () => {
    const { practice, seated, one } = room();
    const { keys } = await openWindow({ practice });
    expect(document.querySelector(".expected")?.textContent).toContain("20 min");
    await keys("q");
    await settle();
    expect([seated.status, one.status]).toEqual(["done", "in_consultation"]);
    await keys("{Control>}z{/Control}");
    await settle();
    expect([seated.status, one.status]).toEqual(["in_consultation", "arrived"]);
  });

  it("changes_the_order_by_alt_and_arrow", async () => {
    const { practice, two } = room();
    const { keys, host } = await openWindow({ practice });
    document.querySelector<HTMLElement>(`[data-waiting="${two.id}"]`)?.focus();
    await keys("{Alt>}{ArrowUp}{/Alt}");
    await settle();
    expect(host.asked.some((asked) => asked.name === "place_in_queue")).toBe(true);
    expect(document.querySelector(".line [data-waiting]")?.getAttribute("data-waiting")).toBe(two.id);
  });

  it("opens_the_wall_display_by_f8", async () => {
    const opened = vi.spyOn(window, "open").mockReturnValue(null);
    const { keys } = await openWindow({ practice: small().practice });
    await keys("{F8}");
    expect(opened.mock.calls[0]?.[0]).toContain("#wall");
    opened.mockRestore();
  });
});

describe.each(["fr", "ar"] as const)("in %s", (language) => {
  it.each(["m", "l"])("the_view_of_key_%s_has_no_fault", async (key) => {
    const { practice, dupont } = small();
    put(practice, { minute: 600, patient: dupont });
    const { keys } = await openWindow({ practice, language });
    await keys(key);
    expect(await faults()).toEqual([]);
  });

  it.each(["{Control>}f{/Control}", "{F9}"])("the_dialog_of_key_%s_has_no_fault", async (key) => {
    const { practice, dupont } = small();
    put(practice, { minute: 600, patient: dupont });
    const { keys } = await openWindow({ practice, language });
    await keys(key);
    await waitFor(() => expect(screen.getByRole("dialog")).toBeTruthy());
    expect(await faults()).toEqual([]);
  });
});
