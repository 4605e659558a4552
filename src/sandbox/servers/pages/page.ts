/** What the sandbox's pages have in common: head, style, and that nothing here is real. */
import type { Text } from "../../../core/text/text.ts";
import { html, Html } from "./html.ts";
import { STYLE } from "./style.ts";

interface PageParts {
  /** What the browser calls it. */
  readonly title: string;
  readonly heading: Text;
  /** Links to the other pages. */
  readonly nav: readonly Html[];
  readonly main: Html;
  /** Plain browser code. */
  readonly script: string;
}

export const sandboxPage = ({ title, heading, nav, main, script }: PageParts): string =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <title>沙盒 · ${title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <h1>沙盒 · ${heading.zh} <small lang="en">${heading.en}</small></h1>
          <span class="demo">演示 · 非真实交易</span>
          <p id="said" role="status"></p>
          ${nav.length === 0 ? "" : html`<nav aria-label="沙盒的其他部分">${nav}</nav>`}
        </header>
        <main>${main}</main>
        <script>
          ${new Html(script)};
        </script>
      </body>
    </html>`.text;
