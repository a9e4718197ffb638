// Leaving and arriving by keyboard: written, stopped and gone on, refused where it should be; and taken in where nothing is kept.
import { waitFor } from "@testing-library/svelte";
import { beforeAll, describe, expect, it } from "vitest";
import { hostOver } from "$backend/fake/host";
import { demonstrationPractice, emptyPractice } from "$backend/fake/seed";
import { focused, lastAsked, openAt, pageText, until } from "./opening";
import { faults, screen } from "./testing";

const open = (options: Parameters<typeof openAt>[2] = {}) => openAt("privacy", ".office nav h1", { as: "lefevre", about: { part: "leaving" }, ...options });

beforeAll(async () => {
  await Promise.all([import("../features/privacy/Screen.svelte"), import("../features/privacy/leaving/Leaving.svelte")]);
}, 120_000);

function type(label: string): void {
  const found = [...document.querySelectorAll("label")].find((one) => one.textContent?.includes(label));
  document.getElementById(found?.htmlFor ?? "")?.focus();
}

describe("leaving", () => {
  it("says_what_comes_along_and_refuses_a_folder_that_is_not_there_at_its_field", async () => {
    const { keys } = await open();
    await until("L’historique complet et les traces");
    expect(pageText()).toContain("Restent ici");
    expect(pageText()).not.toContain("Reprendre une archive");
    expect(await faults()).toEqual([]);
    await keys("e");
    await until("Ce dossier n’existe pas");
    await waitFor(() => expect(focused()).toContain("Dossier où l’écrire"));
  });

  it("is_stopped_goes_on_where_it_was_and_tells_what_was_written", async () => {
    const { keys, host } = await open();
    await until("Dossier où l’écrire");
    type("Dossier où l’écrire");
    await keys("/media/cle{Enter}");
    await until("Arrêter");
    document.querySelector<HTMLElement>("h2")?.click();
    (document.activeElement as HTMLElement | null)?.blur();
    await keys("s");
    await until("Arrêté. Ce qui était fini est gardé");
    await until("l’export continue de là");
    expect(await faults()).toEqual([]);
    await keys("e");
    await until("Archive écrite");
    await until("PA20261124T091400.ZIP");
    expect(lastAsked(host, "export_archive")).toMatchObject({ into: "/media/cle", language: "fr", anew: false });
  });

  it("brings_the_intermediate_archive_back_first_or_is_refused_beside_the_choice", async () => {
    const practice = demonstrationPractice();
    practice.user = practice.users.find((one) => one.login === "lefevre") ?? null;
    const host = hostOver(practice);
    const due = (await host.invoke("dry_run_retention", { until: "", action: "archive", offset: 0, limit: 50 })) as { persons: { patient_id: string }[] };
    const patients = due.persons.map((one) => one.patient_id);
    expect(patients.length).toBeGreaterThan(0);
    await host.invoke("archive_patients", { patients });
    const { keys, user, host: shown } = await open({ practice });
    await until(`Ramener d’abord en base active les personnes de l’archive intermédiaire (${patients.length})`);
    expect(await faults()).toEqual([]);
    type("Dossier où l’écrire");
    await keys("/media/cle{Enter}");
    await until("Cochez la case pour les ramener d’abord");
    expect(lastAsked(shown, "export_archive")).toMatchObject({ bring_back: false });
    await user.click(screen.getByRole("checkbox", { name: /Ramener d’abord/ }));
    type("Dossier où l’écrire");
    await keys("{Enter}");
    await until("Archive écrite");
    expect(lastAsked(shown, "export_archive")).toMatchObject({ bring_back: true });
    await waitFor(() => expect(pageText()).not.toContain("Ramener d’abord"));
  });

  it("needs_a_practitioner", async () => {
    await open({ as: "samia" }).catch(() => undefined);
    expect(pageText()).not.toContain("Écrire l’archive");
  });
});

describe("arriving", () => {
  it("is_offered_where_nothing_is_kept_and_tells_what_came", async () => {
    const { keys, host } = await open({ practice: emptyPractice() });
    await until("Reprendre une archive");
    await keys("i");
    await waitFor(() => expect(focused()).toContain("Fichier de l’archive"));
    await keys("/media/cle/photo.jpg{Enter}");
    await until("Ce fichier n’est pas une archive entière");
    expect(await faults()).toEqual([]);
    await waitFor(() => expect(focused()).toContain("Fichier de l’archive"));
    await keys("{Control>}a{/Control}/media/cle/PA20261120T180000.ZIP{Enter}");
    await waitFor(() => expect(lastAsked(host, "import_archive")).toMatchObject({ path: expect.stringContaining("PA20261120T180000.ZIP") as string }));
    await until("est repris : 240 dossiers");
    await until("historique de 1 204 écritures");
    expect(await faults()).toEqual([]);
  });
});
