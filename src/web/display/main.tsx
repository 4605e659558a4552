import { createRoot } from "react-dom/client";
import { Display } from "./Display.tsx";

const place = document.getElementById("display");
if (place !== null) createRoot(place).render(<Display />);
