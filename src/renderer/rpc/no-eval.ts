// Must be the page's very first import: keeps zod from trying `new Function`, which the content policy refuses and reports.
// zod decides this while schemas are made, so it has to run before any module with a schema.

import { config } from 'zod';

config({ jitless: true });
