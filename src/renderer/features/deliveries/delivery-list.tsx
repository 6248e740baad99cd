// The list of deliveries with its filters, the verbs over all that match, and what is known of the chosen one.

import { useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { DeliveryFilter } from '../../../shared/contract/methods.ts';
import type { Delivery, Lane } from '../../../shared/schema/delivery.ts';
import { useEngine } from '../../state/client-context.tsx';
import { go } from '../../state/route.ts';
import { usePagedRows } from '../../state/use-paged-rows.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Chip, ChipRow } from '../../ui/chip.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import { DeliveryActions } from '../../ui/delivery-actions.tsx';
import { DeliveryKnown } from '../../ui/delivery-known.tsx';
import { SearchField, Select } from '../../ui/fields.tsx';
import { DeliveryStateBadge } from '../../ui/state-badge.tsx';
import { Money } from '../../ui/values.tsx';
import { EmptyState, Failure } from '../../ui/views.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';
import { CauseChips } from './cause-chips.tsx';
import { useDeliveryColumns } from './delivery-columns.tsx';
import { countOfFilter, mayHaveCauses, stateFilters, statesOfFilter } from './lane-figures.ts';
import type { StateFilter } from './lane-figures.ts';
import { ListVerbs } from './list-verbs.tsx';

const anyConnection = 'all';
/** An id that no delivery has. */
const nothing = Number.MAX_SAFE_INTEGER;

interface ListFilter {
  readonly states: readonly StateFilter[];
  readonly connectionId: string | null;
  readonly search: string;
  readonly causes: readonly string[];
  readonly isHeld: boolean;
}

const nothingChosen: ListFilter = { states: [], connectionId: null, search: '', causes: [], isHeld: false };

/** Deliveries of one batch, or of all when `batchId` is null. */
export function DeliveryList({
  batchId,
  lanes,
  start,
}: {
  readonly batchId: string | null;
  readonly lanes: readonly Lane[];
  readonly start: readonly StateFilter[];
}): ReactNode {
  const t = useWords('deliveries');
  const [shown, setShown] = useState<ListFilter>({ ...nothingChosen, states: start });
  const [active, setActive] = useState<Delivery | null>(null);
  const [activeIndex, setActiveIndex] = useState(0);
  const filter = useMemo<DeliveryFilter>(
    () => ({
      batchId,
      connectionId: shown.connectionId,
      states: shown.states.flatMap((name) => [...statesOfFilter[name]]),
      search: shown.search.trim().slice(0, 200),
      ...(shown.causes.length === 0 ? {} : { causes: [...shown.causes] }),
      ...(shown.isHeld ? { isHeld: true } : {}),
    }),
    [batchId, shown],
  );
  const rows = useDeliveries(filter);
  const onActivate = useCallback((row: Delivery, index: number) => {
    setActive(row);
    setActiveIndex(index);
  }, []);
  // What was chosen stays in view with its newest state, also when it has left the filter's list.
  const fresh = useDelivery(active?.id ?? null);
  const row = rows.rowAt(activeIndex);
  const chosen = active === null ? null : row?.id === active.id ? row : (fresh ?? active);
  const hasCauses = mayHaveCauses(lanes, shown.states);
  const columns = useDeliveryColumns({ hasConnections: lanes.length > 1, hasCauses, isNarrow: chosen !== null });
  return (
    <div className="delivery-list">
      <ListTools lanes={lanes} shown={shown} onChange={setShown} />
      <CauseChips
        filter={filter}
        isWanted={shown.states.includes('failed')}
        chosen={shown.causes}
        onChange={(causes) => setShown({ ...shown, causes })}
      />
      <ListVerbs filter={filter} total={rows.total} names={shown.states} isHeld={shown.isHeld} />
      {rows.state === 'failed' && rows.error !== null && (
        <div className="view-failure">
          <Failure error={rows.error} onRetry={rows.reload} />
        </div>
      )}
      {rows.state === 'ready' && rows.total === 0 && (
        <EmptyState
          icon="deliveries"
          title={t('noMatchTitle')}
          actions={<Button onPress={() => setShown(nothingChosen)}>{t('clearFilters')}</Button>}
        />
      )}
      {rows.total > 0 && (
        <div className="delivery-body">
          <SideBySide chosen={chosen} onClose={() => setActive(null)}>
            <DataGrid
              label={t('listLabel')}
              columns={columns}
              total={rows.total}
              rowAt={rows.rowAt}
              rowId={(each) => each.id}
              onShow={rows.show}
              activeId={active?.id ?? null}
              onActivate={onActivate}
              onOpen={openInvoice}
              sort={null}
              onSort={() => undefined}
            />
          </SideBySide>
        </div>
      )}
    </div>
  );
}

/** The list alone, or with the chosen delivery beside it. The list keeps its place in the tree, so that it keeps focus and position. */
function SideBySide({
  chosen,
  onClose,
  children,
}: {
  readonly chosen: Delivery | null;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className={chosen === null ? 'delivery-split' : 'delivery-split has-chosen'}>
      <div className="delivery-grid">{children}</div>
      {chosen !== null && <ChosenDelivery key={chosen.id} delivery={chosen} onClose={onClose} />}
    </div>
  );
}

/** One delivery, kept up to date. */
function useDelivery(id: number | null): Delivery | null {
  const data = dataOf(useQuery('delivery.page', { filter: { ids: [id ?? nothing] }, offset: 0, limit: 1 }));
  return data?.deliveries[0] ?? null;
}

function useDeliveries(filter: DeliveryFilter): ReturnType<typeof usePagedRows<Delivery, null>> {
  const { client } = useEngine();
  return usePagedRows<Delivery, null>({
    method: 'delivery.page',
    key: JSON.stringify(filter),
    fetchPage: async (range) => {
      const result = await client.call('delivery.page', { filter, ...range });
      return result.ok
        ? { ok: true, value: { total: result.value.total, rows: result.value.deliveries, whole: null } }
        : result;
    },
  });
}

function ListTools({
  lanes,
  shown,
  onChange,
}: {
  readonly lanes: readonly Lane[];
  readonly shown: ListFilter;
  readonly onChange: (filter: ListFilter) => void;
}): ReactNode {
  const t = useWords('deliveries');
  const steer = useWords('steer');
  const formats = useFormats();
  const chosenLanes =
    shown.connectionId === null ? lanes : lanes.filter(({ connectionId }) => connectionId === shown.connectionId);
  const toggle = (name: StateFilter, isOn: boolean): void =>
    onChange({
      ...shown,
      states: stateFilters.filter((each) => (each === name ? isOn : shown.states.includes(each))),
      causes: [],
    });
  const held = chosenLanes.reduce((sum, lane) => sum + lane.held, 0);
  return (
    <div className="delivery-tools">
      <ChipRow label={t('filter')}>
        {stateFilters.map((name) => (
          <Chip
            key={name}
            label={t(`filter.${name}`)}
            count={formats.count(countOfFilter(chosenLanes, name))}
            isOn={shown.states.includes(name)}
            onChange={(isOn) => toggle(name, isOn)}
          />
        ))}
        {(held > 0 || shown.isHeld) && (
          <Chip
            label={steer('heldFilter')}
            count={formats.count(held)}
            isOn={shown.isHeld}
            onChange={(isHeld) => onChange({ ...shown, isHeld })}
          />
        )}
      </ChipRow>
      <span className="spread" />
      {lanes.length > 1 && (
        <div className="delivery-connection">
          <Select
            label={t('connection')}
            hideLabel
            value={shown.connectionId ?? anyConnection}
            options={[
              { id: anyConnection, label: t('allConnections') },
              ...lanes.map(({ connectionId, connectionName }) => ({ id: connectionId, label: connectionName })),
            ]}
            onChange={(id) => onChange({ ...shown, connectionId: id === anyConnection ? null : id })}
          />
        </div>
      )}
      <div className="delivery-search">
        <SearchField label={t('search')} value={shown.search} onChange={(search) => onChange({ ...shown, search })} />
      </div>
    </div>
  );
}

function ChosenDelivery({
  delivery,
  onClose,
}: {
  readonly delivery: Delivery;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('deliveries');
  const common = useWords('common');
  return (
    <section className="delivery-chosen" aria-label={t('detail', { number: delivery.invoiceNumber })}>
      <div className="line-up">
        <h2 className="clip spread">{t('detail', { number: delivery.invoiceNumber })}</h2>
        <IconButton icon="close" label={common('close')} onPress={onClose} />
      </div>
      <div className="line-up">
        <DeliveryStateBadge state={delivery.state} hold={delivery.hold} />
        <span className="soft clip">{delivery.customerName}</span>
        <span className="spread" />
        <Money value={{ currency: delivery.currency, amountMinor: delivery.payableMinor }} />
      </div>
      <DeliveryKnown delivery={delivery} />
      <DeliveryActions delivery={delivery} />
      <div>
        <Button icon="file" onPress={() => openInvoice(delivery)}>
          {t('openInvoice')}
        </Button>
      </div>
    </section>
  );
}

function openInvoice({ batchId, invoiceId }: Delivery): void {
  go({ screen: 'invoice', batchId, invoiceId });
}
