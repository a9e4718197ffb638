// The wall display: codes and expected waits in the practice's languages, never a name, nothing after a lock.
import { render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, it } from "vitest";
import { useHost } from "$backend/door";
import { hostOver } from "$backend/fake/host";
import { neighbour } from "$backend/fake/neighbours";
import { demonstrationPractice } from "$backend/fake/seed";
import Wall from "../features/wall/Wall.svelte";
import { faults, settle } from "./testing";

function open() {
  const practice = demonstrationPractice();
  practice.country = "MA";
  const host = hostOver(practice);
  useHost(host);
  render(Wall);
  return { practice, host };
}

afterEach(() => history.replaceState(null, "", location.pathname));

it("shows_the_practice_that_it_was_opened_for_whichever_is_current", async () => {
  const practice = demonstrationPractice();
  const other = neighbour(2, "Centre Anfa", "violet", 2);
  const host = hostOver(practice, [other]);
  useHost(host);
  history.replaceState(null, "", `?vault=${other.vault}`);
  render(Wall);
  await waitFor(() => expect(document.querySelector("h1")?.textContent).toBe("Centre Anfa"));
  expect(host.asked.every((one) => one.practice === other.vault)).toBe(true);
  const asked = host.asked.length;
  practice.announce("agenda");
  practice.announce("locked");
  await settle();
  expect([host.asked.length, document.querySelector("h1")?.textContent]).toEqual([asked, "Centre Anfa"]);
  // Its own practice is closed while the other stays open.
  other.user = null;
  other.announce("agenda");
  await waitFor(() => expect(screen.getByText("Affichage en pause")).toBeTruthy());
});

it("shows_codes_in_both_languages_and_asks_for_nothing_else", async () => {
  const { practice, host } = open();
  await waitFor(() => expect(document.querySelector("ul li")).not.toBeNull());
  const text = document.body.textContent ?? "";
  expect(text).toContain("Appelé maintenant");
  expect(text).toContain("يُنادى الآن");
  for (const one of practice.patients) {
    expect(text).not.toContain(one.surname.toUpperCase());
    if (one.surname_arabic) expect(text).not.toContain(one.surname_arabic);
  }
  expect(new Set(host.asked.map((asked) => asked.name))).toEqual(new Set(["show_wall_display"]));
  expect(document.documentElement.dir).toBe("rtl");
  expect(await faults()).toEqual([]);
});

it("follows_events_and_goes_blank_when_the_session_locks", async () => {
  const { practice } = open();
  await waitFor(() => expect(document.querySelector("ul li")).not.toBeNull());
  for (const one of practice.appointments) if (one.status === "arrived" || one.status === "in_consultation") one.status = "done";
  practice.announce("agenda");
  await waitFor(() => expect(screen.getByText("Personne n’attend")).toBeTruthy());
  practice.announce("locked");
  await settle();
  expect(screen.getByText("Affichage en pause")).toBeTruthy();
});
