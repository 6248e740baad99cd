// The proof of a batch on screen, with the same figures as on paper, and the way to the PDF and the list of documents.

import type { ReactNode } from 'react';
import type { BatchProof } from '../../../shared/schema/proof.ts';
import { wordsForProofFault } from '../../../shared/words/proof-faults.ts';
import { proofWords } from '../../../shared/words/proof-words.ts';
import { receiptWords } from '../../../shared/words/receipt-words.ts';
import { fillIn } from '../../../shared/words/report-words.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { ReportFacts, Verdict } from '../../ui/report.tsx';
import { bytesOfBase64, saveFile } from '../../ui/save-file.ts';
import { Moment } from '../../ui/values.tsx';
import { Failure, QueryView } from '../../ui/views.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import './proof.css';

/** The tab. */
export function ProofTab({ batchId }: { readonly batchId: string }): ReactNode {
  const t = useWords('batch');
  const language = useLanguage();
  const query = useQuery('batch.proof', { batchId });
  const document = useCommand('batch.proofDocument');
  const list = useCommand('batch.documentList');
  const savePdf = async (): Promise<void> => {
    const result = await document.run({ batchId, language });
    if (result?.ok === true) saveFile(result.value.fileName, bytesOfBase64(result.value.base64), 'application/pdf');
  };
  const saveList = async (): Promise<void> => {
    const result = await list.run({ batchId });
    if (result?.ok === true) saveFile(result.value.fileName, result.value.text, 'text/csv;charset=utf-8');
  };
  const error = document.error ?? list.error;
  return (
    <div className="proof" tabIndex={0} role="region" aria-label={proofWords[language].title}>
      <QueryView query={query} lines={12}>
        {(proof) => (
          <div className="proof-page">
            <div className="line-up">
              <h2 className="spread">{proofWords[language].title}</h2>
              {proof.documents.count > 0 && (
                <Button icon="list" onPress={() => void saveList()} isPending={list.isRunning}>
                  {t('documentList')}
                </Button>
              )}
              <Button tone="primary" icon="download" onPress={() => void savePdf()} isPending={document.isRunning}>
                {t('receiptPdf')}
              </Button>
            </div>
            {error !== null && <Failure error={error} />}
            <Verdict
              words={proofWords[language]}
              faults={proof.faults.map((fault) => wordsForProofFault(fault, language))}
              withoutAmount={proof.withoutAmount}
            />
            <SumTable proof={proof} />
            <AboutProof proof={proof} />
            <Acts proof={proof} />
          </div>
        )}
      </QueryView>
    </div>
  );
}

type MoneyRow = BatchProof['money'][number];

