// The import receipt on screen, with the same figures as on paper, and the way to the PDF.

import type { ReactNode } from 'react';
import type { ImportReceipt } from '../../../shared/schema/receipt.ts';
import { wordsForProblem } from '../../../shared/words/problem-words.ts';
import { wordsForFault } from '../../../shared/words/receipt-faults.ts';
import { receiptWords } from '../../../shared/words/receipt-words.ts';
import { fillIn } from '../../../shared/words/report-words.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ReportFacts, Verdict } from '../../ui/report.tsx';
import { bytesOfBase64, saveFile } from '../../ui/save-file.ts';
import { SeverityBadge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/values.tsx';
import { Failure, QueryView } from '../../ui/views.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';

/** The dialog of one batch. */
export function ReceiptDialog({
  batchId,
  onClose,
}: {
  readonly batchId: string;
  readonly onClose: () => void;
}): ReactNode {
  const common = useWords('common');
  const t = useWords('batch');
  const language = useLanguage();
  const words = receiptWords[language];
  const query = useQuery('batch.receipt', { batchId });
  const document = useCommand('batch.receiptDocument');
  const save = async (): Promise<void> => {
    const result = await document.run({ batchId, language });
    if (result?.ok === true) saveFile(result.value.fileName, bytesOfBase64(result.value.base64), 'application/pdf');
  };
  return (
    <Dialog
      title={words.title}
      isOpen
      onClose={onClose}
      size="wide"
      actions={
        <>
          <Button tone="primary" icon="download" onPress={() => void save()} isPending={document.isRunning}>
            {t('receiptPdf')}
          </Button>
          <Button onPress={onClose} autoFocus>
            {common('close')}
          </Button>
        </>
      }
    >
      <div className="stack receipt">
        {document.error !== null && <Failure error={document.error} />}
        <QueryView query={query} lines={10}>
          {(receipt) => (
            <>
              <Verdict
                words={words}
                faults={receipt.faults.map((fault) => wordsForFault(fault, language))}
                withoutAmount={receipt.withoutAmount}
              />
              <AboutImport receipt={receipt} />
              <h3>{words.sums}</h3>
              <SumTable receipt={receipt} />
              <h3>{words.problems}</h3>
              <ProblemTable receipt={receipt} />
            </>
          )}
        </QueryView>
      </div>
    </Dialog>
  );
}

function AboutImport({ receipt }: { readonly receipt: ImportReceipt }): ReactNode {
  const language = useLanguage();
  const formats = useFormats();
  const words = receiptWords[language];
  const [file] = receipt.files;
  const isOne = receipt.files.length === 1;
  const facts: readonly (readonly [string, ReactNode])[] = [
    isOne ? [words.file, file?.fileName] : [words.files, formats.count(receipt.files.length)],
    ...(isOne ? [[words.sha256, <code key="sum">{file?.sha256}</code>] as const] : []),
    [
      words.size,
      fillIn(words.bytes, { count: formats.count(receipt.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)) }),
    ],
    [words.encoding, [...new Set(receipt.files.map(({ encoding }) => encoding.toUpperCase()))].join(', ')],
    [words.format, [receipt.format, receipt.formatVersion].filter((part) => part !== null).join(' ')],
    ...(receipt.sellerName === null ? [] : [[words.seller, receipt.sellerName] as const]),
    ...(receipt.sourceBatchId === null ? [] : [[words.sourceBatchId, receipt.sourceBatchId] as const]),
    [words.importedAt, <Moment key="at" atMs={receipt.importedAtMs} />],
    [words.importedBy, receipt.importedBy],
    [words.mode, words.modes[receipt.mode]],
  ];
  return <ReportFacts facts={facts} />;
}

function SumTable({ receipt }: { readonly receipt: ImportReceipt }): ReactNode {
  const formats = useFormats();
  const words = receiptWords[useLanguage()];
  const { imported, quarantined, skipped, read, money } = receipt;
  const sum = imported + quarantined + skipped;
  const amount = (amountMinor: number, currency: string): string => formats.money({ currency, amountMinor });
  type MoneyRow = ImportReceipt['money'][number];
  const rows: readonly {
    readonly name: string;
    readonly count: number;
    readonly of: ((row: MoneyRow) => number) | null;
    readonly isTotal?: boolean;
  }[] = [
    { name: words.imported, count: imported, of: (row) => row.importedMinor },
    { name: words.quarantined, count: quarantined, of: (row) => row.quarantinedMinor },
    { name: words.skipped, count: skipped, of: null },
    { name: words.sum, count: sum, of: (row) => row.importedMinor + row.quarantinedMinor, isTotal: true },
    { name: words.read, count: read, of: (row) => row.readMinor, isTotal: true },
  ];
  const wrongClass = (isTotal: boolean | undefined, isWrong: boolean): string =>
    isTotal === true && isWrong ? 'numeric report-fault' : 'numeric';
  return (
    <div className="receipt-scroll" tabIndex={0} role="region" aria-label={words.sums}>
      <table className="report-table">
        <thead>
          <tr>
            <td />
            <th scope="col" className="numeric">
              {words.invoices}
            </th>
            {money.map(({ currency }) => (
              <th key={currency} scope="col" className="numeric">
                {currency === '' ? words.noCurrency : currency}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, count, of, isTotal }) => (
            <tr key={name} className={isTotal === true ? 'is-total' : ''}>
              <th scope="row">{name}</th>
              <td className={wrongClass(isTotal, sum !== read)}>{formats.count(count)}</td>
              {money.map((row) => (
                <td
                  key={row.currency}
                  className={wrongClass(isTotal, row.readMinor !== row.importedMinor + row.quarantinedMinor)}
                >
                  {of === null ? (skipped === 0 ? amount(0, row.currency) : '?') : amount(of(row), row.currency)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ProblemTable({ receipt }: { readonly receipt: ImportReceipt }): ReactNode {
  const language = useLanguage();
  const formats = useFormats();
  const words = receiptWords[language];
  if (receipt.problems.length === 0) return <p className="soft">{words.noProblems}</p>;
  return (
    <div className="receipt-scroll" tabIndex={0} role="region" aria-label={words.problems}>
      <table className="report-table">
        <thead>
          <tr>
            <th scope="col">{words.severityHead}</th>
            <th scope="col">{words.cause}</th>
            <th scope="col" className="numeric">
              {words.count}
            </th>
            <th scope="col" className="numeric">
              {words.inInvoices}
            </th>
          </tr>
        </thead>
        <tbody>
          {receipt.problems.map(({ ruleId, severity, count, invoiceCount }) => (
            <tr key={`${severity} ${ruleId}`}>
              <td>
                <SeverityBadge severity={severity} />
              </td>
              <td>
                {wordsForProblem({ ruleId, found: null, expected: null, params: {} }, language).title}{' '}
                <span className="faint mono">{ruleId}</span>
              </td>
              <td className="numeric">{formats.count(count)}</td>
              <td className="numeric">{formats.count(invoiceCount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
