// Shows the links that lead to searches: those work only where scripts run.
"use strict";
for (const each of document.querySelectorAll("[data-needs-script]")) each.hidden = false;
