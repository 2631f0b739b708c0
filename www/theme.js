// The colours that were chosen here before; otherwise those of the system.
{
  const chosen = localStorage.getItem("waxseal-theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
}
