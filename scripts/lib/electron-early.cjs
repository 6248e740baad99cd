// Preloaded (-r) into an Electron older than the one the product is made for. A repacked runtime without Electron's own start-up application is ready before an ES
// module has run; so what the program does before it is ready is done here, with the same values, and its own calls then do nothing.

'use strict';

const { app, protocol } = require('electron');
const { join } = require('node:path');

const dataOption = process.argv.indexOf('--data');
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
app.disableHardwareAcceleration();
if (!process.argv.includes('--no-sandbox')) app.enableSandbox();
if (dataOption !== -1) app.setPath('userData', join(process.argv[dataOption + 1], 'window'));

protocol.registerSchemesAsPrivileged = () => undefined;
app.disableHardwareAcceleration = () => undefined;
app.enableSandbox = () => undefined;
