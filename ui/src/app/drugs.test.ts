// Drugs by keyboard: one is looked up, several are held against each other, an edition is imported.
import { beforeAll, describe, expect, it } from "vitest";
import { emptyPractice } from "$backend/fake/seed";
import { focused, lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, screen, settle } from "./testing";

const open = (options: Parameters<typeof openAt>[2] = {}) => openAt("drugs", ".editions", { as: "lefevre", ...options });
const rows = (): string[] => [...document.querySelectorAll("tbody tr")].map((one) => one.textContent?.replace(/\s+/g, " ").trim() ?? "");
const levels = (): string[] => [...document.querySelectorAll(".findings .level")].map((one) => one.textContent?.trim() ?? "");

// The screen is loaded when it is first shown: on a busy machine longer than a test waits for it.
beforeAll(() => import("../features/drugs/Screen.svelte"), 60_000);

describe("drugs", () => {
  it("are_found_by_name_substance_and_code_with_their_edition_in_sight", async () => {
    const { keys, user, host } = await open();
    expect(focused()).toBe("Médicament");
    expect(pageText()).toContain("19 mai 2026");
    expect(pageText()).toContain("2020-10");
    for (const [text, name] of [["zeta", "ZÉTAMOL"], ["3400930000017", "ZÉTAMOL"], ["n05", "ZÉTAMOL"], ["inconnul", "INCONNUE"]] as const) {
      await user.clear(screen.getByLabelText("Médicament"));
      await keys(text);
      expect(rows()[0], text).toContain(name);
    }
    expect(rows()[0]).toContain("non commercialisé");
    await user.clear(screen.getByLabelText("Médicament"));
    await keys("zzz");
    expect(pageText()).toContain("Aucun médicament trouvé");
    expect(lastAsked(host, "search_drugs")).toEqual({ text: "zzz", limit: 30 });
  });

  it("show_packs_prices_conditions_generics_and_shortages", async () => {
    const { keys } = await open();
    await keys("zeta");
    document.querySelector<HTMLElement>("tbody tr")?.focus();
    await keys("{Enter}");
    for (const words of ["liste I", "prescription limitée à 4 semaines", "CIP 3400930000000", "3,48", "remboursé à", "prix libre", "non remboursé", "princeps", "générique", "Tension d'approvisionnement"]) {
      expect(pageText()).toContain(words);
    }
    expect(await faults()).toEqual([]);
  });

  it("are_opened_from_the_field_and_walked_by_arrows", async () => {
    const { keys } = await open();
    await keys("n05{ArrowDown}");
    expect(document.activeElement?.textContent).toContain("ZÉTAMOL");
    await keys("{ArrowUp}");
    expect(document.activeElement?.textContent, "the first holds").toContain("ZÉTAMOL");
    screen.getByLabelText("Médicament").focus();
    await keys("{Enter}");
    expect(pageText()).toContain("liste I");
  });

  it("are_held_against_each_other_and_nothing_unknown_reads_as_safe", async () => {
    const { keys, host } = await open();
    await keys("zeta");
    document.querySelector<HTMLElement>("tbody tr")?.focus();
    await keys("{Enter}a");
    expect(lastAsked(host, "check_drugs")).toMatchObject({ cis: ["60000000"] });
    expect(pageText()).toContain("Ce n’est pas une preuve d’innocuité");
    screen.getByLabelText("Substance").focus();
    await keys("Plombe{Enter}inconnuline{Enter}");
    expect(levels()).toEqual(["Contre-indication", "Inconnu du thésaurus"]);
    expect(document.querySelectorAll(".findings .level svg").length).toBe(2);
    expect(await faults()).toEqual([]);
    screen.getByLabelText("Retirer", { exact: false, selector: "li:first-child button" }).click();
    await settle();
    expect(levels()).toEqual(["Inconnu du thésaurus"]);
  });

  it("say_which_substances_are_not_linked", async () => {
    await open();
    screen.getByLabelText("Correspondances").click();
    await until("Substances : ".toLowerCase());
    expect([...document.querySelectorAll("tbody td")].map((one) => one.textContent?.trim())).toEqual(["INCONNULINE", "1"]);
    expect(await faults()).toEqual([]);
  });

  it("are_imported_and_a_refused_file_leaves_the_dialog_open", async () => {
    const { keys, user, host } = await open({ practice: emptyPractice() });
    expect(pageText()).toContain("La base des médicaments n’est pas encore importée");
    (document.activeElement as HTMLElement | null)?.blur();
    await keys("i");
    await user.type(screen.getByLabelText("Dossier ou archive zip", { exact: false }), "/vide");
    await keys("{Enter}");
    expect(pageText()).toContain("CIS_bdpm.txt");
    expect(await faults()).toEqual([]);
    await user.clear(screen.getByLabelText("Dossier ou archive zip", { exact: false }));
    await user.type(screen.getByLabelText("Dossier ou archive zip", { exact: false }), "/base.zip");
    await keys("{Enter}");
    expect(toastText()).toContain("Nouvelle édition en service");
    expect(lastAsked(host, "import_drugs")).toEqual({ folder: "/base.zip", download: false, edition: null });
    expect(pageText()).toContain("édition 19 mai 2026");
  });

  it("speak_arabic_from_right_to_left", async () => {
    await open({ language: "ar" });
    expect(document.documentElement.dir).toBe("rtl");
    expect(pageText()).toContain("قاعدة الأدوية");
    expect(await faults()).toEqual([]);
  });
});
