// Copies the few third-party files that pages and PDFs need from node_modules to static/vendor.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const packages = join(root, "node_modules");
const target = join(root, "static", "vendor");
const fonts = "@fontsource-variable/atkinson-hyperlegible-next";

const texts = [
  ["bootstrap/dist/css/bootstrap.min.css", "bootstrap.min.css"],
  ["htmx.org/dist/htmx.min.js", "htmx.min.js"],
];
const files = [
  [`${fonts}/files/atkinson-hyperlegible-next-latin-wght-normal.woff2`, "fonts/atkinson-latin.woff2"],
  [`${fonts}/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2`, "fonts/atkinson-latin-ext.woff2"],
  [`${fonts}/LICENSE`, "fonts/LICENSE"],
];

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, "fonts"), { recursive: true });

for (const [from, to] of texts) {
  // A source map that is not served would make Django's manifest storage stop.
  const text = readFileSync(join(packages, from), "utf8").replace(/\/[*/]# sourceMappingURL=.*?(\*\/|$)/gm, "");
  writeFileSync(join(target, to), text);
}
for (const [from, to] of files) {
  copyFileSync(join(packages, from), join(target, to));
}
console.log(`static/vendor: ${texts.length + files.length} files`);
