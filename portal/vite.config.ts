import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import type { Plugin, Rollup } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';

/** What a cheap phone on slow 4G fetches in a second. */
const MOST_SCRIPT_BEFORE_FIRST_SCREEN = 170_000;

/** Ends the build when the script before the first screen, compressed, has grown too large: the entry, the home page, the English words, and what they import. */
const budget: Plugin = {
  name: 'budget',
  apply: 'build',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((o): o is Rollup.OutputChunk => o.type === 'chunk');
    const first = new Set<string>();
    const take = (name: string) => {
      const chunk = chunks.find((c) => c.fileName === name);
      if (!chunk || first.has(name)) return;
      first.add(name);
      chunk.imports.forEach(take);
    };
    chunks.filter((c) => c.isEntry || /(words\/en\.json|home\/(HomePage\.vue|en\.json))$/.test(c.facadeModuleId ?? '')).forEach((c) => take(c.fileName));
    const size = [...first].reduce((sum, name) => sum + gzipSync((bundle[name] as Rollup.OutputChunk).code).length, 0);
    const sentence = `${Math.round(size / 1000)} kB of compressed script before the first screen, of ${MOST_SCRIPT_BEFORE_FIRST_SCREEN / 1000} kB at most`;
    if (size > MOST_SCRIPT_BEFORE_FIRST_SCREEN) this.error(`${sentence}: ${[...first].join(', ')}`);
    this.info(sentence);
  },
};

/** The rooms that have to be there in a camp without signal. */
const OFFLINE = ['home', 'account', 'volunteer', 'readiness', 'openings'];

/** Of a language besides English those rooms, and what is shown to who is not signed in, are one file, which comes to whom has chosen it (src/worker/languages.ts). */
const WORDS = new RegExp(`/src/(?:words|rooms/(?:${OFFLINE.join('|')}|public))/(?!en)([a-z]{2})\\.json$`);

/**
 * What the start imports goes into one file: on slow 4G forty of a kilobyte each are a second of round trips. So do the parts that its welcome
 * shares with most pages, though not the welcome itself, which who is signed in never sees.
 */
const shell: Rollup.GetManualChunk = (id, { getModuleInfo }) => {
  const language = id.match(WORDS)?.[1];
  if (language) return `language-${language}`;
  if (!inShell.size) {
    const take = (module: string) => {
      if (inShell.has(module)) return;
      inShell.add(module);
      getModuleInfo(module)?.importedIds.forEach(take);
    };
    [source('main.ts'), source('rooms/home/HomePage.vue')].forEach(take);
    getModuleInfo(source('rooms/public/TheProgramme.vue'))?.importedIds.forEach(take);
  }
  return inShell.has(id) && !id.includes('/rooms/public/TheProgramme') ? 'shell' : undefined;
};
const inShell = new Set<string>();
const source = (file: string) => fileURLToPath(new URL(`src/${file}`, import.meta.url));

const gateway = process.env.PORTAL_GATEWAY ?? 'http://127.0.0.1:8480';

export default defineConfig({
  plugins: [
    vue(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/worker',
      filename: 'sw.ts',
      registerType: 'prompt', // a page is never loaded anew in mid-work: the person is asked
      injectRegister: null,
      manifest: {
        name: 'Better Connections',
        short_name: 'Connections',
        description: 'Computers, internet and training where migrant workers live.',
        start_url: '/',
        display: 'standalone',
        background_color: '#0b5c6b',
        theme_color: '#0b5c6b',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
        ],
      },
      injectManifest: {
        // The shell, the start, and what a volunteer needs come at once; other rooms when somebody enters them, and of the languages those chosen.
        globPatterns: ['index.html', 'icon*', 'assets/*', `assets/{${OFFLINE}}/*`, 'assets/public/{TheProgramme,en}-*'],
        globIgnores: ['assets/chart-*', 'assets/*.wasm', 'assets/volunteer/reader-*'], // large, and not everybody's: kept once it was used
      },
    }),
    budget,
  ],
  define: { __VUE_OPTIONS_API__: false, __VUE_I18N_FULL_INSTALL__: false, __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  build: {
    outDir: '../gateway/wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // the content policy takes no data: script or style
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        manualChunks: shell,
        // A room's files lie in a folder of its name, so that the service worker can tell them from the shell's.
        chunkFileNames: ({ facadeModuleId, name }) => {
          const room = name.startsWith('language-') ? undefined : facadeModuleId?.match(/src\/rooms\/(\w+)\//)?.[1];
          const file = facadeModuleId?.includes('chart.js') ? 'chart' : name.replace(/\.vue_.*/, '');
          return `assets/${room ? `${room}/` : ''}${file}-[hash].js`;
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(['/api', '/session', '/openrosa', '/connect', '/docs', '/ops', '/openapi'].map((path) => [path, { target: gateway }])),
  },
  test: { include: ['src/**/*.test.ts'] },
});
