// The replies of `test=true`: made beforehand, the same whatever was sent. Nothing here has an effect.

import { leaf } from './reply-writer.ts';
import type { SwsNode } from './reply-writer.ts';

/** Invoice 100 over 125.00, as documented: without account, organisation number, code or discount. */
export function cannedInvoices(): SwsNode {
  const line = [
    ...leaf('itemNo', '1'),
    ...leaf('qty', '1.00'),
    ...leaf('desc', 'Test'),
    ...leaf('unitPrice', '100.00'),
    ...leaf('tax', '25'),
    ...leaf('lineTaxAmount', '25.00'),
    ...leaf('lineTotal', '125.00'),
  ];
  const optional = [
    ...leaf('invoiceNo', '100'),
    ...leaf('state', 'sent'),
    ...leaf('invoiceType', 'ordinary'),
    ...leaf('tax', '25.00'),
    ...leaf('total', '125.00'),
  ];
  return {
    name: 'invoices',
    children: [
      {
        name: 'invoice',
        children: [
          ...leaf('name', 'Test Testesen'),
          ...leaf('zip', '0010'),
          ...leaf('city', 'OSLO'),
          { name: 'lines', children: [{ name: 'line', children: line }] },
          { name: 'optional', children: optional },
          { name: 'shipment', text: 'PAPER' },
        ],
      },
    ],
  };
}

/** Invoice 100, paid. */
export function cannedStatus(): SwsNode {
  const payment = [...leaf('paymentDate', '19.04.07'), ...leaf('amount', '125.00'), ...leaf('paymentType', 'PMTA')];
  return {
    name: 'invoice-status',
    children: [
      {
        name: 'invoice',
        attributes: { number: '100' },
        children: [
          ...leaf('state', 'paid'),
          { name: 'payments', children: [{ name: 'payment', attributes: { id: '1' }, children: payment }] },
        ],
      },
    ],
  };
}

/** One recipient for everything that is told of recipients. */
export function cannedRegister(type: 'recipient' | 'recipientCategories' | 'salesledger' | 'balance'): SwsNode {
  const inRecipient = (name: string, children: readonly SwsNode[]): SwsNode => ({
    name,
    children: [{ name: 'recipients', children: [{ name: 'recipient', attributes: { no: '1' }, children }] }],
  });
  const entry = [...leaf('type', 'invoice'), ...leaf('amount', '125,00'), ...leaf('date', '05.04.07')];
  switch (type) {
    case 'recipient':
      return {
        name: 'recipients',
        children: [
          {
            name: 'recipient',
            children: [...leaf('name', 'Test Testesen'), ...leaf('zip', '0010'), ...leaf('city', 'OSLO')],
          },
        ],
      };
    case 'recipientCategories':
      return {
        name: 'categories',
        children: [{ name: 'category', children: [...leaf('name', 'Test'), ...leaf('recipientCount', '1')] }],
      };
    case 'salesledger':
      return inRecipient('salesledger', [
        { name: 'entries', children: [{ name: 'entry', attributes: { id: '1' }, children: entry }] },
      ]);
    case 'balance':
      return inRecipient('balance', leaf('balance', '125,00'));
  }
}
