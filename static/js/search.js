// Where the focus goes when htmx has put new results into the page, and short addresses.

document.addEventListener("htmx:afterSettle", () => {
  // htmx gives the focus back to what has the same id; what is gone leaves it to the count.
  if (document.activeElement && document.activeElement !== document.body) return;
  const count = document.getElementById("results-title");
  count?.focus({ preventScroll: true });
  count?.scrollIntoView({ block: "nearest" });
});

// Fields that were left empty say nothing, so they need not stand in the address.
document.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) {
    if (value === "" && name !== "q") event.formData.delete(name);
  }
});
