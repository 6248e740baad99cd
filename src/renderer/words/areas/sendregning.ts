// Words of the form of a connection to SendRegning.

import { defineWords } from '../define.ts';

/** The area's words. */
export const sendRegningWords = defineWords({
  sv: {
    addTitle: 'Ny anslutning till SendRegning',
    url: 'Tjänstens adress',
    urlError: 'Adressen ska börja med https://.',
    mode: 'Läge',
    'mode.real': 'Skarpt',
    'mode.test': 'Prov: tjänsten kontrollerar och skickar ingenting',
    shipment: 'Hur fakturor lämnar tjänsten',
    'shipment.asInvoice': 'Som kunden har valt',
    'shipment.EMAIL': 'Med e-post',
    'shipment.PAPER': 'På papper',
    'shipment.PAPER_AND_EMAIL': 'På papper och med e-post',
    shipmentHelp: 'Utan val från kunden: e-post där det finns en adress, annars papper.',
  },
  nb: {
    addTitle: 'Ny tilkobling til SendRegning',
    url: 'Tjenestens adresse',
    urlError: 'Adressen skal begynne med https://.',
    mode: 'Modus',
    'mode.real': 'Produksjon',
    'mode.test': 'Prøve: tjenesten kontrollerer og sender ingenting',
    shipment: 'Hvordan fakturaer forlater tjenesten',
    'shipment.asInvoice': 'Slik kunden har valgt',
    'shipment.EMAIL': 'På e-post',
    'shipment.PAPER': 'På papir',
    'shipment.PAPER_AND_EMAIL': 'På papir og e-post',
    shipmentHelp: 'Uten valg fra kunden: e-post der det finnes en adresse, ellers papir.',
  },
  en: {
    addTitle: 'New connection to SendRegning',
    url: 'Address of the service',
    urlError: 'The address has to begin with https://.',
    mode: 'Mode',
    'mode.real': 'Production',
    'mode.test': 'Rehearsal: the service checks and sends nothing',
    shipment: 'How invoices leave the service',
    'shipment.asInvoice': 'As the customer chose',
    'shipment.EMAIL': 'By e-mail',
    'shipment.PAPER': 'On paper',
    'shipment.PAPER_AND_EMAIL': 'On paper and by e-mail',
    shipmentHelp: 'Without a choice of the customer: e-mail where there is an address, otherwise paper.',
  },
});
