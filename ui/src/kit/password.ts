// What a judged password looks like to the kit; the judgement itself is the host's.

export interface Judgement {
  accepted: boolean;
  /** 0 to 4. */
  score: number;
  /** The accepted form it has, if any. */
  form: string | null;
  /** Codes of what it lacks. */
  weaknesses: string[];
}

/** The three forms that suffice (CNIL 2022-100), in the order they are explained. */
export const PASSWORD_FORMS = ["twelve_of_four", "fourteen_of_three", "seven_words"] as const;
