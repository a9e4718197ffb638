// Results by keyboard: what nobody has seen is seen, what is doubtful is decided, files and scans come in. A secretary decides and
// does not read.
import { beforeAll, describe, expect, it, vi } from "vitest";
import { demonstrationPractice, emptyPractice } from "$backend/fake/seed";
import { focused, lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, screen, settle, waitFor } from "./testing";

const open = (options: Parameters<typeof openAt>[2] = {}) => openAt("results", ".results .list h2", { as: "lefevre", ...options });
const lines = (): string[] => [...document.querySelectorAll('.results [role="option"]')].map((one) => one.textContent?.replace(/\s+/g, " ").trim() ?? "");
const button = (words: string): HTMLElement | undefined => [...document.querySelectorAll<HTMLElement>("button")].find((one) => one.textContent?.includes(words));

/** The patients of the demonstration whom the fake's reports are about. */
function people(): { first: string; second: string } {
  const [first, second] = demonstrationPractice().patients;
  return { first: first?.surname.toUpperCase() ?? "", second: second?.surname.toUpperCase() ?? "" };
}

function fileOf(name: string, text: string, type = ""): File {
  return new File([text], name, { type });
}

async function give(file: File): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('[role="dialog"] input[type="file"]');
  if (!input) throw new Error("nothing takes a file");
  await waitFor(() => expect(input.disabled).toBe(false));
  Object.defineProperty(input, "files", { value: [file], configurable: true });
  input.dispatchEvent(new Event("change", { bubbles: true }));
  await settle();
  await settle();
}

// The screen is loaded when it is first shown: on a busy machine longer than a test waits for it.
beforeAll(() => import("../features/results/Screen.svelte"), 60_000);

