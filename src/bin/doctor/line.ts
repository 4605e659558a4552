/** One line of the doctor's report. */
import { DOCTOR_TEXT, type DoctorCheck } from "../../core/text/doctor.ts";
import { fill, type Text } from "../../core/text/text.ts";

export interface DoctorLine {
  readonly check: DoctorCheck;
  readonly good: boolean;
  /** What is so. */
  readonly text: Text;
  /** What to do; null when it is well. */
  readonly todo: Text | null;
}

export const well = (check: DoctorCheck, detail: string | Text = ""): DoctorLine => ({
  check,
  good: true,
  text: fill(DOCTOR_TEXT[check].good, { detail }),
  todo: null,
});

export const wrong = (check: DoctorCheck, detail: string | Text): DoctorLine => ({
  check,
  good: false,
  text: fill(DOCTOR_TEXT[check].bad, { detail }),
  todo: DOCTOR_TEXT[check].todo,
});

/** The name of a fault of the system: ENOSPC, EACCES. */
export const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));
