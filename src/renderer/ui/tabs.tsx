// Tabs whose choice is part of the address. Only the chosen tab's content is made.

import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import './tabs.css';

/** One tab: its words, and a count or mark behind them. */
export interface TabItem<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly count?: string;
}

/** A row of tabs over their content. */
export function Tabs<T extends string>({
  label,
  tabs,
  chosen,
  onChoose,
  children,
}: {
  readonly label: string;
  readonly tabs: readonly TabItem<T>[];
  readonly chosen: T;
  readonly onChoose: (tab: T) => void;
  readonly children: ReactNode;
}): ReactNode {
  const pick = (key: unknown): void => {
    const tab = tabs.find(({ id }) => id === key);
    if (tab !== undefined && tab.id !== chosen) onChoose(tab.id);
  };
  return (
    <AriaTabs className="tabs" selectedKey={chosen} onSelectionChange={pick} keyboardActivation="manual">
      <TabList className="tab-list" aria-label={label}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className="tab">
            {tab.label}
            {tab.count !== undefined && <span className="tab-count">{tab.count}</span>}
          </Tab>
        ))}
      </TabList>
      <TabPanel key={chosen} id={chosen} className="tab-panel">
        {children}
      </TabPanel>
    </AriaTabs>
  );
}
