// How pm2 runs Directus: two processes on one port, in the folder of the run, where its settings are; nothing of pm2's own looks into them.
module.exports = {
  apps: [{ name: 'directus', script: `${__dirname}/node_modules/directus/cli.js`, args: ['start'], cwd: process.cwd(), exec_mode: 'cluster', instances: 2, pmx: false }],
};
