import type { ReactNode } from "react";

/** A place whose change is read out: at once when urgent, else when the reader has finished. */
export function Live({
  urgent = false,
  className,
  children,
}: {
  readonly urgent?: boolean;
  readonly className: string;
  readonly children: ReactNode;
}) {
  return (
    <div
      role={urgent ? "alert" : "status"}
      aria-live={urgent ? "assertive" : "polite"}
      className={className}
    >
      {children}
    </div>
  );
}