describe("results", () => {
  it("that_nobody_has_seen_are_shown_with_what_is_abnormal_and_v_goes_to_the_next", async () => {
    const { keys, host } = await open();
    const { first, second } = people();
    await until("Hémoglobine");
    expect(lines()[0]).toContain(first);
    expect(lines()[0]).toContain("4 valeurs anormales");
    expect(focused()).toBe("Comptes rendus que personne n’a vus");
    const marks = [...document.querySelectorAll("article .mark")].map((one) => one.textContent?.trim());
    expect(marks).toContain("bas");
    expect(marks).toContain("haut");
    expect(document.querySelectorAll("article .mark svg").length).toBeGreaterThan(2);
    expect(pageText()).toContain("se contredisent");
    expect(pageText()).toContain("12.0 – 16.0");
    expect(pageText()).toContain("11.8");
    expect(document.querySelector('svg[role="img"] title')?.textContent).toContain("Hémoglobine");
    expect(await faults()).toEqual([]);
    await keys("v");
    expect(toastText()).toContain("Marqué comme vu");
    expect(lastAsked(host, "mark_seen")).toMatchObject({ seen: true, version: 1 });
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toContain(second);
    await keys("v");
    expect(pageText()).toContain("Tout est vu");
    expect(pageText()).toContain("I importe un fichier");
  });

  it("of_one_patient_stand_with_their_curves_and_documents", async () => {
    const { keys } = await open();
    await until("Hémoglobine");
    await keys("p");
    await until("Échographie thyroïdienne");
    expect(lines()).toHaveLength(5);
    expect(lines()[1]).toContain("Échographie");
    await keys("{ArrowDown}{ArrowDown}");
    expect(pageText()).toContain("Vu par");
    button("Ferritine")?.click();
    await settle();
    expect(document.querySelector('svg[role="img"] title')?.textContent).toContain("Ferritine");
    expect(document.querySelectorAll("svg .point")).toHaveLength(4);
    expect(await faults()).toEqual([]);
    await keys("{ArrowUp}");
    expect(pageText()).toContain("Imagerie");
    // No picture can be drawn here: that is said.
    vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("no pictures")));
    await keys("o");
    await until("ne peut pas être dessinée");
    expect(await faults()).toEqual([]);
  });

  it("that_are_doubtful_are_decided_beside_the_candidates", async () => {
    const { keys, host } = await open();
    const { first } = people();
    await keys("b");
    await until("Le fichier dit");
    expect(lines()).toHaveLength(3);
    expect(lines()[0]).toContain("Ressemble");
    const marked = [...document.querySelectorAll("td.differs")].map((one) => one.textContent?.replace(/\s+/g, " ").trim() ?? "");
    expect(marked.length).toBeGreaterThan(0);
    expect(marked.every((one) => one.includes("différent"))).toBe(true);
    expect(document.querySelectorAll("td.differs svg").length).toBe(marked.length);
    expect(button(`Attribuer à`)?.textContent).toContain(first);
    expect(await faults()).toEqual([]);
    await keys("a");
    expect(toastText()).toContain("Résultat au dossier");
    expect(lines()).toHaveLength(2);
    // A new patient.
    await keys("n");
    expect(lastAsked(host, "attach_result")).toMatchObject({ patient_id: null });
    // What was cut cannot be attached: it can be read, refused, taken back.
    await until("Coupé : il en manque la fin");
    expect(button("Attribuer")).toBeUndefined();
    await keys("l");
    expect(pageText()).toContain("RES|Hémoglobine|HB|N|11.");
    await keys("x");
    expect(toastText()).toContain("Fichier refusé");
    expect(pageText()).toContain("effacé après un mois");
    await keys("x");
    expect(lastAsked(host, "refuse_result")).toMatchObject({ refused: false });
  });

  it("are_given_to_somebody_who_is_looked_up", async () => {
    const { keys, host, user } = await open();
    const { second } = people();
    await keys("b");
    await until("Le fichier dit");
    await keys("{ArrowDown}r");
    const field = screen.getByLabelText("Patient", { selector: "input" });
    await user.clear(field);
    await keys(second.toLowerCase());
    await settle();
    await keys("{Enter}");
    await settle();
    expect(button("Attribuer à")?.textContent).toContain(second);
    await keys("a");
    expect(lastAsked(host, "attach_result")).toMatchObject({ patient_id: demonstrationPractice().patients[1]?.id });
  });

  it("come_in_by_a_file_and_what_became_of_it_is_said", async () => {
    const { keys, host } = await open();
    await until("Hémoglobine");
    await keys("i");
    await give(fileOf("labo.hpr", "P\nINCONNU\nPaul\n****LAB****\nRES|TSH|TSH|N|2.1|mUI/L|0.4|4.0|\n****FIN****\n"));
    await until("à décider : Aucun patient ne correspond");
    expect(lastAsked(host, "import_results")).toMatchObject({ name: "labo.hpr", path: "" });
    expect(await faults()).toEqual([]);
    await give(fileOf("coupe.hpr", "P\nINCONNU\nPaul\n****LAB****\nRES|TSH|TSH|N|2."));
    await until("Coupé : il en manque la fin, ligne");
  });

  it("and_scans_are_handed_over_in_pieces", async () => {
    const { keys, host, user } = await open();
    await until("Hémoglobine");
    await keys("p");
    await until("Échographie");
    await keys("d");
    await give(fileOf("radio.pdf", `%PDF-1.4 ${"x".repeat(150)}`, "application/pdf"));
    const title = screen.getByLabelText("Titre", { exact: false });
    expect((title as HTMLInputElement).value).toBe("radio");
    expect(document.activeElement).toBe(title);
    await user.type(title, " du genou");
    expect(await faults()).toEqual([]);
    await keys("{Enter}");
    await until("Document au dossier");
    expect(host.asked.filter((one) => one.name === "add_document_piece")).toHaveLength(3);
    expect(lastAsked(host, "file_document")).toMatchObject({ title: "radio du genou", category: "other" });
    expect(lines().some((one) => one.includes("radio du genou"))).toBe(true);
    await keys("d");
    await give(fileOf("outil.exe", "MZ"));
    await keys("{Enter}");
    await until("le contenu en décide");
  });

  it("are_filed_by_a_secretary_who_reads_none_of_them", async () => {
    const { keys, host } = await open({ as: "samia" });
    await until("Le fichier dit");
    expect(document.querySelector('[role="radiogroup"]')).toBeNull();
    expect(button("Lire le contenu")).toBeUndefined();
    expect(pageText()).toContain("seul un praticien le lit");
    await keys("a");
    expect(toastText()).toContain("un praticien le verra");
    expect(pageText()).toContain("1 document attend");
    await keys("{Control>}z{/Control}");
    expect(lastAsked(host, "detach_result")).toBeDefined();
    expect(lines()).toHaveLength(3);
    expect(host.asked.some((one) => ["list_unseen", "list_results", "read_filed", "list_documents"].includes(one.name))).toBe(false);
    expect(await faults()).toEqual([]);
  });

  it("have_a_watched_folder_and_an_empty_practice_names_the_next_key", async () => {
    const { keys, user, host } = await open({ practice: emptyPractice() });
    expect(pageText()).toContain("Tout est vu");
    await keys("f");
    const field = screen.getByLabelText("Dossier", { exact: false, selector: "input" });
    await user.type(field, "/nulle-part{Enter}");
    await settle();
    expect(pageText()).toContain("Ce dossier n’existe pas");
    await user.clear(field);
    await user.type(field, "/labo{Enter}");
    await settle();
    expect(lastAsked(host, "set_watched_folder")).toEqual({ path: "/labo", afterwards: "move", enabled: true });
    await until("Dossier surveillé : ⁨/labo⁩");
  });

  it("speak_arabic_from_right_to_left", async () => {
    await open({ language: "ar" });
    expect(document.documentElement.dir).toBe("rtl");
    await until("تقارير لم يرها أحد");
    expect(await faults()).toEqual([]);
  });
});
