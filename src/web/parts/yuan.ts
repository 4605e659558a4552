import { fen, yuanText } from "../../core/money/money.ts";

/** "128.50" */
export const yuan = (amountFen: number): string => yuanText(fen(amountFen));
