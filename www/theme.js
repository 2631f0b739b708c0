// The colours that were chosen here before; otherwise those of the system.
try {
  const chosen = localStorage.getItem("waxseal-theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {
  // A browser that stores nothing has chosen nothing.
}
