// The agenda as a secretary drives it: by keyboard alone, on the fake host behind the real door.
import { describe, expect, it } from "vitest";
import { FAKE_PASSWORD } from "$backend/fake/entrance";
import { emptyPractice, put } from "$backend/fake/seed";
import { preferences } from "$kit/state/preferences.svelte";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { agenda } from "../features/agenda/agenda.svelte";
import { small } from "./small";
import { activePlace, openWindow, screen, settle, waitFor } from "./testing";

const toastText = (): string => document.querySelector('[role="status"] .toast')?.textContent?.replace(/\s+/g, " ") ?? "";

describe("booking by keyboard", () => {
  it("from_a_slot_takes_enter_a_name_and_enter", async () => {
    const { practice, marie } = small();
    const { keys, host } = await openWindow({ practice });
    await keys("{Enter}");
    await keys("dup mar");
    expect(screen.getByRole("option", { name: /DUPONT Marie/ })).toHaveProperty("ariaSelected", "true");
    await keys("{Enter}");
    const booked = host.asked.find((one) => one.name === "book_appointment")?.request;
    expect(booked).toMatchObject({ patient_id: marie.id, starts: "2026-11-24T10:15", overbook: false });
    expect(toastText()).toMatch(/DUPONT Marie .*10:15.*K7M 4PX-/);
    expect(activePlace()).toMatch(/^10:15, DUPONT Marie/);
  });

  it("can_be_undone_by_ctrl_z", async () => {
    const { practice } = small();
    const { keys } = await openWindow({ practice });
    await keys("{Enter}");
    await keys("dup mar");
    await keys("{Enter}");
    expect(practice.appointments.filter((one) => one.minute === 615 && one.status === "booked")).toHaveLength(1);
    await keys("{Control>}z{/Control}");
    expect(practice.appointments.filter((one) => one.minute === 615 && one.status === "booked")).toHaveLength(0);
    expect(toastText()).toContain("C’est annulé.");
  });

  it("from_ctrl_k_offers_the_first_free_slots_and_alt_arrows_choose_one", async () => {
    const { practice } = small();
    const { keys, host } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marc");
    await keys("{Alt>}{ArrowRight}{/Alt}");
    const chips = screen.getAllByRole("button", { pressed: true });
    expect(chips[0]?.textContent).toContain("10:40");
    await keys("{Enter}");
    expect(host.asked.find((one) => one.name === "book_appointment")?.request).toMatchObject({ starts: "2026-11-24T10:40" });
  });

  it("takes_the_type_from_its_short_name_at_the_end", async () => {
    const { practice } = small();
    const { keys, host } = await openWindow({ practice });
    await keys("{Enter}");
    await keys("dup mar suivi");
    await keys("{Enter}");
    const suivi = practice.types.find((one) => one.short_name === "suivi");
    expect(host.asked.find((one) => one.name === "book_appointment")?.request).toMatchObject({ type_id: suivi?.id });
  });

  it("says_a_taken_slot_in_words_and_overbooks_on_purpose_only", async () => {
    const { practice, marc } = small();
    const { keys, user, host } = await openWindow({ practice });
    await keys("{Enter}");
    await keys("marie");
    put(practice, { practitioner: 0, day: practice.today, minute: 615, minutes: 20, patient: marc, type: 0, status: "booked" });
    await keys("{Enter}");
    expect(screen.getByText(/déjà pris/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Surréserver" }));
    await settle();
    const asked = host.asked.filter((one) => one.name === "book_appointment").map((one) => (one.request as { overbook: boolean }).overbook);
    expect(asked).toEqual([false, true]);
  });

  it("shows_what_matters_of_a_match_and_no_more", async () => {
    const { keys } = await openWindow({ practice: small().practice });
    await keys("{Control>}k{/Control}");
    await keys("dup");
    const words = screen.getAllByRole("option").map((one) => one.textContent?.replace(/\s+/g, " ").trim());
    expect(words[0]).toMatch(/DUPONT Marie.*dernier rdv.*02\/09.*12\/05\/1979.*06 11 22 33 44/);
    expect(words[1]).toMatch(/DUPUIS Marc.*2 absences/);
  });
});

describe("a new patient", () => {
  it("is_created_and_booked_in_one_step", async () => {
    const { practice } = small();
    const { keys, host } = await openWindow({ practice });
    await keys("{Enter}");
    await keys("lefebvre anna 030279 06 11 22 33 55");
    await keys("{Enter}");
    expect(screen.getByLabelText("Nom")).toHaveProperty("value", "LEFEBVRE");
    expect(document.activeElement?.textContent).toContain("Créer et réserver");
    await keys("{Enter}");
    const anna = practice.patients.find((one) => one.surname === "LEFEBVRE");
    expect(anna).toMatchObject({ first_name: "Anna", mobile: "06 11 22 33 55" });
    expect(host.asked.find((one) => one.name === "book_appointment")?.request).toMatchObject({ patient_id: anna?.id });
  });

  it("shows_likely_duplicates_before_anything_is_saved", async () => {
    const { practice } = small();
    const { keys, user, host } = await openWindow({ practice });
    await keys("{Enter}");
    await keys("dupont marie 12/05/1979 0612345678");
    await keys("{Enter}");
    await waitFor(() => expect(screen.getByText("Peut-être déjà connu :")).toBeTruthy());
    await user.click(screen.getByRole("button", { name: /DUPONT Marie.*c’est cette personne/ }));
    await settle();
    expect(host.asked.some((one) => one.name === "create_patient")).toBe(false);
    expect(host.asked.some((one) => one.name === "book_appointment")).toBe(true);
  });

  it("without_a_name_is_refused_beside_the_field", async () => {
    const { keys, user } = await openWindow({ practice: small().practice });
    await keys("{Enter}");
    await keys("zzz");
    await keys("{Enter}");
    await user.clear(screen.getByLabelText("Nom"));
    await user.click(screen.getByRole("button", { name: /Créer et réserver/ }));
    await settle();
    expect(screen.getByLabelText("Nom").getAttribute("aria-invalid")).toBe("true");
  });
});

describe("on an appointment", () => {
  const onFirst = "{ArrowDown}{ArrowDown}{ArrowDown}";

  it("a_then_c_then_d_take_it_through_the_day", async () => {
    const { practice, first } = small();
    const { keys } = await openWindow({ practice });
    await keys(onFirst);
    await keys("a");
    expect(first.status).toBe("arrived");
    expect(screen.getByRole("heading", { name: /Salle d’attente · 1/ })).toBeTruthy();
    await keys("c");
    expect(first.status).toBe("in_consultation");
    await keys("d");
    expect(first.status).toBe("done");
  });

  it("n_marks_absent_and_the_toast_takes_it_back", async () => {
    const { practice, first } = small();
    const { keys, user } = await openWindow({ practice });
    await keys(onFirst);
    await keys("n");
    expect(first.status).toBe("no_show");
    await user.click(screen.getByRole("button", { name: /Annuler/ }));
    await settle();
    expect(first.status).toBe("booked");
  });

  it("letters_do_nothing_once_they_are_switched_off_and_leave_the_footer", async () => {
    const { practice, first } = small();
    const { keys } = await openWindow({ practice });
    await keys(onFirst);
    expect(screen.getByRole("contentinfo").textContent).toContain("arrivé");
    preferences.letters = false;
    await keys("a");
    expect(first.status).toBe("booked");
    expect(screen.getByRole("contentinfo").textContent).not.toContain("arrivé");
  });

  it("shift_and_arrows_move_it_by_a_quarter_of_an_hour", async () => {
    const { practice, first } = small();
    const { keys } = await openWindow({ practice });
    await keys(onFirst);
    await keys("{Shift>}{ArrowUp}{/Shift}");
    expect(first.minute).toBe(645);
    expect(activePlace()).toMatch(/^10:45, DUPONT Marie/);
  });

  it("moving_onto_another_is_refused_in_words_and_offers_to_overbook", async () => {
    const { practice, first } = small();
    const { keys, user } = await openWindow({ practice });
    await keys(onFirst);
    await keys("{Shift>}{ArrowDown}{/Shift}");
    expect(first.minute).toBe(660);
    expect(toastText()).toContain("déjà pris");
    await user.click(screen.getByRole("button", { name: "Surréserver" }));
    await settle();
    expect([first.minute, first.overbooked]).toEqual([675, true]);
  });

  it("ctrl_and_arrows_make_it_longer_or_shorter", async () => {
    const { practice, first } = small();
    const { keys } = await openWindow({ practice });
    await keys(onFirst);
    await keys("{Control>}{ArrowUp}{/Control}");
    expect([first.minute, first.minutes]).toEqual([660, 15]);
    await keys("{Control>}{ArrowDown}{ArrowDown}{/Control}");
    expect(first.minutes).toBe(20);
    expect(toastText()).toContain("recouvrirait");
  });

  it("x_and_v_move_it_elsewhere", async () => {
    const { practice, first } = small();
    const { keys } = await openWindow({ practice });
    await keys(onFirst);
    await keys("x");
    await keys("{ArrowUp}");
    expect(activePlace()).toContain("⏎ coller ici");
    await keys("v");
    expect(first.minute).toBe(645);
    expect(agenda.cut).toBeNull();
  });

  it("is_cut_again_while_the_answer_to_its_move_is_on_its_way", async () => {
    const { practice, first } = small();
    const { keys, host } = await openWindow({ practice });
    const { invoke } = host;
    let answer = (): void => undefined;
    const late = new Promise<void>((resolve) => (answer = resolve));
    host.invoke = async (name, request, of) => {
      const answered = await invoke(name, request, of);
      if (name === "move_appointment") await late;
      return answered;
    };
    await keys(onFirst);
    await keys("{Shift>}{ArrowUp}{/Shift}");
    practice.announce("agenda", first.id);
    await settle();
    expect(activePlace()).toMatch(/^10:45, DUPONT Marie/);
    await keys("x");
    answer();
    await settle();
    expect(agenda.cut).toBe(first.id);
    await keys("{ArrowUp}");
    await keys("v");
    expect(first.minute).toBe(630);
  });

  it("escape_gives_up_a_cut", async () => {
    const { keys } = await openWindow({ practice: small().practice });
    await keys(onFirst);
    await keys("x");
    await keys("{Escape}");
    expect(agenda.cut).toBeNull();
  });

  it("enter_opens_it_with_its_code_history_and_actions", async () => {
    const { keys } = await openWindow({ practice: small().practice });
    await keys(onFirst);
    await keys("{Enter}");
    const panel = screen.getByRole("complementary");
    expect(panel.textContent?.replace(/\s+/g, " ")).toMatch(/DUPONT Marie.*Consultation.*20.*min.*11:00.*Code .*06 11 22 33 44/);
    expect(panel.textContent).toMatch(/Pris par téléphone le .*18\/11.* par .*Samia/);
    for (const name of ["Arrivé", "Déplacer", "Annuler", "Fiche"]) expect(screen.getByRole("button", { name })).toBeTruthy();
  });

  it("delete_asks_by_whom_and_why_in_its_place_and_enter_cancels", async () => {
    const { practice, first } = small();
    const { keys, user } = await openWindow({ practice });
    await keys(onFirst);
    await keys("{Delete}");
    expect(document.activeElement).toBe(screen.getByLabelText(/Motif/));
    await user.keyboard("grippe");
    await keys("{Enter}");
    expect(first).toMatchObject({ status: "cancelled", cancelled_by: "patient", cancel_reason: "grippe" });
    await keys("{Control>}z{/Control}");
    expect(first.status).toBe("booked");
  });

  it("a_note_is_edited_where_it_stands", async () => {
    const { practice, first } = small();
    const { keys, user } = await openWindow({ practice });
    await keys(onFirst);
    await keys("{Enter}");
    await user.click(screen.getByRole("button", { name: "Ajouter une note…" }));
    await keys("apporter les résultats");
    await keys("{Control>}{Enter}{/Control}");
    expect(first.note).toBe("apporter les résultats");
  });

  it("a_change_by_somebody_else_meanwhile_is_said_and_shown", async () => {
    const { practice, first } = small();
    const { keys } = await openWindow({ practice });
    await keys(onFirst);
    first.revision += 1;
    await keys("{Shift>}{ArrowUp}{/Shift}");
    expect(toastText()).toContain("entre-temps");
    expect(first.minute).toBe(660);
  });
});

describe("a walk-in", () => {
  it("takes_w_a_name_and_enter_and_waits_in_the_waiting_room_only", async () => {
    const { practice, marc } = small();
    const { keys } = await openWindow({ practice });
    await keys("w");
    await keys("dupuis");
    await keys("{Enter}");
    const walkIn = practice.appointments.find((one) => one.minute === null);
    expect(walkIn).toMatchObject({ patient_id: marc.id, origin: "walk_in", status: "arrived" });
    expect(screen.getByRole("heading", { name: /Salle d’attente · 1/ })).toBeTruthy();
    expect(screen.queryByRole("heading", { name: /Sans rendez-vous/ })).toBeNull();
  });

  it("is_shown_as_seen_once_it_waits_no_more", async () => {
    const { practice } = small();
    const { keys, user } = await openWindow({ practice });
    await keys("w");
    await keys("dupuis");
    await keys("{Enter}");
    const card = screen.getByRole("button", { name: /DUPUIS Marc/ });
    card.focus();
    await user.keyboard("c");
    await settle();
    expect(practice.appointments.find((one) => one.minute === null)?.status).toBe("in_consultation");
    expect(screen.getByRole("heading", { name: /Sans rendez-vous · 1/ })).toBeTruthy();
  });
});

describe("days and weeks", () => {
  it("page_down_and_t_go_to_tomorrow_and_back", async () => {
    const { keys } = await openWindow({ practice: small().practice });
    await keys("{PageDown}");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("mercredi 25 novembre 2026");
    await keys("t");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("mardi 24 novembre 2026");
  });

  it("s_shows_the_week_of_one_practitioner_and_j_the_day_again", async () => {
    const { keys } = await openWindow();
    await keys("s");
    expect(screen.getAllByRole("row")).toHaveLength(5);
    expect(screen.getByRole("grid", { name: "Semaine de Dr Lefèvre" })).toBeTruthy();
    await keys("j");
    expect(screen.getAllByRole("row")).toHaveLength(4);
  });

  it("g_picks_a_day_by_keyboard", async () => {
    const { keys } = await openWindow({ practice: small().practice });
    await keys("g");
    await waitFor(() => expect(screen.getByLabelText("mardi 24 novembre 2026")).toBe(document.activeElement));
    await keys("{ArrowRight}{ArrowDown}");
    await keys("{Enter}");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("mercredi 2 décembre 2026");
  });
});

describe("the window", () => {
  it("shows_a_colleague_s_booking_without_being_asked", async () => {
    const { practice, marc } = small();
    await openWindow({ practice });
    put(practice, { practitioner: 0, day: practice.today, minute: 900, minutes: 20, patient: marc, type: 0, status: "booked" });
    practice.announce("agenda");
    await settle();
    expect(screen.getByLabelText(/^15:00, DUPUIS Marc/)).toBeTruthy();
  });

  it("locks_by_ctrl_l_and_keeps_no_name_on_the_page", async () => {
    const { keys, host } = await openWindow({ practice: small().practice });
    expect(document.body.textContent).toContain("DUPONT");
    await keys("{Control>}l{/Control}");
    expect(session.now).toBeNull();
    expect(host.asked.at(-1)?.name === "lock" || host.asked.some((one) => one.name === "lock")).toBe(true);
    expect(document.body.textContent).not.toContain("DUPONT");
    expect(agenda.columns).toHaveLength(0);
  });

  it("gives_back_after_a_lock_what_was_being_typed", async () => {
    const { keys, user } = await openWindow({ practice: small().practice });
    await keys("{Enter}");
    await keys("lefebvre anna");
    await keys("{Enter}");
    await user.type(screen.getByLabelText("Date de naissance"), "030279");
    await keys("{Control>}l{/Control}");
    const password = await waitFor(() => screen.getByLabelText(/^Mot de passe/), { timeout: 20_000 });
    expect(document.body.textContent).not.toContain("lefebvre");
    await user.type(password, `${FAKE_PASSWORD}{Enter}`);
    await waitFor(() => expect(screen.getByLabelText("Date de naissance")).toHaveProperty("value", "030279"), { timeout: 20_000 });
    expect(screen.getByLabelText("Nom")).toHaveProperty("value", "LEFEBVRE");
  });

  it("leaves_when_the_host_says_that_nobody_is_signed_in", async () => {
    const { practice } = small();
    const { keys, host } = await openWindow({ practice });
    host.invoke = () => Promise.reject({ code: "signed_out", field: null, parameters: {} });
    await keys("{PageDown}");
    expect(session.now).toBeNull();
  });

  it("blurs_names_by_ctrl_h", async () => {
    const { keys } = await openWindow({ practice: small().practice });
    await keys("{Control>}h{/Control}");
    expect(document.documentElement.dataset.privacy).toBe("on");
    await keys("{Control>}h{/Control}");
    expect(document.documentElement.dataset.privacy).toBe("off");
  });

  it("f1_lists_every_key_and_escape_closes_it", async () => {
    const { keys } = await openWindow({ practice: small().practice });
    await keys("{F1}");
    const dialog = screen.getByRole("dialog", { name: "Toutes les touches" });
    expect(dialog.textContent).toContain("marquer absent".slice(8));
    // One practice is open: its keys are not named without words. Keys bear the names of the keyboard, one each.
    expect([...dialog.querySelectorAll("dd")].every((words) => words.textContent?.trim() !== "")).toBe(true);
    expect(dialog.textContent).toContain("Maj");
    expect(dialog.textContent).not.toContain("Shift");
    await keys("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("the_footer_speaks_in_one_line_and_never_gives_f1_up", async () => {
    await openWindow({ practice: small().practice });
    const footer = screen.getByRole("contentinfo");
    expect(footer.textContent).toContain("chercher dans l’agenda");
    expect(footer.querySelector(".fitting")?.textContent).not.toContain("F1");
    expect(footer.lastElementChild?.textContent).toContain("F1");
  });

  it("offers_nothing_that_changes_to_who_may_only_read", async () => {
    const { practice, first } = small();
    practice.users.push({ id: practice.id("user"), login: "adm", name: "Administration", role: "administrator", administrator: true, practitioner_id: null, state: "active" });
    practice.user = practice.users.at(-1) ?? null;
    const { keys } = await openWindow({ practice });
    expect(screen.queryByRole("combobox")).toBeNull();
    await keys("{ArrowDown}{ArrowDown}{ArrowDown}a");
    expect(first.status).toBe("booked");
    await keys("{Enter}");
    expect(screen.queryByRole("button", { name: "Déplacer" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Patients" })).toBeNull();
  });

  it("says_what_to_do_on_an_empty_day", async () => {
    await openWindow({ practice: emptyPractice() });
    expect(screen.getByText("Journée libre")).toBeTruthy();
  });

  it("keeps_quiet_in_a_toast_about_nothing", async () => {
    await openWindow({ practice: emptyPractice() });
    expect(toasts.current).toBeNull();
  });
});
