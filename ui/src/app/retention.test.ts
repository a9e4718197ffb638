// Retention by keyboard: rules with their source and bounds, what is due, the archive opened for a reason, the list that is
// confirmed as it stands.
import { beforeAll, describe, expect, it } from "vitest";
import { preview } from "$kit/state/preview.svelte";
import { session } from "$kit/state/session.svelte";
import { lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, fireEvent, screen, settle } from "./testing";

const open = (options: Parameters<typeof openAt>[2] = {}) => openAt("privacy", ".office .part h2", { as: "lefevre", about: { part: "retention" }, ...options });

beforeAll(async () => {
  await import("../features/privacy/Screen.svelte");
  await import("../features/privacy/retention/Retention.svelte");
}, 60_000);

const press = async (name: RegExp): Promise<void> => {
  await fireEvent.click(await screen.findByRole("button", { name }));
  await settle();
};

describe("retention", () => {
  it("shows_each_rule_with_its_source_and_refuses_less_than_the_law_beside_the_field", async () => {
    const { host, keys, user } = await open();
    await until("2020-081");
    expect(pageText()).toContain("20 ans");
    expect(await faults()).toEqual([]);
    await fireEvent.click(screen.getByText("Dossier de patient"));
    await settle();
    const months = screen.getByLabelText(/Durée totale/);
    await user.clear(months);
    await user.type(months, "60");
    await user.type(screen.getByLabelText(/Motif de la décision/), "Décision");
    await keys("{Enter}");
    await until("La loi demande au moins 120 mois");
    expect(months.getAttribute("aria-invalid")).toBe("true");
    await user.clear(months);
    await user.type(months, "180");
    await keys("{Enter}");
    expect(lastAsked(host, "set_retention_rule")).toMatchObject({ category: "patient_record", months: 180, active_months: 60, reason: "Décision" });
    await until("Plus court que la référence");
    expect(toastText()).toContain("Durée enregistrée");
  });

  it("looks_without_changing_holds_somebody_back_and_archives_the_rest", async () => {
    const { host, keys, user } = await open();
    await until("2020-081");
    await keys("m");
    await until("sans échéance");
    expect(await faults()).toEqual([]);
    expect(host.asked.some((one) => one.name === "archive_patients")).toBe(false);
    const row = [...document.querySelectorAll<HTMLElement>("tbody tr[tabindex]")].find((one) => one.textContent?.includes("À détruire"));
    row?.focus();
    await keys("{Enter}");
    await user.type(screen.getByLabelText(/Précision/), "Expertise en cours");
    await keys("{Enter}");
    expect(lastAsked(host, "hold_patient")).toMatchObject({ ground: "legal_claim", note: "Expertise en cours" });
    await until("Conservé sur motif");
    await press(/Archiver tous/);
    await until("archivé");
    expect((lastAsked(host, "archive_patients") as { patients: string[] }).patients.length).toBeGreaterThan(0);
    await keys("r");
    await until("Expertise en cours");
  });

  it("opens_the_archive_for_a_reason_alone_reads_and_brings_back", async () => {
    const { host, keys, user } = await open();
    await until("2020-081");
    await keys("a");
    await until("L’archive intermédiaire est vide");
    await keys("m");
    await until("sans échéance");
    await press(/Archiver tous/);
    await keys("a");
    await until("inscrite au journal");
    await press(/Ouvrir l’archive/);
    expect(screen.getByLabelText(/Motif de l’ouverture/).getAttribute("aria-invalid")).toBe("true");
    await user.type(screen.getByLabelText(/Motif de l’ouverture/), "Contentieux");
    await keys("{Enter}");
    await until("est ouverte");
    expect(lastAsked(host, "open_intermediate")).toEqual({ reason: "Contentieux" });
    await press(/^Chercher/);
    await until("Archivé le");
    expect(await faults()).toEqual([]);
    document.querySelector<HTMLElement>("tbody tr[tabindex]")?.focus();
    await keys("{Enter}");
    await until("Toux sèche");
    await user.type(screen.getByLabelText(/Motif du retour/), "Revient");
    await keys("{Enter}");
    expect(toastText()).toContain("de nouveau en base active");
    await keys("r");
    expect(lastAsked(host, "close_intermediate")).toEqual({});
    expect(pageText()).not.toContain("Toux sèche");
  });

  it("destroys_the_list_that_was_looked_through_and_shows_its_report", async () => {
    const { host, keys } = await open();
    await until("2020-081");
    await keys("d");
    await press(/Établir la liste/);
    await until("Empreinte de la liste");
    expect(await faults()).toEqual([]);
    const destroy = screen.getByRole("button", { name: /Détruire définitivement/ });
    expect((destroy as HTMLButtonElement).disabled).toBe(true);
    await fireEvent.click(screen.getByRole("checkbox", { name: /J’ai relu/ }));
    await settle();
    await fireEvent.click(destroy);
    await until("Rien ne les ramène");
    const dialog = screen.getByRole("dialog");
    await fireEvent.click([...dialog.querySelectorAll("button")].find((one) => one.textContent?.includes("Détruire")) as HTMLElement);
    await settle();
    expect((lastAsked(host, "confirm_destruction") as { digest: string }).digest).toHaveLength(64);
    await until("exécutée le");
    expect(preview.file?.name).toBe("destruction.pdf");
    preview.close();
  });

  it("shows_an_administrator_no_archive_and_lets_them_destroy_nothing", async () => {
    const { keys, practice } = await open();
    await until("2020-081");
    if (practice.user) practice.user.role = "administrator";
    if (session.now) session.now = { ...session.now, permissions: session.now.permissions.filter((one) => one !== "read_clinical") };
    await settle();
    expect(screen.queryByRole("tab", { name: "Archive intermédiaire" })).toBeNull();
    await keys("d");
    await until("Seul un praticien");
    expect(screen.queryByRole("button", { name: /Établir/ })).toBeNull();
  });

  it("reads_from_right_to_left", async () => {
    await open({ language: "ar" });
    await until("مدد الحفظ");
    expect(document.documentElement.dir).toBe("rtl");
    expect(await faults()).toEqual([]);
  });
});
