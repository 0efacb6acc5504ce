import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// The component speaks English only and forgets what was filled in, and no property of it says otherwise. These lines of its pinned version
// are changed as it is built in; one that is not there (any more) ends the build.
const changes = [
  ['const rA = AA.createInstance(nA);', 'const rA = await instanceOf(AA, nA);'],
  ['label: "Send"', 'label: say("send")'],
  ['QA === 1 ? "1 question with error." : `${QA} questions with errors.`', 'say("errors", QA)'],
  ['constraintMsg: "Condition not satisfied: constraint",', 'get constraintMsg() { return say("constraint"); },'],
  ['requiredMsg: "Condition not satisfied: required"', 'get requiredMsg() { return say("required"); }'],
  ['QA[2] || (QA[2] = createElementVNode("span", null, "Get location", -1))', 'createElementVNode("span", null, say("location"))'],
  ['QA[3] || (QA[3] = createElementVNode("span", null, "Try again", -1))', 'createElementVNode("span", null, say("locationAgain"))'],
  ['createElementVNode("strong", null, "Cannot access location", -1)', 'createElementVNode("strong", null, say("locationRefused"), -1)'],
  ['createElementVNode("span", null, "Grant location permission in the browser settings and make sure location is turned on.", -1)', 'createElementVNode("span", null, say("locationHelp"), -1)'],
  ['createElementVNode("strong", null, "Finding your location", -1)', 'createElementVNode("strong", null, say("locationFinding"), -1)'],
  ['createTextVNode("Time taken to capture location: ", -1)', 'createTextVNode(say("locationTime"), -1)'],
  ['label: "Cancel"', 'label: say("locationCancel")'],
  ['label: "Save location"', 'label: say("locationSave")'],
  ['[GEOPOINT_ACCURACY_QUALITY.GOOD]: "Good accuracy"', 'get [GEOPOINT_ACCURACY_QUALITY.GOOD]() { return say("accuracyGood"); }'],
  ['[GEOPOINT_ACCURACY_QUALITY.ACCEPTABLE]: "Good accuracy"', 'get [GEOPOINT_ACCURACY_QUALITY.ACCEPTABLE]() { return say("accuracyGood"); }'],
  ['[GEOPOINT_ACCURACY_QUALITY.POOR]: "Poor accuracy"', 'get [GEOPOINT_ACCURACY_QUALITY.POOR]() { return say("accuracyPoor"); }'],
  ['[GEOPOINT_ACCURACY_QUALITY.UNKNOWN]: "Unknown accuracy"', 'get [GEOPOINT_ACCURACY_QUALITY.UNKNOWN]() { return say("accuracyUnknown"); }'],
  ['createElementVNode("span", { class: "caption" }, "Powered by")', 'createElementVNode("span", { class: "caption" }, say("poweredBy"))'],
];

const source = (name) => JSON.stringify(fileURLToPath(new URL(`./src/${name}`, import.meta.url)));

const speakAndRemember = {
  name: 'speak-and-remember',
  enforce: 'pre',
  transform(code, id) {
    if (!/@getodk\/web-forms\/dist\/index-[^/]+\.js$/.test(id)) return;
    for (const [theirs, ours] of changes) {
      if (code.split(theirs).length !== 2) this.error(`The component has "${theirs}" not exactly once: look what its new version says.`);
      code = code.replace(theirs, () => ours);
    }
    return { code: `import { instanceOf } from ${source('drafts.js')};\nimport { say } from ${source('words.js')};\n${code}`, map: null };
  },
};

// One address for the built files, whatever token the page's own address holds: they may be kept for ever, the page not.
export default defineConfig({
  base: '/openrosa/form/',
  plugins: [speakAndRemember, vue()],
  build: { outDir: '../services/Evaluation/wwwroot/openrosa/form', emptyOutDir: true, chunkSizeWarningLimit: 4000, target: 'es2022' },
});
