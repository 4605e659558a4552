/** Drawings of what a customer does with the phone, of waiting, calling, and paying otherwise. */
import type { ReactNode } from "react";
import { phone } from "./parts.tsx";

export const otherCode: ReactNode = (
  <>
    {phone}
    <path
      className="ink"
      d="M66 34v26M71 34v26M75 34v26M81 34v26M84 34v26M90 34v26M94 34v26"
      strokeWidth="2.4"
    />
    <g className="do">
      <path d="M66 80a14 9 0 0 1 25-4M94 80a14 9 0 0 1-25 4" />
      <path d="M92 69v8h-8M68 91v-8h8" />
    </g>
  </>
);

export const buyerConfirms: ReactNode = (
  <>
    {phone}
    <path d="M66 32h28M66 42h18" />
    <circle cx="80" cy="70" r="13" className="thing" />
    <path className="do" d="M73 70l5 6 10-12" />
  </>
);

export const wait: ReactNode = (
  <>
    <circle cx="80" cy="60" r="42" />
    <path d="M80 24v6M80 90v6M44 60h6M110 60h6" />
    <path className="do" d="M80 34v26l18 12" />
  </>
);

export const call: ReactNode = (
  <>
    <path
      className="thing"
      d="M58 26l12-4 10 22-9 7c4 12 12 20 24 24l7-9 22 10-4 12c-2 6-7 8-13 7C78 91 57 69 51 39c-1-6 2-11 7-13z"
    />
    <path className="do" d="M98 24c14 2 24 12 26 26M96 38c8 1 13 6 14 14" />
  </>
);

export const eReceipt: ReactNode = (
  <>
    {phone}
    <g className="do">
      <path d="M66 30h10v10H66zM84 30h10v10H84zM66 48h10v10H66z" />
      <path d="M84 48h4v4M94 54v4h-6" />
    </g>
    <path d="M66 72h28M66 80h18" />
  </>
);

export const cash: ReactNode = (
  <>
    <rect x="24" y="34" width="112" height="62" rx="7" className="thing" />
    <path d="M14 50v-8a18 18 0 0 1 18-18h88" />
    <circle cx="80" cy="65" r="18" />
    <path className="do" d="M72 54l8 10 8-10M80 64v14M72 66h16M72 72h16" />
  </>
);
