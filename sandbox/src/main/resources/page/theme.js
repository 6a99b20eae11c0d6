// Before anything is painted: the theme somebody chose, if they did.
const chosen = localStorage.getItem('theme');
if (chosen) document.documentElement.dataset.theme = chosen;
