// Messages to patients by the practice's own mail server, by keyboard: set up, tried, sent; what goes wrong, and whom to call.
import { describe, expect, it } from "vitest";
import { focused, lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, settle, waitFor } from "./testing";

const NAV = 'nav button[aria-current="page"]';

async function part(options: Parameters<typeof openAt>[2] = {}) {
  const opened = await openAt("settings", NAV, { as: "lefevre", about: { part: "messages" }, ...options });
  await waitFor(() => expect(document.querySelector(".part .state")).not.toBeNull(), { timeout: 10_000 });
  await settle();
  return opened;
}

function field(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll<HTMLLabelElement>(".part label")].find((one) => one.textContent?.trim().startsWith(label));
  const input = document.getElementById(found?.htmlFor ?? "");
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field ${label}`);
  return input;
}

type Opened = Awaited<ReturnType<typeof part>>;

async function setUp({ keys, user }: Opened, host: string, password: string): Promise<void> {
  await keys("m");
  await user.type(field("Serveur d’envoi"), host);
  await user.type(field("Utilisateur"), "cabinet");
  await user.type(field("Adresse de l’expéditeur"), "rdv@example.org");
  await user.type(field("Mot de passe"), `${password}{Enter}`);
  await settle();
}

describe("messages to patients", () => {
  it("are_set_up_tried_and_sent_by_keyboard", async () => {
    const opened = await part();
    await until("Pas encore réglé");
    await opened.keys("m");
    expect(focused()).toContain("Serveur d’envoi");
    await opened.user.keyboard("{Escape}");
    await setUp(opened, "smtp.example.org", "Courrier");
    expect(lastAsked(opened.host, "set_messages")).toMatchObject({
      host: "smtp.example.org",
      port: 465,
      security: "tls",
      login: "cabinet",
      password: "Courrier",
      address: "rdv@example.org",
      hours_before: [48],
      enabled: true,
    });
    await until("rien n’est encore parti");
    await opened.keys("e");
    await opened.user.type(field("À quelle adresse"), "moi@example.org{Enter}");
    await waitFor(() => expect(toastText()).toContain("Message d’essai remis"));
    await opened.keys("n");
    await waitFor(() => expect(toastText()).toContain("2 messages partis"));
    expect(pageText()).not.toContain("Courrier");
    expect(await faults()).toEqual([]);
  });

  it("say_what_is_wrong_beside_the_field_and_what_failed_in_a_sentence", async () => {
    const opened = await part();
    await setUp(opened, "deux mots", "Courrier");
    expect(field("Serveur d’envoi").getAttribute("aria-invalid")).toBe("true");
    await opened.user.clear(field("Serveur d’envoi"));
    await opened.user.type(field("Serveur d’envoi"), "panne.example.org{Enter}");
    await until("rien n’est encore parti");
    await opened.keys("n");
    await until("ne répond pas");
  });

  it("show_whom_somebody_should_call", async () => {
    const opened = await part();
    await setUp(opened, "smtp.example.org", "Courrier");
    await until("À prévenir par téléphone");
    await until("Pas d’adresse e-mail.");
    expect(await faults()).toEqual([]);
  });
});
