import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// One address for the built files, whatever token the page's own address holds: they may be kept for ever, the page not.
export default defineConfig({
  base: '/openrosa/form/',
  plugins: [vue()],
  build: { outDir: '../services/Evaluation/wwwroot/openrosa/form', emptyOutDir: true, chunkSizeWarningLimit: 4000, target: 'es2022' },
});
