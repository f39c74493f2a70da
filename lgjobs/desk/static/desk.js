// Names for the controls that Datasette and its dashboards leave without one.
const NAMES = [
  ["[name=_filter_column], [name^=_filter_column_]", () => "Column"],
  ["[name=_filter_op], [name^=_filter_op_]", () => "Comparison"],
  ["[name=_filter_value], [name^=_filter_value_]", () => "Value"],
  [".CodeMirror textarea, .cm-content", () => "SQL"],
  ["fieldset select, fieldset input", (each) => each.closest("fieldset").querySelector("legend")?.textContent],
  ["summary:has(svg)", () => "Save this chart"],
];

function name() {
  for (const [found, named] of NAMES) {
    for (const each of document.querySelectorAll(found)) {
      if (!each.labels?.length && !each.hasAttribute("aria-label")) each.setAttribute("aria-label", named(each) ?? "");
    }
  }
  for (const each of document.querySelectorAll("dl.column-descriptions")) each.tabIndex = 0;
  for (const each of document.querySelectorAll("g[role=graphics-symbol]:empty")) each.ariaHidden = "true";
}

addEventListener("DOMContentLoaded", () => {
  name();
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
});
