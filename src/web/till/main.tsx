import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Till } from "./Till.tsx";

const place = document.getElementById("till");
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <Till />
    </StrictMode>,
  );
}
