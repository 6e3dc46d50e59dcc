/**
 * The environment of a command under test: settings of whoever runs the tests do not reach it, and there
 * is no built-in model unless the test names one.
 */
export function settingsOfTests(env: Record<string, string>): Record<string, string | undefined> {
  const others = Object.entries(process.env).filter(
    ([name]) => !/^(DESCRY|OPENAI)_|URL$/.test(name),
  )
  return { ...Object.fromEntries(others), DESCRY_BUILTIN_MODEL: 'none', ...env }
}
