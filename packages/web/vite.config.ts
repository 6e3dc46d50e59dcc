import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
  build: {
    target: 'es2022',
    // The Content-Security-Policy allows no data: fonts or scripts, so every asset stays a file.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600, // kB; 170 kB on the wire
  },
})
