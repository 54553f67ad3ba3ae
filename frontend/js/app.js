// The entry: what each page needs, started once. Every page also works without it.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";

import { startCurrent } from "./current.js";
import { startDrafts } from "./draft.js";
import { startGuard } from "./guard.js";
import { startIdle } from "./idle.js";
import { startMenu } from "./menu.js";
import { startPasskey } from "./passkey.js";
import { startPrint } from "./print.js";
import { startReadAloud } from "./read_aloud.js";
import { startReveal } from "./reveal.js";
import { startRhythms } from "./rhythm.js";
import { startSearch } from "./search.js";
import { startSections } from "./sections.js";
import { startTypeAheads } from "./type_ahead.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const Component of [
  Button,
  CharacterCount,
  ErrorSummary,
  PasswordInput,
  SkipLink,
]) {
  createAll(Component);
}
// A form sent after "Skip to main content" keeps #main, and the browser would take the focus there.
addEventListener("load", () => {
  const summary = document.querySelector(".govuk-error-summary");
  if (!summary || summary.contains(document.activeElement)) return;
  summary.tabIndex = -1;
  summary.focus();
});
startCurrent();
startSearch();
startTypeAheads();
startReadAloud();
startReveal();
startRhythms();
startDrafts();
startGuard();
startMenu();
startSections();
startIdle();
startPasskey();
startPrint();
