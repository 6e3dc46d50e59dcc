// Loaded before anything is painted; src/lib/theme.ts writes the same key.
try {
  const theme = localStorage.getItem('descry-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is switched off: the system's theme applies.
}
