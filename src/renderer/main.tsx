// The page's entry: reaches the engine and draws the application. No logic beyond that.

import './rpc/no-eval.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { openClient } from './rpc/open-client.ts';
import { createUiStore } from './state/ui-store.ts';
import './ui/tokens.css';
import './ui/base.css';

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root.');
const client = await openClient();
createRoot(root).render(<App client={client} ui={createUiStore(window.localStorage)} />);
