// Handlers of format.*: frame input to the formats' port. No logic beyond that.

import { fail, ok } from '../../../shared/result.ts';
import { actNow } from '../../app/context.ts';
import type { AppContext } from '../../app/context.ts';
import type { Handlers } from '../router.ts';
import type { Shell } from './shell.ts';

type FormatMethods = Extract<keyof Handlers, `format.${string}`>;

/** Handlers over one open workspace. */
export function formatHandlers(context: AppContext, shell: Shell): Pick<Handlers, FormatMethods> {
  const { profiles } = context;
  return {
    'format.list': () => {
      const listed = profiles.list();
      if (!listed.ok) return Promise.resolve(listed);
      const { formats, broken } = listed.value;
      return Promise.resolve(
        ok({
          formats: [...formats],
          broken: broken.map(({ fileName, complaints }) => ({ fileName, complaints: [...complaints] })),
        }),
      );
    },
    'format.add': ({ fileToken }) => {
      const file = shell.fileOf(fileToken);
      if (file === null)
        return Promise.resolve(fail('NOT_FOUND', 'The file is no longer at hand. Choose it again.', { fileToken }));
      const checked = profiles.check(file.path);
      if (!checked.ok) return Promise.resolve(checked);
      const complaints = [...checked.value.complaints];
      if (complaints.length > 0) return Promise.resolve(ok({ complaints, formats: [] }));
      const added = profiles.add(file.path);
      if (!added.ok) return Promise.resolve(added);
      context.store.audit.note('addFormat', { file: file.name }, actNow(context));
      context.publish({ topic: 'app' });
      return Promise.resolve(ok({ complaints, formats: [...added.value] }));
    },
    'format.remove': ({ profileId }) => {
      const removed = profiles.remove(profileId);
      if (!removed.ok) return Promise.resolve(removed);
      context.store.audit.note('removeFormat', { profileId }, actNow(context));
      context.publish({ topic: 'app' });
      return Promise.resolve(ok({}));
    },
  };
}
