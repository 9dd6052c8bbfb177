// "All columns" on the export page ticks or clears every column.

const all = document.getElementById("all-columns");
const columns = () => document.querySelectorAll('.column-choice input[type="checkbox"]');

all?.addEventListener("change", () => {
  for (const column of columns()) column.checked = all.checked;
});

document.addEventListener("change", (event) => {
  if (!event.target.closest(".column-choice")) return;
  const ticked = [...columns()].filter((column) => column.checked).length;
  all.checked = ticked === columns().length;
  all.indeterminate = ticked > 0 && !all.checked;
});
