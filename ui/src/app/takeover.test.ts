// The take-over on real bytes: a Windows-1252 CSV corrected and tried dry, then for good; stopping; an agenda.
import { describe, expect, it } from "vitest";
import { emptyPractice } from "$backend/fake/seed";
import { route } from "$kit/state/route.svelte";
import { lastAsked, openAt, pageText, toastText, until } from "./opening";
import { settle } from "./testing";

const DROP = 'input[type="file"]';

/** `é` as Windows writes it. */
function windows1252(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}

function csv(rows = 40): File {
  const lines = ["Nom;Prénom;Né le;Téléphone portable", ...Array.from({ length: rows }, (_, i) => `MARTIN${i};Zoé;01/02/1980;06112233${10 + (i % 80)}`)];
  return new File([windows1252(lines.join("\r\n"))], "patients.csv");
}

const calendar = new File(["BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"], "export.txt");

async function withFile(file: File) {
  const opened = await openAt("takeover", DROP, { practice: emptyPractice(), as: "lefevre" });
  const input = document.querySelector<HTMLInputElement>(DROP);
  if (input) await opened.user.upload(input, file);
  await settle();
  return opened;
}

describe("a file of patients", () => {
  it("is_shown_with_what_was_found_of_it", async () => {
    await withFile(csv());
    await until("Que contient chaque colonne");
    expect(pageText()).toContain("Windows-1252");
    expect(pageText()).toContain("Prénom");
    expect(document.activeElement?.textContent).toContain("Que contient chaque colonne");
  });

  it("is_tried_dry_with_the_users_corrections_and_the_figures_add_up", async () => {
    const { keys, host } = await withFile(csv());
    await until("Que contient chaque colonne");
    // "Né le" was not guessed: chosen by keyboard.
    const trigger = document.querySelectorAll<HTMLElement>("td.field button")[2];
    trigger?.focus();
    await keys("{Enter}");
    await keys("Date de nais");
    await keys("{Enter}");
    document.querySelector<HTMLElement>('button[type="submit"]')?.focus();
    await keys("{Enter}");
    await until("Voici ce qui se passerait");
    expect(lastAsked(host, "import_patients")).toMatchObject({ dry_run: true, mapping: ["surname", "first_name", "born", "mobile"] });
    const [rows = 0, ...parts] = [...document.querySelectorAll(".figures dd:not(.text)")].map((one) => Number(one.textContent));
    expect(rows).toBe(40);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(rows);
    expect(pageText()).toContain("Rien n’a encore été écrit");
  });

  it("is_taken_over_for_good_only_after_that_and_reported", async () => {
    const { user, host } = await withFile(csv());
    await until("Que contient chaque colonne");
    await user.click(document.querySelector<HTMLElement>('button[type="submit"]') ?? document.body);
    await until("Voici ce qui se passerait");
    expect(host.asked.filter((one) => one.name === "import_patients")).toHaveLength(1);
    await user.click([...document.querySelectorAll<HTMLElement>(".actions .primary")].at(-1) ?? document.body);
    await until("C’est repris");
    expect(lastAsked(host, "import_patients")).toMatchObject({ dry_run: false });
    expect(toastText()).toContain("Reprise terminée");
    await user.click([...document.querySelectorAll<HTMLElement>(".actions .primary")].at(-1) ?? document.body);
    expect(route.place.screen).toBe("patients");
  });

  it("shows_how_far_it_is_and_stops_by_escape_with_nothing_written", async () => {
    const { user, keys, host } = await withFile(csv());
    await until("Que contient chaque colonne");
    await user.click(document.querySelector<HTMLElement>('button[type="submit"]') ?? document.body);
    await until("sur 40");
    expect(document.querySelector('[role="progressbar"]')?.getAttribute("aria-valuenow")).toMatch(/^\d+$/);
    await keys("{Escape}");
    expect(host.asked.some((one) => one.name === "cancel_import")).toBe(true);
    await until("Arrêté : rien n’a été repris.");
    expect(pageText()).toContain("Que contient chaque colonne");
  });

  it("is_refused_in_words_where_it_is_none", async () => {
    await withFile(new File([""], "vide.csv"));
    await until("Le fichier est vide.");
  });

  it("says_that_two_columns_give_the_same_field", async () => {
    await withFile(new File(["Nom;Nom\r\nA;B\r\n"], "deux.csv"));
    await until("Deux colonnes donnent le même champ");
  });
});

describe("an agenda", () => {
  it("is_known_by_its_content_and_goes_to_a_practitioner", async () => {
    const { user, host, practice } = await withFile(calendar);
    await until("Dans quel agenda ?");
    await user.click(document.querySelector<HTMLElement>('button[type="submit"]') ?? document.body);
    await until("Voici ce qui se passerait");
    expect(lastAsked(host, "import_agenda")).toMatchObject({ dry_run: true, practitioner_id: practice.practitioners[0]?.id });
  });
});