function SumTable({ proof }: { readonly proof: BatchProof }): ReactNode {
  const language = useLanguage();
  const formats = useFormats();
  const words = proofWords[language];
  const { buckets, money } = proof;
  const amount = (currency: string, amountMinor: number): string => formats.money({ currency, amountMinor });
  const inBucket = ({ bucket, count, sums }: BatchProof['buckets'][number], currency: string): string => {
    if (bucket === 'skipped') return count === 0 ? '' : '?';
    return amount(currency, sums.find((each) => each.currency === currency)?.amountMinor ?? 0);
  };
  return (
    <table className="report-table proof-table">
      <caption>{words.sums}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col" className="numeric">
            {receiptWords[language].invoices}
          </th>
          {money.map(({ currency }) => (
            <th key={currency} scope="col" className="numeric">
              {currency === '' ? receiptWords[language].noCurrency : currency}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {buckets.map((bucket) => (
          <tr key={bucket.bucket} className={bucket.count === 0 ? 'is-empty' : ''}>
            <th scope="row">{words.buckets[bucket.bucket]}</th>
            <td className="numeric">{formats.count(bucket.count)}</td>
            {money.map(({ currency }) => (
              <td key={currency} className="numeric">
                {inBucket(bucket, currency)}
              </td>
            ))}
          </tr>
        ))}
        <TotalRows proof={proof} />
      </tbody>
    </table>
  );
}

/** What the buckets are together, and what they should be. Where the two differ both are red. */
function TotalRows({ proof }: { readonly proof: BatchProof }): ReactNode {
  const language = useLanguage();
  const formats = useFormats();
  const words = proofWords[language];
  const { buckets, money, read } = proof;
  const sum = buckets.reduce((total, { count }) => total + count, 0);
  const hasChanges = money.some(({ changedMinor }) => changedMinor !== 0);
  const rows: readonly {
    readonly name: string;
    readonly count: number | null;
    readonly of: (row: MoneyRow) => number;
  }[] = [
    { name: words.sum, count: sum, of: ({ rowsMinor }) => rowsMinor },
    ...(hasChanges
      ? [
          { name: words.imported, count: null, of: ({ importedMinor }: MoneyRow) => importedMinor },
          { name: words.corrected, count: null, of: ({ changedMinor }: MoneyRow) => changedMinor },
        ]
      : []),
    {
      name: hasChanges ? words.equation : words.read,
      count: read,
      of: ({ importedMinor, changedMinor }) => importedMinor + changedMinor,
    },
  ];
  const look = (count: number | null, isWrong: boolean): string =>
    count !== null && isWrong ? 'numeric report-fault' : 'numeric';
  return rows.map(({ name, count, of }) => (
    <tr key={name} className={count === null ? '' : 'is-total'}>
      <th scope="row">{name}</th>
      <td className={look(count, sum !== read)}>{count === null ? '' : formats.count(count)}</td>
      {money.map((row) => (
        <td key={row.currency} className={look(count, row.importedMinor + row.changedMinor !== row.rowsMinor)}>
          {formats.money({ currency: row.currency, amountMinor: of(row) })}
        </td>
      ))}
    </tr>
  ));
}

function AboutProof({ proof }: { readonly proof: BatchProof }): ReactNode {
  const language = useLanguage();
  const formats = useFormats();
  const words = proofWords[language];
  const file = receiptWords[language];
  const { accepted, documents } = proof;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [words.asOf, <Moment key="as of" atMs={proof.asOfMs} hasZone />],
    ...proof.files
      .slice(0, 20)
      .flatMap(({ fileName, sha256 }) => [
        [file.file, fileName] as const,
        [file.sha256, <code key={sha256}>{sha256}</code>] as const,
      ]),
    [file.importedAt, <Moment key="at" atMs={proof.importedAtMs} hasZone />],
    [file.importedBy, proof.importedBy],
    [words.documents, formats.count(documents.count)],
    ...(documents.count === 0
      ? []
      : [
          [
            words.documentList,
            <span key="list">
              <code>{documents.sha256}</code>
              <span className="faint proof-hint">{words.documentListText}</span>
            </span>,
          ] as const,
        ]),
    [
      words.accepted,
      fillIn(words.acceptedText, {
        count: formats.count(accepted.count),
        receipts: formats.count(accepted.withReceipt),
        word: formats.count(accepted.byWord),
      }),
    ],
  ];
  return <ReportFacts facts={facts} />;
}

function Acts({ proof }: { readonly proof: BatchProof }): ReactNode {
  const language = useLanguage();
  const formats = useFormats();
  const words = proofWords[language];
  return (
    <table className="report-table proof-table proof-acts">
      <caption>{words.acts}</caption>
      <thead>
        <tr>
          <th scope="col">{words.act}</th>
          <th scope="col">{words.actor}</th>
          <th scope="col" className="numeric">
            {receiptWords[language].invoices}
          </th>
          <th scope="col">{words.first}</th>
          <th scope="col">{words.last}</th>
        </tr>
      </thead>
      <tbody>
        {proof.acts.map(({ kind, actor, invoices, firstAtMs, lastAtMs }) => (
          <tr key={`${kind} ${actor}`}>
            <th scope="row">{words.actNames[kind]}</th>
            <td>{actor}</td>
            <td className="numeric">{formats.count(invoices)}</td>
            <td>
              <Moment atMs={firstAtMs} hasZone />
            </td>
            <td>{lastAtMs === firstAtMs ? '' : <Moment atMs={lastAtMs} hasZone />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
