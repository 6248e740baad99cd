// The port to the practice providers' process: where they listen and the plug that can be pulled.

/** What the practice screen shows of one provider. */
export interface PracticeProviderState {
  readonly provider: string;
  readonly address: string;
  readonly ledgerFile: string;
  /** Documents accepted since the folder was made. */
  readonly received: number;
}

/** The running practice providers. */
export interface Practice {
  state(): Promise<{ readonly isUp: boolean; readonly providers: readonly PracticeProviderState[] }>;
  /** False: listeners closed and connections dropped; true: open again on the same ports. */
  setNetwork(isUp: boolean): Promise<void>;
  /** A month goes by at SendRegning: of its unpaid invoices most are paid, and each fifth is reminded of. */
  passMonth(): Promise<{ readonly paid: number; readonly dunned: number }>;
}
