// Builds alongside/web/static from frontend/ and node_modules. Run by `npm run build`; the result is committed.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(root, "alongside/web/static");
const modules = join(root, "node_modules");

mkdirSync(join(out, "fonts"), { recursive: true });
mkdirSync(join(out, "images"), { recursive: true });

const { css } = sass.compile(join(root, "frontend/scss/app.scss"), {
  loadPaths: [root, modules],
  style: "compressed",
  quietDeps: true,
  charset: false,
});
writeFileSync(join(out, "app.css"), css + "\n");

await esbuild.build({
  entryPoints: [join(root, "frontend/js/app.js")],
  outfile: join(out, "app.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020"],
  charset: "utf8",
  legalComments: "none",
});

const font = join(modules, "@fontsource-variable/atkinson-hyperlegible-next");
for (const range of ["latin", "latin-ext"]) {
  const name = `atkinson-hyperlegible-next-${range}-wght-normal.woff2`;
  cpSync(join(font, "files", name), join(out, "fonts", name));
}
cpSync(join(font, "LICENSE"), join(out, "fonts/OFL.txt"));

const moj = join(modules, "@ministryofjustice/frontend/moj/assets/images");
for (const name of [
  "icon-toggle-plus-minus.svg",
  "icon-close-cross-black.svg",
  "icon-tag-remove-cross.svg",
  "icon-tag-remove-cross-white.svg",
]) {
  cpSync(join(moj, name), join(out, "images", name));
}
cpSync(join(root, "frontend/mark.svg"), join(out, "images/mark.svg"));
