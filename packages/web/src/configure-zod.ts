import { config } from 'zod'

// Zod speeds itself up with code it makes from text, and tries whether it may as soon as a schema is
// built. Our Content-Security-Policy forbids that, and the try alone is reported as a violation. So
// this is the one module that acts when imported, and the first import of main.tsx.
config({ jitless: true })
