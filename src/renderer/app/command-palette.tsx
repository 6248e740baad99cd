// The list of everything that can be done here, found by typing (Ctrl/Cmd K).

import { useMemo } from 'react';
import type { ReactNode } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components';
import type { BatchSummary } from '../../shared/schema/batch.ts';
import { batchRoute, go } from '../state/route.ts';
import { useUi } from '../state/ui-context.tsx';
import type { Action } from '../state/ui-store.ts';
import { dataOf, useQuery } from '../state/use-query.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { useFormats, useWords } from '../words/use-words.ts';

/** The palette while it is open. */
export function CommandPalette(): ReactNode {
  const t = useWords('frame');
  const isOpen = useUi((state) => state.isPaletteOpen);
  const setOpen = useUi((state) => state.setPaletteOpen);
  return (
    <ModalOverlay className="dialog-shade" isOpen={isOpen} onOpenChange={setOpen} isDismissable>
      <Modal className="dialog palette">
        <Dialog className="dialog-body" aria-label={t('palette')}>
          <PaletteList onDone={() => setOpen(false)} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function PaletteList({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useWords('frame');
  const actions = useUi((state) => state.actions);
  const batches = dataOf(useQuery('batch.list', { offset: 0, limit: 100 }))?.batches;
  const formats = useFormats();
  const { contains } = useFilter({ sensitivity: 'base' });
  const sections = useMemo(() => {
    const places = (batches ?? []).map((batch): Action => ({
      id: `batch.${batch.id}`,
      group: t('batches'),
      label: batchLabel(batch, formats.date),
      run: () => go(batchRoute(batch.id, 'invoices')),
    }));
    return [...Map.groupBy([...actions, ...places], ({ group }) => group)];
  }, [actions, batches, t, formats]);
  const run = (id: unknown): void => {
    const action = sections.flatMap(([, items]) => items).find((item) => item.id === id);
    onDone();
    action?.run();
  };
  return (
    <Autocomplete filter={contains}>
      <SearchField className="palette-search" aria-label={t('search')} autoFocus>
        <Icon name="search" />
        <Input className="search-input" placeholder={t('search')} spellCheck="false" />
      </SearchField>
      <div className="palette-scroll" tabIndex={0} role="region" aria-label={t('palette')}>
        <Menu
          className="palette-list"
          aria-label={t('palette')}
          onAction={run}
          renderEmptyState={() => <p className="palette-empty soft">{t('paletteEmpty')}</p>}
        >
          {sections.map(([group, items]) => (
            <MenuSection key={group} id={group}>
              <Header className="palette-group">{group}</Header>
              {items.map((item) => (
                <MenuItem key={item.id} id={item.id} className="palette-item" textValue={`${group} ${item.label}`}>
                  <span className="spread clip">{item.label}</span>
                  {item.keys !== undefined && <KeyHint keys={item.keys} />}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </div>
    </Autocomplete>
  );
}

function batchLabel(batch: BatchSummary, date: (iso: string | null) => string): string {
  return [batch.fileName, batch.sellerName, batch.dueDateMin === null ? null : date(batch.dueDateMin)]
    .filter((part) => part !== null)
    .join(' · ');
}
