import { config } from 'zod'

// Zod speeds itself up with code generated at run time, and tests whether it may as soon as a schema is
// built. Our Content-Security-Policy forbids that, and the test itself is reported as a violation. So this
// is the only module with a side effect, and the first import of main.tsx.
config({ jitless: true })
