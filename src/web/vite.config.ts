/** Builds the till (index.html) and the customer's screen (display.html) into .build/web, with nothing from outside. */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  root: here,
  base: "/",
  plugins: [react()],
  logLevel: "warn",
  build: {
    outDir: `${here}../../.build/web`,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: `${here}index.html`, display: `${here}display.html` } },
  },
});
