// A register or document on paper: made by the host, shown before it is printed or kept.
import { call, isRefusal } from "$backend/door";
import type { PrintRegisterRequest, RegisterId } from "$backend/types";
import { preferences } from "$kit/state/preferences.svelte";
import { preview } from "$kit/state/preview.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { refusalText } from "$messages/index";

export async function printRegister(register: PrintRegisterRequest["register"], id: RegisterId | null = null, language: string = preferences.language): Promise<void> {
  try {
    preview.show(await call("print_register", { register, id, language }));
  } catch (reason) {
    if (!isRefusal(reason)) throw reason;
    toasts.refused(refusalText(reason));
  }
}
